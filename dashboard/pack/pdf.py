"""How does a pack become a PDF? By typst, tagged as PDF/UA-1; texts go in as data and are never read as markup."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path
from typing import Any

import matplotlib
import typst
from matplotlib.ft2font import FT2Font

from dashboard.pack.document import Block, Fact, Facts, Pack, Picture, Section, Table, Words

# The one font, shipped with a library of ours, so that the same pack has the same bytes on every machine.
_FONTS = Path(matplotlib.get_data_path()) / "fonts" / "ttf"
_NARROW = 24
"""Letters of the longest cell of a column that is never broken."""

_LAYOUT = """
#let pack = json(bytes(sys.inputs.pack))
#set document(title: pack.title, date: datetime(year: pack.year, month: pack.month, day: pack.day))
#set text(font: "DejaVu Sans", size: 9pt, lang: "en", region: "GB")
#set par(justify: false)
#set page(
  paper: "a4",
  margin: (x: 18mm, y: 20mm),
  header: align(center, text(size: 8pt, weight: "bold", pack.marking)),
  footer: context grid(
    columns: (1fr, auto),
    text(size: 8pt, pack.title),
    text(size: 8pt, [Page #counter(page).display() of #counter(page).final().first()]),
  ),
)
#show heading: set block(above: 14pt, below: 8pt)
#show heading.where(level: 1): set text(size: 15pt)
#show heading.where(level: 2): set text(size: 12pt)
#show figure: set block(breakable: true)
#show figure: set align(left)
#show figure.caption: set align(left)
#set figure.caption(position: top)
#set table(stroke: (x, y) => (bottom: if y == 0 { 1pt } else { 0.4pt + luma(170) }), inset: (x: 4pt, y: 4pt))
#show table.cell.where(y: 0): set text(weight: "bold")
#show table.cell: set text(size: 8pt)
#show table.cell: set par(justify: false)

#let facts(lines) = terms(
  separator: [: ], hanging-indent: 12pt, ..lines.map(line => terms.item(text(line.label), text(line.text))),
)
#let block-of(one) = {
  if one.kind == "words" { par(text(one.text)) }
  else if one.kind == "facts" { facts(one.lines) }
  else if one.kind == "table" {
    figure(
      kind: table,
      supplement: none,
      numbering: none,
      caption: text(one.title),
      align(left, table(
        columns: one.is_wide.map(wide => if wide { 1fr } else { auto }),
        table.header(..one.headings.map(heading => text(heading))),
        ..one.rows.flatten().map(cell => text(cell)),
      )),
    )
  } else if one.kind == "picture" {
    figure(
      supplement: none,
      numbering: none,
      caption: text(one.caption),
      ..if one.alt != "" { (alt: one.alt) },
      image(bytes(one.png), format: "png", width: 100%),
    )
  }
}

#v(30mm)
#text(size: 18pt, weight: "bold", title())
#v(8mm)
#facts(pack.cover)
#v(8mm)
#for line in pack.handling { par(text(line)) }
#pagebreak()
#for section in pack.sections {
  if section.starts_page { pagebreak(weak: true) }
  heading(level: section.level, text(section.heading))
  for one in section.blocks { block-of(one) }
}
"""


def pdf_bytes(pack: Pack, *, dated: date) -> bytes:
    """The pack as a tagged PDF of A4 pages, "page x of y" on each.

    Args:
        pack: its texts already plain.
        dated: the day the file says it was made; an input, so that the same pack has the same bytes.

    Raises:
        typst.TypstError: the pack breaks a rule of PDF/UA-1, such as a picture that says nothing in words.
    """
    return typst.compile(
        _LAYOUT.encode(),
        font_paths=_fonts(),
        ignore_system_fonts=True,
        sys_inputs={"pack": json.dumps(told(pack, dated=dated), ensure_ascii=False)},
        pdf_standards=["ua-1"],
        timestamp=datetime(dated.year, dated.month, dated.day, tzinfo=UTC),
    )


def told(pack: Pack, *, dated: date) -> dict[str, Any]:
    """Everything the PDF says, as the layout is given it; a picture as its numbers."""
    return {
        "title": _writable(pack.title),
        "marking": _writable(pack.marking),
        "year": dated.year,
        "month": dated.month,
        "day": dated.day,
        "cover": _facts(pack.cover),
        "handling": [_writable(line) for line in pack.handling],
        "sections": [_section(section) for section in pack.sections],
    }


def _section(section: Section) -> dict[str, Any]:
    return {
        "heading": _writable(section.heading),
        "level": section.level,
        "starts_page": section.starts_page,
        "blocks": [_block(block) for block in section.blocks],
    }


def _block(block: Block) -> dict[str, Any]:
    match block:
        case Words(text):
            return {"kind": "words", "text": _writable(text)}
        case Facts(lines):
            return {"kind": "facts", "lines": _facts(lines)}
        case Table(title, headings, rows):
            return {
                "kind": "table",
                "title": _writable(title),
                "headings": [_writable(heading) for heading in headings],
                "is_wide": [_is_wide(column) for column in zip(headings, *rows, strict=True)],
                "rows": [[_writable(cell) for cell in row] for row in rows],
            }
        case Picture(png, alt, caption):
            return {"kind": "picture", "png": list(png), "alt": _writable(alt), "caption": _writable(caption)}


def _facts(lines: Iterable[Fact]) -> list[dict[str, str]]:
    return [{"label": _writable(line.label), "text": _writable(line.text)} for line in lines]


def _is_wide(column: Iterable[str]) -> bool:
    """Whether a column shares what the narrow ones leave: a narrow one holds a case's reference in one line."""
    return max(map(len, column)) > _NARROW


def _writable(text: str) -> str:
    """The text, with the number of each character that the font cannot show in its place: nothing typed is lost."""
    known = _characters()
    return "".join(one if ord(one) in known else f"[U+{ord(one):04X}]" for one in text)


@cache
def _characters() -> frozenset[int]:
    return frozenset(FT2Font(str(_FONTS / "DejaVuSans.ttf")).get_charmap())


@cache
def _fonts() -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(_FONTS)])
