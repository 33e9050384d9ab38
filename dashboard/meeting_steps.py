"""Where in the meeting are we? The place, the time on this case, and the keys to the one before and the next."""

from __future__ import annotations

import streamlit as st

from dashboard.components.meeting_timer import timer
from dashboard.meeting_reading import KEY, Sitting, show_screen
from dashboard.text import escape_markdown
from dashboard.view_models.meeting import END, screens, titled


def steps(here: Sitting, shown: str) -> None:
    """Where we are, the time on this case, and the keys to the one before and the next."""
    order = screens(here.record)
    is_beside = shown not in order
    at = len(order) - 1 if is_beside else order.index(shown)
    with st.container(horizontal=True, vertical_alignment="center", key=f"{KEY}_steps"):
        is_case = 0 < at < len(order) - 1
        said = f"Case {at} of {len(order) - 2}" if is_case else "Start" if at == 0 else "End"
        said = "Beside the agenda" if is_beside else said
        st.markdown(f"**{escape_markdown(titled(here.record))}** · {escape_markdown(said)}", width="stretch")
        if is_case and here.may_decide:
            timer(shown, key=KEY)
        with st.container(horizontal=True, width="content"):
            for label, key, to in (("Previous", "P", at - 1), ("Next", "N", at + 1)):
                target = order[to] if 0 <= to < len(order) else END if is_beside else shown
                st.button(
                    label,
                    key=f"{KEY}_{label}",
                    shortcut=key,
                    disabled=target == shown,
                    on_click=show_screen,
                    args=(target,),
                )
