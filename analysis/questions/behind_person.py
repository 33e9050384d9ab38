"""Which incidents does a number about one person consist of? What they rang about, and what they are recorded in."""

from __future__ import annotations

import polars as pl

from analysis.assumptions import Assumptions
from analysis.demand.areas import AreaKind, area_code
from analysis.demand.contacts import KeyType
from analysis.demand.definitions import definition
from analysis.disclosure import Audience
from analysis.questions.counter_allegations import both_sides
from analysis.questions.definitions import counted_by
from analysis.questions.figures import Among, Days, Having, OfCounter, OfDefinition, OfHarm, OfPerson, OfSide
from analysis.questions.given import GIVEN, NO_CONTACTS, counts, with_groups, within
from analysis.questions.joining import contacts_by_side
from analysis.questions.person import jobs_of
from analysis.questions.person_incidents import group_details
from analysis.questions.view import View
from analysis.ranking.rank import harm_steps
from analysis.store import Build


def of_person(build: Build, view: View, figure: OfPerson) -> pl.DataFrame:
    """What the person rang about, is recorded in, or is concerned in."""
    if figure.among is Among.ABOUT:
        return _about_person(build, view, figure)
    kept = pl.lit(True) if figure.every_kind else counts(view)
    jobs = _jobs(build, figure.person_id, figure.days, figure.codes).filter(kept)
    if figure.among is Among.RUNG:
        jobs = jobs.filter("is_contact")
    if figure.having is not Having.ANY:
        details = group_details(build, jobs["group_id"])
        jobs = jobs.join(details, on="group_id").filter(_having(figure))
    return jobs.select(_given_by_job()).select(GIVEN)


def _about_person(build: Build, view: View, figure: OfPerson) -> pl.DataFrame:
    about = build.table("contacts").filter(
        pl.col("key_type") == KeyType.CONCERNED.value,
        pl.col("key_id") == figure.person_id,
        counts(view),
        within(build, figure.days, "contact_at"),
        True if figure.codes is None else area_code(AreaKind.NEIGHBOURHOOD).is_in(list(figure.codes)),
    )
    given = about.select("group_id", "units", "imputed_units").collect()
    return with_groups(build, given.with_columns(NO_CONTACTS))


def _jobs(build: Build, person_id: str, days: Days, codes: tuple[str, ...] | None) -> pl.DataFrame:
    jobs = jobs_of(build, person_id).filter(within(build, days, "at"))
    return jobs if codes is None else jobs.filter(area_code(AreaKind.NEIGHBOURHOOD).is_in(list(codes)))


def _given_by_job() -> list[pl.Expr]:
    return [
        pl.col("group_id").alias("whole_id"),
        pl.col("logs", "at", "neighbourhood_code", "units", "imputed_units"),
        pl.col("first_incident_id").alias("incident_id"),
        pl.col("is_contact").cast(pl.Int64).alias("contacts"),
    ]


def of_harm(build: Build, view: View, figure: OfHarm) -> pl.DataFrame:
    """The contacts with a scored crime, the crimes each brings that no earlier one did."""
    jobs = _jobs(build, figure.person_id, figure.days, figure.codes).filter(counts(view), "is_contact")
    scored = build.frame("group_crimes").filter(pl.col("days").is_not_null())
    linked = jobs.sort("at", "group_id").join(
        scored.select("group_id", "crime_ref", harm_steps()), on="group_id", maintain_order="left_right"
    )
    linked = linked.with_columns(is_first=pl.col("crime_ref").is_first_distinct())
    by_job = linked.group_by("group_id").agg(pl.col("harm_steps").filter("is_first").sum())
    return jobs.join(by_job, on="group_id").select(*_given_by_job(), "harm_steps").select(*GIVEN, "harm_steps")


def of_definition(build: Build, view: View, figure: OfDefinition, assumptions: Assumptions) -> pl.DataFrame:
    """What the definition counts of the person in the neighbourhood."""
    wanted = definition(assumptions, figure.definition)
    counted = counted_by(build, view, wanted, person_id=figure.person_id).filter(area_code=figure.code)
    given = counted.select("group_id", "units", "imputed_units", contacts=pl.lit(1, pl.Int64))
    return with_groups(build, given)


def of_counter(build: Build, audience: Audience, figure: OfCounter) -> pl.DataFrame:
    """The incidents in which the two stand on these sides, wherever the audience sees both directions."""
    met = both_sides(build, figure.person_id, audience).filter(
        pl.col("other_id") == figure.other_id, pl.col("is_victim") == figure.is_victim
    )
    worked = build.table("groups").select("group_id", "units", "imputed_units")
    given = worked.filter(pl.col("group_id").is_in(met["group_id"].implode())).collect()
    return with_groups(build, given.with_columns(NO_CONTACTS))


def of_side(build: Build, view: View, figure: OfSide) -> pl.DataFrame:
    """The contacts of the records on one side; a contact that records of two sides rang about is on both."""
    theirs = contacts_by_side(build, view, figure.reference_a, figure.reference_b)
    chosen = theirs.filter(pl.col("side") == figure.side, pl.col("person_id") == figure.person_id)
    worked = build.table("groups").select("group_id", "units", "imputed_units")
    given = worked.filter(pl.col("group_id").is_in(chosen["group_id"].implode())).collect()
    return with_groups(build, given.with_columns(contacts=pl.lit(1, pl.Int64)))


def _having(figure: OfPerson) -> pl.Expr:
    is_optional = pl.col("is_domestic") & ~pl.col("is_assessment_mandatory")
    found = {
        Having.TYPE: pl.col("opening_code").eq_missing(pl.lit(figure.value, pl.String)),
        Having.GRADE: pl.col("grade").eq_missing(pl.lit(figure.value, pl.String)),
        Having.CRIME: pl.col("crimes") > 0,
        Having.DOMESTIC: pl.col("is_domestic"),
        Having.CHILDREN: pl.col("has_children"),
        Having.ASSESSMENT_DUE: pl.col("is_assessment_mandatory"),
        Having.ASSESSMENT_MISSING: pl.col("is_assessment_missing"),
        Having.OPTIONAL: is_optional,
        Having.OPTIONAL_WITHOUT: is_optional & ~pl.col("is_assessed"),
    }
    return found[figure.having]
