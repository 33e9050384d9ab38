"""What does one file give one feed: which rows are accepted, which are refused, which values are emptied?"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path

import polars as pl

from analysis.contracts.feeds import FEEDS, Feed, FeedColumn
from analysis.errors import SourcesError
from analysis.ingest.points import check_points
from analysis.ingest.records import Records, read_records
from analysis.ingest.sources import FeedSource
from analysis.ingest.times import second_pass
from analysis.ingest.values import DTYPES, ReadColumn, Reading, as_text, never, read_column, tidy, tidy_texts

REJECTS_SCHEMA = {
    "table": pl.String(),
    "file": pl.String(),
    "line": pl.Int64(),
    "column": pl.String(),
    "rule": pl.String(),
    "is_row_refused": pl.Boolean(),
}


_LONG = 10_000
"""Rows from which threads for the columns of a file cost less than they save."""


@dataclass(frozen=True)
class FileRead:
    """One file read for one feed; read = accepted + refused, always.

    Attributes:
        rows: the contract's columns, source_file, source_line, is_clock_changed, and point_crs where the feed has
            points; of every row that has the header's shape.
        is_accepted: which of these rows are accepted; they are only taken out where they are written.
        rejects: refused rows and emptied values; never a value itself.
        read, refused: counts of records.
        absent: contract columns whose mapped supplier's column the file does not have.
        given: contract columns the file or a constant fills.
    """

    rows: pl.DataFrame
    is_accepted: pl.Series
    rejects: pl.DataFrame
    read: int
    refused: int
    absent: tuple[str, ...]
    given: tuple[str, ...]


def read_feed_file(file: Path, name: str, *, source: FeedSource, timezone: str) -> FileRead:
    """Read one file for one feed.

    Args:
        name: what the file is called in rejects and counts, relative to `sources.toml`.

    Raises:
        SourcesError: the file is unreadable or empty, or lacks a required column.
    """
    feed = FEEDS[source.table]
    wanted = {supplier for column in feed.columns for supplier in source.columns.get(column.name, (column.name,))}
    records = read_records(file, wanted, source.sheet)
    _check_required(name, feed, source, records.header)
    if not records.is_tidy:
        records = replace(records, frame=tidy_texts(records.frame))
    raws = {column.name: _raw(records, source, column) for column in feed.columns}
    records = replace(records, frame=pl.DataFrame())
    reading = Reading(timezone, source.datetime_formats, source.values, is_printable=records.is_printable, is_tidy=True)

    def read(column: FeedColumn) -> ReadColumn | None:
        raw = raws.pop(column.name)
        if raw is not None:
            return read_column(raw, column, reading)
        if column.name in source.constants:
            return _constant(name, source, column, replace(reading, is_tidy=False), len(records.lines))
        return None

    found = dict(zip((column.name for column in feed.columns), _all(read, feed, len(records.lines)), strict=True))
    columns = {column: given for column, given in found.items() if given is not None}
    absent = tuple(column for column in source.columns if column not in columns)
    accepted = _accept(feed, name, records, columns, timezone=timezone, absent=absent)
    if not {"x", "y"} <= feed.names:
        return accepted
    points = accepted.rows.select("x", "y").filter(accepted.is_accepted)
    crs = check_points(name, points, source=source, timezone=timezone)
    return replace(accepted, rows=accepted.rows.with_columns(point_crs=pl.lit(crs, dtype=pl.String)))


def _all(read: Callable[[FeedColumn], ReadColumn | None], feed: Feed, height: int) -> list[ReadColumn | None]:
    """Every column; of a long file side by side: each is one long call into polars, which lets the others run."""
    if height < _LONG:
        return [read(column) for column in feed.columns]
    with ThreadPoolExecutor() as pool:
        return list(pool.map(read, feed.columns))


def _check_required(name: str, feed: Feed, source: FeedSource, header: tuple[str, ...]) -> None:
    def is_given(column: str) -> bool:
        return column in source.constants or all(part in header for part in source.columns.get(column, (column,)))

    for column in feed.required:
        if not is_given(column):
            missing = [part for part in source.columns.get(column, (column,)) if part not in header]
            raise SourcesError(
                f"{name}: column {', '.join(missing)} is missing, which {feed.table} needs for {column}. "
                f"Add it to the extract, or map {column} to another column in sources.toml."
            )
    if feed.any_of and not any(is_given(column) for column in feed.any_of):
        raise SourcesError(
            f"{name}: {feed.table} needs a column for {' or '.join(feed.any_of)}, and the file has neither. "
            f"Map one of them in sources.toml."
        )


def _raw(records: Records, source: FeedSource, column: FeedColumn) -> pl.Series | None:
    """The supplier's values of a contract column; several columns are joined with a hyphen."""
    if column.name in source.constants:
        return None
    suppliers = source.columns.get(column.name, (column.name,))
    present = [supplier for supplier in suppliers if supplier in records.frame.columns]
    if not present or (column.required and len(present) < len(suppliers)):
        return None
    if len(suppliers) == 1:
        return records.frame[present[0]]
    parts = pl.DataFrame({str(place): _tidy_text(records.frame[supplier]) for place, supplier in enumerate(present)})
    joined = pl.concat_str(parts.columns, separator="-", ignore_nulls=not column.required)
    return parts.select(pl.when(~pl.all_horizontal(pl.all().is_null())).then(joined)).to_series()


def _tidy_text(raw: pl.Series) -> pl.Series:
    """What was text in the file is tidy by now."""
    return raw if raw.dtype == pl.String else tidy(as_text(raw))


def _constant(name: str, source: FeedSource, column: FeedColumn, reading: Reading, height: int) -> ReadColumn:
    value = source.constants[column.name]
    text = ("true" if value else "false") if isinstance(value, bool) else str(value)
    read = read_column(pl.Series(column.name, [text]), column, reading)
    if read.unreadable[0]:
        raise SourcesError(
            f"{name}: the constant for {column.name} cannot be read as a {column.kind.value}. Mend it in sources.toml."
        )
    return ReadColumn(read.values.new_from_index(0, height), never(height), read.rule)


def _accept(
    feed: Feed, name: str, records: Records, columns: dict[str, ReadColumn], *, timezone: str, absent: tuple[str, ...]
) -> FileRead:
    height = len(records.lines)
    _reread_ends(feed, columns, timezone)
    values = {
        column.name: columns[column.name].values.alias(column.name)
        if column.name in columns
        else pl.Series(column.name, [None], dtype=DTYPES[column.kind]).new_from_index(0, height)
        for column in feed.columns
    }
    refusals = [
        (column.name, columns[column.name].rule if unreadable else "missing", mask)
        for column in feed.columns
        if column.required
        for unreadable in (True, False)
        if (mask := _refusal(columns[column.name], unreadable=unreadable)).any()
    ]
    if feed.any_of:
        mask = pl.DataFrame({part: values[part].is_null() for part in feed.any_of}).min_horizontal()
        assert mask is not None
        if mask.any():
            named = next(part for part in feed.any_of if part in columns)
            refusals.append((named, "missing", mask))
    if feed.refused_before_start and feed.start:
        mask = (values[feed.refused_before_start] < values[feed.start]).fill_null(False)
        if mask.any():
            refusals.append((feed.refused_before_start, "end_before_start", mask))
    refused = never(height)
    for _, _, mask in refusals:
        refused = refused | mask
    rejects = [_reject(feed, name, records.lines.filter(mask), column, rule, True) for column, rule, mask in refusals]
    if len(records.misshapen):
        rejects.append(_reject(feed, name, records.misshapen, None, "shape", True))
    for column in feed.columns:
        if column.name in columns and not column.required:
            read = columns[column.name]
            if read.unreadable.any() and (emptied := read.unreadable & ~refused).any():
                rejects.append(_reject(feed, name, records.lines.filter(emptied), column.name, read.rule, False))
    changed = never(height)
    for read in columns.values():
        if read.is_clock_changed is not None:
            changed = changed | read.is_clock_changed
    rows = pl.DataFrame(list(values.values())).with_columns(
        pl.lit(name).alias("source_file"), records.lines.alias("source_line"), changed.alias("is_clock_changed")
    )
    return FileRead(
        rows=rows,
        is_accepted=~refused,
        rejects=pl.concat(rejects) if rejects else pl.DataFrame(schema=REJECTS_SCHEMA),
        read=height + len(records.misshapen),
        refused=int(refused.sum()) + len(records.misshapen),
        absent=absent,
        given=tuple(columns),
    )


def _refusal(read: ReadColumn, *, unreadable: bool) -> pl.Series:
    if unreadable:
        return read.unreadable
    if not read.values.null_count():
        return never(len(read.values))
    return read.values.is_null() & ~read.unreadable


def _reread_ends(feed: Feed, columns: dict[str, ReadColumn], timezone: str) -> None:
    """An end in the repeated hour that would precede its own row's start is the second pass."""
    if feed.start is None or feed.start not in columns:
        return
    start = columns[feed.start].values
    for end in feed.ends:
        read = columns.get(end)
        if read is None or read.is_clock_changed is None or read.local is None or not read.is_clock_changed.any():
            continue
        places = read.is_clock_changed.arg_true()
        places = places.filter(read.values.gather(places) < start.gather(places))
        later = second_pass(read.local.gather(places), timezone)
        values = read.values.scatter(places.filter(later.is_not_null()), later.drop_nulls())
        columns[end] = ReadColumn(values, read.unreadable, read.rule, read.local, read.is_clock_changed)


def _reject(feed: Feed, name: str, lines: pl.Series, column: str | None, rule: str, refused: bool) -> pl.DataFrame:
    height = len(lines)
    return pl.DataFrame(
        {
            "table": pl.Series([feed.table]).new_from_index(0, height),
            "file": pl.Series([name]).new_from_index(0, height),
            "line": lines.cast(pl.Int64),
            "column": pl.Series([column], dtype=pl.String).new_from_index(0, height),
            "rule": pl.Series([rule]).new_from_index(0, height),
            "is_row_refused": pl.Series([refused]).new_from_index(0, height),
        },
        schema=REJECTS_SCHEMA,
    )
