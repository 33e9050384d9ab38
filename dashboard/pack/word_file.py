"""How does a pack become a Word file? With real headings and words for each picture."""

from __future__ import annotations

import io
from datetime import date, datetime, time

from docx import Document
from docx.document import Document as WordDocument
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_BREAK
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt
from docx.text.paragraph import Paragraph

from dashboard.pack.archive import same_bytes
from dashboard.pack.document import Block, Fact, Facts, Pack, Picture, Table, Words

_WIDTH = Cm(17)
_LANGUAGE = "en-GB"


def word_bytes(pack: Pack, *, dated: date) -> bytes:
    """The pack as a Word file, "page x of y" in its footer.

    Args:
        pack: its texts already plain.
        dated: the day the file says it was made.
    """
    file = Document()
    _name(file, pack, dated)
    _edges(file, pack)
    file.add_paragraph(pack.title, style="Title")
    _facts(file, pack.cover)
    for line in pack.handling:
        file.add_paragraph(line)
    file.add_paragraph().add_run().add_break(WD_BREAK.PAGE)
    for section in pack.sections:
        heading = file.add_heading(section.heading, level=section.level)
        heading.paragraph_format.page_break_before = section.starts_page
        for block in section.blocks:
            _block(file, block)
    buffer = io.BytesIO()
    file.save(buffer)
    return same_bytes(buffer.getvalue())


def _name(file: WordDocument, pack: Pack, dated: date) -> None:
    said = file.core_properties
    said.title, said.author, said.last_modified_by, said.comments = pack.title, "", "", ""
    said.language, said.keywords, said.revision = _LANGUAGE, pack.marking, 1
    said.created = said.modified = datetime.combine(dated, time())


def _edges(file: WordDocument, pack: Pack) -> None:
    part = file.sections[0]
    part.page_width, part.page_height = Cm(21), Cm(29.7)
    part.left_margin = part.right_margin = Cm(2)
    file.styles["Normal"].font.size = Pt(10)
    marking = part.header.paragraphs[0]
    marking.alignment = WD_ALIGN_PARAGRAPH.CENTER
    marking.add_run(pack.marking).bold = True
    footer = part.footer.paragraphs[0]
    footer.add_run(f"{pack.title}   Page ")
    _field(footer, "PAGE")
    footer.add_run(" of ")
    _field(footer, "NUMPAGES")


def _field(paragraph: Paragraph, what: str) -> None:
    """A number that Word itself works out."""
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), what)
    shown = OxmlElement("w:r")
    text = OxmlElement("w:t")
    text.text = "1"
    shown.append(text)
    field.append(shown)
    paragraph._p.append(field)


def _block(file: WordDocument, block: Block) -> None:
    match block:
        case Words(text):
            file.add_paragraph(text)
        case Facts(lines):
            _facts(file, lines)
        case Table():
            _table(file, block)
        case Picture():
            _picture(file, block)


def _facts(file: WordDocument, lines: tuple[Fact, ...]) -> None:
    for line in lines:
        paragraph = file.add_paragraph()
        paragraph.paragraph_format.space_after = Pt(2)
        paragraph.add_run(f"{line.label}: ").bold = True
        paragraph.add_run(line.text)


def _table(file: WordDocument, table: Table) -> None:
    file.add_paragraph(table.title, style="Caption")
    grid = file.add_table(rows=1 + len(table.rows), cols=len(table.headings), style="Table Grid")
    for row, values in zip(grid.rows, (table.headings, *table.rows), strict=True):
        for cell, value in zip(row.cells, values, strict=True):
            cell.text = value
    for cell in grid.rows[0].cells:
        for run in cell.paragraphs[0].runs:
            run.bold = True
    repeated = OxmlElement("w:tblHeader")
    repeated.set(qn("w:val"), "true")
    grid.rows[0]._tr.get_or_add_trPr().append(repeated)
    file.add_paragraph()


def _picture(file: WordDocument, picture: Picture) -> None:
    shape = file.add_picture(io.BytesIO(picture.png), width=_WIDTH)
    shape._inline.docPr.set("descr", picture.alt)
    file.add_paragraph(picture.caption, style="Caption")
