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
    columns = ["incident_id", "person_id", "read_order", is_caller.alias("is_caller")]
    victims = records.filter("is_victim").select(columns)
    instead = records.filter(is_caller & (pl.col("given_role") == UNKNOWN)).select(columns)
    instead = instead.join(victims, on="incident_id", how="anti")
    people = (
        pl.concat([victims, instead])
        .filter(pl.col("person_id").is_not_null())
        .sort(~pl.col("is_caller"), "read_order")
        .with_row_index("place")
        .with_columns(position=pl.lit(1, dtype=pl.Int64))
    )
    # Most logs concern one person; only those of several need be counted through.
    has_several = people["incident_id"].is_duplicated()
    counted = (
        people.filter(has_several)
        .unique(["incident_id", "person_id"], keep="first", maintain_order=True)
        .with_columns(position=pl.int_range(1, pl.len() + 1, dtype=pl.Int64).over("incident_id"))
    )
    in_order = pl.concat([people.filter(~has_several), counted]).sort("place")
    return in_order.select("incident_id", "position", "person_id")
