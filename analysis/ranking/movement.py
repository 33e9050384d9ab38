"""What changed since last week's list?"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

import numpy as np
import polars as pl

from analysis.demand.areas import AreaKind
from analysis.demand.arrays import Column, Flags, Whole, frame_of, known, whole, worded
from analysis.demand.windows import Window
from analysis.ranking.order import Lens
from analysis.ranking.weekly import WeeklyLists, available_lists, weekly_lists


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

_CODES = {movement: code for code, movement in enumerate(Movement)}


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

    def lists(lists: int) -> WeeklyLists:
        return weekly_lists(
            contacts,
            window,
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


@dataclass(frozen=True, eq=False)
class ComparedLists:
    """This week's lists against those before.

    Attributes:
        moved: `MOVEMENT_COLUMNS`; see `movement`.
        pair: the number of the pair of each row of `moved`.
        lists: this week's lists and those before.
    """

    moved: pl.DataFrame
    pair: Whole
    lists: WeeklyLists


def compared_lists(
    lists: Callable[[int], WeeklyLists], window: Window, *, first_day: date, lists_before: int
) -> ComparedLists:
    """Compare this week's lists with those before, all made under one set of settings.

    Args:
        lists: gives up to so many lists that lie wholly in the data, the newest of them this week's.
        window, first_day, lists_before: as for `movement`.
    """
    seen = lists(lists_before + 2)
    has_earlier = available_lists(window, lists=2, first_day=first_day) == 2
    places = _Places.of(seen)
    before = np.asarray(places.position[:, 2:].any(axis=1))
    now, earlier = places.position[:, 0], places.position[:, 1]
    area = seen.pairs.area[seen.pairs.rows(places.pair)]
    last = np.iinfo(np.int64).max
    order = np.lexsort((np.where(earlier > 0, earlier, last), np.where(now > 0, now, last), area))
    order = order[(now[order] > 0) | (earlier[order] > 0)]
    weeks = _weeks_on_list(places, lists, window, first_day=first_day, asked=lists_before + 2)
    code = _movement(places, before, has_earlier=has_earlier)
    at = seen.pairs.rows(places.pair[order])
    rank, earlier_rank = places.rank[:, 0], places.rank[:, 1]
    columns = {"position": now, "rank": rank, "earlier_position": earlier, "earlier_rank": earlier_rank}
    moved: dict[str, Column] = {
        "area_code": seen.pairs.area_code[at],
        "key_id": seen.pairs.key_id[at],
        "movement": worded(Movement, code[order]),
        **{name: known(of[order], of[order] > 0) for name, of in columns.items()},
        "weeks_on_list": weeks[order],
    }
    return ComparedLists(frame_of(moved).select(MOVEMENT_COLUMNS), places.pair[order], seen)


@dataclass(frozen=True, eq=False)
class _Places:
    """Of each pair (row) that was ever listed its position and rank in each list (column, this week's first), or 0.

    There are two columns at least, for this week's list and last week's.
    """

    pair: Whole
    names: pl.DataFrame
    position: Whole
    rank: Whole

    @staticmethod
    def of(lists: WeeklyLists) -> _Places:
        pair, row = np.unique(lists.pair, return_inverse=True)
        at = lists.pairs.rows(pair)
        names = pl.DataFrame({"area_code": lists.pairs.area_code[at], "key_id": lists.pairs.key_id[at]})
        shape = pair.size, max(lists.lists, 2)
        position, rank = np.zeros(shape, dtype=np.int64), np.zeros(shape, dtype=np.int64)
        position[row, lists.weeks_ago], rank[row, lists.weeks_ago] = lists.position, lists.rank
        return _Places(pair, names, position, rank)

    def rows(self, names: pl.DataFrame) -> Whole:
        """Where these areas and keys stand; lists of more weeks may hold more pairs, and number them otherwise."""
        mine = self.names.with_row_index("row")
        found = names.join(mine, on=["area_code", "key_id"], how="left", maintain_order="left", validate="1:1")
        return whole(found["row"])


def _movement(places: _Places, before: Flags, *, has_earlier: bool) -> Whole:
    """Which of `Movement` it is for each pair, by its place among them."""
    now, earlier = places.position[:, 0] > 0, places.position[:, 1] > 0
    rank, earlier_rank = places.rank[:, 0], places.rank[:, 1]
    is_up = (rank > 0) & ((rank < earlier_rank) | (earlier_rank == 0))
    conditions = {
        Movement.NO_EARLIER_LIST: np.full(now.size, not has_earlier),
        Movement.LEFT: ~now,
        Movement.RETURNED: ~earlier & before,
        Movement.NEW: ~earlier,
        Movement.SAME: rank == earlier_rank,
        Movement.UP: is_up,
    }
    codes = [_CODES[movement] for movement in conditions]
    return np.select(list(conditions.values()), codes, default=_CODES[Movement.DOWN]).astype(np.int64)


def _weeks_on_list(
    places: _Places, lists: Callable[[int], WeeklyLists], window: Window, *, first_day: date, asked: int
) -> Whole:
    """Of each pair the lists in a row up to this one; goes further back only where every list so far had the pair."""
    every = available_lists(window, lists=window.as_of.toordinal(), first_day=first_day)
    run = _run(places.position)
    while min(asked, every) < every and (run == asked).any():
        asked += asked
        further = _Places.of(lists(asked))
        run[run > 0] = _run(further.position)[further.rows(places.names.filter(run > 0))]
    return run


def _run(position: Whole) -> Whole:
    """How many columns from the first are all positive."""
    is_on = np.append(position > 0, np.zeros((position.shape[0], 1), dtype=np.bool_), axis=1)
    return is_on.argmin(axis=1).astype(np.int64)
