"""What does a page start from? Who is looking, at which build, through which filters."""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st

from dashboard.build_facts import BuildFacts
from dashboard.filters import FilterOptions, Filters
from dashboard.sign_in import Viewer

_KEY = "visit"


@dataclass(frozen=True)
class Visit:
    """One run of one page; hashable, for cache keys. Pages without a bar carry the last filters or the defaults.

    `page` is the name of the page that runs.
    """

    viewer: Viewer
    facts: BuildFacts
    options: FilterOptions
    filters: Filters
    page: str = ""


def begin(visit: Visit) -> None:
    """The entry file hands the visit to the page it is about to run."""
    st.session_state[_KEY] = visit


def this_visit() -> Visit:
    """The visit of the running page."""
    visit = st.session_state[_KEY]
    assert isinstance(visit, Visit), "pages run from the entry file only"
    return visit
