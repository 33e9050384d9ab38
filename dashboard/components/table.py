"""How is a short list shown? As a real table: read aloud with its headings, selected, printed, enlarged."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd
import streamlit as st

from dashboard.components.cells import Cell, markdown_of
from dashboard.components.opens_incidents import no_list, opens_each
from dashboard.open_incidents import Opening
from dashboard.text import escape_markdown


@dataclass(frozen=True)
class TableColumn:
    """A heading; numbers stand to the right."""

    heading: str
    is_number: bool = False


@dataclass(frozen=True)
class Table:
    """A finished table: cells are words or marks, one for each column. The first column names the row.

    A table that counts contacts, incidents or officer time has `openings`, the lists behind its numbers in the order
    of its rows, or says in `no_list` why there are none.
    """

    columns: tuple[TableColumn, ...]
    rows: tuple[tuple[Cell, ...], ...]
    said: str
    openings: tuple[Opening, ...] = ()
    no_list: str = ""

    def __post_init__(self) -> None:
        """A row with a cell too many or too few is a fault of ours."""
        assert all(len(row) == len(self.columns) for row in self.rows), "a row has another number of cells"


def table(view: Table, *, key: str) -> None:
    """Draw a table; on a phone each row is a card. `view.said` is its description for those who hear it."""
    headings = [escape_markdown(column.heading) for column in view.columns]
    cells = [[markdown_of(cell) for cell in row] for row in view.rows]
    frame = pd.DataFrame(cells, columns=headings).set_index(headings[0])
    with st.container(key=f"{key}_table"):
        st.html(f"<style>{styles(view, key=f'{key}_table')}</style>")
        st.table(frame, border="horizontal", alt=view.said)
        opens_each(view.openings, key=key)
        no_list(view.no_list)


def styles(view: Table, *, key: str) -> str:
    """The table's own looks: numbers to the right, and on a phone each cell that says something under its heading.

    Holds headings only, which are ours, letter by letter so that none can end the style.
    """
    mine = f".st-key-{key} tr > :nth-child"
    right = [
        f"{mine}({at}), {mine}({at}) p {{ text-align: right !important; }}"
        for at, column in enumerate(view.columns, 1)
        if column.is_number
    ]
    named = [
        f'{mine}({at})::before {{ content: "{_css_text(column.heading)}"; }}'
        for at, column in enumerate(view.columns, 1)
        if at > 1
    ]
    empty = [
        f".st-key-{key} tbody tr:nth-child({row}) > :nth-child({at})"
        for row, cells in enumerate(view.rows, 1)
        for at, cell in enumerate(cells, 1)
        if not markdown_of(cell)
    ]
    named += [f"{', '.join(empty)} {{ display: none; }}"] if empty else []
    return f"@media (min-width: 641px) {{ {' '.join(right)} }} @media (max-width: 640px) {{ {' '.join(named)} }}"


def _css_text(words: str) -> str:
    return "".join(letter if letter.isalnum() or letter == " " else f"\\{ord(letter):06x}" for letter in words)


def people_table(view: Table, *, key: str) -> None:
    """A list of people, readable across a room."""
    with st.container(key=f"{key}_people"):
        table(view, key=key)
