"""What is shared with our agency, and what have we promised?"""

from __future__ import annotations

import streamlit as st

from dashboard import decisions
from dashboard.data import assumptions, audience_of
from dashboard.data.shared_with_us import shared_totals
from dashboard.frame import page_title
from dashboard.partner.minutes import minutes_part
from dashboard.partner.own_actions import own_actions_part
from dashboard.partner.shared_cases import log_list, shared_cases_part
from dashboard.partner.totals import totals_part
from dashboard.text import escape_markdown
from dashboard.today import today
from dashboard.view_models import shared_with_us as views
from dashboard.visit import Visit, this_visit
from partnership.errors import PartnershipError


def show(visit: Visit) -> None:
    """The page. Nothing of a case is drawn before the access log has its row."""
    cases, day = decisions.shared_cases(visit), today(visit.facts)
    log_list(visit, cases)
    agencies = {agency.code: agency.name for agency in decisions.agencies()}
    soon = assumptions().whole("action_due_soon_days")
    board = decisions.plan_board(visit)
    rows = views.own_actions(board, visit, agencies=agencies, today=day, due_soon_days=soon)
    us = agencies.get(visit.viewer.agency or "", "your agency")
    page_title("Shared with us", views.answer(cases, rows, us))
    with st.expander("What you see here, what you do not, and how to ask", expanded=True, key="our_banner"):
        for said in (views.WHAT_YOU_SEE, views.WHAT_YOU_DO_NOT_SEE, views.HOW_TO_ASK):
            st.markdown(escape_markdown(said))
    own_actions_part(visit, rows, day)
    shared_cases_part(visit, cases, agencies, day)
    minutes_part(visit, agencies, due_soon_days=soon)
    totals_part(visit, shared_totals(visit.facts.id, audience_of(visit), visit.facts.default_as_of))


try:
    show(this_visit())
except PartnershipError as refused:
    st.error(escape_markdown(str(refused)))
