"""In which order do the keys of one area stand?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar

import numpy as np
import polars as pl

from analysis.demand.arrays import Flags, Whole

HARM_STEP = 1_000_000
"""Days of harm are added up in whole millionths, so that neither a tie nor a sum depends on the order of adding."""


class Lens(StrEnum):
    """What a list is ordered by."""

    CONTACTS = "contacts"
    OFFICER_HOURS = "officer_hours"
    HARM = "harm"


_EXACT = {Lens.CONTACTS: "contacts", Lens.OFFICER_HOURS: "units", Lens.HARM: "harm_steps"}
"""The whole number each lens is compared by; ties are never a matter of rounding."""

Frame = TypeVar("Frame", pl.DataFrame, pl.LazyFrame)

_THEN = ("contacts", "units", "last_contact_at")


def exact_column(lens: Lens) -> str:
    """The column of whole numbers that decides the lens's rank and ties."""
    return _EXACT[lens]


def ordered(keys: Frame, lens: Lens, *, lists: Sequence[str], last_resort: str = "key_id") -> Frame:
    """Put the keys of each list in order.

    The order is: the lens, contacts, officer time, last contact, all descending, then key_id. The rank is that of a
    competition (1, 2, 2, 4) on the lens alone. Unknown harm comes last, without rank, and ties with nobody.

    Args:
        keys: one row a key of a list: key_id, contacts, units, last_contact_at, harm_steps, and `lists`.
        lists: the columns that say which list a row belongs to.
        last_resort: the column that settles what is left: key_id, or whole numbers in the order of key_id.

    Returns:
        The rows in order of `lists` and position, with position, rank (Int64) and is_tied.
    """
    return ordered_by(keys, _EXACT[lens], lists=lists, last_resort=last_resort)


def ordered_by(keys: Frame, measure: str, *, lists: Sequence[str], last_resort: str = "key_id") -> Frame:
    """The same by a column of whole numbers, such as that of each list's own lens."""
    descending = list(dict.fromkeys((measure, *_THEN)))
    in_order = keys.sort(
        *lists,
        *descending,
        last_resort,
        descending=[False] * len(lists) + [True] * len(descending) + [False],
        nulls_last=True,
    )
    same = [*lists, measure]
    is_ranked = pl.col(measure).is_not_null()
    position = pl.int_range(1, pl.len() + 1, dtype=pl.Int64).over(lists)
    return in_order.with_columns(position.alias("position")).with_columns(
        pl.when(is_ranked).then(pl.col("position").min().over(same)).alias("rank"),
        (is_ranked & (pl.len().over(same) > 1)).alias("is_tied"),
    )


@dataclass(frozen=True, eq=False)
class Standings:
    """Rows of several lists in order, as arrays of one length.

    Attributes:
        row: which row stands here.
        position: 1, 2, 3 ... in its list.
        rank: that of a competition; 0 where the row is not ranked.
        is_tied: whether another row of the list has the same rank.
    """

    row: Whole
    position: Whole
    rank: Whole
    is_tied: Flags


def standings(lists: Whole, measure: Whole, then: Sequence[Whole], *, unranked: int) -> Standings:
    """The same order as `ordered`, of rows that are given as arrays in the order that settles what is left.

    Args:
        lists: the number of each row's list.
        measure: what the rank is by; `unranked`, below every other number, where it is not known.
        then: what orders rows of one measure, one after the other, descending.
    """
    row = np.lexsort((*(-column for column in reversed(then)), -measure, lists))
    place, by = np.arange(row.size), measure[row]
    is_first = np.diff(lists[row], prepend=-1) != 0
    is_other = is_first | (np.diff(by, prepend=0) != 0)
    begins = np.maximum.accumulate(np.where(is_first, place, 0))
    same = np.maximum.accumulate(np.where(is_other, place, 0))
    is_ranked = by != unranked
    is_alone = is_other & np.append(is_other[1:], True)
    return Standings(
        row=row,
        position=place - begins + 1,
        rank=np.where(is_ranked, same - begins + 1, 0),
        is_tied=is_ranked & ~is_alone[: row.size],
    )
