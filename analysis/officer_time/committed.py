"""How long was each officer committed to anything, and do the shares add up to that?"""

from __future__ import annotations

import polars as pl

from analysis.officer_time.units import UNITS_PER_MILLISECOND, minutes


def united_minutes_by_officer(deployments: pl.DataFrame) -> pl.DataFrame:
    """The time each officer was committed: the union of the officer's rows from assignment to the end used.

    Args:
        deployments: as in `OfficerTime.deployments`.

    Returns:
        One row an officer, or a unit where rows are per unit: `officer_id`, `callsign` (null for an officer), `rows`,
        `united_units` (units of the union), `shared_units` (the shares of its rows, the crew counted once), `minutes`
        (of the union). The law of conservation is that the two units are equal.
    """
    officer = ["officer_id", "callsign"]
    is_unit = pl.col("officer_id").is_null()
    crew = pl.when(is_unit & (pl.col("crew") >= 1)).then("crew").otherwise(1)
    rows = deployments.select(
        "officer_id",
        callsign=pl.when(is_unit).then("callsign"),
        start=pl.col("assigned_at").dt.epoch("us") // 1_000,
        end=pl.col("end_at").dt.epoch("us") // 1_000,
        share=pl.col("units") // crew,
    ).sort(*officer, "start", maintain_order=True)
    covered = pl.col("end").cum_max().shift(1).over(officer)
    held = (pl.col("end") - pl.max_horizontal("start", covered)).clip(lower_bound=0)
    return (
        rows.with_columns(held=held)
        .group_by(officer, maintain_order=True)
        .agg(
            rows=pl.len().cast(pl.Int64),
            united_units=pl.col("held").sum() * UNITS_PER_MILLISECOND,
            shared_units=pl.col("share").sum(),
        )
        .with_columns(minutes=minutes(pl.col("united_units")))
    )
