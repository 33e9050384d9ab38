"""Which lists were published, with what settings and from which build? One file a week, never rewritten.

store/published/2013-12-02.json     the lists of the week before Monday 2 December, as they were shown
"""

from __future__ import annotations

import json
import os
from dataclasses import asdict, dataclass
from datetime import date, datetime
from pathlib import Path

import polars as pl

from analysis.errors import StoreError

_FOLDER = "published"
_ROWS = {
    "lens": pl.String,
    "area_code": pl.String,
    "position": pl.Int64,
    "rank": pl.Int64,
    "key_id": pl.String,
    "contacts": pl.Int64,
    "units": pl.Int64,
    "imputed_units": pl.Int64,
    "harm": pl.Float64,
}


@dataclass(frozen=True)
class PublishedSettings:
    """What the lists of a week were asked for."""

    weeks: int
    domestic_only: bool
    minimum_contacts: int
    length: int


@dataclass(frozen=True, eq=False)
class PublishedWeek:
    """The lists of one week as they were published.

    Attributes:
        as_of: the day the lists are made for.
        build_id, code_version, assumptions: what they were made from, by which code, by which judgements.
        rows: lens, area_code, position, rank, key_id, contacts, units and imputed_units (1/720720 of a millisecond;
            imputed null where the list is older than that column), harm (days).
    """

    as_of: date
    published_at: datetime
    build_id: str
    code_version: str
    assumptions: str
    settings: PublishedSettings
    rows: pl.DataFrame


def write_published(store: Path, week: PublishedWeek) -> Path:
    """Freeze the lists of a week; whole or not at all, and once.

    Raises:
        StoreError: the week has been published before, or the store cannot be written.
    """
    file = _file(store, week.as_of)
    content = asdict(week) | {"rows": week.rows.select(list(_ROWS)).to_dicts()}
    text = json.dumps(content, indent=1, default=str)
    draft = file.with_name(f".{file.name}.{os.getpid()}")
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o400)
        try:
            with os.fdopen(handle, "w", encoding="utf-8") as out:
                out.write(text)
                out.flush()
                os.fsync(out.fileno())
            # A link is made only where no file is: of two who publish at once the second is refused.
            os.link(draft, file)
        finally:
            draft.unlink()
    except FileExistsError as error:
        raise StoreError(
            f"{file}: the lists of this week are published and stay as they are. A correction is shown beside them."
        ) from error
    except OSError as error:
        raise StoreError(
            f"{store}: the lists cannot be published ({error.strerror}). Mend it and try again."
        ) from error
    return file


def read_published(store: Path, as_of: date) -> PublishedWeek | None:
    """The lists as published for that day; None where none were.

    Raises:
        StoreError: the file cannot be read.
    """
    file = _file(store, as_of)
    if not file.is_file():
        return None
    try:
        content = json.loads(file.read_text(encoding="utf-8"))
        return PublishedWeek(
            as_of=date.fromisoformat(content["as_of"]),
            published_at=datetime.fromisoformat(content["published_at"]),
            build_id=content["build_id"],
            code_version=content["code_version"],
            assumptions=content["assumptions"],
            settings=PublishedSettings(**content["settings"]),
            rows=pl.DataFrame(content["rows"], schema=_ROWS),
        )
    except (OSError, ValueError, KeyError, TypeError, pl.exceptions.PolarsError) as error:
        raise StoreError(f"{file}: cannot be read. Put back the file of your last backup of the store.") from error


def published_weeks(store: Path) -> list[date]:
    """The days for which lists were published, oldest first."""
    return sorted(date.fromisoformat(file.stem) for file in (store / _FOLDER).glob("[0-9]*.json"))


def _file(store: Path, as_of: date) -> Path:
    return store / _FOLDER / f"{as_of.isoformat()}.json"
