"""How does a neighbourhood lead to its top ten? By the filter bar, as if it had been chosen there."""

from __future__ import annotations

from typing import NoReturn

import streamlit as st

from dashboard.pages import FOLDER

_PAGE = FOLDER / "top_ten.py"
_NEIGHBOURHOOD = "neighbourhood"


def choose_neighbourhood(code: str) -> None:
    """Set the filter bar to a neighbourhood; called before the bar is drawn, as what a button does."""
    st.session_state[_NEIGHBOURHOOD] = code


def open_top_ten() -> NoReturn:
    """Show the top ten of the neighbourhood chosen, the other filters kept."""
    # An empty set, not none: none would clear the address, which refuses while a filter stands in it.
    st.switch_page(_PAGE, query_params={})
