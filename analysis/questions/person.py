"""When did this person contact the police, about what, and what was done? Only what lies in the reader's scope."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from analysis.assumptions import Assumptions
from analysis.demand.contacts import KeyType
from analysis.demand.windows import Window
from analysis.disclosure import Audience, Released
from analysis.disclosure.contract import Answer, AnswerColumn, Kind
from analysis.disclosure.release import release
from analysis.officer_time import minutes
from analysis.questions.person_evidence import evidence
from analysis.questions.person_incidents import FEEDS, group_details, has_feed, marac, safety_events
from analysis.questions.ranking import AreaKind, area_names
from analysis.questions.view import View
from analysis.store import Build


@dataclass(frozen=True)
class Person:
    """What the reader may see of one person; every frame is empty where that is nothing.

    Attributes:
        incidents: `INCIDENT_COLUMNS`, the newest first: every job of the window with a record of the person.
        areas: `AREA_COLUMNS`, a row for each neighbourhood in scope with any record of the person, whole build.
        safety: area_code, person_id, on, event, of jobs of the person in the whole build; newest first.
        evidence: see `analysis.questions.person_evidence`.
        feeds: which feeds the force gave, so that what is not known is not said to be missing.
    """

    incidents: Released
    areas: Released
    safety: Released
    evidence: Released
    feeds: frozenset[str]

    @property
    def is_known(self) -> bool:
        """Whether there is any record of the person in the reader's scope."""
        return not self.areas.rows.is_empty()


INCIDENT_COLUMNS: dict[str, Kind] = {
    "neighbourhood_code": Kind.CODE,
    "neighbourhood_name": Kind.NAME,
    "person_id": Kind.PERSON,
    "group_id": Kind.CODE,
    "first_incident_id": Kind.CODE,
    "logs": Kind.COUNT,
    "at": Kind.TIME,
    "is_contact": Kind.FLAG,
    "roles": Kind.NAME,
    "is_domestic": Kind.FLAG,
    "opening_code": Kind.CODE,
    "closing_code": Kind.CODE,
    "grade": Kind.CODE,
    "source": Kind.CODE,
    "has_children": Kind.FLAG,
    "crimes": Kind.COUNT,
    "offences": Kind.NAME,
    "harm": Kind.MEASURE,
    "tool": Kind.CODE,
    "risk": Kind.CODE,
    "assessed_at": Kind.TIME,
    "is_assessed": Kind.FLAG,
    "is_assessment_mandatory": Kind.FLAG,
    "is_assessment_missing": Kind.FLAG,
    "officer_minutes": Kind.MEASURE,
    "officer_minutes_low": Kind.MEASURE,
    "officer_minutes_high": Kind.MEASURE,
    "imputed_minutes": Kind.MEASURE,
    "unit_minutes": Kind.MEASURE,
    "elapsed_minutes": Kind.MEASURE,
}
AREA_COLUMNS: dict[str, Kind] = {
    "neighbourhood_code": Kind.CODE,
    "neighbourhood_name": Kind.NAME,
    "person_id": Kind.PERSON,
    "contacts": Kind.COUNT,
    "contacts_in_window": Kind.COUNT,
    "contacts_of_window_everywhere": Kind.COUNT,
    "last_contact_at": Kind.TIME,
    "marac_on": Kind.TIME,
    "marac_until": Kind.TIME,
    "domestic_since_marac": Kind.COUNT,
    "domestic_since_marac_here": Kind.COUNT,
    "aliases": Kind.PERSON,
}
_SAFETY = {"neighbourhood_code": Kind.CODE, "person_id": Kind.PERSON, "event": Kind.CODE, "at": Kind.TIME}


def person(build: Build, person_id: str, view: View, audience: Audience, *, assumptions: Assumptions) -> Person:
    """Everything recorded of a person under the page's filters; its neighbourhood filter does not apply.

    A job is an incident group in which any log bears a record of the person; where they rang it is a contact. A job
    without a place is in the scope of the whole force only; elsewhere it is counted with those of other areas.

    Args:
        person_id: the id, or one that became an alias of it.
    """
    standing = _standing(build, person_id)
    window = Window(view.as_of, view.weeks, build.timezone)
    jobs = jobs_of(build, standing)
    counted = jobs.filter(window.contains(pl.col("at")))
    if view.domestic_only:
        counted = counted.filter(pl.col("is_domestic"))
    names = area_names(build, AreaKind.NEIGHBOURHOOD).rename(
        {"area_code": "neighbourhood_code", "area_name": "neighbourhood_name"}
    )
    incidents = (
        counted.join(group_details(build, counted["group_id"]), on="group_id")
        .join(names, on="neighbourhood_code", how="left")
        .sort("at", "group_id", descending=True)
    )
    logs = _records(build, standing)
    events = (
        safety_events(build, logs["incident_id"])
        .join(logs.select("incident_id", "group_id").unique(), on="incident_id")
        .join(jobs.select("group_id", "neighbourhood_code", "person_id"), on="group_id")
        .sort("at", "event", descending=True)
    )
    areas = _areas(build, jobs, counted, window, standing, marac_months=assumptions.whole("marac_repeat_months"))
    return Person(
        incidents=_released(build, "a person's jobs", incidents, INCIDENT_COLUMNS, audience),
        areas=_released(
            build, "a person's areas", areas.join(names, on="neighbourhood_code", how="left"), AREA_COLUMNS, audience
        ),
        safety=_released(build, "a person's safety", events, _SAFETY, audience),
        evidence=evidence(build, standing, audience, assumptions=assumptions),
        feeds=frozenset(table for table in FEEDS if has_feed(build, table)),
    )


def _standing(build: Build, person_id: str) -> str:
    """The id that stands today for this one."""
    aliases = build.frame("person_aliases").filter(pl.col("alias") == person_id)
    return person_id if aliases.is_empty() else str(aliases["person_id"][0])


def _records(build: Build, person_id: str) -> pl.DataFrame:
    """incident_id, group_id, role: every log with a record of the person."""
    logs = build.table("incidents").select("incident_id", "group_id", "caller_role")
    said = pl.when(pl.col("role") == "caller").then("caller " + pl.col("caller_role").fill_null("unknown"))
    return (
        build.table("person_records")
        .filter(pl.col("person_id") == person_id)
        .select("incident_id", "role")
        .join(logs, on="incident_id")
        .with_columns(role=said.otherwise("role"))
        .unique()
        .collect()
    )


def jobs_of(build: Build, person_id: str) -> pl.DataFrame:
    """One row a job of the person, whole build; `at` is their own first call where they rang, else the job's time.

    What the questions of the pages are made of; `units` and `imputed_units` are 1/720720 of a millisecond.
    """
    person_id = _standing(build, person_id)
    records = _records(build, person_id)
    roles = records.group_by("group_id").agg(roles=pl.col("role").unique().sort().str.join(", "))
    rung = (
        build.table("contacts")
        .filter((pl.col("key_type") == KeyType.CALLER.value) & (pl.col("key_id") == person_id))
        .select("group_id", "contact_at")
        .collect()
    )
    groups = build.table("groups").filter(pl.col("group_id").is_in(roles["group_id"].implode())).collect()
    return (
        roles.join(groups, on="group_id")
        .join(rung, on="group_id", how="left")
        .select(
            "group_id",
            "first_incident_id",
            "logs",
            "roles",
            "neighbourhood_code",
            "units",
            "imputed_units",
            pl.col("is_domestic").fill_null(False),
            at=pl.coalesce("contact_at", "received_at"),
            is_contact=pl.col("contact_at").is_not_null(),
            person_id=pl.lit(person_id),
            officer_minutes=minutes(pl.col("units")),
            officer_minutes_low=minutes(pl.col("units_low")),
            officer_minutes_high=minutes(pl.col("units_high")),
            imputed_minutes=minutes(pl.col("imputed_units")),
        )
    )


def _areas(
    build: Build, jobs: pl.DataFrame, counted: pl.DataFrame, window: Window, person_id: str, *, marac_months: int
) -> pl.DataFrame:
    """A row an area; what is true of the person as a whole stands on each."""
    rung = jobs.filter("is_contact")
    here = rung.group_by("neighbourhood_code").agg(contacts=pl.len().cast(pl.Int64), last_contact_at=pl.col("at").max())
    in_window = (
        counted.filter("is_contact").group_by("neighbourhood_code").agg(contacts_in_window=pl.len().cast(pl.Int64))
    )
    on, since = _marac_clock(build, jobs, window, person_id, months=marac_months)
    aliases = build.frame("person_aliases").filter(pl.col("person_id") == person_id)["alias"].sort()
    return (
        jobs.select("neighbourhood_code", "person_id")
        .unique()
        .join(here, on="neighbourhood_code", how="left", nulls_equal=True)
        .join(in_window, on="neighbourhood_code", how="left", nulls_equal=True)
        .join(_by_area(since), on="neighbourhood_code", how="left", nulls_equal=True)
        .with_columns(
            pl.col("contacts", "contacts_in_window", "domestic_since_marac_here").fill_null(0),
            contacts_of_window_everywhere=pl.lit(counted["is_contact"].sum(), pl.Int64),
            marac_on=on,
            marac_until=on.dt.offset_by(f"{marac_months}mo"),
            domestic_since_marac=pl.lit(None if since is None else since.height, pl.Int64),
            aliases=pl.lit(", ".join(aliases) or None, pl.String),
        )
        .sort("contacts_in_window", "contacts", "neighbourhood_code", descending=[True, True, False], nulls_last=True)
    )


def _marac_clock(
    build: Build, jobs: pl.DataFrame, window: Window, person_id: str, *, months: int
) -> tuple[pl.Expr, pl.DataFrame | None]:
    """The day of the newest MARAC of a job the person was the victim of, and the domestic jobs within months of it."""
    concerned = build.table("concerned").filter(pl.col("person_id") == person_id).collect()
    events = marac(safety_events(build, concerned["incident_id"]), before=window.as_of, timezone=window.timezone)
    newest = events["on"].max()
    if newest is None:
        return pl.lit(None, pl.Date), None
    day = pl.col("at").dt.convert_time_zone(window.timezone).dt.date()
    on = pl.lit(newest, pl.Date)
    since = jobs.filter("is_domestic", day > on, day <= on.dt.offset_by(f"{months}mo"), day < pl.lit(window.as_of))
    return on, since


def _by_area(since: pl.DataFrame | None) -> pl.DataFrame:
    """neighbourhood_code, domestic_since_marac_here."""
    if since is None:
        schema = {"neighbourhood_code": pl.String, "domestic_since_marac_here": pl.Int64}
        return pl.DataFrame(schema=schema)
    counted = pl.len().cast(pl.Int64).alias("domestic_since_marac_here")
    return since.group_by("neighbourhood_code").agg(counted)


def _released(build: Build, name: str, frame: pl.DataFrame, columns: dict[str, Kind], audience: Audience) -> Released:
    answer = Answer(
        name=name,
        columns=tuple(AnswerColumn(column, kind) for column, kind in columns.items()),
        area_column="neighbourhood_code",
        person_column="person_id",
        timezone=build.timezone,
    )
    return release(frame.select(list(columns)), answer, audience)
