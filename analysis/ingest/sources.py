"""What does a force's `sources.toml` say: which files fill which feeds, by which mapping?"""

from __future__ import annotations

import hashlib
import json
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from analysis.contracts.feeds import FEEDS, FeedColumn
from analysis.errors import SourcesError
from analysis.ingest.values import mapped_text, meaning_of

_ENTRIES = {"force", "feed", "boundaries", "harm"}
_FORCE_ENTRIES = {"name", "timezone", "synthetic"}
_FEED_ENTRIES = {"table", "files", "datetime_format", "crs", "columns", "values", "constants", "sheet"}
_HARM_ENTRIES = {"file", "source", "year"}
_SLIPS = {
    "Cannot overwrite": "Mend that line; is each feed above it headed [[feed]], in two brackets?",
    "Unescaped '\\'": "In a path write / in place of \\.",
    "Invalid value": "Mend that line; a text stands in straight quotation marks.",
}
"""What a parser's words often mean in such a file."""
_BOUNDARY_ENTRIES = {"file", "code", "name", "sector", "population", "valid_from"}


@dataclass(frozen=True)
class Force:
    """Whose extracts these are. `timezone` is that of times without an offset."""

    name: str
    timezone: str
    is_synthetic: bool


@dataclass(frozen=True)
class FeedSource:
    """One `[[feed]]`: files, and how their columns and values become the contract's."""

    table: str
    files: tuple[str, ...]
    datetime_formats: tuple[str, ...] = ()
    crs: str | None = None
    sheet: str | None = None
    columns: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    values: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    constants: Mapping[str, Any] = field(default_factory=dict)

    def fingerprint(self) -> str:
        """The same for the same mapping; part of the build id."""
        return self._fingerprint

    @cached_property
    def _fingerprint(self) -> str:
        parts: list[Any] = [self.table, self.files, self.datetime_formats, self.crs, self.sheet]
        parts += [dict(self.columns), {name: dict(map_) for name, map_ in self.values.items()}, dict(self.constants)]
        return hashlib.sha256(json.dumps(parts, sort_keys=True, default=str).encode()).hexdigest()


@dataclass(frozen=True)
class BoundarySource:
    """One boundary file; `valid_from` is the first day of a ward vintage."""

    file: Path
    code: str
    name: str
    sector: str | None = None
    population: str | None = None
    valid_from: date | None = None


@dataclass(frozen=True)
class HarmSource:
    """The table of days per offence code, and where it comes from."""

    file: Path
    source: str
    year: int | None


@dataclass(frozen=True)
class Sources:
    """Everything a build reads."""

    file: Path
    force: Force
    feeds: tuple[FeedSource, ...]
    wards: tuple[BoundarySource, ...] = ()
    neighbourhoods: tuple[BoundarySource, ...] = ()
    harm: HarmSource | None = None

    @property
    def folder(self) -> Path:
        return self.file.parent


def read_sources(file: Path) -> Sources:
    """Read `sources.toml`.

    Raises:
        SourcesError: the file cannot be read, or an entry is missing or unknown; the message names the mend.
    """
    try:
        raw = tomllib.loads(file.read_text(encoding="utf-8-sig"))
    except FileNotFoundError as error:
        raise SourcesError(f"{file}: no such file. Name the sources.toml that lists the force's extracts.") from error
    except (OSError, UnicodeDecodeError) as error:
        raise SourcesError(f"{file.name}: cannot be read. Save it as UTF-8 text and try again.") from error
    except tomllib.TOMLDecodeError as error:
        hint = next((mend for words, mend in _SLIPS.items() if words in str(error)), "Mend that line.")
        raise SourcesError(f"{file.name}: not valid TOML: {error}. {hint}") from error
    _known(file.name, raw, _ENTRIES)
    feeds = tuple(_feed(file, number, entry) for number, entry in enumerate(_tables(file, raw, "feed"), start=1))
    if not any(feed.table == "incidents" for feed in feeds):
        raise SourcesError(f'{file.name}: no [[feed]] has table = "incidents". Add the command-and-control log.')
    boundaries = _table(f"{file.name}:", raw, "boundaries")
    if unknown := set(boundaries) - {"ward", "neighbourhood"}:
        raise SourcesError(f"{file.name}: [boundaries] knows ward and neighbourhood, not {', '.join(sorted(unknown))}.")
    return Sources(
        file=file,
        force=_force(file, _table(f"{file.name}:", raw, "force")),
        feeds=feeds,
        wards=_vintages(file, "ward", boundaries),
        neighbourhoods=_vintages(file, "neighbourhood", boundaries),
        harm=_harm(file, _table(f"{file.name}:", raw, "harm")) if "harm" in raw else None,
    )


def _tables(file: Path, raw: Mapping[str, Any], name: str) -> list[dict[str, Any]]:
    entries = raw.get(name, [])
    entries = [entries] if isinstance(entries, dict) else entries
    if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
        raise SourcesError(f"{file.name}: {name} is not a table. Write [[{name}]] with its entries below.")
    return entries


def _known(where: str, raw: Mapping[str, Any], entries: set[str]) -> None:
    """Refuse what nothing would read: a slip of the pen must not silently leave a map or the harm table out."""
    if unknown := set(raw) - entries:
        raise SourcesError(f"{where}: unknown entry {', '.join(sorted(unknown))}. Known: {', '.join(sorted(entries))}.")


def _table(where: str, raw: Mapping[str, Any], name: str, *, under: str = "") -> dict[str, Any]:
    found = raw.get(name, {})
    if not isinstance(found, dict):
        raise SourcesError(f"{where} {name} is not a table. Write [{under}{name}] and its entries below, one a line.")
    return found


def _text(where: str, raw: Mapping[str, Any], name: str, example: str) -> str | None:
    value = raw.get(name)
    if value is not None and not isinstance(value, str):
        raise SourcesError(f'{where}: {name} is not text in quotation marks. Write it as {name} = "{example}".')
    return value


def _force(file: Path, raw: Mapping[str, Any]) -> Force:
    _known(f"{file.name}: [force]", raw, _FORCE_ENTRIES)
    timezone = str(raw.get("timezone", "Europe/London"))
    try:
        ZoneInfo(timezone)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise SourcesError(
            f'{file.name}: [force] timezone is not a known time zone. Write one such as "Europe/London".'
        ) from error
    synthetic = raw.get("synthetic", False)
    if not isinstance(synthetic, bool):
        raise SourcesError(f"{file.name}: [force] synthetic is true or false, without quotation marks.")
    return Force(name=str(raw.get("name", "Unnamed force")), timezone=timezone, is_synthetic=synthetic)


def _feed(file: Path, number: int, raw: Mapping[str, Any]) -> FeedSource:
    table = raw.get("table")
    where = f"{file.name}: [[feed]] {number}"
    if not isinstance(table, str) or table not in FEEDS:
        raise SourcesError(f"{where}: table is not one of {', '.join(FEEDS)}. Name the feed these files fill.")
    where = f"{where} ({table})"
    _known(where, raw, _FEED_ENTRIES)
    if not raw.get("files"):
        raise SourcesError(f'{where}: no files. Add files = ["…"], relative to {file.name}.')
    columns = {
        name: _texts(f"{where}: [feed.columns]", name, supplier)
        for name, supplier in _table(f"{where}:", raw, "columns", under="feed.").items()
    }
    values = _table(f"{where}:", raw, "values", under="feed.")
    constants = _table(f"{where}:", raw, "constants", under="feed.")
    for entry, names in (("columns", columns), ("values", values), ("constants", constants)):
        if unknown := set(names) - FEEDS[table].names:
            raise SourcesError(
                f"{where}: [feed.{entry}] names {', '.join(sorted(unknown))}, which the feed does not have. "
                f"It has {', '.join(sorted(FEEDS[table].names))}."
            )
    if both := set(columns) & set(constants):
        raise SourcesError(f"{where}: {', '.join(sorted(both))} is both a column and a constant. Keep one.")
    return FeedSource(
        table=table,
        files=_texts(where, "files", raw["files"]),
        datetime_formats=_formats(where, raw),
        crs=_text(where, raw, "crs", "EPSG:27700"),
        sheet=_text(where, raw, "sheet", "Sheet1"),
        columns=columns,
        values={name: _value_map(f"{where}: [feed.values]", values, FEEDS[table].column(name)) for name in values},
        constants=dict(constants),
    )


def _formats(where: str, raw: Mapping[str, Any]) -> tuple[str, ...]:
    given = raw.get("datetime_format")
    formats = () if given in (None, [], "") else _texts(where, "datetime_format", given)
    if any("%" not in one for one in formats):
        raise SourcesError(
            f'{where}: datetime_format is written with signs such as "%d/%m/%Y %H:%M:%S" for 31/12/2013 23:59:00.'
        )
    return formats


def _value_map(where: str, values: Mapping[str, Any], column: FeedColumn) -> dict[str, Any]:
    name = column.name
    meanings = _table(where, values, name, under="feed.values.")
    if many := [supplier for supplier, value in meanings.items() if isinstance(value, dict | list)]:
        raise SourcesError(f"{where} {name}: {', '.join(many)} has not one meaning. Write one value of the contract.")
    meaning = meaning_of(column)
    for supplier, value in meanings.items():
        text = mapped_text(value)
        if meaning and text and meaning(text) is None:
            raise SourcesError(
                f'{where} {name}: "{supplier}" is mapped to "{text}", which the contract does not have. '
                f'It has {", ".join(column.choices or ("true", "false"))}; write "" for no value.'
            )
    return dict(meanings)


def _vintages(file: Path, kind: str, boundaries: Mapping[str, Any]) -> tuple[BoundarySource, ...]:
    vintages = tuple(_boundary(file, kind, entry) for entry in _tables(file, boundaries, kind))
    if len({vintage.valid_from for vintage in vintages}) < len(vintages):
        raise SourcesError(
            f"{file.name}: [boundaries.{kind}]: two vintages begin on one day, or two have no valid_from. "
            f"Give each its own day."
        )
    return vintages


def _boundary(file: Path, kind: str, raw: Mapping[str, Any]) -> BoundarySource:
    where = f"{file.name}: [boundaries.{kind}]"
    _known(where, raw, _BOUNDARY_ENTRIES)
    for entry in ("file", "code", "name"):
        if not isinstance(raw.get(entry), str):
            raise SourcesError(f'{where}: {entry} is missing. Add {entry} = "…".')
    return BoundarySource(
        file=file.parent / raw["file"],
        code=raw["code"],
        name=raw["name"],
        sector=_text(where, raw, "sector", "…"),
        population=_text(where, raw, "population", "…"),
        valid_from=_day(where, raw.get("valid_from")),
    )


def _day(where: str, value: object) -> date | None:
    if isinstance(value, datetime):
        return value.date()
    if value is None or isinstance(value, date):
        return value
    try:
        return date.fromisoformat(str(value))
    except ValueError as error:
        raise SourcesError(f"{where}: valid_from is not a date. Write it as 2018-05-03.") from error


def _harm(file: Path, raw: Mapping[str, Any]) -> HarmSource:
    where = f"{file.name}: [harm]"
    _known(where, raw, _HARM_ENTRIES)
    if not isinstance(raw.get("file"), str):
        raise SourcesError(f'{where} file is missing. Add file = "harm.csv" (offence_code, days).')
    year = raw.get("year")
    if year is not None and type(year) is not int:
        raise SourcesError(f"{where} year is a number. Write it as year = 2020, without quotation marks.")
    return HarmSource(file=file.parent / raw["file"], source=_text(where, raw, "source", "…") or "", year=year)


def _texts(where: str, name: str, value: object) -> tuple[str, ...]:
    """One text, or a list of at least one."""
    texts = value if isinstance(value, list) else [value]
    if not texts or not all(isinstance(item, str) and item for item in texts):
        raise SourcesError(f'{where}: {name} is not text in quotation marks. Write "…", or several as ["…", "…"].')
    return tuple(texts)
