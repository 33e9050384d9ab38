"""Which cases are shared with our agency? The list and one case opened, each logged before it is drawn."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

import streamlit as st

from dashboard.components.notes import empty_state
from dashboard.components.table import table
from dashboard.data import assumptions
from dashboard.data.shared_with_us import Shown, log_shown
from dashboard.text import escape_markdown
from dashboard.view_models.shared_with_us import HOW_TO_ASK, case_detail, cases_table
from dashboard.visit import Visit
from partnership.views import SharedCase

_LISTED, _OPENED = "shared_cases_logged", "shared_case_open"


def log_list(visit: Visit, cases: Sequence[SharedCase]) -> None:
    """Log each case of the list, once a session; ask before anything of a case is drawn.

    Raises:
        PartnershipError: the log cannot be written, and so nothing may be shown.
    """
    listed: frozenset[str] = st.session_state.get(_LISTED, frozenset())
    fresh = frozenset(case.reference for case in cases) - listed
    if fresh:
        log_shown(visit, fresh, Shown.LIST)
        st.session_state[_LISTED] = listed | fresh


def shared_cases_part(visit: Visit, cases: Sequence[SharedCase], agencies: Mapping[str, str], day: date) -> None:
    """The list, and beside it the case that is opened. Each opening is logged.

    Raises:
        PartnershipError: the log cannot be written; the case is not shown.
    """
    st.subheader("Cases shared with us", anchor=False)
    if not cases:
        empty_state(why="No case is shared with your agency today.", what_to_do=HOW_TO_ASK)
        return
    wide, narrow = st.columns([3, 2], gap="medium")
    with wide:
        table(cases_table(cases), key="our_cases")
    by_reference = {case.reference: case for case in cases}
    with narrow, st.container(border=True, key="our_case"):
        reference = st.selectbox(
            "Open a case", list(by_reference), index=None, placeholder="Choose one", key="our_case_chosen"
        )
        if reference is None:
            st.session_state[_OPENED] = None
            return
        if st.session_state.get(_OPENED) != reference:
            log_shown(visit, (reference,), Shown.OPENED)
            st.session_state[_OPENED] = reference
        _detail(by_reference[reference], agencies, day)


def _detail(case: SharedCase, agencies: Mapping[str, str], day: date) -> None:
    soon = assumptions().whole("action_due_soon_days")
    detail = case_detail(case, agencies=agencies, today=day, due_soon_days=soon)
    for said in detail.lines:
        st.markdown(escape_markdown(said))
    if detail.others:
        st.markdown("**What other agencies do**")
        table(detail.others, key="our_case_others")
