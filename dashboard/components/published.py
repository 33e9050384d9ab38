"""How is it shown that a list was published, and what has become of it since?"""

from __future__ import annotations

import streamlit as st

from dashboard.components.outcome import show_outcome
from dashboard.components.table import table
from dashboard.text import escape_markdown
from dashboard.view_models.published import PublishedWords

LABEL = "Publish this week's lists"


def published_part(words: PublishedWords, *, may_publish: bool, key: str) -> bool:
    """Say what was published and what differs now; whether somebody asks for the week to be published."""
    show_outcome(key=key)
    st.caption(escape_markdown(words.said))
    if words.corrected is not None:
        with st.expander("Published as …, now …", expanded=True, key=f"{key}_corrected_fold"):
            table(words.corrected, key=f"{key}_corrected")
            st.caption(escape_markdown(words.why))
    if words.is_published or not may_publish:
        return False
    return st.button(LABEL, key=f"{key}_publish", help="Freezes the lists of every neighbourhood for this week")
