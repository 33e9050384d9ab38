"""Which whole numbers stand for the areas, keys and days of a few tables, so that rows can be added up at once?

A page adds up some hundred rows in some dozen ways. Each way costs polars more to plan than to do, so the rows are
numbered once and added up as arrays.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import polars as pl

from analysis.demand.arrays import Flags, Whole, numbered, run_starts


@dataclass(frozen=True, eq=False)
class Pairs:
    """Pairs of area and key, in order of area_code and key_id.

    Attributes:
        number: by which each is known, rising; of all pairs of the tables 0, 1, 2 ...
        area: the number of its area, rising.
    """

    area_code: pl.Series
    key_id: pl.Series
    number: Whole
    area: Whole

    def __len__(self) -> int:
        return self.number.size

    def rows(self, number: Whole) -> Whole:
        """Where the pairs of these numbers stand."""
        return np.searchsorted(self.number, number)

    def only(self, chosen: Flags) -> Pairs:
        """Some of them, under the numbers they have."""
        at = np.flatnonzero(chosen)
        return Pairs(self.area_code[at], self.key_id[at], self.number[at], self.area[at])


def number_pairs(tables: Sequence[pl.DataFrame]) -> tuple[Pairs, list[Whole]]:
    """The pairs of area_code and key_id that stand in some tables, and for each table the number of every row's pair.

    Rows of one pair that follow one another, as stored days do, are looked at once.
    """
    areas, keys = (pl.concat([table[name] for table in tables]) for name in ("area_code", "key_id"))
    runs = run_starts(areas, keys)
    area_codes, area = numbered(areas[runs])
    key_ids, key = numbered(keys[runs])
    codes, pair = np.unique(area * max(len(key_ids), 1) + key, return_inverse=True)
    area_of, key_of = np.divmod(codes, max(len(key_ids), 1))
    pairs = Pairs(area_codes[area_of], key_ids[key_of], np.arange(codes.size), area_of)
    of_row = np.repeat(pair.astype(np.int64), np.diff(runs, append=len(areas)))
    return pairs, np.split(of_row, np.cumsum([table.height for table in tables])[:-1])
