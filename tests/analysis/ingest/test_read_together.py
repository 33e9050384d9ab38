"""Is what is read of many files at once what is read of each alone?"""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

from analysis.ingest import InputFile, input_files, read_sources
from analysis.ingest.feed_file import NUMBER, FilesRead, read_feed_files
from tests.analysis.ingest.force import LOG, write

HEADER = "incident_id,received_at,grade,caller_date_of_birth,x,y\n"
WEEKS = (
    HEADER + "L1,2013-10-27T01:30:00,early,1990-02-30,400000,280000\nL2,later,early,,,\nL1,2013-10-27T01:30,,,,\n",
    HEADER + "L3,2013-11-04T09:00,soon,1990-02-28,400100,280100\nL4,short\n L5 ,2013-11-04 09:00:01Z,ROUTINE,,,\n",
    HEADER,
    "incident_id;received_at;closed_at\nL6;2013-11-11T09:00;2013-11-11T10:00\n;2013-11-11T09:00;\nL7;short\n",
    HEADER + "L8,2013-11-18T09:00:00,early,,400200,280200\n,2013-11-18T09:00:00,early,,,\n",
)


@pytest.fixture
def files(tmp_path: Path) -> tuple[InputFile, ...]:
    texts = {f"incidents_{number}__csv": week for number, week in enumerate(WEEKS)}
    return input_files(read_sources(write(tmp_path, LOG + 'crs = "EPSG:27700"\n', **texts)))


def read(*files: InputFile) -> list[FilesRead]:
    return list(read_feed_files(files, timezone="Europe/London"))


def test_only_files_of_one_header_that_follow_one_another_are_read_together(files: tuple[InputFile, ...]) -> None:
    assert [found.heights for found in read(*files)] == [(3, 2, 0), (2,), (2,)]


def test_rows_read_together_are_those_of_each_file_alone(files: tuple[InputFile, ...]) -> None:
    alone = [found for file in files for found in read(file)]
    assert pl.concat([found.rows for found in read(*files)]).equals(pl.concat([one.rows for one in alone]))
    accepted = [value for found in read(*files) for value in found.is_accepted]
    assert accepted == [value for one in alone for value in one.is_accepted]


def test_each_reject_is_that_of_its_own_file(files: tuple[InputFile, ...]) -> None:
    together = [
        found.rejects.filter(pl.col(NUMBER) == number).drop(NUMBER)
        for found in read(*files)
        for number in range(len(found.heights))
    ]
    alone = [found.rejects.drop(NUMBER) for file in files for found in read(file)]
    assert [one.height for one in alone] == [2, 2, 0, 2, 1]
    assert all(some.equals(one) for some, one in zip(together, alone, strict=True))
    assert [count for found in read(*files) for count in found.misshapen] == [0, 1, 0, 1, 0]
