"""How does what needs a decision lead to the meeting that takes it?"""

from __future__ import annotations

from typing import NoReturn

import streamlit as st

from dashboard.pages import FOLDER

_PAGE = FOLDER / "meeting.py"


def open_meeting() -> NoReturn:
    """Show the weekly meeting; the filters are kept."""
    st.switch_page(_PAGE, query_params={})
