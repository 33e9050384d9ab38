"""Is a damaged build told, by the name of its file and with what mends it?"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import polars as pl
import pytest

from analysis.errors import StoreError
from analysis.store import Build, BuildWriter, current_build, readable_current
from analysis.store.layout import Layout, Stack
from analysis.store.whole import whole

FRAME = pl.DataFrame({"group_id": ["L1", "L2"]})


@pytest.fixture
def build(tmp_path: Path) -> Build:
    """A build of a table that is one file of its name, and of one that is not."""
    with BuildWriter(tmp_path / "store", "b1") as writer:
        writer.write("groups", FRAME)
        writer.lay("logs", Layout((Stack((writer.write("read-1", FRAME),), {"group_id": "group_id"}),), ("group_id",)))
        return writer.finish({"sequence": 1, "rows": {"groups": 2, "logs": 2}})


def cut_short(file: Path) -> None:
    file.write_bytes(file.read_bytes()[:-1])


def written_over(file: Path) -> None:
    file.write_bytes(b"\0" * file.stat().st_size)


def emptied(file: Path) -> None:
    file.write_bytes(b"")


def test_a_build_as_it_was_written_is_whole(build: Build) -> None:
    assert whole(build) is build


@pytest.mark.parametrize("damage", [Path.unlink, cut_short, written_over, emptied])
@pytest.mark.parametrize("name", ["groups.parquet", "read-1.parquet"])
def test_a_file_that_is_not_whole_is_named_with_the_mend(
    damage: Callable[[Path], None], name: str, build: Build
) -> None:
    damage(build.path / name)
    with pytest.raises(StoreError, match=rf"b1/{name}: is missing or damaged\. Put back its folder"):
        whole(build)


@pytest.mark.parametrize("text", ["{", "[]", '{"logs": {}}', '{"logs": 1}'])
def test_a_torn_layout_is_named(text: str, build: Build) -> None:
    (build.path / "layout.json").write_text(text)
    with pytest.raises(StoreError, match=r"b1/layout\.json: cannot be read\. Put back its folder"):
        whole(build)


@pytest.mark.parametrize("text", ["{", "[]", ""])
def test_a_torn_manifest_is_named(text: str, build: Build) -> None:
    (build.path / "manifest.json").write_text(text)
    with pytest.raises(StoreError, match=r"b1/manifest\.json: cannot be read\. Put back its folder"):
        whole(build)


@pytest.mark.parametrize("text", ["{", "[]", "{}", '{"build_id": "gone"}', '{"build_id": "../b1"}'])
def test_what_names_no_build_is_told_to_be_built_again(text: str, build: Build) -> None:
    store = build.path.parent
    (store / "current.json").write_text(text)
    with pytest.raises(StoreError, match="Build again"):
        current_build(store)
    assert readable_current(store) is None
