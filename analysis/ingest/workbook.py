"""What stands in a worksheet? Run in a child process only: a hostile workbook may end it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path

_ZIP = b"PK\x03\x04"


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

    if not Path(file).read_bytes()[:4].startswith(_ZIP):
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
