"""What does a pack consist of? Plain values in reading order, the same for the PDF, the Word file and the workbook.

Whatever people typed is text here and stays text: each writer shows it letter by letter.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from dashboard.text import plain_line


@dataclass(frozen=True)
class Words:
    """One paragraph."""

    text: str


@dataclass(frozen=True)
class Fact:
    """One line of a list of facts."""

    label: str
    text: str


@dataclass(frozen=True)
class Facts:
    """A list of facts."""

    lines: tuple[Fact, ...]


@dataclass(frozen=True)
class Table:
    """A table with a title of its own; every row has as many cells as there are headings."""

    title: str
    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Picture:
    """A picture (PNG) with what it shows in words; no writer leaves the words out."""

    png: bytes
    alt: str
    caption: str


Block = Words | Facts | Table | Picture


@dataclass(frozen=True)
class Section:
    """A part with its heading.

    Attributes:
        level: 1, or 2 within the section of level 1 before it.
        starts_page: whether it begins on a new page.
    """

    heading: str
    blocks: tuple[Block, ...]
    level: int = 1
    starts_page: bool = False


@dataclass(frozen=True)
class Pack:
    """A whole pack.

    Attributes:
        marking: the protective marking, on every page.
        title: of the file and its cover.
        cover: what the cover says of the pack.
        handling: how it is to be kept, on the cover.
        sections: in reading order.
        tracking: the action-tracking form; a sheet of the workbook.
    """

    marking: str
    title: str
    cover: tuple[Fact, ...]
    handling: tuple[str, ...]
    sections: tuple[Section, ...]
    tracking: Table


def paragraphs(text: str | None) -> tuple[Words, ...]:
    """What somebody typed, a paragraph a line; nothing for nothing."""
    return tuple(Words(line) for line in (text or "").splitlines() if line.strip())


def facts(*lines: tuple[str, str | None]) -> Facts:
    """The facts that are known; who gives no text gives no line."""
    return Facts(tuple(Fact(label, text) for label, text in lines if text))


def plain(pack: Pack) -> Pack:
    """The pack with control and direction-changing characters of every text turned into a visible mark."""
    return replace(
        pack,
        marking=plain_line(pack.marking),
        title=plain_line(pack.title),
        cover=_plain_lines(pack.cover),
        handling=tuple(map(plain_line, pack.handling)),
        sections=tuple(
            replace(section, heading=plain_line(section.heading), blocks=tuple(map(_plain, section.blocks)))
            for section in pack.sections
        ),
        tracking=_plain_table(pack.tracking),
    )


def _plain(block: Block) -> Block:
    match block:
        case Words(text):
            return Words(plain_line(text))
        case Facts(lines):
            return Facts(_plain_lines(lines))
        case Table():
            return _plain_table(block)
        case Picture():
            return replace(block, alt=plain_line(block.alt), caption=plain_line(block.caption))


def _plain_lines(lines: tuple[Fact, ...]) -> tuple[Fact, ...]:
    return tuple(Fact(plain_line(line.label), plain_line(line.text)) for line in lines)


def _plain_table(table: Table) -> Table:
    return Table(
        plain_line(table.title),
        tuple(map(plain_line, table.headings)),
        tuple(tuple(map(plain_line, row)) for row in table.rows),
    )
