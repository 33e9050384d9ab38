"""What does each supplier's value mean in the contract, and which values cannot be read?"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any, TypeAlias

import polars as pl

from analysis.contracts.feeds import FeedColumn, Kind
from analysis.ingest.times import NAIVE, UTC, parse, parse_dates, to_utc, within_reach

RULES = ("missing", "datetime", "number", "value", "end_before_start", "shape")
_TRUE = ("true", "yes", "y", "t", "1")
_FALSE = ("false", "no", "n", "f", "0")
_FEW = 2_000
"""Rows below which it costs more to find the distinct texts than to read every one; it changes no value."""
_UNPRINTABLE = r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\x{fffd}]"
"""Control codes but tabs and line ends, and what stands for a byte that no encoding knows."""
_MARKS = (b"E+", b"NULL", b"null")
_MARKS_BEHIND_HASH = (b"#N/A", b"#NAME?", b"#REF!", b"#VALUE!")
_STANDS_IN = r"^(?:[0-9](?:\.[0-9]+)?E\+[0-9]{2}|NULL|null|\(NULL\)|\(null\)|<NULL>|#N/A|#NAME\?|#REF!|#VALUE!)$"
"""What a database writes for nothing, and a spreadsheet in place of a long number (7.7009E+09) or of what it lost."""

_DAYS = (pl.Datetime, pl.Date)

Meaning: TypeAlias = Callable[[str], str | bool | None]

DTYPES: dict[Kind, pl.DataType] = {
    Kind.TEXT: pl.String(),
    Kind.CHOICE: pl.String(),
    Kind.DATETIME: UTC,
    Kind.DATE: pl.Date(),
    Kind.NUMBER: pl.Float64(),
    Kind.COUNT: pl.Int64(),
    Kind.FLAG: pl.Boolean(),
}


@dataclass(frozen=True)
class ReadColumn:
    """One column of the contract as read.

    Attributes:
        values: in the contract's type.
        unreadable: the supplier wrote something that cannot be read.
        rule: what `unreadable` is called in the rejects.
        local: for times without an offset, the time as written, so that an end can be read again.
        is_clock_changed: the time fell in a repeated or missing hour; None where not one did.
    """

    values: pl.Series
    unreadable: pl.Series
    rule: str
    local: pl.Series | None = None
    is_clock_changed: pl.Series | None = None


@dataclass(frozen=True)
class Reading:
    """How values are read: the force's clock, the supplier's date formats and value maps.

    `is_printable`: no text of the file holds a character that is not to be printed, or stands in for a value.
    `is_tidy`: texts have no surrounding space and are not empty, see `tidy_texts`.
    """

    timezone: str
    datetime_formats: Sequence[str] = ()
    values: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    is_printable: bool = False
    is_tidy: bool = False


def may_stand_in(text: bytes) -> bool:
    """Whether a value of a file may be what `_STANDS_IN` knows; a hash alone is looked for first, which is fast."""
    return any(mark in text for mark in _MARKS) or (b"#" in text and any(mark in text for mark in _MARKS_BEHIND_HASH))


def without_stand_ins(text: pl.Series) -> pl.Series:
    """Text, null where it is what a database or spreadsheet wrote in place of a value: a part of a joined one."""
    return text.set(text.str.contains(_STANDS_IN).fill_null(False), None)


def never(height: int) -> pl.Series:
    """False for so many rows."""
    return _false().new_from_index(0, height)


@cache
def _false() -> pl.Series:
    return pl.Series([False])


def _lost(given: pl.Series, values: pl.Series) -> pl.Series:
    """Where something was written and nothing was read."""
    if values.null_count() == given.null_count():
        return never(len(given))
    return given.is_not_null() & values.is_null()


def as_text(column: pl.Series) -> pl.Series:
    """A typed column (Parquet) as the text a supplier would have written; numbers without a needless `.0`."""
    if column.dtype == pl.String:
        return column
    if column.dtype.is_float():
        whole = column.to_frame("v").select(
            pl.when(pl.col("v").is_finite() & (pl.col("v") == pl.col("v").round(0)) & (pl.col("v").abs() < 2**53))
            .then(pl.col("v").cast(pl.Int64, strict=False).cast(pl.String))
            .otherwise(pl.col("v").cast(pl.String))
        )
        return whole.to_series().alias(column.name)
    if column.dtype == pl.Boolean:
        return (
            column.to_frame("v")
            .select(pl.when("v").then(pl.lit("true")).when(~pl.col("v")).then(pl.lit("false")).alias(column.name))
            .to_series()
        )
    return column.cast(pl.String)


def tidy(text: pl.Series) -> pl.Series:
    """Text without surrounding space; nothing at all is null."""
    return tidy_texts(text.to_frame()).to_series()


def tidy_texts(frame: pl.DataFrame) -> pl.DataFrame:
    """Every text of a frame without surrounding space; nothing at all is null. Many columns cost one call."""
    return frame.with_columns(pl.col(pl.String).str.strip_chars().replace("", None))


def read_column(raw: pl.Series, column: FeedColumn, reading: Reading) -> ReadColumn:
    """Read one column; what cannot be read is null and marked, never guessed."""
    value_map = {str(key): value for key, value in reading.values.get(column.name, {}).items()}
    if not value_map and isinstance(raw.dtype, _DAYS) and column.kind in (Kind.DATETIME, Kind.DATE):
        return _typed_time(raw, column, reading)
    if not value_map and raw.dtype.is_numeric() and column.kind is Kind.NUMBER:
        values = raw.cast(pl.Float64)
        values = values.set(~values.is_finite().fill_null(True), None)
        return ReadColumn(values, _lost(raw, values), "number")
    text = as_text(raw)
    if not reading.is_tidy or raw.dtype != pl.String:
        text = tidy(text)
    if meaning := meaning_of(column):
        return _each(text, meaning, value_map, DTYPES[column.kind])
    return _read_text(text, column, reading, value_map)


def meaning_of(column: FeedColumn) -> Meaning | None:
    """How one tidy text of a choice or a flag is read; None for columns of other kinds."""
    if column.kind is Kind.FLAG:
        return _flag
    return _choice(column.choices) if column.kind is Kind.CHOICE else None


def _each(text: pl.Series, meaning: Meaning, value_map: Mapping[str, Any], dtype: pl.DataType) -> ReadColumn:
    """Read each distinct text once, and give every row what its text was read as: of these kinds there are few."""

    def read(one: str) -> str | bool | None:
        return meaning(mapped_text(value_map.get(one, one)))

    if len(text) < _FEW:
        known = {one: read(one) for one in text.unique().drop_nulls()}
        values = pl.Series([known.get(one) for one in text], dtype=dtype)
    else:
        place = text.cast(pl.Categorical(pl.Categories.random())).to_physical()
        distinct = text.gather(place.arg_unique().sort()).drop_nulls()
        values = pl.Series([read(one) for one in distinct], dtype=dtype).gather(place)
    return ReadColumn(values, _lost(text, values), "value")


def _read_text(text: pl.Series, column: FeedColumn, reading: Reading, value_map: Mapping[str, Any]) -> ReadColumn:
    if value_map:
        text = tidy(text.replace({key: mapped_text(value) for key, value in value_map.items()}))
    if column.kind is Kind.TEXT:
        return _text(text, is_printable=reading.is_printable and not value_map)
    if column.kind is Kind.DATETIME:
        return _datetime(text, reading)
    if column.kind is Kind.DATE:
        dates = parse_dates(text, reading.datetime_formats)
        return ReadColumn(dates, _lost(text, dates), "datetime")
    return _number(text, column.kind)


def mapped_text(value: object) -> str:
    """What a value map gives a text, as a supplier would have written it."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value).strip()


def _text(text: pl.Series, *, is_printable: bool) -> ReadColumn:
    if is_printable:
        return ReadColumn(text, never(len(text)), "value")
    unreadable = text.str.contains(f"{_UNPRINTABLE}|{_STANDS_IN}").fill_null(False)
    if unreadable.any():
        text = text.set(unreadable, None)
    return ReadColumn(text, unreadable, "value")


def _datetime(text: pl.Series, reading: Reading) -> ReadColumn:
    read = parse(text, reading.datetime_formats)
    clock = to_utc(read.local, reading.timezone)
    has_offsets = read.utc.null_count() < len(text)
    values = read.utc.zip_with(read.utc.is_not_null(), clock.utc) if has_offsets else clock.utc
    return ReadColumn(values, _lost(text, values), "datetime", read.local, clock.is_changed)


def _typed_time(raw: pl.Series, column: FeedColumn, reading: Reading) -> ReadColumn:
    if column.kind is Kind.DATE:
        values = within_reach(raw.cast(pl.Date, strict=False).cast(NAIVE)).dt.date()
        return ReadColumn(values, _lost(raw, values), "datetime")
    if isinstance(raw.dtype, pl.Datetime) and raw.dtype.time_zone is not None:
        moments = raw.dt.convert_time_zone("UTC").dt.replace_time_zone(None).cast(NAIVE, strict=False)
        values = within_reach(moments).dt.replace_time_zone("UTC")
        return ReadColumn(values, _lost(raw, values), "datetime")
    local = within_reach(raw.cast(NAIVE, strict=False))
    clock = to_utc(local, reading.timezone)
    return ReadColumn(clock.utc, _lost(raw, clock.utc), "datetime", local, clock.is_changed)


def _flag(text: str) -> bool | None:
    lowered = text.lower()
    return True if lowered in _TRUE else False if lowered in _FALSE else None


def _choice(choices: Sequence[str]) -> Meaning:
    meaning = {choice.casefold(): choice for choice in choices}
    return lambda text: meaning.get(text.lower())


def _number(text: pl.Series, kind: Kind) -> ReadColumn:
    values = text.cast(pl.Float64, strict=False)
    if not values.is_finite().all():
        values = values.set(~values.is_finite(), None)
    if kind is Kind.COUNT:
        is_count = ((values == values.floor()) & (values >= 1) & (values < 2**31)).fill_null(False)
        values = values.set(~is_count, None).cast(pl.Int64)
    return ReadColumn(values, _lost(text, values), "number")
