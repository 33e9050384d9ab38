"""Was it domestic? The log's own flag, or that of a crime linked to it."""

from __future__ import annotations

import polars as pl

from analysis.demand.harm import incident_crimes


def is_domestic(incidents: pl.DataFrame, crimes: pl.DataFrame) -> pl.Series:
    """True where the log or a linked crime says so, False where one says no and none says yes, else null.

    Args:
        incidents: incident_id, crime_ref, is_domestic (the log's own flag).
        crimes: crime_ref, incident_id, is_domestic.

    Returns:
        One flag a row of `incidents`, in its order.
    """
    own = pl.col("is_domestic")
    if crimes.is_empty() or crimes["is_domestic"].is_null().all():
        return incidents["is_domestic"]
    flags = (
        incident_crimes(incidents, crimes)
        .join(crimes.select("crime_ref", crime_flag="is_domestic"), on="crime_ref")
        .group_by("incident_id")
        .agg(pl.col("crime_flag").max())
    )
    return (
        incidents.select("incident_id", "is_domestic")
        .join(flags, on="incident_id", how="left", maintain_order="left")
        .select(pl.max_horizontal(own, pl.col("crime_flag")).alias("is_domestic"))
        .to_series()
    )
