"""How are the hours of some incidents spread over the hours, days, shifts and weeks of a window?"""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from analysis.demand.windows import DAYS_A_WEEK, Window
from analysis.officer_time.by_hour import Shift, by_shift, by_weekday
from analysis.officer_time.typical import hours_of_a_day
from analysis.ranking.rank import UNITS_PER_HOUR


def days_and_shifts(
    worked: pl.DataFrame, window: Window, shifts: Sequence[Shift], high: float
) -> tuple[pl.DataFrame, pl.DataFrame, pl.DataFrame]:
    """What was worked by hour of the week, by weekday, and by shift and the weekday on which it began.

    Args:
        worked: as `questions.worked.hours_of` returns it.
        high: the high centile, 0 to 100.

    Returns:
        Three frames of weekday (and hour or shift), units, imputed_units, officer_hours, imputed_hours, days (of that
        weekday in the window), average_hours (over them), median_hours, high_hours (of those days, quiet ones too).
    """
    first, end = window.first_day, window.as_of
    by_hour = by_weekday(worked, first, end)
    summed = [pl.col("units", "imputed_units").sum(), pl.col("days").first()]
    whole_days = by_hour.group_by("weekday", maintain_order=True).agg(summed)
    names = pl.DataFrame({"shift": [shift.name for shift in shifts]}, schema={"shift": pl.String})
    clock = by_hour.select("hour").unique(maintain_order=True)

    def typical(sums: pl.DataFrame, parts: pl.DataFrame | None, day: str) -> pl.DataFrame:
        usual = hours_of_a_day(worked, parts, first, end, day=day, high_centile=high)
        keys = ["weekday", *([] if parts is None else parts.columns)]
        return _averages(sums).join(usual, on=keys, how="left", maintain_order="left")

    return (
        typical(by_hour, clock, "day"),
        typical(whole_days, None, "day"),
        typical(by_shift(worked, first, end, shifts=shifts), names, "shift_day"),
    )


def week_hours(worked: pl.DataFrame, window: Window) -> pl.Series:
    """The hours worked in each week of the window, quiet weeks too."""
    days = pl.col("day") - pl.lit(window.first_day)
    inside = worked.filter(pl.col("day") >= window.first_day, pl.col("day") < window.as_of)
    found = inside.group_by(week=days.dt.total_days() // DAYS_A_WEEK).agg(pl.col("units").sum())
    every = pl.DataFrame({"week": range(window.weeks)}, schema={"week": pl.Int64})
    units = every.join(found, on="week", how="left")["units"].fill_null(0)
    return units / UNITS_PER_HOUR


def _averages(sums: pl.DataFrame) -> pl.DataFrame:
    hours = pl.col("units") / UNITS_PER_HOUR
    return sums.with_columns(
        officer_hours=hours,
        imputed_hours=pl.col("imputed_units") / UNITS_PER_HOUR,
        average_hours=pl.when(pl.col("days") > 0).then(hours / pl.col("days")),
    )
