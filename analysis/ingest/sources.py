"""What does a force's `sources.toml` say: which files fill which feeds, by which mapping?"""

from __future__ import annotations

import hashlib
import json
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from analysis.contracts.feeds import FEEDS
from analysis.errors import SourcesError

_FEED_ENTRIES = {"table", "files", "datetime_format", "crs", "columns", "values", "constants", "sheet"}
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
        raise SourcesError(f"{file.name}: not valid TOML: {error}. Mend that line.") from error
    feeds = tuple(_feed(file, number, entry) for number, entry in enumerate(_tables(file, raw, "feed"), start=1))
    if not any(feed.table == "incidents" for feed in feeds):
        raise SourcesError(f'{file.name}: no [[feed]] has table = "incidents". Add the command-and-control log.')
    boundaries = raw.get("boundaries", {})
    if unknown := set(boundaries) - {"ward", "neighbourhood"}:
        raise SourcesError(f"{file.name}: [boundaries] knows ward and neighbourhood, not {', '.join(sorted(unknown))}.")
    return Sources(
        file=file,
        force=_force(file, raw.get("force", {})),
        feeds=feeds,
        wards=tuple(_boundary(file, "ward", entry) for entry in _tables(file, boundaries, "ward")),
        neighbourhoods=tuple(
            _boundary(file, "neighbourhood", entry) for entry in _tables(file, boundaries, "neighbourhood")
        ),
        harm=_harm(file, raw["harm"]) if "harm" in raw else None,
    )


def _tables(file: Path, raw: Mapping[str, Any], name: str) -> list[dict[str, Any]]:
    entries = raw.get(name, [])
    entries = [entries] if isinstance(entries, dict) else entries
    if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
        raise SourcesError(f"{file.name}: {name} is not a table. Write [[{name}]] with its entries below.")
    return entries


def _force(file: Path, raw: Mapping[str, Any]) -> Force:
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
    if table not in FEEDS:
        raise SourcesError(f"{where}: table is not one of {', '.join(FEEDS)}. Name the feed these files fill.")
    where = f"{where} ({table})"
    if unknown := set(raw) - _FEED_ENTRIES:
        raise SourcesError(
            f"{where}: unknown entry {', '.join(sorted(unknown))}. Known: {', '.join(sorted(_FEED_ENTRIES))}."
        )
    files = _texts(raw.get("files", ()))
    if not files:
        raise SourcesError(f'{where}: no files. Add files = ["…"], relative to {file.name}.')
    columns = {name: _texts(supplier) for name, supplier in raw.get("columns", {}).items()}
    constants = dict(raw.get("constants", {}))
    for entry, names in (("columns", columns), ("values", raw.get("values", {})), ("constants", constants)):
        if unknown := set(names) - FEEDS[table].names:
            raise SourcesError(
                f"{where}: [feed.{entry}] names {', '.join(sorted(unknown))}, which the feed does not have. "
                f"It has {', '.join(sorted(FEEDS[table].names))}."
            )
    if both := set(columns) & set(constants):
        raise SourcesError(f"{where}: {', '.join(sorted(both))} is both a column and a constant. Keep one.")
    return FeedSource(
        table=table,
        files=files,
        datetime_formats=_texts(raw.get("datetime_format", ())),
        crs=raw.get("crs"),
        sheet=raw.get("sheet"),
        columns=columns,
        values={name: dict(mapping) for name, mapping in raw.get("values", {}).items()},
        constants=constants,
    )


def _boundary(file: Path, kind: str, raw: Mapping[str, Any]) -> BoundarySource:
    where = f"{file.name}: [boundaries.{kind}]"
    if unknown := set(raw) - _BOUNDARY_ENTRIES:
        raise SourcesError(f"{where}: unknown entry {', '.join(sorted(unknown))}.")
    for entry in ("file", "code", "name"):
        if not isinstance(raw.get(entry), str):
            raise SourcesError(f'{where}: {entry} is missing. Add {entry} = "…".')
    return BoundarySource(
        file=file.parent / raw["file"],
        code=raw["code"],
        name=raw["name"],
        sector=raw.get("sector"),
        population=raw.get("population"),
        valid_from=_day(where, raw.get("valid_from")),
    )


def _day(where: str, value: object) -> date | None:
    if value is None or isinstance(value, date):
        return value
    try:
        return date.fromisoformat(str(value))
    except ValueError as error:
        raise SourcesError(f"{where}: valid_from is not a date. Write it as 2018-05-03.") from error


def _harm(file: Path, raw: Mapping[str, Any]) -> HarmSource:
    if not isinstance(raw.get("file"), str):
        raise SourcesError(f'{file.name}: [harm] file is missing. Add file = "harm.csv" (offence_code, days).')
    return HarmSource(file=file.parent / raw["file"], source=str(raw.get("source", "")), year=raw.get("year"))


def _texts(value: object) -> tuple[str, ...]:
    if isinstance(value, str):
        return (value,)
    return tuple(str(item) for item in value) if isinstance(value, list | tuple) else ()
