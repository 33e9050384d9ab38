"""Does a published week stay as it was, whatever comes later?"""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import polars as pl
import pytest

from analysis.errors import StoreError
from analysis.store import builds
from analysis.store.published import (
    PublishedSettings,
    PublishedWeek,
    published_weeks,
    read_published,
    write_published,
)

MONDAY = date(2013, 12, 2)


def week(as_of: date = MONDAY, contacts: int = 6) -> PublishedWeek:
    rows = pl.DataFrame(
        {
            "lens": ["contacts"],
            "area_code": ["N1"],
            "position": [1],
            "rank": [1],
            "key_id": ["P-AAAA"],
            "contacts": [contacts],
            "units": [720_720],
            "imputed_units": [0],
            "harm": [None],
        },
        schema_overrides={"harm": pl.Float64},
    )
    at = datetime(2013, 12, 2, 6, tzinfo=UTC)
    return PublishedWeek(as_of, at, "abc123", "code", "assumed", PublishedSettings(52, True, 2, 10), rows)


def test_what_is_published_is_read_again_as_it_was(tmp_path: Path) -> None:
    write_published(tmp_path, week())
    found = read_published(tmp_path, MONDAY)
    assert found is not None
    assert found.rows.equals(week().rows)
    assert (found.build_id, found.published_at, found.settings) == ("abc123", week().published_at, week().settings)


def test_a_published_week_is_never_rewritten(tmp_path: Path) -> None:
    file = write_published(tmp_path, week())
    before = file.read_bytes()
    with pytest.raises(StoreError, match="stay as they are"):
        write_published(tmp_path, week(contacts=7))
    assert file.read_bytes() == before


def test_a_refused_publication_leaves_nothing_behind(tmp_path: Path) -> None:
    write_published(tmp_path, week())
    with pytest.raises(StoreError):
        write_published(tmp_path, week())
    assert [file.name for file in (tmp_path / "published").iterdir()] == ["2013-12-02.json"]


def test_a_published_week_cannot_be_written_to(tmp_path: Path) -> None:
    assert write_published(tmp_path, week()).stat().st_mode & 0o222 == 0


def test_an_unpublished_week_is_none(tmp_path: Path) -> None:
    assert read_published(tmp_path, MONDAY) is None


def test_published_weeks_are_listed_oldest_first_and_are_no_builds(tmp_path: Path) -> None:
    for as_of in (MONDAY, date(2013, 11, 25)):
        write_published(tmp_path, week(as_of))
    assert (published_weeks(tmp_path), builds(tmp_path)) == ([date(2013, 11, 25), MONDAY], [])


@pytest.mark.parametrize("text", ["", "{}", '{"as_of": "2013-12-02"}'])
def test_a_damaged_file_names_the_mend(tmp_path: Path, text: str) -> None:
    (tmp_path / "published").mkdir()
    (tmp_path / "published" / "2013-12-02.json").write_text(text)
    with pytest.raises(StoreError, match="backup"):
        read_published(tmp_path, MONDAY)
