"""What does the Action plans page ask of the build? The top tens, and the risk last recorded of people with a plan."""

from __future__ import annotations

import streamlit as st

from analysis.disclosure import Audience, Released
from analysis.questions.assessed_risk import assessed_risk
from analysis.questions.ranking import ranking
from analysis.questions.view import View
from dashboard.data import assumptions, build_of


@st.cache_resource(max_entries=64, show_spinner="Ranking the callers …")
def top_tens(build_id: str, view: View, audience: Audience) -> Released:
    """The top ten of every neighbourhood in the audience's scope, by area and position."""
    least = assumptions().whole("repeat_minimum_contacts")
    filters = view.ranking_filters(top=assumptions().whole("top_ten_length"))
    return ranking(build_of(build_id), filters, audience, minimum_contacts=least)


@st.cache_resource(max_entries=64, show_spinner=False)
def risks(build_id: str, person_ids: frozenset[str], audience: Audience) -> Released:
    """The risk last recorded of these people."""
    return assessed_risk(build_of(build_id), person_ids, audience)
