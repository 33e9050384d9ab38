"""What does the top ten's page ask of the build? One cached answer a build, view, audience and neighbourhood."""

from __future__ import annotations

from collections.abc import Collection, Mapping

import streamlit as st

from analysis.disclosure import Audience
from analysis.questions.identities import Purpose, identities
from analysis.questions.top_ten import TopTen
from analysis.questions.top_ten import top_ten as ask
from analysis.questions.view import View
from dashboard.data import assumptions, build_of


@st.cache_resource(max_entries=64, show_spinner="Counting contacts …")
def top_ten(build_id: str, view: View, audience: Audience, area: str) -> TopTen:
    """The list of one neighbourhood.

    Raises:
        QuestionError: the build cannot answer.
    """
    return ask(build_of(build_id), view, audience, area=area, assumptions=assumptions())


def names(build_id: str, person_ids: Collection[str], audience: Audience, purpose: Purpose) -> Mapping[str, str]:
    """The name last recorded of each of these people; never cached, and only after the log was written."""
    rows = identities(build_of(build_id), frozenset(person_ids), audience, purpose=purpose).rows
    found: dict[str, str] = {}
    for row in rows.sort("last_at", descending=True).iter_rows(named=True):
        if row["kind"] == "name":
            found.setdefault(row["person_id"], row["value"])
    return found
