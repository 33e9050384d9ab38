"""How long did incidents take in each of the three measures, and between which bounds does the officer time lie?

Officer-minutes count each officer's own time, shared where one officer was on several incidents at once. Unit-minutes
count each unit, neither shared nor times its crew. Elapsed minutes run from a log's first assignment to its last end.
Of an incident of several logs both are added up over the logs.
"""

from __future__ import annotations

from enum import StrEnum

import polars as pl

from analysis.officer_time import UNITS_PER_MINUTE
from analysis.officer_time.measures import MILLISECONDS_PER_MINUTE
from analysis.officer_time.spread import spread
from analysis.ranking.rank import UNITS_PER_HOUR
from analysis.store import Build


class TimeMeasure(StrEnum):
    """The three measures, by the column of an incident that holds each in units."""

    OFFICER = "units"
    UNIT = "unit_units"
    ELAPSED = "elapsed_units"


def whole_times(build: Build, groups: pl.Series) -> pl.DataFrame:
    """What the whole of each of these incident groups took beside its officer time.

    Returns:
        One row a group: group_id, units_low, units_high (the bounds of its officer time), unit_units, elapsed_units;
        Int64, 1/720720 of a millisecond; the last two null where nobody was deployed.
    """
    asked = pl.col("group_id").is_in(groups.unique().implode())
    bounds = build.table("groups").filter(asked).select("group_id", "units_low", "units_high")
    logs = build.table("incidents").filter(asked).select("group_id", "unit_minutes", "elapsed_minutes")
    both = logs.group_by("group_id").agg(
        _added("unit_minutes").alias(TimeMeasure.UNIT.value), _added("elapsed_minutes").alias(TimeMeasure.ELAPSED.value)
    )
    return bounds.join(both, on="group_id", how="left").collect()


def measures_beside(attended: pl.DataFrame, times: pl.DataFrame, *, by: str, high_centile: float) -> pl.DataFrame:
    """The three measures of the incidents attended, side by side.

    Args:
        attended: one row an incident: group_id, units and the column `by`.
        times: as `whole_times` returns them.
        by: says which incidents are described together.
        high_centile: 0 to 100.

    Returns:
        `by`, measure (a value of `TimeMeasure`), incidents, hours, mean_minutes, median_minutes, high_minutes; see
        `analysis.officer_time.spread`.
    """
    measured = attended.select("group_id", "units", by).join(times, on="group_id", how="left")
    described = spread(measured, [one.value for one in TimeMeasure], by=[by], high_centile=high_centile)
    return described.with_columns(hours=pl.col("units") / UNITS_PER_HOUR)


def _added(column: str) -> pl.Expr:
    """Whole milliseconds as units, added up; null where no log has any."""
    units = (pl.col(column) * MILLISECONDS_PER_MINUTE).round().cast(pl.Int64) * (
        UNITS_PER_MINUTE // MILLISECONDS_PER_MINUTE
    )
    return pl.when(pl.col(column).count() > 0).then(units.sum())
