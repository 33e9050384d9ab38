"""Whom does each log concern?"""

from __future__ import annotations

import polars as pl

from analysis.people.records import CALLER, UNKNOWN


def concerned_people(records: pl.DataFrame) -> pl.DataFrame:
    """Every recorded victim of a log who is a known person, once, in the order of the log.

    The caller comes first if in role victim, then the victims of the people feed in the order they were read. A log
    with no victim recorded at all concerns its caller in role unknown; one whose victims all stand in a pool concerns
    nobody known.

    Args:
        records: `incident_id`, `role`, `given_role`, `read_order`, `is_victim`, `person_id`, of logs in the build.

    Returns:
        `incident_id`, `position` (1 is the first), `person_id`.
    """
    is_caller = pl.col("role") == CALLER
    victims = records.filter("is_victim")
    instead = records.filter(is_caller & (pl.col("given_role") == UNKNOWN)).join(victims, on="incident_id", how="anti")
    return (
        pl.concat([victims, instead])
        .filter(pl.col("person_id").is_not_null())
        .sort(~is_caller, "read_order")
        .unique(["incident_id", "person_id"], keep="first", maintain_order=True)
        .select(
            "incident_id",
            pl.int_range(1, pl.len() + 1, dtype=pl.Int64).over("incident_id").alias("position"),
            "person_id",
        )
    )
