"""Which whole numbers stand for the areas, keys and days of a few tables, so that rows can be added up at once?

A page adds up some hundred rows in some dozen ways. Each way costs polars more to plan than to do, so the rows are
numbered once and added up as arrays.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
import numpy.typing as npt
import polars as pl

Whole: TypeAlias = npt.NDArray[np.int64]
Flags: TypeAlias = npt.NDArray[np.bool_]
Column: TypeAlias = pl.Series | npt.NDArray[np.generic]


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
    runs = _run_starts(areas, keys)
    area_codes, area = _numbered(areas[runs])
    key_ids, key = _numbered(keys[runs])
    codes, pair = np.unique(area * max(len(key_ids), 1) + key, return_inverse=True)
    area_of, key_of = np.divmod(codes, max(len(key_ids), 1))
    pairs = Pairs(area_codes[area_of], key_ids[key_of], np.arange(codes.size), area_of)
    of_row = np.repeat(pair.astype(np.int64), np.diff(runs, append=len(areas)))
    return pairs, np.split(of_row, np.cumsum([table.height for table in tables])[:-1])


def whole(column: pl.Series, *, unknown: int = 0) -> Whole:
    """A column of whole numbers, Dates (days since 1970) or Datetimes (microseconds) as an array."""
    numbers = column.cast(pl.Int64)
    return (numbers.fill_null(unknown) if numbers.null_count() else numbers).to_numpy()


def known(values: npt.NDArray[np.generic], is_known: Flags, dtype: pl.DataType | None = None) -> pl.Series:
    """The array as a column; null where it is not known."""
    column = pl.Series(values) if is_known.all() else pl.Series(values).set(pl.Series(~is_known), None)
    return column if dtype is None else column.cast(dtype)


def worded(words: Iterable[str], codes: Whole) -> pl.Series:
    """The word of each code; for few rows."""
    known_words = list(words)
    return pl.Series([known_words[code] for code in codes.tolist()], dtype=pl.String)


def gathered(column: pl.Series, rows: Whole) -> pl.Series:
    """The values in these rows; null where the row is -1."""
    return pl.concat([column, column.clear(1)])[np.where(rows < 0, len(column), rows)]


def frame_of(columns: Mapping[str, Column]) -> pl.DataFrame:
    """A frame of columns of one height."""
    return pl.DataFrame([pl.Series(name, column) for name, column in columns.items()])


def _run_starts(*columns: pl.Series) -> Whole:
    """The rows in which any of the columns differs from the row before."""
    differs = np.zeros(len(columns[0]), dtype=np.bool_)
    differs[:1] = True
    for column in columns:
        runs = column.rle_id().to_numpy()
        differs[1:] |= runs[1:] != runs[:-1]
    return np.flatnonzero(differs)


def _numbered(texts: pl.Series) -> tuple[pl.Series, Whole]:
    """The distinct texts in order, and the number of each text given."""
    numbers = texts.rank("dense").cast(pl.Int64).to_numpy() - 1
    first = np.zeros(numbers.max(initial=-1) + 1, dtype=np.int64)
    first[numbers] = np.arange(numbers.size)
    return texts[first], numbers
