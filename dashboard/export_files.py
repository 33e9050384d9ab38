"""How does an answer become a file? CSV, Parquet, JSON and XLSX, with text that no spreadsheet will run."""

from __future__ import annotations

import io
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import polars as pl
import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from analysis.disclosure import Released
from dashboard.errors import DashboardError

FORMATS = (".csv", ".parquet", ".json", ".xlsx")
_ISO = "%Y-%m-%dT%H:%M:%S%.fZ"
_RUNS_AS_FORMULA = r"^[\s]*[=+\-@\t\r\n\x00＝＋－＠]"


def write_released(released: Released, file: Path, *, timezone: str, is_overwriting: bool = False) -> int:
    """Write an answer to a file by its ending; returns the number of rows.

    Times are ISO 8601 UTC in CSV and JSON, Datetime(us, UTC) in Parquet, local in XLSX, whose header says so.

    Raises:
        DashboardError: the ending is unknown, the file exists, or it cannot be written.
    """
    suffix = file.suffix.lower()
    if suffix not in FORMATS:
        raise DashboardError(f"{file.name}: not a format this writes. End the name in {', '.join(FORMATS)}.")
    if file.exists() and not is_overwriting:
        raise DashboardError(f"{file}: is already there. Give another name, or --force to replace it.")
    rows = released.rows
    data = {
        ".csv": lambda: csv_bytes(rows),
        ".parquet": lambda: _parquet_bytes(rows),
        ".json": lambda: json_bytes(rows),
        ".xlsx": lambda: xlsx_bytes(rows, timezone=timezone),
    }[suffix]()
    put_in_place(file, data)
    return rows.height


def put_in_place(file: Path, data: bytes) -> None:
    """Write a file whole or not at all, for its owner alone (0600): who hands it on decides to whom.

    Raises:
        DashboardError: it cannot be written.
    """
    fresh = file.with_name(f".{file.name}.part")
    try:
        fresh.unlink(missing_ok=True)
        fresh.touch(mode=0o600, exist_ok=False)  # nobody else's, and no link that leads elsewhere
        fresh.write_bytes(data)
        fresh.replace(file)
    except OSError as error:
        with suppress(OSError):
            fresh.unlink(missing_ok=True)
        raise DashboardError(
            f"{file}: cannot be written ({error.strerror}). Mend the folder or name another."
        ) from error


def csv_bytes(rows: pl.DataFrame) -> bytes:
    """CSV in UTF-8; text that a spreadsheet would run as a formula stands behind an apostrophe."""
    texts = [name for name, dtype in rows.schema.items() if dtype == pl.String]
    guarded = _with_iso_times(rows).with_columns(
        pl.when(pl.col(name).str.contains(_RUNS_AS_FORMULA))
        .then("'" + pl.col(name))
        .otherwise(pl.col(name))
        .alias(name)
        for name in texts
    )
    return guarded.write_csv().encode("utf-8")


def json_bytes(rows: pl.DataFrame) -> bytes:
    """A JSON array of objects, one a row."""
    return _with_iso_times(rows).write_json().encode("utf-8")


def _parquet_bytes(rows: pl.DataFrame) -> bytes:
    buffer = io.BytesIO()
    rows.write_parquet(buffer)
    return buffer.getvalue()


def xlsx_bytes(rows: pl.DataFrame, *, timezone: str) -> bytes:
    """A workbook of one sheet: text as text, never a formula or a link; times local, as their headers say."""
    local = rows.with_columns(
        pl.col(name).dt.convert_time_zone(timezone).dt.replace_time_zone(None)
        for name, dtype in rows.schema.items()
        if isinstance(dtype, pl.Datetime)
    )
    buffer = io.BytesIO()
    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False, "in_memory": True}
    with xlsxwriter.Workbook(buffer, options) as book:
        sheet = book.add_worksheet()
        bold = book.add_format({"bold": True})
        moment = book.add_format({"num_format": "yyyy-mm-dd hh:mm:ss"})
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        sheet.freeze_panes(1, 0)
        for place, (name, dtype) in enumerate(local.schema.items()):
            is_time = isinstance(dtype, pl.Datetime)
            sheet.write_string(0, place, f"{name} ({timezone})" if is_time else name, bold)
            sheet.set_column(place, place, 20 if is_time else 14)
            put, form = _how_written(sheet, dtype, moment=moment, day=day)
            for number, value in enumerate(local[name].to_list(), start=1):
                if value is not None:
                    put(number, place, value, form)
    return buffer.getvalue()


def _how_written(
    sheet: Worksheet, dtype: pl.DataType, *, moment: Format, day: Format
) -> tuple[Callable[..., object], Format | None]:
    """How cells of a type are written, and in which format; asked once a column, for a table has many cells."""
    if isinstance(dtype, pl.Datetime):
        return sheet.write_datetime, moment
    if dtype == pl.Date:
        return sheet.write_datetime, day
    if dtype == pl.Boolean:
        return sheet.write_boolean, None
    if dtype.is_numeric():
        return sheet.write_number, None
    return (lambda row, column, value, form: sheet.write_string(row, column, str(value), form)), None


def _with_iso_times(rows: pl.DataFrame) -> pl.DataFrame:
    return rows.with_columns(
        pl.col(name).dt.convert_time_zone("UTC").dt.strftime(_ISO).alias(name)
        for name, dtype in rows.schema.items()
        if isinstance(dtype, pl.Datetime)
    )
