"""What stands in a worksheet? Run in a child process only: a hostile workbook may end it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path

_ZIP = b"PK\x03\x04"
_OLD_OR_LOCKED = b"\xd0\xcf\x11\xe0"
HEADER_ROWS = 30
"""How far down a header is looked for, to say where it stands."""


@dataclass(frozen=True)
class Sheet:
    """A worksheet as text: the header, each data row's number in the sheet, and the columns."""

    header: tuple[str, ...]
    lines: list[int]
    columns: list[list[str | None]]


def read_sheet(file: str, sheet: str | None) -> Sheet | str:
    """Read one sheet (the first unless named); blank rows are passed over.

    Returns:
        The sheet, or a sentence that says what is wrong and how to mend it.
    """
    from python_calamine import CalamineError, CalamineWorkbook

    first = Path(file).read_bytes()[:4]
    if first == _OLD_OR_LOCKED:
        return "an old workbook, or one with a password. Save it again as .xlsx without a password, or as .csv."
    if first != _ZIP:
        return "not a workbook inside. Save it again as .xlsx, or as .csv."
    try:
        workbook = CalamineWorkbook.from_path(file)
        if sheet is not None and sheet not in workbook.sheet_names:
            return f"it has no sheet of the name in sources.toml. It has: {', '.join(workbook.sheet_names)}."
        chosen = workbook.get_sheet_by_name(sheet) if sheet else workbook.get_sheet_by_index(0)
        rows = chosen.to_python(skip_empty_area=False)
    except (CalamineError, OSError, ValueError, IndexError):
        return "not a readable workbook. Save it again as .xlsx, or as .csv."
    texts = [[_text(value) for value in row] for row in rows]
    filled = [number for number, row in enumerate(texts) if any(value is not None for value in row)]
    if not filled:
        return "the sheet is empty. Extract it again, or take it out of sources.toml."
    header = tuple((value or "").strip() for value in texts[filled[0]])
    body = filled[1:]
    return Sheet(
        header=header,
        lines=[number + 1 for number in body],
        columns=[[texts[number][place] for number in body] for place in range(len(header))],
    )


def find_header(file: str, wanted: tuple[str, ...]) -> tuple[str, int] | None:
    """The sheet, and the row on it, that holds these column names; None where none does."""
    from python_calamine import CalamineError, CalamineWorkbook

    try:
        workbook = CalamineWorkbook.from_path(file)
        for name in workbook.sheet_names:
            rows = workbook.get_sheet_by_name(name).to_python(skip_empty_area=False, nrows=HEADER_ROWS)
            for number, row in enumerate(rows, start=1):
                if set(wanted) <= {str(value).strip() for value in row}:
                    return name, number
    except (CalamineError, OSError, ValueError):
        return None
    return None


def _text(value: object) -> str | None:
    if value is None or value == "":
        return None
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 2**53 else repr(value)
    if isinstance(value, dt.datetime):
        nearest = value + dt.timedelta(milliseconds=0.5)
        return nearest.replace(microsecond=nearest.microsecond // 1000 * 1000).isoformat()
    if isinstance(value, dt.date | dt.time):
        return value.isoformat()
    return str(value)
