"""What does an incident give to a number? The form in which every kind of figure says it."""

from __future__ import annotations

import polars as pl

from analysis.demand.windows import local_midnight
from analysis.questions.figures import Days
from analysis.questions.view import View
from analysis.store import Build

GIVEN = ("incident_id", "logs", "at", "neighbourhood_code", "contacts", "units", "imputed_units", "whole_id")
"""What is found of each incident: its first log, how many logs it has, when, where, and what it gives.

`whole_id` is its group; null where it gives less than its whole officer time."""

NO_CONTACTS = pl.lit(None, pl.Int64).alias("contacts")
"""Of a figure that counts no contacts."""
IN_PART = pl.lit(None, pl.String).alias("whole_id")
"""Of a figure to which an incident gives less than its whole officer time."""


def within(build: Build, days: Days, instant: str) -> pl.Expr:
    """Whether an instant lies in these local days."""
    start, end = (
        pl.lit(local_midnight(day, build.timezone)).cast(pl.Datetime("us", "UTC"))
        for day in (days.first_day, days.as_of)
    )
    return (pl.col(instant) >= start) & (pl.col(instant) < end)


def counts(view: View) -> pl.Expr:
    """Whether the view counts a row: of domestic incidents, or of all."""
    return pl.col("is_domestic").fill_null(False) if view.domestic_only else pl.lit(True)


def with_groups(build: Build, given: pl.DataFrame) -> pl.DataFrame:
    """`GIVEN` of what groups give: group_id, contacts, units, imputed_units, and `whole_id` where in part."""
    if "whole_id" not in given.columns:
        given = given.with_columns(whole_id="group_id")
    facts = build.table("groups").select(
        "group_id", "logs", "neighbourhood_code", incident_id="first_incident_id", at="received_at"
    )
    wanted = facts.filter(pl.col("group_id").is_in(given["group_id"].implode())).collect()
    return given.join(wanted, on="group_id").select(GIVEN)
