"""Logs, people and places with everything left out that a test does not speak of."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from functools import cache

import polars as pl

from analysis.assumptions import Assumptions, load
from analysis.contracts.feeds import FEEDS, Kind
from analysis.people import KnownIds, People, resolve_people

KEY = b"a key for tests, thirty-two byte"
_KINDS: dict[Kind, pl.DataType] = {
    Kind.TEXT: pl.String(),
    Kind.CHOICE: pl.String(),
    Kind.DATETIME: pl.Datetime("us", "UTC"),
    Kind.DATE: pl.Date(),
    Kind.NUMBER: pl.Float64(),
    Kind.COUNT: pl.Int64(),
    Kind.FLAG: pl.Boolean(),
}
_READ = {
    "source_file": pl.String(),
    "source_line": pl.Int64(),
    "read_order": pl.Int64(),
    "is_clock_changed": pl.Boolean(),
}
Row = dict[str, object]


def frame(table: str, rows: Iterable[Row]) -> pl.DataFrame:
    """A feed's table, each row in the order and on the line in which it is written here."""
    schema = {column.name: _KINDS[column.kind] for column in FEEDS[table].columns} | _READ
    read = {"source_file": f"{table}.csv", "is_clock_changed": False}
    return pl.DataFrame(
        [read | {"source_line": place + 2, "read_order": place} | row for place, row in enumerate(rows)], schema=schema
    )


def log(number: int, **caller: object) -> Row:
    """A log of day `number`; `name="…"` is its caller's name, and so on."""
    received = datetime(2024, 1, 1, 12, tzinfo=UTC) + timedelta(days=number)
    return {"incident_id": f"L{number:03d}", "received_at": received} | {
        f"caller_{column}": value for column, value in caller.items()
    }


def person(number: int, role: str, **said: object) -> Row:
    """A row of the people feed on the log of day `number`."""
    return {"incident_id": f"L{number:03d}", "role": role} | said


def born(text: str) -> date:
    return date.fromisoformat(text)


@cache
def standard() -> Assumptions:
    return load()


def assuming(**values: object) -> Assumptions:
    """The standard assumptions but for these values."""
    entries = (
        dataclasses.replace(entry, value=values[entry.name]) if entry.name in values else entry
        for entry in standard().entries
    )
    return Assumptions(tuple(entries))


def resolve(
    *logs: Row,
    people: Iterable[Row] = (),
    places: Iterable[Row] = (),
    known: KnownIds | None = None,
    key: bytes = KEY,
    assumptions: Assumptions | None = None,
    decisions: pl.DataFrame | None = None,
    numbers: pl.DataFrame | None = None,
) -> People:
    return resolve_people(
        frame("incidents", logs),
        frame("people", people),
        frame("places", places),
        assumptions=assumptions or standard(),
        key=key,
        known=known,
        decisions=decisions,
        numbers=numbers,
    )


def same(*logs: Row, **given: object) -> str:
    """Who rang: a letter for each caller in the order of first appearance, '-' for one in a pool."""
    resolved = resolve(*logs, **given)  # type: ignore[arg-type]
    return letters(resolved.records.filter(pl.col("role") == "caller")["person_id"].to_list())


def letters(ids: Iterable[str | None]) -> str:
    seen: dict[str, str] = {}
    return "".join("-" if one is None else seen.setdefault(one, chr(ord("A") + len(seen))) for one in ids)


def pools(*logs: Row, **given: object) -> list[str | None]:
    """The pool of each caller record."""
    resolved = resolve(*logs, **given)  # type: ignore[arg-type]
    return resolved.records.filter(pl.col("role") == "caller")["pool"].to_list()
