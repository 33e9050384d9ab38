"""Which rows of a force's extracts are accepted? From `sources.toml` to the rows of each feed, and the rejects."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

import polars as pl

from analysis.contracts.feeds import FEEDS
from analysis.errors import SourcesError
from analysis.ingest.feed_file import REJECTS_SCHEMA, read_feed_file
from analysis.ingest.files import InputFile, input_files
from analysis.ingest.kept_rows import REJECTS, FeedRows, KeptRows, feed_rows, keep_rows
from analysis.ingest.sources import Sources, read_sources
from analysis.store.kept import KeptFiles

__all__ = ["FeedRows", "FileCount", "InputFile", "Ingested", "Sources", "ingest", "input_files", "read_sources"]

_AT_ONCE = 2
"""Files read side by side: reading one keeps a processor busy about half of the time."""


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
    if not sum(feeds["incidents"].heights):
        named = ", ".join(file.name for file in files if file.feed.table == "incidents")
        raise SourcesError(
            f"{named}: not one row of incidents could be read. Mend the mapping of incident_id and received_at, or "
            f"datetime_format, in {sources.file.name}; or extract again if there are no rows."
        )
    refused = [kept.folder / kept.file(key, REJECTS) for key, noted in facts if noted["has_rejects"]]
    return Ingested(
        feeds,
        pl.scan_parquet(refused, glob=False).collect() if refused else pl.DataFrame(schema=REJECTS_SCHEMA),
        tuple(counts[place] for place in range(len(files))),
        given,
    )


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

    def read(file: InputFile, key: str) -> None:
        say(f"reading {file.name} ({file.feed.table})")
        found = read_feed_file(file.path, file.name, source=file.feed, timezone=timezone)
        keep_rows(key, file.feed.table, found, kept)

    unread = {key: file for file, key in zip(files, keys, strict=True) if kept.facts(key) is None}
    with ThreadPoolExecutor(_AT_ONCE, "reading") as pool:
        # A long one begun last would leave a processor idle.
        begun = {key: pool.submit(read, unread[key], key) for key in sorted(unread, key=lambda key: -unread[key].size)}
        try:
            for key in unread:
                begun[key].result()
        finally:
            pool.shutdown(wait=False, cancel_futures=True)
    return [(key, _noted(kept, key)) for key in keys]


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
    )
