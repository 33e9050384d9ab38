"""When was it, in UTC? Suppliers' times, read by their formats and by the force's clock."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache, lru_cache

import polars as pl

UTC = pl.Datetime("us", "UTC")
NAIVE = pl.Datetime("us")
_OFFSET = r"(:\d{2}(?:[.,]\d+)?(?:\s*[AaPp][Mm])?|\dT\d{4}(?:\d{2}(?:[.,]\d+)?)?)\s*([Zz]|[+-]\d{2}(?::?\d{2})?)$"
# ISO 8601 lets a comma stand before the fraction; RFC 3339 lets its letters be small.
_RARE_ISO = r"^\d{4}-?\d{2}-?\d{2}(?:t|.*,\d+)"
# A format without a fraction is read four times as fast as one that may have one.
_ISO_TIMES = (
    "%Y-%m-%dT%H:%M:%S",
    "%Y-%m-%dT%H:%M:%S%.f",
    "%Y-%m-%dT%H:%M",
    "%Y-%m-%d %H:%M:%S",
    "%Y-%m-%d %H:%M:%S%.f",
    "%Y-%m-%d %H:%M",
    "%Y%m%dT%H%M%S",
    "%Y%m%dT%H%M%S%.f",
    "%Y%m%dT%H%M",
)
_ISO_DATES = ("%Y-%m-%d", "%Y%m%d")
# What such a format reads ends with the time of day, so that no offset can follow it.
_WITHOUT_OFFSET = re.compile(r"[^:]*[ T]%H:%M(:%S)?")
_HOURS_A_DAY = 24
_FEW = 5_000
"""Times that cost less by the rules of the clock, one by one, than by its offset on each day; it changes no time."""
_CHANGED = -(2**62)
_EARLIEST = datetime(1880, 1, 1)  # noqa: DTZ001 - compared with local times
_LATEST = datetime(2199, 12, 31, 23, 59, 59, 999_999)  # noqa: DTZ001


@dataclass(frozen=True)
class ReadTimes:
    """Times as read: `local` without an offset, `utc` where the text carried one; both null where unreadable."""

    local: pl.Series
    utc: pl.Series


def parse(texts: pl.Series, formats: Sequence[str]) -> ReadTimes:
    """Read times from text: the supplier's formats in turn, then ISO 8601; a written offset is always obeyed."""
    order = [*formats, *_ISO_TIMES, *_ISO_DATES]
    if not _WITHOUT_OFFSET.fullmatch(order[0]):
        return _parse_any(texts, order)
    local = _first_that_reads(texts, order[:1], NAIVE)
    if local.null_count() == texts.null_count():
        return ReadTimes(local, _nothing(texts, UTC))
    waiting = texts.is_not_null() & local.is_null()
    others = _parse_any(texts.filter(waiting), order)
    places = waiting.arg_true()
    return ReadTimes(local.scatter(places, others.local), _nothing(texts, UTC).scatter(places, others.utc))


def _parse_any(texts: pl.Series, formats: Sequence[str]) -> ReadTimes:
    """The same where any text may carry an offset; what is left is tried as ISO 8601 in its rare forms."""
    read = _parse_usual(texts, formats)
    if read.local.null_count() + read.utc.null_count() == len(texts) + texts.null_count():
        return read
    waiting = read.local.is_null() & read.utc.is_null() & texts.str.contains(_RARE_ISO).fill_null(False)
    if not waiting.any():
        return read
    usual = texts.filter(waiting).str.to_uppercase().str.replace(",", ".", literal=True)
    places, rare = waiting.arg_true(), _parse_usual(usual, _ISO_TIMES)
    return ReadTimes(read.local.scatter(places, rare.local), read.utc.scatter(places, rare.utc))


def _parse_usual(texts: pl.Series, formats: Sequence[str]) -> ReadTimes:
    has_offset = texts.str.contains(_OFFSET)
    if not has_offset.any():
        return ReadTimes(_first_that_reads(texts, formats, NAIVE), _nothing(texts, UTC))
    bare = texts.str.replace(_OFFSET, "$1")
    local = _first_that_reads(bare, formats, NAIVE)
    minutes = _offset_minutes(texts)
    utc = _shift(local, minutes)
    frame = pl.DataFrame({"local": local, "utc": utc, "has": has_offset})
    return ReadTimes(
        frame.select(pl.when(pl.col("has")).then(None).otherwise(pl.col("local")).alias(texts.name)).to_series(),
        frame.select(pl.when(pl.col("has")).then(pl.col("utc")).alias(texts.name)).to_series(),
    )


def _nothing(texts: pl.Series, dtype: pl.Datetime) -> pl.Series:
    return _null(dtype).new_from_index(0, len(texts)).alias(texts.name)


@cache
def _null(dtype: pl.Datetime) -> pl.Series:
    return pl.Series([None], dtype=dtype)


def parse_dates(texts: pl.Series, formats: Sequence[str]) -> pl.Series:
    """Read dates: the day part of the supplier's formats, their whole, then ISO 8601."""
    day_parts = [format_.replace("T", " ").split(" ")[0] for format_ in formats]
    whole = _first_that_reads(texts, [*day_parts, *formats, *_ISO_DATES, *_ISO_TIMES], NAIVE)
    return whole.dt.date()


def _first_that_reads(texts: pl.Series, formats: Sequence[str], dtype: pl.Datetime) -> pl.Series:
    """Each text by the first format that reads it; those after the first format are tried with what is left."""
    bare = list(dict.fromkeys(format_.replace("%z", "").rstrip() for format_ in formats))
    for tried, format_ in enumerate(bare, start=1):
        read = _by_format(texts, format_, dtype)
        if read.null_count() == texts.null_count():
            return read
        if read.null_count() < len(read):
            places = (texts.is_not_null() & read.is_null()).arg_true()
            return read.scatter(places, _first_that_reads(texts.gather(places), bare[tried:], dtype))
    return _nothing(texts, dtype)


def _by_format(texts: pl.Series, format_: str, dtype: pl.Datetime) -> pl.Series:
    if any(mark in format_ for mark in ("%H", "%I", "%T", "%R", "%k")):
        found = texts.str.to_datetime(format_, strict=False, time_unit="us", cache=False)
    else:
        found = texts.str.to_date(format_, strict=False, cache=False).cast(dtype)
    return within_reach(found)


def within_reach(local: pl.Series) -> pl.Series:
    """Times without an offset; null where no record can be of that time, but a placeholder of the year 1 or 9999."""
    if not _EARLIEST <= (local.min() or _EARLIEST) <= (local.max() or _LATEST) <= _LATEST:  # type: ignore[operator]
        return local.set(~local.is_between(_EARLIEST, _LATEST).fill_null(True), None)
    return local


def _offset_minutes(texts: pl.Series) -> pl.Series:
    sign_and_digits = texts.to_frame("text").select(offset=pl.col("text").str.extract(_OFFSET, 2))
    digits = pl.col("offset").str.replace_all(r"[^0-9]", "")
    minutes = digits.str.slice(0, 2).cast(pl.Int64, strict=False) * 60 + digits.str.slice(2, 2).cast(
        pl.Int64, strict=False
    ).fill_null(0)
    sign = pl.when(pl.col("offset").str.starts_with("-")).then(-1).otherwise(1)
    return sign_and_digits.select((minutes * sign).fill_null(0)).to_series()


def _shift(local: pl.Series, minutes: pl.Series) -> pl.Series:
    frame = pl.DataFrame({"local": local, "minutes": minutes})
    return frame.select(
        (pl.col("local") - pl.duration(minutes=pl.col("minutes"))).dt.replace_time_zone("UTC")
    ).to_series()


@dataclass(frozen=True)
class ClockTimes:
    """Local times as UTC, and which of them fell in the repeated or the missing hour; None: not one."""

    utc: pl.Series
    is_changed: pl.Series | None


def to_utc(local: pl.Series, timezone: str) -> ClockTimes:
    """Local times to UTC.

    A time in the repeated hour of October is the first pass; a time in the missing hour of March moves forward by
    one hour (01:30 becomes 02:30 BST). Both are marked.
    """
    utc = _by_day(local, timezone)
    if utc.null_count() == local.null_count():
        return ClockTimes(utc, None)
    waiting = local.is_not_null() & utc.is_null()
    places = waiting.arg_true()
    one_by_one = _on_odd_days(local.filter(waiting), timezone)
    if one_by_one.is_changed is None:
        return ClockTimes(utc.scatter(places, one_by_one.utc), None)
    return ClockTimes(utc.scatter(places, one_by_one.utc), waiting.scatter(places, one_by_one.is_changed))


def _by_day(local: pl.Series, timezone: str) -> pl.Series:
    """Local times to UTC on days on which the clock is not changed; others null."""
    days = local.dt.date()
    first, last = days.min(), days.max()
    if not isinstance(first, date) or not isinstance(last, date):
        return _nothing(local, UTC)
    if len(local) < max(_HOURS_A_DAY * (last - first).days, _FEW):
        return local.dt.replace_time_zone(timezone, ambiguous="null", non_existent="null").dt.convert_time_zone("UTC")
    offsets = pl.concat([_steady_offsets(timezone, year) for year in range(first.year, last.year + 1)])
    since = days.to_physical() - (date(first.year, 1, 1) - date(1970, 1, 1)).days
    return (local.to_physical() - offsets.gather(since)).cast(NAIVE).dt.replace_time_zone("UTC").alias(local.name)


@lru_cache(maxsize=512)
def _steady_offsets(timezone: str, year: int) -> pl.Series:
    """Microseconds by which the clock is before UTC on each day of a year; null where it is changed."""
    span = pl.datetime_range(pl.datetime(year, 1, 1), pl.datetime(year + 1, 1, 1), "1h", time_unit="us")
    local = pl.select(local=span).to_series()
    utc = local.dt.replace_time_zone(timezone, ambiguous="null", non_existent="null")
    offsets = (local.to_physical() - utc.to_physical()).fill_null(_CHANGED).to_numpy()
    by_day, midnights = offsets[:-1].reshape(-1, _HOURS_A_DAY), offsets[::_HOURS_A_DAY]
    is_steady = (by_day == midnights[:-1, None]).all(axis=1) & (midnights[1:] == midnights[:-1])
    steady = pl.Series(midnights[:-1], dtype=pl.Int64)
    return steady.set(~pl.Series(is_steady) | (steady == _CHANGED), None)


def _on_odd_days(local: pl.Series, timezone: str) -> ClockTimes:
    """Local times to UTC, each by the rules of the clock."""
    utc = local.dt.replace_time_zone(timezone, ambiguous="null", non_existent="null")
    if utc.null_count() == local.null_count():
        return ClockTimes(utc.dt.convert_time_zone("UTC"), None)
    is_changed = local.is_not_null() & utc.is_null()
    odd = local.filter(is_changed)
    frame = pl.DataFrame(
        {
            "first": odd.dt.replace_time_zone(timezone, ambiguous="earliest", non_existent="null"),
            "moved": odd.dt.offset_by("1h").dt.replace_time_zone(timezone, ambiguous="earliest", non_existent="null"),
        }
    )
    utc = utc.scatter(is_changed.arg_true(), frame.select(pl.coalesce("first", "moved")).to_series())
    return ClockTimes(utc.dt.convert_time_zone("UTC"), is_changed)


def second_pass(local: pl.Series, timezone: str) -> pl.Series:
    """The later reading of times in the repeated hour; other times as `to_utc` reads them."""
    return local.dt.replace_time_zone(timezone, ambiguous="latest", non_existent="null").dt.convert_time_zone("UTC")


def local_column(column: str, timezone: str) -> pl.Expr:
    """A UTC column as the force's clock showed it."""
    return pl.col(column).dt.convert_time_zone(timezone)
