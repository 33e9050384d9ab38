"""What does the Methods page ask? The judgements in force and the facts of the build; kept by build and audience."""

from __future__ import annotations

import streamlit as st

from analysis.disclosure import Audience
from analysis.questions.linkage import Linkage, linkage
from analysis.questions.methods import Methods, methods
from dashboard.data import assumptions, build_of


@st.cache_resource(max_entries=8, show_spinner="Reading the methods")
def methods_of(build_id: str, audience: Audience) -> Methods:
    """The judgements and what the build was made from."""
    return methods(build_of(build_id), assumptions(), audience)


@st.cache_resource(max_entries=8, show_spinner="Reading how people were told apart")
def linkage_of(build_id: str, audience: Audience) -> Linkage:
    """How people were told apart in the build, and how well that works where the truth is known."""
    return linkage(build_of(build_id), audience)
