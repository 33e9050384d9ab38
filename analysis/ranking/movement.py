"""What changed since last week's list?"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

import polars as pl

from analysis.demand.areas import AreaKind
from analysis.demand.windows import Window
from analysis.ranking.order import Lens
from analysis.ranking.weekly import available_lists, weekly_lists


class Movement(StrEnum):
    """How a key stands against last week's list of its area."""

    NEW = "new"
    UP = "up"
    DOWN = "down"
    SAME = "same"
    RETURNED = "returned"
    LEFT = "left"
    NO_EARLIER_LIST = "no_earlier_list"


MOVEMENT_COLUMNS = (
    "area_code",
    "key_id",
    "movement",
    "position",
    "rank",
    "earlier_position",
    "earlier_rank",
    "weeks_on_list",
)

_KEY = ["area_code", "key_id"]


def movement(
    contacts: pl.DataFrame,
    window: Window,
    *,
    lens: Lens,
    area: AreaKind,
    domestic_only: bool,
    minimum_contacts: int,
    group_crimes: pl.DataFrame | None,
    first_day: date,
    length: int,
    lists_before: int,
) -> pl.DataFrame:
    """Everyone on this week's list or last week's, and how they moved.

    A key is on a list with a position of at most `length`; up, down and same are by rank, where a rank is better than
    none. Last week's list is that of seven days earlier under the same settings. Returned means on one of the
    `lists_before` lists before last week's but not on last week's. Where last week's list has no whole window in the
    data, every key has `no_earlier_list` and nobody left.

    Args:
        contacts, window, lens, area, domestic_only, minimum_contacts, group_crimes: as for `rank`.
        first_day: local date of the oldest record.
        length: positions of a list.
        lists_before: how many lists before last week's are looked through for who returned.

    Returns:
        `MOVEMENT_COLUMNS`: position and rank are null for who left, the earlier ones for who was not there;
        weeks_on_list counts the lists in a row up to this one (0 for who left), as far back as the data goes. Sorted
        by area_code, position, then earlier position.

    Raises:
        QuestionError: a list by harm without a harm table.
    """

    def lists(weeks_ago: int, lists: int) -> pl.DataFrame:
        return weekly_lists(
            contacts,
            window.weeks_before(weeks_ago),
            lens=lens,
            area=area,
            domestic_only=domestic_only,
            minimum_contacts=minimum_contacts,
            group_crimes=group_crimes,
            first_day=first_day,
            lists=lists,
            length=length,
        )

    return compared_lists(lists, window, first_day=first_day, lists_before=lists_before).moved


@dataclass(frozen=True)
class ComparedLists:
    """This week's lists against those before.

    Attributes:
        moved: `MOVEMENT_COLUMNS`; see `movement`.
        lists: this week's lists and those before, as `weekly_lists` returns them.
    """

    moved: pl.DataFrame
    lists: pl.DataFrame


def compared_lists(
    lists: Callable[[int, int], pl.DataFrame], window: Window, *, first_day: date, lists_before: int
) -> ComparedLists:
    """Compare this week's lists with those before, all made under one set of settings.

    Args:
        lists: gives, for a number of weeks ago and a number of lists, up to so many lists that lie wholly in the data,
            the newest of them so many weeks ago; as `weekly_lists` returns them for the window of that day.
        window, first_day, lists_before: as for `movement`.
    """
    past = _Past(lists, window, first_day)
    seen = past.lists(0, lists_before + 2)
    has_earlier = available_lists(window, lists=2, first_day=first_day) == 2
    all_lists = seen.lazy()
    now = all_lists.filter(pl.col("weeks_ago") == 0).select(*_KEY, "position", "rank")
    last = all_lists.filter(pl.col("weeks_ago") == 1).select(
        *_KEY, pl.col("position").alias("earlier_position"), pl.col("rank").alias("earlier_rank")
    )
    before = all_lists.filter(pl.col("weeks_ago") > 1).select(_KEY).unique().with_columns(was_before=pl.lit(True))
    weeks = _weeks_on_list(past, seen, asked=lists_before + 2).lazy()
    moved = (
        now.join(last, on=_KEY, how="full", coalesce=True)
        .join(before, on=_KEY, how="left")
        .join(weeks, on=_KEY, how="left")
        .with_columns(_movement(has_earlier).alias("movement"), pl.col("weeks_on_list").fill_null(0))
        .select(MOVEMENT_COLUMNS)
        .sort("area_code", "position", "earlier_position", nulls_last=True)
    )
    return ComparedLists(moved.collect(), seen)


@dataclass(frozen=True)
class _Past:
    """The lists of the past, all under one set of settings."""

    found: Callable[[int, int], pl.DataFrame]
    window: Window
    first_day: date

    def lists(self, weeks_ago: int, lists: int) -> pl.DataFrame:
        """Up to `lists` lists that lie wholly in the data, the newest of them `weeks_ago` weeks ago."""
        return self.found(weeks_ago, lists).with_columns(pl.col("weeks_ago") + weeks_ago)


def _movement(has_earlier: bool) -> pl.Expr:
    better = pl.col("rank") < pl.col("earlier_rank")
    gained = pl.col("rank").is_not_null() & pl.col("earlier_rank").is_null()
    is_same = pl.col("rank").eq_missing(pl.col("earlier_rank"))
    return (
        pl.when(pl.lit(not has_earlier))
        .then(pl.lit(Movement.NO_EARLIER_LIST.value))
        .when(pl.col("position").is_null())
        .then(pl.lit(Movement.LEFT.value))
        .when(pl.col("earlier_position").is_null() & pl.col("was_before").is_not_null())
        .then(pl.lit(Movement.RETURNED.value))
        .when(pl.col("earlier_position").is_null())
        .then(pl.lit(Movement.NEW.value))
        .when(is_same)
        .then(pl.lit(Movement.SAME.value))
        .when(better.fill_null(False) | gained)
        .then(pl.lit(Movement.UP.value))
        .otherwise(pl.lit(Movement.DOWN.value))
    )


def _weeks_on_list(past: _Past, lists: pl.DataFrame, *, asked: int) -> pl.DataFrame:
    """area_code, key_id, weeks_on_list; goes further back only for keys that were on every list so far."""
    every = available_lists(past.window, lists=past.window.as_of.toordinal(), first_day=past.first_day)
    kept = lists.join(lists.filter(pl.col("weeks_ago") == 0), on=_KEY, how="semi")
    while True:
        run = _run(kept)
        seen = min(asked, every)
        unbroken = run.filter(pl.col("weeks_on_list") == seen)
        if seen == every or unbroken.is_empty():
            return run
        more = past.lists(seen, asked).join(unbroken, on=_KEY, how="semi")
        kept = pl.concat([kept, more])
        asked += asked


def _run(kept: pl.DataFrame) -> pl.DataFrame:
    """The lists in a row from this week's: the n-th list of a key is n weeks ago as long as none is missing."""
    in_order = kept.sort("weeks_ago").with_columns(pl.int_range(pl.len()).over(_KEY).alias("nth"))
    in_a_row = in_order.filter(pl.col("weeks_ago") == pl.col("nth"))
    return in_a_row.group_by(_KEY).agg(pl.len().cast(pl.Int64).alias("weeks_on_list"))
