from __future__ import annotations

import hashlib
import tomllib
from pathlib import Path

import polars as pl
import pytest

from analysis.contracts.feeds import FEEDS
from dashboard.sample.errors import SampleError
from dashboard.sample.files import LargeFeeds
from dashboard.sample.write import write_sample
from tests.dashboard.sample.conftest import COMMITTED, SMALL, Extracts, read_workbook

MEGABYTE = 1_000_000


def hashes(folder: Path) -> dict[str, str]:
    return {
        str(file.relative_to(folder)): hashlib.sha256(file.read_bytes()).hexdigest()
        for file in sorted(folder.rglob("*"))
        if file.is_file()
    }


def header(file: Path) -> list[str]:
    if file.suffix == ".xlsx":
        return read_workbook(file).columns
    return pl.read_parquet(file).columns if file.suffix == ".parquet" else pl.read_csv(file, n_rows=0).columns


def test_the_same_seed_writes_the_same_bytes(small: Path, tmp_path: Path) -> None:
    write_sample(tmp_path, incidents=SMALL)
    assert hashes(tmp_path) == hashes(small)


def test_another_seed_writes_another_force(small: Path, tmp_path: Path) -> None:
    write_sample(tmp_path, incidents=SMALL, seed=7)
    same = {name for name, digest in hashes(tmp_path).items() if hashes(small)[name] == digest}
    assert same == {"sources.toml", "harm_invented.csv"}


def test_the_committed_sample_is_what_the_command_writes(tmp_path: Path) -> None:
    write_sample(tmp_path)
    written = {name for name in hashes(tmp_path) if not name.endswith(".parquet")}
    ours, theirs = hashes(tmp_path), hashes(COMMITTED)
    assert {name for name in written if ours[name] != theirs.get(name)} == set()
    for name in set(ours) - written:
        assert pl.read_parquet(tmp_path / name).equals(pl.read_parquet(COMMITTED / name)), name


def test_no_committed_file_is_over_four_megabytes_and_all_are_under_fifteen() -> None:
    sizes = [file.stat().st_size for file in COMMITTED.rglob("*") if file.is_file()]
    assert max(sizes) <= 4 * MEGABYTE
    assert sum(sizes) < 15 * MEGABYTE


@pytest.mark.parametrize("form", list(LargeFeeds))
def test_the_mapping_names_only_columns_that_the_contract_and_the_files_have(tmp_path: Path, form: LargeFeeds) -> None:
    write_sample(tmp_path, incidents=300, large_feeds=form)
    sources = tomllib.loads((tmp_path / "sources.toml").read_text())
    assert {feed["table"] for feed in sources["feed"]} == set(FEEDS)
    for feed in sources["feed"]:
        contract = FEEDS[feed["table"]]
        files = [file for pattern in feed["files"] for file in tmp_path.glob(pattern)]
        assert files, feed["files"]
        for file in files:
            there = header(file)
            mapped = {
                theirs
                for given in feed.get("columns", {}).values()
                for theirs in (given if isinstance(given, list) else [given])
            }
            reached = set(feed.get("columns", {})) | (set(there) & contract.names) | set(feed.get("constants", {}))
            assert mapped <= set(there)
            assert reached <= contract.names
            assert set(contract.required) <= reached
            assert not contract.any_of or reached & set(contract.any_of)


def test_every_value_of_a_choice_is_the_contracts_or_in_the_value_map(tmp_path: Path) -> None:
    write_sample(tmp_path, incidents=2_000, large_feeds=LargeFeeds.CSV)
    sources = tomllib.loads((tmp_path / "sources.toml").read_text())
    for feed in sources["feed"]:
        files = [file for pattern in feed["files"] for file in tmp_path.glob(pattern) if file.suffix == ".csv"]
        for column in FEEDS[feed["table"]].columns:
            if not column.choices or column.name in feed.get("constants", {}):
                continue
            theirs = feed.get("columns", {}).get(column.name, column.name)
            known = set(column.choices) | set(feed.get("values", {}).get(column.name, {}))
            for file in files:
                rows = pl.read_csv(file, infer_schema=False, truncate_ragged_lines=True)
                if theirs in rows.columns:
                    assert set(rows[theirs].drop_nulls()) - known <= {"P9"}, (file.name, column.name)


def test_every_log_asked_for_is_there_beside_the_bad_rows(committed: Extracts) -> None:
    assert len(committed.incidents) == 40_000
    assert set(committed.incidents["incident_id"]) == set(committed.callers["incident_id"])


def test_too_few_incidents_are_refused_with_the_mend(tmp_path: Path) -> None:
    with pytest.raises(SampleError, match="Ask for 200 or more"):
        write_sample(tmp_path, incidents=50)


def test_a_folder_that_cannot_be_made_is_refused_with_the_mend(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(SampleError, match="Choose another --out"):
        write_sample(tmp_path / "file" / "sample", incidents=300)
