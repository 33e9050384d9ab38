"""Where in the agenda are we? The cases at the side, each with a tick once it is decided; one press opens it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import streamlit as st

from dashboard.text import escape_markdown
from dashboard.view_models.meeting import AgendaLine


def agenda(lines: Sequence[AgendaLine], shown: str, *, key: str, on_choice: Callable[[str], None]) -> None:
    """Draw the agenda; `on_choice` is told the screen before the next run."""
    with st.container(key=f"{key}_agenda", gap="small", border=True):
        st.markdown("**Agenda**")
        for line in lines:
            label = escape_markdown(line.label)
            st.button(
                f"**{label}**" if line.screen == shown else label,
                key=f"{key}_agenda_{line.screen}",
                type="tertiary",
                icon=":material/check_circle:" if line.is_done else ":material/radio_button_unchecked:",
                help="Decided" if line.is_done else "Not yet decided",
                on_click=on_choice,
                args=(line.screen,),
            )
