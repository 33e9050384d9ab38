"""What must be known of a listed person at a glance? Assessments missing, MARAC, children, crimes."""

from __future__ import annotations

import polars as pl

from analysis.demand.windows import Window
from analysis.questions.person_incidents import group_details, marac, safety_events
from analysis.store import Build


def badge_facts(build: Build, counted: pl.DataFrame, window: Window, *, marac_months: int) -> pl.DataFrame:
    """The badges of everyone with a counted contact.

    Args:
        counted: the contacts that count, of one area: key_id, group_id.
        window: the weeks that count.
        marac_months: a MARAC referral or hearing counts for so long before the end of the window.

    Returns:
        key_id; missing_assessments (counted contacts whose assessment was mandatory and is not recorded), crimes
        (distinct, of the counted contacts), has_children (on any counted contact); marac_on (Date of the newest MARAC
        of a job the person was the victim of, anywhere in the force, null where none in time); is_victim_of_crime (of
        a recorded crime in the window, anywhere).
    """
    pairs = counted.select("key_id", "group_id").unique()
    details = group_details(build, pairs["group_id"])
    of_contacts = (
        pairs.join(details, on="group_id")
        .group_by("key_id")
        .agg(
            missing_assessments=pl.col("is_assessment_missing").sum().cast(pl.Int64),
            has_children=pl.col("has_children").any(),
        )
    )
    crimes = (
        pairs.join(build.frame("group_crimes", ["group_id", "crime_ref"]), on="group_id")
        .group_by("key_id")
        .agg(crimes=pl.col("crime_ref").n_unique().cast(pl.Int64))
    )
    victims = _as_victim(build, pairs["key_id"], window)
    events = marac(safety_events(build, victims["incident_id"]), before=window.as_of, timezone=window.timezone)
    in_time = pl.col("on") >= pl.lit(window.as_of).dt.offset_by(f"-{marac_months}mo")
    newest = (
        victims.join(events.filter(in_time), on="incident_id")
        .group_by(key_id="person_id")
        .agg(marac_on=pl.col("on").max())
    )
    harmed = victims.filter("is_crime").select(key_id="person_id", is_victim_of_crime=pl.lit(True)).unique()
    return (
        of_contacts.join(crimes, on="key_id", how="left")
        .join(newest, on="key_id", how="left")
        .join(harmed, on="key_id", how="left")
        .with_columns(pl.col("crimes").fill_null(0), pl.col("is_victim_of_crime").fill_null(False))
    )


def _as_victim(build: Build, person_ids: pl.Series, window: Window) -> pl.DataFrame:
    """person_id, incident_id, is_crime (a recorded crime came of it, in the window): logs they were the victim in."""
    concerned = (
        build.table("concerned")
        .filter(pl.col("person_id").is_in(person_ids.unique().implode()))
        .select("person_id", "incident_id")
        .collect()
    )
    logs = build.frame("incidents", ["incident_id", "group_id", "received_at"])
    crimes = build.frame("group_crimes", ["group_id"]).unique().with_columns(has_crime=pl.lit(True))
    return (
        concerned.join(logs, on="incident_id")
        .join(crimes, on="group_id", how="left")
        .select(
            "person_id",
            "incident_id",
            is_crime=pl.col("has_crime").fill_null(False) & window.contains(pl.col("received_at")),
        )
    )
