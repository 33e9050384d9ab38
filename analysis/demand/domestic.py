"""Was it domestic? The log's own flag, or that of a crime linked to it."""

from __future__ import annotations

import polars as pl


def is_domestic(own: pl.Series, linked: pl.DataFrame, crimes: pl.DataFrame) -> pl.Series:
    """True where the log or a linked crime says so, False where one says no and none says yes, else null.

    Args:
        own: the flag of each log.
        linked: `analysis.demand.harm.links` of the logs and the crimes.
        crimes: is_domestic.

    Returns:
        One flag a log, in their order.
    """
    flags = linked.select("log", crimes["is_domestic"].gather(linked["crime"])).drop_nulls()
    said = flags.group_by("log").agg(pl.col("is_domestic").max())
    either = pl.DataFrame({"log": own.gather(said["log"]), "crime": said["is_domestic"]})
    return own.scatter(said["log"], either.select(pl.max_horizontal("log", "crime")).to_series())
