"""Which rows does one feed have in all its files, and which of them repeat or correct others?

The rows of each file are kept in the store as they were read; here they are only told apart by their keys. A file's
own repetitions were set aside when it was read, so what is left to find is rows of one key in two files.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
import polars as pl
from numpy.typing import NDArray

from analysis.contracts.feeds import FEEDS, Feed
from analysis.ingest.feed_file import NUMBER, FilesRead
from analysis.ingest.keys import key_hashes, read_twice, rows_read_again
from analysis.ingest.values import DTYPES, never
from analysis.store.kept import KeptFiles

ROWS, AGAIN, REJECTS = "rows", "again", "rejects"
Places: TypeAlias = NDArray[np.int64]

KEY_HASH, PLACE = "key_hash", "place"
_ROW = "row"


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
        files: names in the folder of the build, in the order read; each may hold many extracts.
        extracts: names of the files of one extract each, of the same rows in the same order.
        keys: for each of these the key of the extract it was read from; None where rows were taken out for this build.
        read_order: of every row, in the order of the files: unique within the feed.
        heights: rows of each extract.
    """

    table: str
    kept: KeptFiles
    files: tuple[str, ...]
    extracts: tuple[str, ...]
    keys: tuple[str | None, ...]
    heights: tuple[int, ...]
    read_order: pl.Series

    def frame(self, columns: Sequence[str] | None = None, *, of_extract: int | None = None) -> pl.DataFrame:
        """Some columns or all of them (`read_order` too), of every extract or of one by its place."""
        schema = stored_schema(self.table)
        wanted = [*schema, "read_order"] if columns is None else list(columns)
        files = self.files if of_extract is None else self.extracts[of_extract : of_extract + 1]
        stored = [name for name in wanted if name != "read_order"]
        if files:
            rows = pl.scan_parquet([self.kept.folder / file for file in files], glob=False).select(stored).collect()
        else:
            rows = pl.DataFrame(schema={name: schema[name] for name in stored})
        if "read_order" not in wanted:
            return rows
        assert of_extract is None, "the order is that of the whole feed"
        return rows.with_columns(self.read_order).select(wanted)


def keep_rows(keys: Sequence[str], table: str, read: FilesRead, kept: KeptFiles) -> None:
    """Keep each file's rows; those a later row of the file supersedes are set aside, to be counted with every build.

    Args:
        keys: of the files, in their order.
    """
    hashes = key_hashes(FEEDS[table], read.rows)
    rows = pl.DataFrame([read.rows[name].cast(dtype) for name, dtype in stored_schema(table).items()])
    rows = rows.with_columns(hashes.alias(KEY_HASH), _places_among_accepted(read))
    start = 0
    for number, (key, height) in enumerate(zip(keys, read.heights, strict=True)):
        of_file, is_accepted = rows.slice(start, height), read.is_accepted.slice(start, height)
        is_again = _is_again(FEEDS[table], of_file, is_accepted)
        is_kept = is_accepted & ~is_again
        frames = {ROWS: of_file.lazy() if is_kept.all() else of_file.lazy().filter(is_kept)}
        if is_again.any():
            frames[AGAIN] = of_file.lazy().filter(is_again)
        rejects = read.rejects.filter(pl.col(NUMBER) == number).drop(NUMBER)
        if rejects.height:
            frames[REJECTS] = rejects.lazy()
        accepted = int(is_accepted.sum())
        facts = {
            "accepted": accepted,
            "height": int(is_kept.sum()),
            "has_again": AGAIN in frames,
            "has_rejects": REJECTS in frames,
            "read": height + read.misshapen[number],
            "refused": height - accepted + read.misshapen[number],
            "absent": read.absent,
            "empty": [
                name for name in read.given if accepted and not (is_accepted & of_file[name].is_not_null()).any()
            ],
            "given": read.given,
        }
        kept.keep(key, frames, facts)
        start += height


def _places_among_accepted(read: FilesRead) -> pl.Series:
    """For each row, how many rows of its file were accepted before it."""
    before = np.append(0, np.cumsum(read.is_accepted.to_numpy()))
    starts = np.cumsum(read.heights) - read.heights
    return pl.Series(PLACE, (before[:-1] - np.repeat(before[starts], read.heights)).astype(np.uint32))


def _is_again(feed: Feed, rows: pl.DataFrame, is_accepted: pl.Series) -> pl.Series:
    """Which of a file's rows are superseded by a later one of the file."""
    hashes, places = rows[KEY_HASH], rows[PLACE]
    twice = read_twice(hashes.filter(is_accepted))
    if twice.is_empty():
        return never(rows.height)
    is_suspect = hashes.is_in(twice.implode()) & is_accepted
    again = rows_read_again(feed, rows.filter(is_suspect).with_columns(read_order=PLACE)).superseded
    return is_suspect & places.is_in(again.implode())


def feed_rows(table: str, files: Sequence[KeptRows], kept: KeptFiles) -> tuple[FeedRows, list[dict[str, int]]]:
    """The last row of each key over all files, and for each file how many of its rows repeat or correct one."""
    feed = FEEDS[table]
    offsets = np.cumsum([0, *(file.accepted for file in files)])
    superseded, outcomes = _between_files(feed, files, offsets, kept)
    orders = [place + int(offset) for place, offset in zip(_places(files, kept), offsets[:-1], strict=True)]
    names = [kept.file(file.key, ROWS) for file in files]
    keys: list[str | None] = [file.key for file in files]
    heights = [file.height for file in files]
    # Superseded rows may also be among those a file set aside itself; those are not taken out again.
    for number in np.unique(_file_of(superseded, offsets)).tolist():
        is_gone = np.isin(orders[number], superseded.to_numpy())
        if is_gone.any():
            rows = pl.read_parquet(kept.folder / names[number]).filter(~pl.Series(is_gone))
            orders[number], heights[number] = orders[number][~is_gone], rows.height
            names[number], keys[number] = kept.keep_here(f"{table}.{number}", rows), None
    read_order = pl.Series("read_order", np.concatenate([np.empty(0, dtype=np.int64), *orders]))
    files_read = kept.joined(keys, names, ROWS)
    return FeedRows(table, kept, files_read, tuple(names), tuple(keys), tuple(heights), read_order), outcomes


def _file_of(read_order: pl.Series, offsets: Places) -> Places:
    """In which file each row was read."""
    return np.searchsorted(offsets[1:], read_order.to_numpy(), side="right")


def _places(files: Sequence[KeptRows], kept: KeptFiles) -> list[Places]:
    """Where each row stands among the accepted rows of its file; only files with repetitions need be asked."""
    asked = [kept.folder / kept.file(file.key, ROWS) for file in files if file.has_again]
    found = pl.scan_parquet(asked, glob=False).select(pl.col(PLACE).cast(pl.Int64)).collect()[PLACE] if asked else None
    places: list[Places] = []
    start = 0
    for file in files:
        if file.has_again and found is not None:
            places.append(found.slice(start, file.height).to_numpy())
            start += file.height
        else:
            places.append(np.arange(file.height))
    return places


def _every_row(files: Sequence[KeptRows], kept: KeptFiles) -> tuple[tuple[str, ...], Places]:
    """The files that hold every accepted row, those set aside last; and in which file of the feed each row was."""
    again = [number for number, file in enumerate(files) if file.has_again]
    rows = kept.joined([file.key for file in files], [kept.file(file.key, ROWS) for file in files], ROWS)
    aside = kept.joined(
        [files[number].key for number in again], [kept.file(files[number].key, AGAIN) for number in again], AGAIN
    )
    heights = [file.height for file in files] + [files[number].accepted - files[number].height for number in again]
    return (*rows, *aside), np.repeat([*range(len(files)), *again], heights)


def _between_files(
    feed: Feed, files: Sequence[KeptRows], offsets: Places, kept: KeptFiles
) -> tuple[pl.Series, list[dict[str, int]]]:
    """`read_order` of the rows that are not the last of their key, and what each file's rows did to earlier ones."""
    nothing = pl.Series([], dtype=pl.Int64), [{"repeated": 0, "corrected": 0} for _ in files]
    if len(files) < 2 and not any(file.has_again for file in files):
        return nothing
    every, file_of_row = _every_row(files, kept)
    stored = pl.scan_parquet([kept.folder / name for name in every], glob=False, row_index_name=_ROW)
    hashes = stored.select(KEY_HASH).collect()[KEY_HASH]
    suspects = read_twice(hashes)
    if suspects.is_empty():
        return nothing
    taken = stored.filter(pl.col(KEY_HASH).is_in(suspects.implode())).collect()
    offset_of = pl.Series(offsets[file_of_row[taken[_ROW].to_numpy()]])
    rows = taken.with_columns((pl.col(PLACE).cast(pl.Int64) + offset_of).alias("read_order"))
    again = rows_read_again(feed, rows)
    file_of = _file_of(again.outcome["read_order"], offsets)
    counted = {
        word: np.bincount(file_of[(again.outcome["outcome"] == word).to_numpy()], minlength=len(files)).tolist()
        for word in ("repeated", "corrected")
    }
    return again.superseded, [{word: counted[word][number] for word in counted} for number in range(len(files))]
