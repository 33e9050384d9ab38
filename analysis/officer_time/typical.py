"""How much is worked on a usual day, and how much on a busy one? Medians and centiles over days, quiet ones too."""

from __future__ import annotations

from datetime import date

import polars as pl

from analysis.officer_time.units import UNITS_PER_MINUTE

_UNITS_PER_HOUR = UNITS_PER_MINUTE * 60


def hours_of_a_day(
    worked: pl.DataFrame,
    parts: pl.DataFrame | None,
    first_day: date,
    as_of: date,
    *,
    day: str,
    high_centile: float,
) -> pl.DataFrame:
    """The median and a high centile of the hours of one day, over all days of each weekday in a period.

    A day on which nothing was worked counts as 0 hours. What was worked outside the period is no day of it and is left
    out, where an average counts it.

    Args:
        worked: `day`, the columns of `parts`, units; several rows a day are added up.
        parts: of what each day is split into, such as the hours 0 to 23 (`hour`), every one of them; None for whole
            days.
        first_day, as_of: the period's first local day, and the day after its last.
        day: the column of the Date that a row belongs to.
        high_centile: 0 to 100; between two days a centile is interpolated.

    Returns:
        weekday (1 Monday to 7 Sunday), the columns of `parts`, median_hours, high_hours (Float64); sorted by weekday,
        then as in `parts`; no row for a weekday that the period does not have.
    """
    every = pl.DataFrame({day: pl.date_range(first_day, as_of, "1d", closed="left", eager=True)})
    keys = [] if parts is None else parts.columns
    grid = every if parts is None else every.join(parts, how="cross", maintain_order="left_right")
    sums = worked.group_by(day, *keys).agg(pl.col("units").sum())
    hours = (pl.col("units").fill_null(0) / _UNITS_PER_HOUR).alias("hours")
    filled = grid.join(sums, on=[day, *keys], how="left", maintain_order="left").select(
        pl.col(day).dt.weekday().cast(pl.Int64).alias("weekday"), *keys, hours
    )
    described = filled.group_by("weekday", *keys, maintain_order=True).agg(
        median_hours=pl.col("hours").median(), high_hours=pl.col("hours").quantile(high_centile / 100, "linear")
    )
    return described.sort("weekday", maintain_order=True)
