"""How does a column become an array that is added up at once, and an array a column again?

For a few hundred rows that are added up in many ways: there a query costs more to plan than to run.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import TypeAlias

import numpy as np
import numpy.typing as npt
import polars as pl

Whole: TypeAlias = npt.NDArray[np.int64]
Flags: TypeAlias = npt.NDArray[np.bool_]
Column: TypeAlias = pl.Series | npt.NDArray[np.generic]
_FIRST_DAY = date(1970, 1, 1)


def day_number(day: date) -> int:
    """The days from 1970 to a day."""
    return (day - _FIRST_DAY).days


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


def run_starts(*columns: pl.Series) -> Whole:
    """The rows in which any of the columns differs from the row before."""
    differs = np.zeros(len(columns[0]), dtype=np.bool_)
    differs[:1] = True
    for column in columns:
        runs = column.rle_id().to_numpy()
        differs[1:] |= runs[1:] != runs[:-1]
    return np.flatnonzero(differs)


def numbered(texts: pl.Series) -> tuple[pl.Series, Whole]:
    """The distinct texts in order, and the number of each text given."""
    numbers = texts.rank("dense").cast(pl.Int64).to_numpy() - 1
    first = np.zeros(numbers.max(initial=-1) + 1, dtype=np.int64)
    first[numbers] = np.arange(numbers.size)
    return texts[first], numbers
