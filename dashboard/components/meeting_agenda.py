"""Where in the agenda are we? The cases at the side, each with a tick once it is decided; one press opens it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import streamlit as st

from dashboard.text import escape_markdown
from dashboard.view_models.meeting import AgendaLine

_ICONS = {True: ":material/check_circle:", False: ":material/radio_button_unchecked:", None: ":material/list:"}
_SAID = {True: "Done", False: "Not yet done", None: "Everybody else on the lists and the books"}


def agenda(lines: Sequence[AgendaLine], shown: str, *, key: str, on_choice: Callable[[str], None]) -> None:
    """Draw the agenda; `on_choice` is told the screen before the next run."""
    with st.container(key=f"{key}_agenda", gap="xxsmall", border=True):
        st.markdown("**Agenda**")
        for line in lines:
            label = escape_markdown(line.label)
            st.button(
                f"**{label}**" if line.screen == shown else label,
                key=f"{key}_agenda_{line.screen}",
                type="tertiary",
                icon=_ICONS[line.is_done],
                help=_SAID[line.is_done],
                on_click=on_choice,
                args=(line.screen,),
            )
