"""Which incidents does a number consist of, and what does each give to it? One function for each kind of figure."""

from __future__ import annotations

import polars as pl

from analysis.assumptions import Assumptions
from analysis.demand.areas import UNLOCATED, AreaKind, area_code
from analysis.demand.contacts import OFFICER_SOURCE, KeyType
from analysis.demand.definitions import definition
from analysis.demand.windows import local_midnight
from analysis.disclosure import Audience
from analysis.errors import QuestionError
from analysis.officer_time.by_hour import read_shifts
from analysis.questions.area_map import in_scope
from analysis.questions.data_gaps import Topic, missing
from analysis.questions.definitions import counted_by
from analysis.questions.figures import (
    Among,
    By,
    Days,
    Figure,
    Having,
    OfArea,
    OfCallers,
    OfDefinition,
    OfGap,
    OfHarm,
    OfHours,
    OfPerson,
    OfPhase,
    OfPool,
    Whose,
)
from analysis.questions.person import jobs_of
from analysis.questions.person_incidents import group_details
from analysis.questions.resources import OFFICER_TIME, groups_of_listed, groups_of_view, listed_of
from analysis.questions.view import View
from analysis.questions.worked import hours_of, phases_of
from analysis.ranking.rank import harm_steps
from analysis.store import Build

GIVEN = ("incident_id", "logs", "at", "neighbourhood_code", "contacts", "units", "imputed_units", "whole_id")
"""What is found of each incident: its first log, how many logs it has, when, where, and what it gives.

`whole_id` is its group; null where it gives less than its whole officer time."""

_NO_CONTACTS = pl.lit(None, pl.Int64).alias("contacts")
_IN_PART = pl.lit(None, pl.String).alias("whole_id")


def given_by(build: Build, view: View, audience: Audience, figure: Figure, *, assumptions: Assumptions) -> pl.DataFrame:
    """What each incident gives to a figure: `GIVEN`, unsorted; a row for a log where the figure counts logs.

    `contacts` is null where the figure counts none; `units` are 1/720720 of a millisecond of officer time. Of a figure
    of harm there is a column more: `harm_steps`, in millionths of a day, 0 where an earlier contact has the crime.

    Raises:
        QuestionError: the build cannot answer; the message names the mend.
        AnalysisError: the shift pattern cannot be read.
    """
    match figure:
        case OfArea():
            return _of_area(build, view, audience, figure)
        case OfPerson():
            return _of_person(build, view, figure)
        case OfHarm():
            return _of_harm(build, view, figure)
        case OfDefinition():
            return _of_definition(build, view, figure, assumptions)
        case OfCallers():
            return _of_callers(build, view, audience, figure, assumptions)
        case OfPool():
            return _of_pool(build, view, figure)
        case OfHours():
            return _of_hours(build, view, audience, figure, assumptions)
        case OfPhase():
            return _of_phase(build, view, audience, figure, assumptions)
        case OfGap():
            return _of_gap(build, figure)


def _within(build: Build, days: Days, instant: str) -> pl.Expr:
    start, end = (
        pl.lit(local_midnight(day, build.timezone)).cast(pl.Datetime("us", "UTC"))
        for day in (days.first_day, days.as_of)
    )
    return (pl.col(instant) >= start) & (pl.col(instant) < end)


def _counts(view: View) -> pl.Expr:
    return pl.col("is_domestic").fill_null(False) if view.domestic_only else pl.lit(True)


def _callers(build: Build) -> pl.LazyFrame:
    return build.table("contacts").filter(pl.col("key_type") == KeyType.CALLER.value)


def _with_groups(build: Build, given: pl.DataFrame) -> pl.DataFrame:
    """`GIVEN` of what groups give: group_id, contacts, units, imputed_units, and `whole_id` where in part."""
    if "whole_id" not in given.columns:
        given = given.with_columns(whole_id="group_id")
    facts = build.table("groups").select(
        "group_id", "logs", "neighbourhood_code", incident_id="first_incident_id", at="received_at"
    )
    wanted = facts.filter(pl.col("group_id").is_in(given["group_id"].implode())).collect()
    return given.join(wanted, on="group_id").select(GIVEN)


def _of_area(build: Build, view: View, audience: Audience, figure: OfArea) -> pl.DataFrame:
    """Contacts at the time of each caller's own first log, hours at that of the incident's: as totals count them."""
    scope = view.in_scope(audience)
    kept = _counts(view)
    if figure.codes is not None:
        kept &= in_scope(scope, figure.area) & area_code(figure.area).is_in(list(figure.codes))
    elif scope is not None:
        kept &= pl.col("neighbourhood_code").is_in(sorted(scope))
    rung = (
        _callers(build)
        .filter(kept, _within(build, figure.days, "contact_at"))
        .group_by("group_id")
        .agg(contacts=pl.len().cast(pl.Int64))
    )
    worked = (
        build.table("groups")
        .filter(kept, _within(build, figure.days, "received_at"))
        .select("group_id", "units", "imputed_units", whole_id="group_id")
    )
    both = rung.join(worked, on="group_id", how="full", coalesce=True).with_columns(
        pl.col("contacts", "units", "imputed_units").fill_null(0)
    )
    return _with_groups(build, both.filter((pl.col("contacts") > 0) | (pl.col("units") > 0)).collect())


def _of_person(build: Build, view: View, figure: OfPerson) -> pl.DataFrame:
    if figure.among is Among.ABOUT:
        return _about_person(build, view, figure)
    kept = pl.lit(True) if figure.every_kind else _counts(view)
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
        _counts(view),
        _within(build, figure.days, "contact_at"),
        True if figure.codes is None else area_code(AreaKind.NEIGHBOURHOOD).is_in(list(figure.codes)),
    )
    given = about.select("group_id", "units", "imputed_units").collect()
    return _with_groups(build, given.with_columns(_NO_CONTACTS))


def _jobs(build: Build, person_id: str, days: Days, codes: tuple[str, ...] | None) -> pl.DataFrame:
    jobs = jobs_of(build, person_id).filter(_within(build, days, "at"))
    return jobs if codes is None else jobs.filter(area_code(AreaKind.NEIGHBOURHOOD).is_in(list(codes)))


def _given_by_job() -> list[pl.Expr]:
    return [
        pl.col("group_id").alias("whole_id"),
        pl.col("logs", "at", "neighbourhood_code", "units", "imputed_units"),
        pl.col("first_incident_id").alias("incident_id"),
        pl.col("is_contact").cast(pl.Int64).alias("contacts"),
    ]


def _of_harm(build: Build, view: View, figure: OfHarm) -> pl.DataFrame:
    """The contacts with a scored crime, the crimes each brings that no earlier one did."""
    jobs = _jobs(build, figure.person_id, figure.days, figure.codes).filter(_counts(view), "is_contact")
    scored = build.frame("group_crimes").filter(pl.col("days").is_not_null())
    linked = jobs.sort("at", "group_id").join(
        scored.select("group_id", "crime_ref", harm_steps()), on="group_id", maintain_order="left_right"
    )
    linked = linked.with_columns(is_first=pl.col("crime_ref").is_first_distinct())
    by_job = linked.group_by("group_id").agg(pl.col("harm_steps").filter("is_first").sum())
    return jobs.join(by_job, on="group_id").select(*_given_by_job(), "harm_steps").select(*GIVEN, "harm_steps")


def _of_definition(build: Build, view: View, figure: OfDefinition, assumptions: Assumptions) -> pl.DataFrame:
    wanted = definition(assumptions, figure.definition)
    counted = counted_by(build, view, wanted, person_id=figure.person_id).filter(area_code=figure.code)
    given = counted.select("group_id", "units", "imputed_units", contacts=pl.lit(1, pl.Int64))
    return _with_groups(build, given)


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


def _of_callers(
    build: Build, view: View, audience: Audience, figure: OfCallers, assumptions: Assumptions
) -> pl.DataFrame:
    area = area_code(AreaKind.NEIGHBOURHOOD)
    scope = view.in_scope(audience)
    asked = area != UNLOCATED if scope is None else area.is_in(sorted(scope))
    if figure.codes is not None:
        asked &= area.is_in(list(figure.codes))
    counted = (
        _callers(build)
        .filter(_counts(view), asked, _within(build, figure.days, "contact_at"))
        .select(area, "key_id", "group_id", "contact_at", "units", "imputed_units")
        .collect()
    )
    if figure.by is By.LIST:
        chosen = listed_of(build, view, audience, assumptions, length=figure.first)
        counted = counted.join(chosen, on=["area_code", "key_id"], how="semi")
    elif figure.first is not None:
        counted = counted.join(_busiest(counted, figure.first), on="key_id", how="semi")
    given = counted.group_by("group_id").agg(
        pl.len().cast(pl.Int64).alias("contacts"), pl.col("units", "imputed_units").first()
    )
    return _with_groups(build, given)


def _busiest(counted: pl.DataFrame, first: int) -> pl.DataFrame:
    """key_id of the first so many, in the order of `analysis.demand.concentration`."""
    totals = counted.group_by("key_id").agg(
        pl.len().alias("contacts"), pl.col("units").sum(), pl.col("contact_at").max()
    )
    order = totals.sort("contacts", "units", "contact_at", "key_id", descending=[True, True, True, False])
    return order.head(first).select("key_id")


def _of_pool(build: Build, view: View, figure: OfPool) -> pl.DataFrame:
    """Counted as `analysis.questions.unresolved` counts: by the logs of a caller in the pool."""
    pooled = (
        build.table("incidents")
        .filter(
            pl.col("caller_pool") == figure.pool,
            pl.col("source").ne_missing(OFFICER_SOURCE),
            _within(build, figure.days, "received_at"),
        )
        .select("group_id")
        .unique()
        .collect()
    )
    groups = (
        build.table("groups")
        .filter(_counts(view), area_code(AreaKind.NEIGHBOURHOOD) == figure.code)
        .select("group_id", "units", "imputed_units")
        .collect()
    )
    return _with_groups(build, groups.join(pooled, on="group_id", how="semi").with_columns(_NO_CONTACTS))


def _of_hours(build: Build, view: View, audience: Audience, figure: OfHours, assumptions: Assumptions) -> pl.DataFrame:
    theirs = groups_of_listed(build, view, listed_of(build, view, audience, assumptions))
    worked = hours_of(build, theirs["group_id"], shifts=read_shifts(assumptions.texts("shift_pattern")))
    day = "day" if figure.shift is None else "shift_day"
    if figure.weekday is not None:
        worked = worked.filter(pl.col(day).dt.weekday() == figure.weekday)
    if figure.hour is not None:
        worked = worked.filter(pl.col("hour") == figure.hour)
    if figure.shift is not None:
        worked = worked.filter(pl.col("shift") == figure.shift)
    given = worked.group_by("group_id").agg(pl.col("units", "imputed_units").sum())
    return _with_groups(build, given.with_columns(_NO_CONTACTS, _IN_PART))


def _of_phase(build: Build, view: View, audience: Audience, figure: OfPhase, assumptions: Assumptions) -> pl.DataFrame:
    if figure.whose is Whose.LISTED:
        theirs = groups_of_listed(build, view, listed_of(build, view, audience, assumptions))
    else:
        theirs = groups_of_view(build, view, audience)
    phases = theirs.select("group_id", "units", "imputed_units").join(
        phases_of(build, theirs["group_id"]), on="group_id"
    )
    column = "units" if figure.phase == OFFICER_TIME else f"{figure.phase}_units"
    if column not in phases.columns:
        raise QuestionError("There is no such part of the officer time. Open the list from the page again.")
    is_whole = figure.phase == OFFICER_TIME
    imputed = pl.col("imputed_units") if is_whole else pl.lit(None, pl.Int64).alias("imputed_units")
    whole = pl.col("group_id").alias("whole_id") if is_whole else _IN_PART
    given = phases.select("group_id", pl.col(column).alias("units"), imputed, whole)
    return _with_groups(build, given.drop_nulls("units").with_columns(_NO_CONTACTS))


def _of_gap(build: Build, figure: OfGap) -> pl.DataFrame:
    """Logs, or incidents where a caller is the gap; for deployments the log of each."""
    rows = missing(build, Topic(figure.topic), figure.gap)
    return rows.with_columns(_NO_CONTACTS, _IN_PART).select(GIVEN)
