"""Which rows does one feed have in all its files, and which of them repeat or correct others?

The rows of each file are kept in the store as they were read; here they are only told apart by their keys. A file's
own repetitions were set aside when it was read, so what is left to find is rows of one key in two files.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import polars as pl

from analysis.contracts.feeds import FEEDS, Feed
from analysis.ingest.feed_file import FileRead
from analysis.ingest.keys import key_hashes, rows_read_again
from analysis.ingest.values import DTYPES
from analysis.store.kept import KeptFiles

ROWS, AGAIN, REJECTS = "rows", "again", "rejects"
KEY_HASH, PLACE = "key_hash", "place"


def stored_schema(table: str) -> dict[str, pl.DataType]:
    """The columns of a feed's rows, of one type in every file."""
    feed = FEEDS[table]
    schema = {column.name: DTYPES[column.kind] for column in feed.columns}
    schema |= {"source_file": pl.String(), "source_line": pl.Int64(), "is_clock_changed": pl.Boolean()}
    if {"x", "y"} <= feed.names:
        schema["point_crs"] = pl.String()
    return schema


@dataclass(frozen=True)
class KeptRows:
    """A file's accepted rows in the store.

    Attributes:
        key: by which they are found.
        accepted, height: all rows, and those that no later row of the file supersedes.
        has_again: rows of the file that a later one repeats or corrects are kept aside.
    """

    key: str
    accepted: int
    height: int
    has_again: bool


@dataclass(frozen=True)
class FeedRows:
    """The rows of one feed: the last of each key, unread.

    Attributes:
        files: names in the folder of the build, in the order read.
        keys: for each of them the key of the extract it was read from; None where rows were taken out for this build.
        read_order: of every row, in the order of the files: unique within the feed.
        heights: rows of each file.
    """

    table: str
    kept: KeptFiles
    files: tuple[str, ...]
    keys: tuple[str | None, ...]
    heights: tuple[int, ...]
    read_order: pl.Series

    def frame(self, columns: Sequence[str] | None = None, *, of_file: int | None = None) -> pl.DataFrame:
        """Some columns or all of them (`read_order` too), of every file or of one by its place."""
        schema = stored_schema(self.table)
        wanted = [*schema, "read_order"] if columns is None else list(columns)
        files = self.files if of_file is None else self.files[of_file : of_file + 1]
        stored = [name for name in wanted if name != "read_order"]
        if files:
            rows = pl.scan_parquet([self.kept.folder / file for file in files], glob=False).select(stored).collect()
        else:
            rows = pl.DataFrame(schema={name: schema[name] for name in stored})
        if "read_order" not in wanted:
            return rows
        assert of_file is None, "the order is that of the whole feed"
        return rows.with_columns(self.read_order).select(wanted)


def keep_rows(key: str, table: str, read: FileRead, kept: KeptFiles) -> KeptRows:
    """Keep a file's rows; those a later row of the file supersedes are set aside, to be counted with every build."""
    feed = FEEDS[table]
    rows = read.rows.cast(stored_schema(table)).with_columns(  # type: ignore[arg-type]
        key_hashes(feed, read.rows).alias(KEY_HASH),
        pl.int_range(pl.len(), dtype=pl.UInt32).alias(PLACE),
    )
    accepted = rows.height
    again = rows_read_again(feed, rows.with_columns(read_order=PLACE), rows[KEY_HASH]).superseded
    frames = {REJECTS: read.rejects} if read.rejects.height else {}
    if len(again):
        is_again = pl.col(PLACE).is_in(again.implode())
        frames[AGAIN] = rows.filter(is_again)
        rows = rows.filter(~is_again)
    facts = {
        "accepted": accepted,
        "height": rows.height,
        "has_again": AGAIN in frames,
        "has_rejects": REJECTS in frames,
        "read": read.read,
        "refused": read.refused,
        "absent": read.absent,
        "given": read.given,
    }
    kept.keep(key, {ROWS: rows, **frames}, facts)
    return KeptRows(key, accepted, rows.height, AGAIN in frames)


def feed_rows(table: str, files: Sequence[KeptRows], kept: KeptFiles) -> tuple[FeedRows, list[dict[str, int]]]:
    """The last row of each key over all files, and for each file how many of its rows repeat or correct one."""
    feed = FEEDS[table]
    offsets = np.cumsum([0, *(file.accepted for file in files)])
    superseded, outcomes = _between_files(feed, files, offsets, kept)
    places = _places(files, kept)
    names: list[str] = []
    keys: list[str | None] = []
    orders: list[pl.Series] = []
    heights: list[int] = []
    for number, file in enumerate(files):
        name, height = kept.file(file.key, ROWS), file.height
        order = places[number] + int(offsets[number])
        gone = order.is_in(superseded.implode())
        if gone.any():
            rows = pl.read_parquet(kept.folder / name).filter(~gone)
            order, height = order.filter(~gone), rows.height
            name = kept.keep_here(f"{table}.{number}", rows)
        names.append(name)
        keys.append(None if gone.any() else file.key)
        heights.append(height)
        orders.append(order)
    read_order = pl.concat(orders) if orders else pl.Series([], dtype=pl.Int64)
    found = FeedRows(table, kept, tuple(names), tuple(keys), tuple(heights), read_order.alias("read_order"))
    return found, outcomes


def _places(files: Sequence[KeptRows], kept: KeptFiles) -> list[pl.Series]:
    """Where each row stands among the accepted rows of its file; only files with repetitions need be asked."""
    asked = [kept.folder / kept.file(file.key, ROWS) for file in files if file.has_again]
    found = pl.scan_parquet(asked, glob=False).select(pl.col(PLACE).cast(pl.Int64)).collect()[PLACE] if asked else None
    places, start = [], 0
    for file in files:
        if file.has_again and found is not None:
            places.append(found.slice(start, file.height))
            start += file.height
        else:
            places.append(pl.int_range(file.height, dtype=pl.Int64, eager=True))
    return places


def _between_files(
    feed: Feed, files: Sequence[KeptRows], offsets: np.ndarray, kept: KeptFiles
) -> tuple[pl.Series, list[dict[str, int]]]:
    """`read_order` of the rows that are not the last of their key, and what each file's rows did to earlier ones."""
    none = pl.Series([], dtype=pl.Int64)
    scans = [
        (number, pl.scan_parquet(kept.folder / kept.file(file.key, kind)))
        for number, file in enumerate(files)
        for kind in ((ROWS, AGAIN) if file.has_again else (ROWS,))
    ]
    if len(scans) < 2:
        return none, [{} for _ in files]
    hashes = pl.concat(pl.collect_all([scan.select(KEY_HASH) for _, scan in scans]))[KEY_HASH]
    suspects = hashes.filter(hashes.is_duplicated()).unique()
    if suspects.is_empty():
        return none, [{} for _ in files]
    taken = [
        scan.filter(pl.col(KEY_HASH).is_in(suspects.implode())).with_columns(
            (pl.col(PLACE).cast(pl.Int64) + int(offsets[number])).alias("read_order")
        )
        for number, scan in scans
    ]
    rows = pl.concat(pl.collect_all(taken))
    again = rows_read_again(feed, rows, rows[KEY_HASH])
    file_of = np.searchsorted(offsets[1:], again.outcome["read_order"].to_numpy(), side="right")
    outcomes = []
    for number in range(len(files)):
        mine = again.outcome.filter(pl.Series(file_of == number))["outcome"]
        outcomes.append({word: int((mine == word).sum()) for word in ("repeated", "corrected")})
    return again.superseded, outcomes
