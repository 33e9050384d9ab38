"""Is a table of several files read as if it were one, whatever is asked of it?"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.store.layout import Layout, Stack, read_layouts, write_layouts

ROWS = 7
WHOLE = pl.DataFrame(
    {
        "log": [f"L{number}" for number in range(ROWS)],
        "caller": ["P1", None, "P2", "P1", None, "P3", "P1"],
        "minutes": [float(number) for number in range(ROWS)],
        "ward": ["W1", "W2", None, "W1", "W1", "W2", "W2"],
    }
)
COLUMNS = tuple(WHOLE.columns)


def laid_out(folder: Path, cuts: tuple[int, ...]) -> Layout:
    """The whole in three stacks, the second of several files and with another name for one of its columns."""
    WHOLE.select("caller").write_parquet(folder / "own.parquet")
    WHOLE.select("ward", other="log").write_parquet(folder / "far.parquet")
    files = []
    for start, end in zip((0, *cuts), (*cuts, ROWS), strict=True):
        files.append(f"read-{start}-{end}-{len(files)}.parquet")
        WHOLE[start:end].select("log", length="minutes").write_parquet(folder / files[-1])
    stacks = (
        Stack(("own.parquet",), {"caller": "caller"}),
        Stack(tuple(files), {"log": "log", "minutes": "length"}),
        Stack(("far.parquet",), {"ward": "ward"}),
    )
    return Layout(stacks, COLUMNS)


@pytest.fixture
def folder() -> Iterator[Path]:
    with tempfile.TemporaryDirectory() as made:
        yield Path(made)


conditions = st.sampled_from(
    [
        pl.lit(True),
        pl.col("caller") == "P1",
        pl.col("caller").is_null() | (pl.col("minutes") > 3),
        (pl.col("ward") == "W2") & (pl.col("ward").is_not_null()),
        pl.col("log").is_in(["L2", "L6"]),
        pl.col("minutes") > 100,
    ]
)


@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.integers(0, ROWS), max_size=3).map(sorted),
    st.lists(st.sampled_from(COLUMNS), unique=True, min_size=1),
    conditions,
    st.none() | st.integers(0, ROWS),
)
def test_a_question_has_the_same_answer_from_several_files(
    cuts: list[int], columns: list[str], condition: pl.Expr, most: int | None
) -> None:
    def asked(table: pl.LazyFrame) -> pl.DataFrame:
        found = table.filter(condition).select(columns)
        return (found if most is None else found.head(most)).collect()

    with tempfile.TemporaryDirectory() as made:
        layout = laid_out(Path(made), tuple(cuts))
        assert asked(layout.scan(Path(made))).equals(asked(WHOLE.lazy()))


def test_the_columns_stand_in_the_order_of_the_table(folder: Path) -> None:
    table = laid_out(folder, (3,)).scan(folder)
    assert table.collect().equals(WHOLE) and table.collect_schema() == WHOLE.schema


def test_rows_are_counted_without_asking_for_a_column(folder: Path) -> None:
    table = laid_out(folder, (3,)).scan(folder)
    assert table.select(pl.len()).collect().item() == ROWS


def test_a_layout_is_written_down_and_read_again(folder: Path) -> None:
    layout = laid_out(folder, (2, 5))
    write_layouts(folder, {"logs": layout})
    assert read_layouts(folder) == {"logs": layout}


def test_a_folder_without_layouts_has_one_file_a_table(folder: Path) -> None:
    assert read_layouts(folder) == {}
