"""Where can one go on from a table of areas? One button an area, in the table's order."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import streamlit as st

from dashboard.text import escape_markdown


def place_buttons(label: str, places: Sequence[tuple[str, str]], *, key: str, on_choice: Callable[[str], None]) -> bool:
    """Draw a button for each (code, name). `on_choice` is told the code before the next run; whether one was chosen."""
    if not places:
        return False
    is_chosen = False
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key=f"{key}_places"):
        st.markdown(escape_markdown(label), width="content")
        for code, name in places:
            is_chosen |= st.button(
                f":blue[{escape_markdown(name)}]",
                key=f"{key}_{code}",
                type="tertiary",
                icon=":material/chevron_right:",
                icon_position="right",
                on_click=on_choice,
                args=(code,),
            )
    return is_chosen
