"""Does what a build puts aside come back, and leave nothing behind?"""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

from analysis.errors import StoreError
from analysis.store import BuildWriter

FRAME = pl.DataFrame({"group_id": ["L1", "L2", None], "officer_units": [3, 2**62, None]})


def test_what_was_put_aside_comes_back_the_same(tmp_path: Path) -> None:
    with BuildWriter(tmp_path / "store", "b1") as writer:
        writer.put_aside("logs", FRAME)
        assert writer.take_back("logs").equals(FRAME)


def test_a_finished_build_holds_nothing_that_was_put_aside(tmp_path: Path) -> None:
    with BuildWriter(tmp_path / "store", "b1") as writer:
        writer.write("logs", FRAME)
        writer.put_aside("aside", FRAME)
        writer.take_back("aside")
        build = writer.finish({"sequence": 1})
    assert sorted(file.name for file in build.path.glob("l*")) == ["layout.json", "logs.parquet"]
    assert not list(build.path.glob("*aside*"))


def test_what_was_taken_back_is_no_table(tmp_path: Path) -> None:
    with BuildWriter(tmp_path / "store", "b1") as writer:
        writer.put_aside("aside", FRAME)
        writer.take_back("aside")
        with pytest.raises(StoreError, match="has no table aside"):
            writer.unfinished().frame("aside")
