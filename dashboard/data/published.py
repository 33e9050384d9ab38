"""Which lists were published for the week shown, and what would they be now?"""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from analysis.disclosure import Audience
from analysis.questions.published_lists import PublishedAgainstNow, published_against_now, weeks_published
from analysis.questions.view import View
from dashboard.data import audience_of, build_of, view_of
from dashboard.visit import Visit


def published(visit: Visit, area: str) -> PublishedAgainstNow | None:
    """The lists of one neighbourhood as published for the week of the filters, beside today's; None where none were.

    Raises:
        StoreError: what was published cannot be read.
        QuestionError: the build cannot answer.
    """
    view = replace(view_of(visit), neighbourhoods=(area,))
    if view.as_of not in weeks_published(build_of(visit.facts.id)):
        return None
    return _published(visit.facts.id, view, audience_of(visit))


@st.cache_resource(max_entries=64, show_spinner=False)
def _published(build_id: str, view: View, audience: Audience) -> PublishedAgainstNow | None:
    """What is published stays as it is, so the answer may be kept once there is one."""
    return published_against_now(build_of(build_id), view, audience)
