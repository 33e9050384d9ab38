"""Are extracts that are kept many in one file the same rows, and kept so by the next build?"""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

from analysis.store.kept import KeptFiles

KIND = "rows"


def keep(folder: Path, keys: list[str], *, earlier: list[Path] | None = None) -> tuple[KeptFiles, list[str]]:
    """A build's folder with an extract of two rows under each key."""
    folder.mkdir()
    kept = KeptFiles(folder, earlier or [])
    for key in keys:
        if kept.facts(key) is None:
            kept.keep(key, {KIND: pl.DataFrame({"text": [key, f"{key} again"]})}, {})
    return kept, [kept.file(key, KIND) for key in keys]


def rows(folder: Path, files: tuple[str, ...]) -> list[str]:
    return pl.concat([pl.read_parquet(folder / file) for file in files])["text"].to_list()


def expected(keys: list[str]) -> list[str]:
    return [text for key in keys for text in (key, f"{key} again")]


def names(count: int) -> list[str]:
    return [f"k{number}" for number in range(count)]


@pytest.mark.parametrize("count", [1, 31, 32, 33, 70])
def test_joined_extracts_hold_the_same_rows_in_the_same_order(tmp_path: Path, count: int) -> None:
    kept, files = keep(tmp_path / "a", names(count))
    assert rows(kept.folder, kept.joined(names(count), files, KIND)) == expected(names(count))


def test_two_years_of_weekly_extracts_are_a_dozen_files(tmp_path: Path) -> None:
    kept, files = keep(tmp_path / "a", names(104))
    assert len(kept.joined(names(104), files, KIND)) == 3 + 8


def test_an_extract_of_this_build_alone_leaves_its_run_in_single_files(tmp_path: Path) -> None:
    kept, files = keep(tmp_path / "a", names(64))
    keys: list[str | None] = [*names(64)]
    keys[5] = None
    found = kept.joined(keys, files, KIND)
    assert (len(found), rows(kept.folder, found)) == (33, expected(names(64)))


def test_the_next_build_takes_what_was_joined(tmp_path: Path) -> None:
    before, files = keep(tmp_path / "a", names(32))
    (joined,) = before.joined(names(32), files, KIND)
    after, more = keep(tmp_path / "b", names(33), earlier=[before.folder])
    found = after.joined(names(33), more, KIND)
    assert found[0] == joined and (after.folder / joined).samefile(before.folder / joined)


def test_another_extract_in_its_place_is_joined_anew(tmp_path: Path) -> None:
    before, files = keep(tmp_path / "a", names(32))
    before.joined(names(32), files, KIND)
    keys = ["other", *names(32)[1:]]
    after, others = keep(tmp_path / "b", keys, earlier=[before.folder])
    assert rows(after.folder, after.joined(keys, others, KIND)) == expected(keys)
