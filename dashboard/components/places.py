"""Where can one go on from a table of areas? One button an area, in the table's order."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from dashboard.text import escape_markdown


def place_buttons(label: str, places: Sequence[tuple[str, str]], *, key: str) -> str | None:
    """Draw a button for each (code, name); the code of the one chosen in this run."""
    if not places:
        return None
    chosen = None
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key=f"{key}_places"):
        st.markdown(escape_markdown(label), width="content")
        for code, name in places:
            if st.button(escape_markdown(name), key=f"{key}_{code}", type="tertiary"):
                chosen = code
    return chosen
