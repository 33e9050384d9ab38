"""Which rows of a force's extracts are accepted? From `sources.toml` to the rows of each feed, and the rejects."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

import polars as pl

from analysis.contracts.feeds import FEEDS
from analysis.errors import SourcesError
from analysis.ingest.feed_file import REJECTS_SCHEMA, read_feed_files
from analysis.ingest.files import InputFile, input_files
from analysis.ingest.kept_rows import REJECTS, FeedRows, KeptRows, feed_rows, keep_rows
from analysis.ingest.sources import Sources, read_sources
from analysis.store.kept import KeptFiles

__all__ = ["FeedRows", "FileCount", "InputFile", "Ingested", "Sources", "ingest", "input_files", "read_sources"]

_AT_ONCE = 2
"""Files read side by side: reading one keeps a processor busy about half of the time."""
_BYTES_TOGETHER = 1 << 24
"""Of files read as one: larger ones gain nothing by it; it changes nothing that is read."""


@dataclass(frozen=True)
class FileCount:
    """What became of one file's records: read = accepted + rejected; accepted includes repeated and corrected.

    Attributes:
        absent_columns: mapped, but not in the file.
        empty_columns: in the file, but no accepted row has a value that could be read.
    """

    table: str
    file: str
    read: int
    accepted: int
    rejected: int
    repeated: int
    corrected: int
    absent_columns: tuple[str, ...] = ()
    empty_columns: tuple[str, ...] = ()


@dataclass(frozen=True)
class Ingested:
    """The rows of every feed (without rows where not given), the rejects, and the counts of every file."""

    feeds: dict[str, FeedRows]
    rejects: pl.DataFrame
    counts: tuple[FileCount, ...]
    given: dict[str, frozenset[str]]


def ingest(
    sources: Sources,
    files: tuple[InputFile, ...],
    kept: KeptFiles,
    *,
    code: str = "",
    say: Callable[[str], None] = lambda _: None,
) -> Ingested:
    """Read every file of the sources that has not been read before in the same way.

    Args:
        kept: where the rows are kept, and taken from.
        code: the version of the code that reads; rows read by another are read again.

    Raises:
        SourcesError: a file stops the build; the message names file, column and mend.
        StoreError: the rows cannot be kept.
    """
    facts = _read_all(sources, files, kept, code=code, say=say)
    feeds: dict[str, FeedRows] = {}
    counts: dict[int, FileCount] = {}
    given: dict[str, frozenset[str]] = {}
    for table in FEEDS:
        places = [place for place, file in enumerate(files) if file.feed.table == table]
        rows = [_kept_rows(*facts[place]) for place in places]
        feeds[table], outcomes = feed_rows(table, rows, kept)
        given[table] = frozenset(name for place in places for name in facts[place][1]["given"])
        for place, outcome in zip(places, outcomes, strict=True):
            counts[place] = _count(files[place], facts[place][1], outcome)
    refused = [kept.folder / kept.file(key, REJECTS) for key, noted in facts if noted["has_rejects"]]
    rejects = pl.scan_parquet(refused, glob=False).collect() if refused else pl.DataFrame(schema=REJECTS_SCHEMA)
    if not sum(feeds["incidents"].heights):
        named = ", ".join(file.name for file in files if file.feed.table == "incidents")
        raise SourcesError(
            f"{named}: not one row of incidents could be read{_most_often(rejects)}. Mend the mapping of incident_id "
            f"and received_at, or datetime_format, in {sources.file.name}; or extract again if there are no rows."
        )
    return Ingested(
        feeds,
        rejects,
        tuple(counts[place] for place in range(len(files))),
        given,
    )


def _most_often(rejects: pl.DataFrame) -> str:
    """Why most rows of incidents were refused, with the first place to look at; nothing where none was."""
    of_logs = rejects.filter((pl.col("table") == "incidents") & pl.col("is_row_refused"))
    reasons = of_logs.group_by("column", "rule", maintain_order=True).agg(pl.len(), pl.first("file", "line"))
    if reasons.is_empty():
        return ""
    most = reasons.row(int(reasons["len"].arg_max() or 0), named=True)
    what = f"{most['column']}: {most['rule']}" if most["column"] else most["rule"]
    return f" ({what}, {most['len']:,} rows, first in {most['file']}, line {most['line']})"


def read_key(file: InputFile, *, timezone: str, code: str) -> str:
    """The same for rows that would be read the same: the file, its name, its mapping, the clock and the code."""
    parts = [file.sha256, file.name, file.feed.fingerprint(), timezone, code, pl.__version__]
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()[:24]


def _read_all(
    sources: Sources, files: tuple[InputFile, ...], kept: KeptFiles, *, code: str, say: Callable[[str], None]
) -> list[tuple[str, dict[str, Any]]]:
    """For each file the key of its rows and what was noted of them. The first file that stops the build is told."""
    timezone = sources.force.timezone
    keys = [read_key(file, timezone=timezone, code=code) for file in files]

    def read(some: list[tuple[str, InputFile]]) -> None:
        for _, file in some:
            say(f"reading {file.name} ({file.feed.table})")
        waiting = [key for key, _ in some]
        for found in read_feed_files([file for _, file in some], timezone=timezone):
            keep_rows([waiting.pop(0) for _ in found.heights], some[0][1].feed.table, found, kept)

    unread = {key: file for file, key in zip(files, keys, strict=True) if kept.facts(key) is None}
    together = _together(unread.items())
    with ThreadPoolExecutor(_AT_ONCE, "reading") as pool:
        # A long one begun last would leave a processor idle.
        longest_first = sorted(range(len(together)), key=lambda place: -sum(file.size for _, file in together[place]))
        begun = {place: pool.submit(read, together[place]) for place in longest_first}
        try:
            for place in range(len(together)):
                begun[place].result()
        finally:
            pool.shutdown(wait=False, cancel_futures=True)
    return [(key, _noted(kept, key)) for key in keys]


def _together(files: Iterable[tuple[str, InputFile]]) -> list[list[tuple[str, InputFile]]]:
    """Files of one table that follow one another, as many as are read as one."""
    runs: list[list[tuple[str, InputFile]]] = []
    table, size = "", 0
    for key, file in files:
        if file.feed.table != table or size + file.size > _BYTES_TOGETHER:
            runs, table, size = [*runs, []], file.feed.table, 0
        runs[-1].append((key, file))
        size += file.size
    return runs


def _noted(kept: KeptFiles, key: str) -> dict[str, Any]:
    facts = kept.facts(key)
    assert facts is not None, "every file was read or taken over"
    return facts


def _kept_rows(key: str, facts: dict[str, Any]) -> KeptRows:
    return KeptRows(key, facts["accepted"], facts["height"], facts["has_again"])


def _count(file: InputFile, facts: dict[str, Any], outcome: dict[str, int]) -> FileCount:
    return FileCount(
        table=file.feed.table,
        file=file.name,
        read=facts["read"],
        accepted=facts["accepted"],
        rejected=facts["refused"],
        repeated=outcome.get("repeated", 0),
        corrected=outcome.get("corrected", 0),
        absent_columns=tuple(facts["absent"]),
        empty_columns=tuple(facts["empty"]),
    )
