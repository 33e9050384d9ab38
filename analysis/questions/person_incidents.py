"""What happened at each of these jobs, and what was recorded to keep people safe? One row an incident group."""

from __future__ import annotations

from datetime import date

import polars as pl

from analysis.demand.assessments import PARTNER_RELATIONSHIPS
from analysis.demand.harm import incident_crimes
from analysis.store import Build

FEEDS = ("assessments", "crimes", "safeguarding")
"""Feeds a force may leave out."""
_RISKS = ("standard", "medium", "high")
_OTHER_MEASURES = ("unit_minutes", "elapsed_minutes")
_MARAC_EVENTS = ("marac_referral", "marac_heard")

GROUP_COLUMNS = (
    "group_id",
    "opening_code",
    "closing_code",
    "grade",
    "source",
    "has_children",
    "crimes",
    "offences",
    "harm",
    "tool",
    "risk",
    "assessed_at",
    "is_assessed",
    "is_assessment_mandatory",
    "is_assessment_missing",
    "unit_minutes",
    "elapsed_minutes",
)


def group_details(build: Build, group_ids: pl.Series) -> pl.DataFrame:
    """What the logs, crimes and assessments of these incident groups say.

    Returns:
        `GROUP_COLUMNS`, one row a group: codes, grade and source of its first log; has_children where any log says
        so; crimes (distinct, Int64), their offences in words, harm (days, null where none has a score); tool, risk
        (the highest) and time of the assessments of any of its logs. `is_assessment_mandatory`: a domestic crime with
        an intimate or former partner; `is_assessment_missing`: mandatory, and none was recorded, where the build has
        assessments at all. `unit_minutes` and `elapsed_minutes` are added up over its logs, null where nobody was
        deployed.
    """
    logs = (
        build.table("incidents")
        .filter(pl.col("group_id").is_in(group_ids.unique().implode()))
        .select(
            "incident_id",
            "group_id",
            "received_at",
            "opening_code",
            "closing_code",
            "grade",
            "source",
            "children_present",
            "is_domestic",
            "crime_ref",
            "unit_minutes",
            "elapsed_minutes",
        )
        .collect()
    )
    first = (
        logs.sort("received_at", "incident_id")
        .group_by("group_id", maintain_order=True)
        .agg(
            pl.col("opening_code", "closing_code", "grade", "source").first(),
            *(pl.when(pl.col(time).count() > 0).then(pl.col(time).sum()) for time in _OTHER_MEASURES),
            has_children=pl.col("children_present").fill_null(False).any(),
        )
    )
    crimes = _crimes(build, logs)
    is_missing = pl.col("is_assessment_mandatory") & ~pl.col("is_assessed")
    return (
        first.join(crimes, on="group_id", how="left")
        .join(_assessments(build, logs), on="group_id", how="left")
        .with_columns(
            pl.col("crimes").fill_null(0),
            pl.col("is_assessed", "is_assessment_mandatory").fill_null(False),
        )
        .with_columns(is_assessment_missing=is_missing & pl.lit(has_feed(build, "assessments")))
        .select(GROUP_COLUMNS)
    )


def has_feed(build: Build, table: str) -> bool:
    """Whether the force gave that feed at all: without it nothing can be said to be missing."""
    return bool(build.manifest["rows"].get(table))


def safety_events(build: Build, incident_ids: pl.Series) -> pl.DataFrame:
    """What was done to keep people safe after these logs: incident_id, event, at (UTC); oldest first."""
    return (
        build.table("safeguarding")
        .filter(pl.col("incident_id").is_in(incident_ids.unique().implode()))
        .select("incident_id", "event", "at")
        .sort("at", "incident_id", "event")
        .collect()
    )


def marac(events: pl.DataFrame, *, before: date, timezone: str) -> pl.DataFrame:
    """The MARAC referrals and hearings among safety events, up to the day before `before`, with their local `on`."""
    on = pl.col("at").dt.convert_time_zone(timezone).dt.date()
    return events.filter(pl.col("event").is_in(_MARAC_EVENTS)).with_columns(on=on).filter(pl.col("on") < before)


def _crimes(build: Build, logs: pl.DataFrame) -> pl.DataFrame:
    """group_id, crimes, offences, harm, is_assessment_mandatory; of the groups with a crime."""
    crimes = build.frame("crimes", ["crime_ref", "incident_id", "offence_group", "is_domestic", "relationship"])
    days = build.frame("group_crimes", ["group_id", "crime_ref", "days"])
    linked = (
        incident_crimes(logs, crimes)
        .join(logs.select("incident_id", "group_id", log_flag="is_domestic"), on="incident_id")
        .join(crimes.drop("incident_id"), on="crime_ref")
        .join(days, on=["group_id", "crime_ref"], how="left")
    )
    is_partner = pl.col("relationship").is_in(PARTNER_RELATIONSHIPS)
    is_domestic = pl.coalesce("is_domestic", "log_flag").fill_null(False)
    return (
        linked.with_columns(is_due=(is_partner & is_domestic).fill_null(False))
        .group_by("group_id", "crime_ref")
        .agg(pl.col("offence_group").first(), pl.col("days").first(), pl.col("is_due").any())
        .group_by("group_id")
        .agg(
            crimes=pl.len().cast(pl.Int64),
            offences=pl.col("offence_group").drop_nulls().unique().sort().str.join(", "),
            harm=pl.when(pl.col("days").count() > 0).then(pl.col("days").sum()),
            is_assessment_mandatory=pl.col("is_due").any(),
        )
    )


def _assessments(build: Build, logs: pl.DataFrame) -> pl.DataFrame:
    """group_id, tool, risk (the highest), assessed_at (the newest), is_assessed; of the groups with an assessment."""
    order = pl.col("risk").replace_strict({risk: at for at, risk in enumerate(_RISKS)}, default=-1)
    return (
        build.frame("assessments", ["incident_id", "tool", "risk", "completed_at"])
        .join(logs.select("incident_id", "group_id"), on="incident_id")
        .with_columns(severity=order)
        .sort("severity", "completed_at", descending=True, nulls_last=True)
        .group_by("group_id", maintain_order=True)
        .agg(
            pl.col("tool", "risk").first(),
            assessed_at=pl.col("completed_at").max(),
            is_assessed=pl.lit(True),
        )
    )
