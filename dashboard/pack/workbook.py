"""How does a pack become a workbook? A sheet a section, with texts that no spreadsheet runs."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time
from itertools import pairwise

import xlsxwriter

from dashboard.pack.archive import same_bytes
from dashboard.pack.document import Block, Fact, Facts, Pack, Picture, Section, Table, Words

# Nothing is guessed from a text, and the file is made in memory.
_OPTIONS = {
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "in_memory": True,
}
# Also kept from running where the sheet is saved as CSV and opened again.
_RUNS = re.compile(r"\s*[=+\-@＝＋－＠]")
_MOST_LETTERS = 31
_FORBIDDEN = re.compile(r"[\[\]:*?/\\']")
_LONGEST_CELL = 32_000
TRACKING_SHEET = "Action tracking"


def workbook_bytes(pack: Pack, *, dated: date) -> bytes:
    """The pack as a workbook: the cover, a sheet a section of level 1 with those below it, and the tracking form.

    Args:
        pack: its texts already plain.
        dated: the day the file says it was made.
    """
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, _OPTIONS) as book:
        book.set_properties({"title": pack.title, "keywords": pack.marking, "created": datetime.combine(dated, time())})
        writer = _Writer(book, pack)
        writer.cover(pack)
        for sections in _sheets(pack.sections):
            writer.sheet(sections)
        writer.tracking(pack.tracking)
    return same_bytes(buffer.getvalue())


def inert(text: str) -> str:
    """The text, behind an apostrophe where a spreadsheet would take it for a formula."""
    kept = text[:_LONGEST_CELL]
    return f"'{kept}" if _RUNS.match(kept) else kept


def _sheets(sections: Sequence[Section]) -> Iterator[tuple[Section, ...]]:
    starts = [place for place, section in enumerate(sections) if section.level == 1]
    for start, end in pairwise([*starts, len(sections)]):
        yield tuple(sections[start:end])


class _Writer:
    """Writes blocks one below another."""

    def __init__(self, book: xlsxwriter.Workbook, pack: Pack) -> None:
        self._book, self._pack = book, pack
        self._heading = book.add_format({"bold": True, "font_size": 14})
        self._bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
        self._text = book.add_format({"text_wrap": True, "valign": "top"})

    def cover(self, pack: Pack) -> None:
        """What the cover says."""
        sheet, row = self._new("Cover"), 0
        for line in (pack.marking, pack.title):
            sheet.write_string(row, 0, inert(line), self._heading)
            row += 1
        row = self._facts(sheet, row + 1, pack.cover) + 1
        for line in pack.handling:
            sheet.write_string(row, 0, inert(line))
            row += 1

    def sheet(self, sections: Sequence[Section]) -> None:
        """One section of level 1 and those below it."""
        sheet, row = self._new(sections[0].heading), 0
        for section in sections:
            sheet.write_string(row, 0, inert(section.heading), self._heading)
            row += 1
            for block in section.blocks:
                row = self._block(sheet, row, block) + 1

    def tracking(self, table: Table) -> None:
        """The form alone, its headings in the first row, so that it can be taken over as it stands."""
        sheet = self._new(TRACKING_SHEET)
        self._rows(sheet, 0, (table.headings, *table.rows))
        sheet.freeze_panes(1, 0)

    def _new(self, name: str) -> xlsxwriter.worksheet.Worksheet:
        sheet = self._book.add_worksheet(_FORBIDDEN.sub(" ", name)[:_MOST_LETTERS])
        sheet.set_column(0, 12, 22)
        sheet.set_paper(9)
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        sheet.set_header(f"&C{self._pack.marking.replace('&', '&&')}")
        sheet.set_footer("&CPage &P of &N")
        return sheet

    def _block(self, sheet: xlsxwriter.worksheet.Worksheet, row: int, block: Block) -> int:
        match block:
            case Words(text):
                sheet.write_string(row, 0, inert(text))
                return row
            case Facts(lines):
                return self._facts(sheet, row, lines)
            case Table(title, headings, rows):
                sheet.write_string(row, 0, inert(title), self._bold)
                return self._rows(sheet, row + 1, (headings, *rows))
            case Picture(png, alt, caption):
                sheet.write_string(row, 0, inert(caption))
                scale = {"x_scale": 0.5, "y_scale": 0.5}
                sheet.insert_image(row + 1, 0, "map.png", {"image_data": io.BytesIO(png), "description": alt, **scale})
                return row + 1

    def _facts(self, sheet: xlsxwriter.worksheet.Worksheet, row: int, lines: Sequence[Fact]) -> int:
        for line in lines:
            sheet.write_string(row, 0, inert(line.label), self._bold)
            sheet.write_string(row, 1, inert(line.text))
            row += 1
        return row

    def _rows(self, sheet: xlsxwriter.worksheet.Worksheet, row: int, rows: Sequence[Sequence[str]]) -> int:
        for number, values in enumerate(rows):
            for place, value in enumerate(values):
                sheet.write_string(row + number, place, inert(value), self._text if number else self._bold)
        return row + len(rows)
