"""Which records does one file hold? CSV, Parquet and XLSX, each record with its line."""

from __future__ import annotations

import io
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import polars as pl

from analysis.errors import SourcesError
from analysis.ingest.encoding import to_utf8
from analysis.ingest.structure import Structure, take_apart
from analysis.ingest.workbook import read_sheet
from geo.child_process import run_in_child
from geo.errors import ParseRefused

READABLE = (".csv", ".txt", ".tsv", ".parquet", ".xlsx")
_NO_TEXT = {
    b"PK\x03\x04": "a workbook, or another packed file, under the name of a text. Name it .xlsx, or unpack it.",
    b"PAR1": "a Parquet file under the name of a text. Name it .parquet.",
    b"\xd0\xcf\x11\xe0": "an old workbook under the name of a text. Save it as .xlsx, or as .csv.",
    b"\x1f\x8b": "a compressed file. Unpack it.",
    b"%PDF": "a PDF under the name of a text. Extract it again as CSV.",
    b"<": "a web page under the name of a text, often that of a sign-in that ended. Extract it again.",
}
"""First bytes of what is sometimes given for a CSV, and what to say then."""


@dataclass(frozen=True)
class Records:
    """The wanted columns of a file, one row a well-shaped record.

    Attributes:
        frame: supplier's columns; all text from CSV and XLSX, typed from Parquet.
        lines: line (CSV), sheet row (XLSX) or row from 1 (Parquet) of each record, Int64.
        misshapen: lines of the records that do not have the header's shape.
        header: every column the file has.
        is_printable, is_tidy: what is known of every text; see `analysis.ingest.values.Reading`.
    """

    frame: pl.DataFrame
    lines: pl.Series
    misshapen: pl.Series
    header: tuple[str, ...]
    is_printable: bool = False
    is_tidy: bool = False


def read_records(file: Path, wanted: Collection[str], sheet: str | None = None) -> Records:
    """Read the wanted columns of one file.

    Raises:
        SourcesError: the file is empty, unreadable or of an unknown kind, or names a wanted column twice.
    """
    suffix = file.suffix.lower()
    if suffix not in READABLE:
        raise SourcesError(f"{file.name}: not a file this reads. Give it as .csv, .parquet or .xlsx.")
    try:
        if file.stat().st_size == 0:
            raise SourcesError(f"{file.name}: the file is empty. Extract it again, or take it out of sources.toml.")
        if suffix == ".parquet":
            return _parquet(file, wanted)
        if suffix == ".xlsx":
            return _xlsx(file, wanted, sheet)
        return _csv(file, wanted)
    except OSError as error:
        raise SourcesError(
            f"{file.name}: cannot be opened ({error.strerror}). Check its rights and try again."
        ) from error


def under_one_another(parts: Sequence[Records]) -> Records:
    """The records of files of one header, one file after the other."""
    if len(parts) == 1:
        return parts[0]
    return Records(
        pl.concat([part.frame for part in parts], rechunk=True),
        pl.concat([part.lines for part in parts]),
        pl.concat([part.misshapen for part in parts]),
        parts[0].header,
        all(part.is_printable for part in parts),
        all(part.is_tidy for part in parts),
    )


def _csv(file: Path, wanted: Collection[str]) -> Records:
    with file.open("rb") as opened:
        beginning = opened.read(4)
    if said := next((words for first, words in _NO_TEXT.items() if beginning.startswith(first)), None):
        raise SourcesError(f"{file.name}: {said}")
    structure = take_apart(to_utf8(file.read_bytes()))
    if structure is None or not any(structure.header):
        raise SourcesError(f"{file.name}: the file has no header line. Extract it again with column names.")
    _refuse_twice(file, structure.header, wanted)
    places = [place for place, name in enumerate(structure.header) if name in set(wanted)]
    if not len(structure.lines) or not places:
        frame = pl.DataFrame({structure.header[place]: [None] * len(structure.lines) for place in places}).cast(
            pl.String
        )
    else:
        frame = _parse_body(file, structure, places)
    return Records(
        frame,
        pl.Series("line", structure.lines),
        pl.Series("line", structure.misshapen),
        structure.header,
        structure.is_printable,
        structure.is_tidy,
    )


def _parse_body(file: Path, structure: Structure, places: list[int]) -> pl.DataFrame:
    names = [f"column_{place}" for place in range(len(structure.header))]
    try:
        text = pl.scan_csv(
            io.BytesIO(structure.body),
            has_header=False,
            skip_lines=structure.skipped,
            separator=structure.separator,
            schema=dict.fromkeys(names, pl.String),
            infer_schema=False,
        )
        wanted = text.select(pl.col(names[place]).alias(structure.header[place]) for place in places)
        frame = wanted.collect(engine="streaming")
    except pl.exceptions.PolarsError as error:
        raise SourcesError(f"{file.name}: cannot be read as a table. Extract it again as CSV.") from error
    assert len(frame) == len(structure.lines), "every well-shaped record is one row"
    return frame


def _parquet(file: Path, wanted: Collection[str]) -> Records:
    try:
        header = tuple(pl.read_parquet_schema(file))
        frame = pl.read_parquet(file, columns=[name for name in header if name in set(wanted)])
    except (pl.exceptions.PolarsError, OSError) as error:
        raise SourcesError(f"{file.name}: not a readable Parquet file. Extract it again.") from error
    frame = frame.with_columns(_one_value_a_row(file, column) for column in frame if not column.dtype.is_numeric())
    if not frame.width:
        frame = pl.DataFrame(height=pl.scan_parquet(file).select(pl.len()).collect().item())
    lines = pl.Series("line", np.arange(1, frame.height + 1, dtype=np.int64))
    return Records(frame, lines, pl.Series("line", [], dtype=pl.Int64), header)


def _one_value_a_row(file: Path, column: pl.Series) -> pl.Series:
    """A column of a type that can be read; text that was written as bytes becomes text."""
    is_read = not column.dtype.is_nested() and column.dtype not in (pl.Duration, pl.Object)
    if column.dtype == pl.Binary:
        try:
            return column.cast(pl.String)
        except pl.exceptions.ComputeError:
            is_read = False
    if not is_read:
        raise SourcesError(f"{file.name}: column {column.name} holds {column.dtype}, no values. Extract it as text.")
    return column


def _xlsx(file: Path, wanted: Collection[str], sheet: str | None) -> Records:
    try:
        found = run_in_child(read_sheet, str(file.resolve()), sheet)
    except ParseRefused as error:
        raise SourcesError(f"{file.name}: not a readable workbook. Save it again as .xlsx, or as .csv.") from error
    if isinstance(found, str):
        raise SourcesError(f"{file.name}: {found}")
    _refuse_twice(file, found.header, wanted)
    columns = {
        name: pl.Series(name, found.columns[place], dtype=pl.String)
        for place, name in enumerate(found.header)
        if name in set(wanted)
    }
    frame = pl.DataFrame(columns) if columns else pl.DataFrame(height=len(found.lines))
    return Records(
        frame,
        pl.Series("line", found.lines, dtype=pl.Int64),
        pl.Series("line", [], dtype=pl.Int64),
        found.header,
    )


def _refuse_twice(file: Path, header: tuple[str, ...], wanted: Collection[str]) -> None:
    for name in wanted:
        if header.count(name) > 1:
            raise SourcesError(f"{file.name}: column {name} stands twice in the header. Rename one of the two.")
