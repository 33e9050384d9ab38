"""What should be looked at, one after the other? A list whose every line says why and leads on."""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st

from dashboard.components.cells import Cell, markdown_of
from dashboard.components.opens_incidents import opens
from dashboard.open_incidents import Opening
from dashboard.text import escape_markdown, plural

AT_FIRST = 5
"""Lines shown before the rest is folded away; of the page's looks, not of the numbers."""


@dataclass(frozen=True)
class Lead:
    """One line: whom it is about, why, and where it leads.

    Attributes:
        label: the words of the button; for a person their reference.
        mark: what happened, as shape and word.
        why: the reason in finished words.
        person_id, reference: whom it leads to: a person by id (session state), or a case by its reference.
        opens: the numbers of the line, each with the list behind it.
    """

    label: str
    mark: Cell
    why: str
    person_id: str | None = None
    reference: str | None = None
    opens: tuple[Opening, ...] = ()


@dataclass(frozen=True)
class Leads:
    """A finished list with its heading; `empty` says what it means that there is nothing."""

    heading: str
    lines: tuple[Lead, ...]
    empty: str


def leads(view: Leads, *, key: str) -> Lead | None:
    """Draw the list; the line somebody chose in this run, if any."""
    with st.container(key=f"{key}_leads"):
        st.markdown(f"**{escape_markdown(view.heading)}**")
        if not view.lines:
            st.markdown(escape_markdown(view.empty))
            return None
        chosen = _lines(view.lines[:AT_FIRST], 0, key=key)
        rest = view.lines[AT_FIRST:]
        if rest:
            with st.expander(f"Show {plural(len(rest), 'more', 'more')}", key=f"{key}_more"):
                chosen = _lines(rest, AT_FIRST, key=key) or chosen
        return chosen


def _lines(lines: tuple[Lead, ...], first: int, *, key: str) -> Lead | None:
    chosen = None
    for at, line in enumerate(lines, first):
        with st.container(gap=None, key=f"{key}_{at}_lead"):
            with st.container(horizontal=True, vertical_alignment="center", gap="small"):
                if _button(line, key=f"{key}_{at}_open"):
                    chosen = line
                st.markdown(markdown_of(line.mark), width="content")
                for number, opening in enumerate(line.opens):
                    opens(opening, key=f"{key}_{at}_{number}" if number else f"{key}_{at}")
            st.markdown(escape_markdown(line.why))
    return chosen


def _button(line: Lead, *, key: str) -> bool:
    return st.button(
        f":blue[{escape_markdown(line.label)}]",
        key=key,
        type="tertiary",
        icon=":material/chevron_right:",
        icon_position="right",
    )
