"""Was it domestic? The log's own flag, or that of a crime linked to it."""

from __future__ import annotations

import polars as pl

from analysis.demand.harm import links


def is_domestic(incidents: pl.DataFrame, crimes: pl.DataFrame) -> pl.Series:
    """True where the log or a linked crime says so, False where one says no and none says yes, else null.

    Args:
        incidents: incident_id, crime_ref, is_domestic (the log's own flag).
        crimes: crime_ref, incident_id, is_domestic.

    Returns:
        One flag a row of `incidents`, in its order.
    """
    own = incidents["is_domestic"]
    if crimes.is_empty() or crimes["is_domestic"].is_null().all():
        return own
    flags = (
        links(incidents, crimes)
        .join(crimes.select("crime_ref", crime_flag="is_domestic").drop_nulls(), on="crime_ref")
        .group_by("incident_id")
        .agg(pl.col("crime_flag").max())
    )
    # Only the logs of which a crime says something are joined: they are few.
    said = (
        incidents.select("incident_id", "is_domestic")
        .with_row_index("place")
        .filter(pl.col("incident_id").is_in(flags["incident_id"].implode()))
        .join(flags, on="incident_id")
        .select("place", is_domestic=pl.max_horizontal("is_domestic", "crime_flag"))
    )
    return own.scatter(said["place"], said["is_domestic"]) if said.height else own
