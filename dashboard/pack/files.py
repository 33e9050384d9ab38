"""In which form is a pack handed out? PDF, Word or Excel, by the ending of the file's name."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from pathlib import Path

from dashboard.errors import DashboardError
from dashboard.pack.document import Pack, plain
from dashboard.pack.pdf import pdf_bytes
from dashboard.pack.word_file import word_bytes
from dashboard.pack.workbook import workbook_bytes


class PackForm(StrEnum):
    """The forms, by the ending of the file's name."""

    PDF = "pdf"
    WORD = "docx"
    EXCEL = "xlsx"


MEDIA_TYPES = {
    PackForm.PDF: "application/pdf",
    PackForm.WORD: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    PackForm.EXCEL: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
_WRITERS = {PackForm.PDF: pdf_bytes, PackForm.WORD: word_bytes, PackForm.EXCEL: workbook_bytes}


def pack_bytes(pack: Pack, form: PackForm, *, dated: date) -> bytes:
    """The pack in one of its forms; the same bytes for the same pack, form and day.

    Args:
        dated: the day the file says it was made: the meeting's.
    """
    return _WRITERS[form](plain(pack), dated=dated)


def form_of(file: Path) -> PackForm:
    """The form a file's name asks for.

    Raises:
        DashboardError: none of them.
    """
    try:
        return PackForm(file.suffix.lower().removeprefix("."))
    except ValueError:
        raise DashboardError(
            f"{file.name}: not a form of the pack. End the name in {', '.join(f'.{form}' for form in PackForm)}."
        ) from None
