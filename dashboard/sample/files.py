"""How are the made-up extracts written so that the same seed gives the same bytes?"""

from __future__ import annotations

from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path

import polars as pl
import xlsxwriter

ROW_GROUP = 250_000
MADE_ON = datetime(2013, 12, 2, tzinfo=UTC)


class LargeFeeds(StrEnum):
    """In which format the large feeds are written. CSV is for benchmarks: the same rows, about five times the size."""

    PARQUET = "parquet"
    CSV = "csv"


def write_table(frame: pl.DataFrame, folder: Path, name: str, *, form: LargeFeeds) -> None:
    """One feed as `name`.parquet or `name`.csv (ISO 8601 without a zone: local times)."""
    if form is LargeFeeds.CSV:
        write_csv(frame, folder / f"{name}.csv")
        return
    frame.write_parquet(
        folder / f"{name}.parquet",
        compression="zstd",
        compression_level=12,
        statistics=False,
        row_group_size=ROW_GROUP,
    )


def write_csv(
    frame: pl.DataFrame, file: Path, *, last_line: str = "", datetime_format: str = "%Y-%m-%dT%H:%M:%S"
) -> None:
    """A CSV in UTF-8 with LF, whatever the machine."""
    with file.open("wb") as out:
        frame.write_csv(out, datetime_format=datetime_format, line_terminator="\n")
        out.write(last_line.encode())


def write_xlsx(frame: pl.DataFrame, file: Path) -> None:
    """A small workbook of text; its date of creation is the sample's, so that the bytes never change."""
    with xlsxwriter.Workbook(file, {"in_memory": True}) as book:
        book.set_properties({"title": "Invented places", "created": MADE_ON})
        sheet = book.add_worksheet("Places")
        for column, name in enumerate(frame.columns):
            sheet.write_string(0, column, name)
            for row, value in enumerate(frame[name].to_list(), start=1):
                if value is not None:
                    sheet.write_string(row, column, value)


def write_text(text: str, file: Path) -> None:
    """A text file in UTF-8 with LF, whatever the machine."""
    file.write_bytes(text.encode())
