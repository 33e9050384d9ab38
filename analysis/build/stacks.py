"""How do the columns read from the extracts and those worked out lie beside each other in a stored table?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import polars as pl

from analysis.build.placed import PLACED_COLUMNS, Placed
from analysis.ingest import FeedRows
from analysis.ingest.kept_rows import stored_schema
from analysis.store import BuildWriter
from analysis.store.layout import Layout, Stack

AS_LOGGED = {
    "neighbourhood_code": "neighbourhood_code_logged",
    "is_domestic": "is_domestic_logged",
    "caller_phone": "caller_phone_logged",
}
"""Columns of the log of which the build holds its own."""


def lay_feed(writer: BuildWriter, rows: FeedRows, worked_out: pl.DataFrame | None = None) -> None:
    """A feed as read, its `read_order` and what was worked out of each row."""
    own = rows.read_order.to_frame()
    own = own if worked_out is None else pl.concat([own, worked_out], how="horizontal")
    read = list(stored_schema(rows.table))
    if not rows.files:
        writer.write(rows.table, pl.concat([rows.frame(read), own], how="horizontal"))
        return
    writer.write(rows.table, own)
    stacks = (_own(rows.table, own.columns), Stack(rows.files, {name: name for name in read}))
    writer.lay(rows.table, Layout(stacks, (*read, *own.columns)))


def lay_incidents(writer: BuildWriter, rows: FeedRows, own: pl.DataFrame, placed: Placed, order: Sequence[str]) -> None:
    """The logs: what was worked out of all of them together, as read, and where each lies.

    Args:
        own: may hold columns of the log too, so that a question that asks for no others opens one file.
        order: columns of the table behind those of the log.
    """
    assert rows.files, "a build has logs"
    read = {AS_LOGGED.get(name, name): name for name in stored_schema(rows.table)}
    columns = (*read, "read_order", *order)
    writer.write(rows.table, own)
    stacks = (
        _own(rows.table, own.columns),
        Stack(rows.files, {name: written for name, written in read.items() if name not in own.columns}),
        Stack(placed.files, {name: name for name in PLACED_COLUMNS}),
    )
    writer.lay(rows.table, Layout(stacks, columns))


def lay_under_one_another(writer: BuildWriter, name: str, files: Mapping[str, int], columns: Sequence[str]) -> None:
    """A table of several files; `files` gives the rows of each."""
    writer.heights[name] = sum(files.values())
    writer.lay(name, Layout((Stack(tuple(files), {column: column for column in columns}),), tuple(columns)))


def _own(table: str, columns: Sequence[str]) -> Stack:
    return Stack((f"{table}.parquet",), {name: name for name in columns})
