"""Are the three files true to the document, the same each time, accessible, and deaf to hostile text?"""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import replace
from datetime import date
from pathlib import Path

import docx
import openpyxl
import pytest
import typst

from dashboard.errors import DashboardError
from dashboard.pack.document import Pack, Section, plain
from dashboard.pack.files import PackForm, form_of, pack_bytes
from dashboard.pack.pdf import pdf_bytes, told
from dashboard.pack.workbook import TRACKING_SHEET, inert
from tests.dashboard.pack.builders import HELD_ON, HOSTILE, any_pack, part, picture, table_of


def word(pack: Pack) -> docx.document.Document:
    return docx.Document(io.BytesIO(pack_bytes(pack, PackForm.WORD, dated=HELD_ON)))


def book(pack: Pack) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(pack_bytes(pack, PackForm.EXCEL, dated=HELD_ON)))


@pytest.mark.parametrize("form", PackForm)
def test_the_same_pack_has_the_same_bytes(form: PackForm) -> None:
    made = [pack_bytes(any_pack("a text"), form, dated=HELD_ON) for _ in range(2)]
    assert made[0] == made[1]


@pytest.mark.parametrize("form", PackForm)
def test_another_text_has_other_bytes(form: PackForm) -> None:
    one, other = (pack_bytes(any_pack(text), form, dated=HELD_ON) for text in ("a text", "another"))
    assert one != other


@pytest.mark.parametrize("form", [PackForm.WORD, PackForm.EXCEL])
def test_no_office_file_holds_a_time_of_its_making(form: PackForm) -> None:
    with zipfile.ZipFile(io.BytesIO(pack_bytes(any_pack("a"), form, dated=HELD_ON))) as parts:
        assert {entry.date_time[0] for entry in parts.infolist()} == {1980}
        core = parts.read("docProps/core.xml").decode()
    assert set(re.findall(r">(\d{4}-\d\d-\d\d)T", core)) == {"2013-12-02"}


def test_the_pdf_says_that_it_is_tagged_and_accessible() -> None:
    made = pdf_bytes(any_pack("a"), dated=HELD_ON)
    assert b"<pdfuaid:part>1</pdfuaid:part>" in made


def test_a_pdf_with_a_picture_that_says_nothing_is_refused() -> None:
    silent = replace(any_pack("a"), sections=(Section("Map", (picture(alt=""),)),))
    with pytest.raises(typst.TypstError, match="alt text"):
        pdf_bytes(silent, dated=HELD_ON)


def test_hostile_text_makes_a_pdf_and_stands_in_it_as_text() -> None:
    pack = plain(any_pack(*HOSTILE))
    assert pdf_bytes(pack, dated=HELD_ON).startswith(b"%PDF")
    shown = told(pack, dated=HELD_ON)["handling"]
    assert shown[:7] == list(HOSTILE[:7])


def test_a_character_the_font_lacks_is_shown_by_its_number() -> None:
    assert told(any_pack(HOSTILE[8]), dated=HELD_ON)["handling"] == ["\U0001f600 [U+4E2D]"]


def test_text_that_changes_direction_is_shown_as_a_mark() -> None:
    assert plain(any_pack(HOSTILE[7])).handling == ("safe \ufffdevas \ufffd",)


def test_the_word_file_has_the_documents_headings_at_their_levels() -> None:
    pack = any_pack("a")
    found = [(one.text, one.style.name) for one in word(pack).paragraphs if one.style.name.startswith("Heading")]
    assert found == [(section.heading, f"Heading {section.level}") for section in pack.sections]


def test_the_word_files_tables_hold_what_the_documents_hold() -> None:
    pack = any_pack(*HOSTILE[:7])
    shown = [[cell.text for cell in row.cells] for row in word(pack).tables[0].rows]
    table = table_of(part(pack, "The list"), "A table")
    assert shown == [list(table.headings), *map(list, table.rows)]


def test_the_word_files_picture_has_its_words_and_its_footer_counts_pages() -> None:
    file = word(any_pack("a"))
    words = [shape._inline.docPr.get("descr") for shape in file.inline_shapes]
    footer = file.sections[0].footer.paragraphs[0]._p.xml
    assert (words, 'instr="PAGE"' in footer, 'instr="NUMPAGES"' in footer) == ([picture().alt], True, True)


def test_the_workbook_has_a_sheet_a_section_and_the_tracking_form() -> None:
    assert book(any_pack("a")).sheetnames == ["Cover", "The list", "Cases", "Map", TRACKING_SHEET]


def test_the_tracking_sheet_holds_the_form_and_nothing_else() -> None:
    pack = any_pack("a", "b")
    shown = [tuple(cell.value for cell in row) for row in book(pack)[TRACKING_SHEET].iter_rows()]
    assert shown == [pack.tracking.headings, *pack.tracking.rows]


def test_no_cell_of_the_workbook_runs() -> None:
    cells = [cell for sheet in book(any_pack(*HOSTILE)) for row in sheet.iter_rows() for cell in row if cell.value]
    texts = {cell.value for cell in cells}
    assert {cell.data_type for cell in cells} == {"s"}
    assert texts >= {f"'{text}" for text in HOSTILE[1:5]}
    assert not [text for text in texts if text[0] in "=+-@"]


def test_the_workbooks_picture_has_its_words() -> None:
    with zipfile.ZipFile(io.BytesIO(pack_bytes(any_pack("a"), PackForm.EXCEL, dated=HELD_ON))) as parts:
        drawing = parts.read("xl/drawings/drawing1.xml").decode()
    assert f'descr="{picture().alt}"' in drawing


@pytest.mark.parametrize("text", ["plain", "a=b", "− 2", ""])
def test_a_text_that_does_not_run_stays_as_it_is(text: str) -> None:
    assert inert(text) == text


def test_the_day_of_a_file_is_an_input() -> None:
    one, other = (pdf_bytes(any_pack("a"), dated=day) for day in (HELD_ON, date(2013, 12, 9)))
    assert one != other


def test_a_file_of_another_ending_is_refused_with_the_mend() -> None:
    with pytest.raises(DashboardError, match=r"\.pdf, \.docx, \.xlsx"):
        form_of(Path("pack.odt"))
