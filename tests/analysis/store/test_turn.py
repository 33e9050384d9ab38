"""Does one build at a time write into a store, and is what a killed or a stopped one left told and removed?"""

from __future__ import annotations

import errno
from pathlib import Path
from threading import Event, Thread

import polars as pl
import pytest

from analysis.errors import StoreError
from analysis.store import BuildWriter, write_file
from analysis.store.turn import own_turn

FULL = Path("/dev/full")
ROWS = pl.DataFrame({"n": [1, 2, 3]})


def test_a_second_build_says_that_it_waits_and_begins_when_the_first_has_ended(tmp_path: Path) -> None:
    waits, began = Event(), Event()

    def second() -> None:
        with own_turn(tmp_path, lambda _: waits.set()):
            began.set()

    with own_turn(tmp_path):
        other = Thread(target=second)
        other.start()
        assert waits.wait(10) and not began.is_set()
    other.join(10)
    assert began.is_set()


def test_what_a_killed_build_left_is_removed_and_what_is_whole_stays(tmp_path: Path) -> None:
    for folder in (".unfinished-b1-4711", "b0"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "incidents.parquet").write_bytes(b"rows")
    with own_turn(tmp_path):
        assert [path.name for path in tmp_path.iterdir() if path.is_dir()] == ["b0"]


def test_a_store_that_cannot_be_made_is_told_with_the_mend(tmp_path: Path) -> None:
    (tmp_path / "store").write_text("a file", encoding="utf-8")
    with pytest.raises(StoreError, match="--store"), own_turn(tmp_path / "store"):
        pass


@pytest.mark.skipif(not FULL.exists(), reason="this system has no device that is always full")
def test_polars_tells_of_a_full_disk_as_every_other_does() -> None:
    with pytest.raises(OSError, match="full"):
        write_file(FULL, ROWS)


def test_a_build_that_cannot_be_written_is_told_with_what_to_look_at_and_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="disk full"), BuildWriter(tmp_path, "b1"):
        raise OSError(errno.ENOSPC, "No space left on device")
    assert list(tmp_path.iterdir()) == []
