"""How does a list lead to a person? By session state or a case's random reference; a link never holds a person id."""

from __future__ import annotations

from typing import NoReturn

import streamlit as st

from dashboard.pages import FOLDER

CASE_PARAMETER = "case"
_OPENED = "person_opened"
_PAGE = FOLDER / "person.py"


def open_person(person_id: str) -> NoReturn:
    """Show the person's page, for who is chosen from a list; the address does not change by it."""
    st.session_state[_OPENED] = person_id
    # An empty set, not none: none would clear the address, which refuses while a filter stands in it.
    st.switch_page(_PAGE, query_params={})


def open_case(reference: str) -> NoReturn:
    """Show the page of a case's person; the address carries the case's reference and opens the same for colleagues."""
    st.switch_page(_PAGE, query_params={CASE_PARAMETER: reference})


def opened_person() -> str | None:
    """The person chosen last in this session, if any."""
    chosen = st.session_state.get(_OPENED)
    return None if chosen is None else str(chosen)


def asked_case() -> str | None:
    """The case reference in the address, if any."""
    return st.query_params.get(CASE_PARAMETER)
