"""How does a number open the incidents behind it? A quiet button beside it, or one choice for a long table."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from dashboard.data import view_of
from dashboard.open_incidents import Opening, open_incidents
from dashboard.text import escape_markdown
from dashboard.visit import this_visit

MOST_BUTTONS = 16
"""Rows of a table that each get a button; of a longer one a row is chosen from a list. Of the page's looks."""
NO_LIST = "No list opens here"
"""How a sentence begins that says why there is none."""


def opens(opening: Opening, *, key: str, is_strong: bool = False) -> None:
    """A button that leads to the incidents behind one number; `is_strong` where it is the number itself."""
    label = escape_markdown(opening.label)
    is_chosen = st.button(
        f"**{label}**" if is_strong else f":blue[{label}]",
        key=f"{key}_opens",
        type="tertiary",
        icon=":material/list:",
    )
    if is_chosen:
        _go(opening)


def opens_each(openings: Sequence[Opening], *, key: str) -> None:
    """The same for every row of a table, in its order; nothing where there is none."""
    if not openings:
        return
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key=f"{key}_openings"):
        if len(openings) <= MOST_BUTTONS:
            st.markdown("Open the incidents behind:", width="content")
            for at, opening in enumerate(openings):
                opens(opening, key=f"{key}_{at}")
            return
        chosen = st.selectbox(
            "Open the incidents behind",
            range(len(openings)),
            format_func=lambda at: openings[at].label,
            index=None,
            placeholder="Choose a number of this table",
            key=f"{key}_opens_one",
        )
    if chosen is not None:
        # Forgotten, so that coming back does not lead away again.
        del st.session_state[f"{key}_opens_one"]
        _go(openings[chosen])


def no_list(why: str) -> None:
    """Why no list opens behind these numbers; `why` is the rest of the sentence."""
    if why:
        st.caption(f"{NO_LIST}: {escape_markdown(why)}.")


def _go(opening: Opening) -> None:
    visit = this_visit()
    open_incidents(opening, view_of(visit), page=visit.page)
