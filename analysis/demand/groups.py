"""Which logs are about one job, and what does the job add up to?"""

from __future__ import annotations

from typing import Literal

import numpy as np
import polars as pl
from numpy.typing import NDArray

SUMMED = {
    "units": "officer_units",
    "units_low": "officer_units_low",
    "units_high": "officer_units_high",
    "imputed_units": "imputed_units",
}
_PLACE = "place"
FIRST_LOG = ("received_at", "ward_code", "neighbourhood_code", "is_domestic")


def incident_groups(incidents: pl.DataFrame) -> pl.DataFrame:
    """Follow `duplicate_of` to the end of its chain.

    A log whose target is unknown stands alone, and logs that point to it follow to it. A log in a cycle, or whose chain
    runs into one, stands alone. A log that names itself is a cycle of one.

    Args:
        incidents: `incident_id` (distinct), `duplicate_of`, both String.

    Returns:
        In the order given: `incident_id`, `group_id` (the log at the end of the chain), `is_link_broken` (unknown
        target, or a cycle).
    """
    ids = incidents["incident_id"]
    linked = incidents["duplicate_of"].is_not_null().to_numpy().nonzero()[0]
    if not linked.size:
        return incidents.select("incident_id", group_id="incident_id", is_link_broken=pl.lit(False))
    # Only linked logs are looked up: a force's list of incidents is long and its duplicates are few.
    wanted = incidents.select(pl.col("duplicate_of").drop_nulls().alias("incident_id"))
    known = ids.to_frame().with_row_index("place").filter(_is_among(wanted["incident_id"]))
    target = wanted.join(known, on="incident_id", how="left", maintain_order="left")["place"]
    is_unknown = target.is_null().to_numpy()
    following = np.arange(ids.len())
    following[linked] = np.where(is_unknown, linked, target.cast(pl.Int64).fill_null(-1).to_numpy())
    is_end = np.ones(ids.len(), dtype=np.bool_)
    is_end[linked] = is_unknown
    end, is_lost = _ends_of_chains(following, is_end, linked)
    is_broken = np.zeros(ids.len(), dtype=np.bool_)
    is_broken[linked] = is_unknown | is_lost
    return incidents.select(
        "incident_id", group_id=ids.gather(end), is_link_broken=pl.Series(is_broken, dtype=pl.Boolean)
    )


def _ends_of_chains(
    following: NDArray[np.int64], is_end: NDArray[np.bool_], linked: NDArray[np.int64]
) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
    """The end of every log's chain, itself where there is none; and which of the linked never reach an end.

    Every round doubles the steps taken, so that a chain of n links takes log2(n) rounds, and a cycle shows by not
    having ended after as many steps as there are links.
    """
    end = following.copy()
    steps = 1
    while steps <= linked.size and not is_end[end[linked]].all():
        end[linked] = end[end[linked]]
        steps *= 2
    is_lost = ~is_end[end[linked]]
    end[linked[is_lost]] = linked[is_lost]
    return end, is_lost


def group_facts(incidents: pl.DataFrame, groups: pl.DataFrame, officer_incidents: pl.DataFrame) -> pl.DataFrame:
    """What each job is: its first log's time, area and domestic flag, and the sums over all of its logs.

    Args:
        incidents: `incident_id`, `received_at`, `ward_code`, `neighbourhood_code`, `is_domestic`.
        groups: as `incident_groups` gives them, of the same incidents.
        officer_incidents: `incident_id`, `officer_units`, `officer_units_low`, `officer_units_high`, `imputed_units` of
            the same incidents.

    Returns:
        One row a group, in the order of the logs that end the chains: `group_id`, `first_incident_id`, `received_at`,
        `ward_code`, `neighbourhood_code`, `is_domestic` (of the first log by `received_at`, then `incident_id`), `logs`
        (how many), `units`, `units_low`, `units_high`, `imputed_units` (Int64, 1/720720 of a millisecond).
    """
    logs = _beside(incidents.select("incident_id", *FIRST_LOG), groups.select("incident_id", "group_id"), how="inner")
    logs = _beside(logs, officer_incidents.select("incident_id", **SUMMED), how="left")
    logs = logs.with_columns(logs=pl.lit(1, pl.Int64))
    columns = ["group_id", "first_incident_id", *FIRST_LOG, "logs", *SUMMED]
    is_end = pl.col("group_id") == pl.col("incident_id")
    ends = logs.filter(is_end).select("group_id", pl.col("incident_id").alias("first_incident_id"), *columns[2:])
    followers = logs.filter(~is_end)["group_id"].unique()
    if followers.is_empty():
        return ends
    # Every group holds the log that ends its chain, so a group with followers is known by their group_id.
    several = (
        logs.with_columns((is_end.cast(pl.UInt32).cum_sum() - 1).alias(_PLACE))
        .filter(pl.col("group_id").is_in(followers.implode()))
        .sort("received_at", "incident_id")
        .group_by("group_id", maintain_order=True)
        .agg(
            pl.col(_PLACE).filter(is_end).first(),
            pl.col("incident_id").first().alias("first_incident_id"),
            pl.col(*FIRST_LOG).first(),
            pl.len().cast(pl.Int64).alias("logs"),
            pl.col(*SUMMED).sum(),
        )
    )
    return ends.with_columns(ends[name].scatter(several[_PLACE], several[name]) for name in columns[1:])


def group_places(groups: pl.DataFrame) -> pl.Series:
    """Where each log's group stands in `group_facts`: `group`, UInt32, in the order of the logs.

    Args:
        groups: as `incident_groups` gives them.
    """
    is_end = groups["group_id"] == groups["incident_id"]
    place = is_end.cast(pl.UInt32).cum_sum() - 1
    followers = groups.filter(~is_end).select("group_id")
    if followers.height:
        ends = groups.filter(is_end).select("group_id").with_row_index("group").filter(_is_among(followers["group_id"]))
        found = followers.join(ends, on="group_id", how="left", maintain_order="left", validate="m:1")["group"]
        place = place.scatter((~is_end).arg_true(), found)
    return place.alias("group")


def _is_among(names: pl.Series) -> pl.Expr:
    """Whether the column of this name holds one of a few: those alone are then joined, and not the list of them all."""
    return pl.col(names.name).is_in(names.unique().implode())


def _beside(logs: pl.DataFrame, facts: pl.DataFrame, *, how: Literal["inner", "left"]) -> pl.DataFrame:
    """The logs with the facts of each; nothing is looked up where both list the same logs in one order."""
    if logs["incident_id"].equals(facts["incident_id"]):
        return pl.concat([logs, facts.drop("incident_id")], how="horizontal")
    return logs.join(facts, on="incident_id", how=how, maintain_order="left")
