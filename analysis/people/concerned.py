"""Whom does each log concern?"""

from __future__ import annotations

import numpy as np
import polars as pl

from analysis.people.records import CALLER, UNKNOWN


def concerned_people(records: pl.DataFrame) -> pl.DataFrame:
    """Every recorded victim of a log who is a known person, once, in the order of the log.

    The caller comes first if in role victim, then the victims of the people feed in the order they were read. A log
    with no victim recorded at all concerns its caller in role unknown; one whose victims all stand in a pool concerns
    nobody known.

    Args:
        records: `log`, `incident_id`, `role`, `given_role`, `read_order`, `is_victim`, `person_id`; those whose
            `received_at` is null are of logs that are not in the build and left out.

    Returns:
        `log`, `incident_id`, `position` (1 is the first), `person_id`.
    """
    is_caller, is_known = pl.col("role") == CALLER, pl.col("received_at").is_not_null()
    victim, log = (records["is_victim"] & records["received_at"].is_not_null()).to_numpy(), records["log"].to_numpy()
    has_victim = np.zeros(int(log.max(initial=0)) + 1, dtype=bool)
    has_victim[log[victim]] = True
    instead = is_caller & (pl.col("given_role") == UNKNOWN) & ~pl.Series(has_victim[log])
    concerns = records.select(
        is_known & (pl.col("is_victim") | instead) & pl.col("person_id").is_not_null()
    ).to_series()
    people = (
        records.select(
            "log", "person_id", "read_order", is_later=~is_caller, at=pl.int_range(pl.len(), dtype=pl.UInt32)
        )
        .filter(concerns)
        .sort("is_later", "read_order")
        .drop("is_later", "read_order")
        .with_row_index("place")
        .with_columns(position=pl.lit(1, dtype=pl.Int64))
    )
    # Most logs concern one person; only those of several need be counted through.
    on_log = people["log"].to_numpy()
    has_several = pl.Series(np.bincount(on_log, minlength=1)[on_log] > 1)
    counted = (
        people.filter(has_several)
        .unique(["log", "person_id"], keep="first", maintain_order=True)
        .with_columns(position=pl.int_range(1, pl.len() + 1, dtype=pl.Int64).over("log"))
    )
    in_order = pl.concat([people.filter(~has_several), counted]).sort("place")
    incident_id = records["incident_id"].gather(in_order["at"])
    return in_order.select("log", incident_id, "position", "person_id")
