"""Which rows of a force's extracts are accepted? From `sources.toml` to one frame a feed, and the rejects."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable
from dataclasses import dataclass, replace
from glob import glob
from pathlib import Path

import numpy as np
import polars as pl

from analysis.contracts.feeds import FEEDS, Feed
from analysis.errors import SourcesError
from analysis.ingest.feed_file import REJECTS_SCHEMA, FileRead, read_feed_file
from analysis.ingest.keys import rows_read_again
from analysis.ingest.sources import FeedSource, Sources, read_sources
from analysis.ingest.values import DTYPES

__all__ = ["FileCount", "InputFile", "Ingested", "Sources", "ingest", "input_files", "read_sources"]


@dataclass(frozen=True)
class InputFile:
    """A file that fills a feed: `name` is relative to `sources.toml`."""

    feed: FeedSource
    path: Path
    name: str
    sha256: str


@dataclass(frozen=True)
class FileCount:
    """What became of one file's records: read = accepted + rejected; accepted includes repeated and corrected."""

    table: str
    file: str
    read: int
    accepted: int
    rejected: int
    repeated: int
    corrected: int
    absent_columns: tuple[str, ...] = ()


@dataclass(frozen=True)
class Ingested:
    """One frame a feed (every feed, empty where not given), the rejects, and the counts of every file."""

    tables: dict[str, pl.DataFrame]
    rejects: pl.DataFrame
    counts: tuple[FileCount, ...]
    given: dict[str, frozenset[str]]


def input_files(sources: Sources) -> tuple[InputFile, ...]:
    """Every file the sources name: feeds as written, files by name.

    Raises:
        SourcesError: a pattern finds no file.
    """
    found = []
    for feed in sources.feeds:
        paths: dict[str, Path] = {}
        for pattern in feed.files:
            named = glob(pattern, root_dir=sources.folder)  # noqa: PTH207 - absolute patterns are welcome too
            matches = [path for path in (sources.folder / name for name in named) if path.is_file()]
            if not matches:
                raise SourcesError(
                    f"{sources.file.name}: no file {pattern} for {feed.table} beside it. "
                    f"Put the extract there, or mend files = […]."
                )
            paths |= {Path(os.path.relpath(path, sources.folder)).as_posix(): path for path in matches}
        found += [InputFile(feed, path, name, _sha256(path)) for name, path in sorted(paths.items())]
    return tuple(found)


def ingest(
    sources: Sources,
    files: tuple[InputFile, ...],
    *,
    say: Callable[[str], None] = lambda _: None,
) -> Ingested:
    """Read every file of the sources.

    Raises:
        SourcesError: a file stops the build; the message names file, column and mend.
    """
    reads: list[tuple[InputFile, FileRead]] = []
    frames: dict[str, list[pl.DataFrame]] = {table: [] for table in FEEDS}
    for file in files:
        say(f"reading {file.name} ({file.feed.table})")
        read = read_feed_file(file.path, file.name, source=file.feed, timezone=sources.force.timezone)
        frames[file.feed.table].append(read.rows)
        reads.append((file, replace(read, rows=read.rows.clear())))
    tables: dict[str, pl.DataFrame] = {}
    counts: dict[int, FileCount] = {}
    given: dict[str, frozenset[str]] = {}
    for table, feed in FEEDS.items():
        places = [place for place, (file, _) in enumerate(reads) if file.feed.table == table]
        mine = [reads[place] for place in places]
        tables[table], outcomes = _one_table(feed, frames.pop(table))
        given[table] = frozenset(name for _, read in mine for name in read.given)
        for place, (file, read), outcome in zip(places, mine, outcomes, strict=True):
            counts[place] = FileCount(
                table=table,
                file=file.name,
                read=read.read,
                accepted=read.read - read.refused,
                rejected=read.refused,
                repeated=outcome.get("repeated", 0),
                corrected=outcome.get("corrected", 0),
                absent_columns=read.absent,
            )
    if tables["incidents"].is_empty():
        raise SourcesError(
            f"{sources.file.name}: not one row of incidents could be read. Mend the mapping of incident_id and "
            f"received_at, or datetime_format."
        )
    rejects = pl.concat([read.rejects for _, read in reads] or [pl.DataFrame(schema=REJECTS_SCHEMA)])
    return Ingested(tables, rejects, tuple(counts[place] for place in range(len(reads))), given)


def _one_table(feed: Feed, frames: list[pl.DataFrame]) -> tuple[pl.DataFrame, list[dict[str, int]]]:
    """The last row of each key, and for each frame how many of its rows repeat or correct one; `frames` is emptied."""
    schema = {column.name: DTYPES[column.kind] for column in feed.columns}
    schema |= {"source_file": pl.String(), "source_line": pl.Int64(), "is_clock_changed": pl.Boolean()}
    if {"x", "y"} <= feed.names:
        schema["point_crs"] = pl.String()
    if not frames:
        return pl.DataFrame(schema=schema | {"read_order": pl.Int64()}), []
    rows = pl.concat([frame.cast(schema) for frame in frames]).with_columns(  # type: ignore[arg-type]
        read_order=pl.int_range(pl.len(), dtype=pl.Int64)
    )
    heights = np.array([frame.height for frame in frames])
    frames.clear()
    again = rows_read_again(feed, rows)
    file_of = np.searchsorted(np.cumsum(heights), again.outcome["read_order"].to_numpy(), side="right")
    outcomes: list[dict[str, int]] = []
    for place in range(len(heights)):
        mine = again.outcome.filter(pl.Series(file_of == place))["outcome"]
        outcomes.append({word: int((mine == word).sum()) for word in ("repeated", "corrected")})
    if again.superseded.is_empty():
        return rows, outcomes
    is_last = ~rows["read_order"].is_in(again.superseded.implode())
    # One column at a time, so that the rows are not held twice.
    columns = rows.get_columns()
    del rows
    return pl.DataFrame([columns.pop(0).filter(is_last) for _ in range(len(columns))]), outcomes


def _sha256(path: Path) -> str:
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise SourcesError(
            f"{path.name}: cannot be opened ({error.strerror}). Check its rights and try again."
        ) from error
