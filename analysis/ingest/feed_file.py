"""What do files give one feed: which rows are accepted, which are refused, which values are emptied?

Files that follow one another with one header and one mapping are read together: to begin with a column costs as much
as to read some thousand values of it, so that many small files cost little more than one large one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from itertools import groupby

import numpy as np
import polars as pl

from analysis.contracts.feeds import FEEDS, Feed, FeedColumn
from analysis.errors import SourcesError
from analysis.ingest.files import InputFile
from analysis.ingest.header import check_header
from analysis.ingest.points import check_points
from analysis.ingest.records import Records, read_records, under_one_another
from analysis.ingest.sources import FeedSource
from analysis.ingest.times import second_pass
from analysis.ingest.values import (
    DTYPES,
    ReadColumn,
    Reading,
    as_text,
    never,
    read_column,
    tidy,
    tidy_texts,
    without_stand_ins,
)

REJECTS_SCHEMA = {
    "table": pl.String(),
    "file": pl.String(),
    "line": pl.Int64(),
    "column": pl.String(),
    "rule": pl.String(),
    "is_row_refused": pl.Boolean(),
}
NUMBER = "number"
"""Of which of the files read together a reject is."""

_LONG = 10_000
"""Rows from which threads for the columns of a file cost less than they save."""


@dataclass(frozen=True)
class FilesRead:
    """Files read together for one feed.

    Attributes:
        rows: the contract's columns, source_file, source_line, is_clock_changed, and point_crs where the feed has
            points; of every row that has the header's shape, file after file.
        heights: of each file, in the order given.
        is_accepted: which of the rows are accepted; they are only taken out where they are written.
        rejects: refused rows and emptied values, and `number`, the place of their file; never a value itself.
        misshapen: of each file, records that do not have the header's shape.
        absent: contract columns whose mapped supplier's column the files do not have.
        given: contract columns the files or a constant fill.
    """

    rows: pl.DataFrame
    heights: tuple[int, ...]
    is_accepted: pl.Series
    rejects: pl.DataFrame
    misshapen: tuple[int, ...]
    absent: tuple[str, ...]
    given: tuple[str, ...]


def read_feed_files(files: Sequence[InputFile], *, timezone: str) -> Iterator[FilesRead]:
    """Read files, those together that follow one another and are alike.

    Raises:
        SourcesError: a file is unreadable or empty, or lacks a required column.
    """
    records = [(file, _records(file)) for file in files]
    kinds = [(file.feed.fingerprint(), read.header, tuple(read.frame.schema.items())) for file, read in records]
    for _, alike in groupby(kinds):
        yield _read_alike([records.pop(0) for _ in alike], timezone=timezone)


def _records(file: InputFile) -> Records:
    """The records of a file that can fill its feed."""
    feed, source = FEEDS[file.feed.table], file.feed
    wanted = {supplier for column in feed.columns for supplier in source.columns.get(column.name, (column.name,))}
    records = read_records(file.path, wanted, source.sheet)
    check_header(file, records.header)
    return records


def _read_alike(files: list[tuple[InputFile, Records]], *, timezone: str) -> FilesRead:
    """Read files of one mapping and one header; the list is emptied, so that their texts are let go when read."""
    source, names = files[0][0].feed, [file.name for file, _ in files]
    feed = FEEDS[source.table]
    records = under_one_another([part for _, part in files])
    where, misshapen = (
        _where(names, lines) for lines in zip(*((part.lines, part.misshapen) for _, part in files), strict=True)
    )
    files.clear()
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
            return _constant(names[0], source, column, replace(reading, is_tidy=False), where.height)
        return None

    found = dict(zip((column.name for column in feed.columns), _all(read, feed, where.height), strict=True))
    columns = {column: given for column, given in found.items() if given is not None}
    rows, is_accepted, rejects = _accept(feed, where, misshapen, columns, timezone=timezone)
    if {"x", "y"} <= feed.names:
        points = pl.DataFrame([rows["x"], rows["y"], where[NUMBER]]).filter(is_accepted)
        crs = [
            check_points(name, points.filter(pl.col(NUMBER) == number), source=source, timezone=timezone)
            for number, name in enumerate(names)
        ]
        rows = rows.with_columns(pl.Series("point_crs", crs, dtype=pl.String).gather(where[NUMBER]))
    return FilesRead(
        rows=rows,
        heights=_heights(where, names),
        is_accepted=is_accepted,
        rejects=rejects,
        misshapen=_heights(misshapen, names),
        absent=tuple(column for column in source.columns if column not in columns),
        given=tuple(columns),
    )


def _where(names: Sequence[str], lines: Sequence[pl.Series]) -> pl.DataFrame:
    """Of records of some files: `number` of the file, source_file and source_line."""
    numbers = np.repeat(np.arange(len(names), dtype=np.uint32), [len(of_file) for of_file in lines])
    number = pl.Series(NUMBER, numbers)
    return pl.DataFrame([number, pl.Series("source_file", names).gather(number), pl.concat(lines).alias("source_line")])


def _heights(where: pl.DataFrame, names: Sequence[str]) -> tuple[int, ...]:
    """How many records are of each file."""
    return tuple(np.bincount(where[NUMBER].to_numpy(), minlength=len(names)).tolist())


def _all(read: Callable[[FeedColumn], ReadColumn | None], feed: Feed, height: int) -> list[ReadColumn | None]:
    """Every column; of a long file side by side: each is one long call into polars, which lets the others run."""
    if height < _LONG:
        return [read(column) for column in feed.columns]
    with ThreadPoolExecutor() as pool:
        return list(pool.map(read, feed.columns))


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
    if not records.is_printable:
        parts = pl.DataFrame([without_stand_ins(part) for part in parts])
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
    feed: Feed, where: pl.DataFrame, misshapen: pl.DataFrame, columns: dict[str, ReadColumn], *, timezone: str
) -> tuple[pl.DataFrame, pl.Series, pl.DataFrame]:
    """The rows, which of them are accepted, and the rejects.

    Args:
        where, misshapen: as `_where` gives them, of the rows and of the records that are none.
        columns: what was read; ends are mended in it.
    """
    height = where.height
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
    rejects = [_reject(feed, where.filter(mask), column, rule, True) for column, rule, mask in refusals]
    if misshapen.height:
        rejects.append(_reject(feed, misshapen, None, "shape", True))
    for column in feed.columns:
        if column.name in columns and not column.required:
            read = columns[column.name]
            if read.unreadable.any() and (emptied := read.unreadable & ~refused).any():
                rejects.append(_reject(feed, where.filter(emptied), column.name, read.rule, False))
    changed = never(height)
    for read in columns.values():
        if read.is_clock_changed is not None:
            changed = changed | read.is_clock_changed
    rows = pl.DataFrame(
        [*values.values(), where["source_file"], where["source_line"], changed.alias("is_clock_changed")]
    )
    return (
        rows,
        ~refused,
        pl.concat(rejects) if rejects else pl.DataFrame(schema=REJECTS_SCHEMA | {NUMBER: pl.UInt32()}),
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


def _reject(feed: Feed, where: pl.DataFrame, column: str | None, rule: str, refused: bool) -> pl.DataFrame:
    return where.select(
        pl.lit(feed.table).alias("table"),
        pl.col("source_file").alias("file"),
        pl.col("source_line").cast(pl.Int64).alias("line"),
        pl.lit(column, dtype=pl.String).alias("column"),
        pl.lit(rule).alias("rule"),
        pl.lit(refused).alias("is_row_refused"),
        NUMBER,
    )
