"""Who enters and who leaves each area's list when repeats are defined another way?"""

from __future__ import annotations

from enum import StrEnum

import polars as pl

CHANGE_COLUMNS = ("area_code", "key_id", "change", "position", "rank", "other_position", "other_rank")
_KEY = ["area_code", "key_id"]


class Change(StrEnum):
    """How a key stands when the definition is switched."""

    STAYS = "stays"
    ENTERS = "enters"
    LEAVES = "leaves"


def list_of_those(ranked: pl.DataFrame, meeting: pl.DataFrame) -> pl.DataFrame:
    """The list of those who meet a definition, in the order they already have.

    Args:
        ranked: area_code, key_id, position, rank of every key of an area; sorted by area_code, position.
        meeting: area_code, key_id of those who meet the definition.

    Returns:
        The rows of those keys with position, rank (a competition's: 1, 2, 2, 4; null stays null) and is_tied anew.
    """
    kept = ranked.join(meeting.select(_KEY), on=_KEY, how="semi", maintain_order="left")
    same = ["area_code", "rank"]
    position = pl.int_range(1, pl.len() + 1, dtype=pl.Int64).over("area_code")
    is_ranked = pl.col("rank").is_not_null()
    return kept.with_columns(
        position.alias("position"), (is_ranked & (pl.len().over(same) > 1)).alias("is_tied")
    ).with_columns(pl.when(is_ranked).then(pl.col("position").min().over(same)).alias("rank"))


def switched(base: pl.DataFrame, other: pl.DataFrame, *, length: int) -> pl.DataFrame:
    """Who is on the list under one definition, under the other, or both.

    Args:
        base, other: as `list_of_those` returns them.
        length: positions of a list; 0 takes everyone.

    Returns:
        `CHANGE_COLUMNS`: position and rank under the base, other_position and other_rank under the other, null where
        not listed. Sorted by area_code, other_position, position: those who leave come last.
    """
    before, after = (one if length == 0 else one.filter(pl.col("position") <= length) for one in (base, other))
    both = before.select(*_KEY, "position", "rank").join(
        after.select(*_KEY, other_position="position", other_rank="rank"), on=_KEY, how="full", coalesce=True
    )
    change = (
        pl.when(pl.col("position").is_null())
        .then(pl.lit(Change.ENTERS.value))
        .when(pl.col("other_position").is_null())
        .then(pl.lit(Change.LEAVES.value))
        .otherwise(pl.lit(Change.STAYS.value))
    )
    return (
        both.with_columns(change.alias("change"))
        .sort("area_code", "other_position", "position", nulls_last=True)
        .select(CHANGE_COLUMNS)
    )
