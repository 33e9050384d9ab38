"""Which share of the contacts in view is nobody's? Said beside every ranking."""

from __future__ import annotations

import streamlit as st

from analysis.disclosure import Audience, Released
from analysis.questions.unresolved_share import unresolved_share
from analysis.questions.view import View
from dashboard.data import audience_of, build_of, view_of
from dashboard.text import count, escape_markdown, percent
from dashboard.visit import Visit


@st.cache_resource(max_entries=64, show_spinner=False)
def shares(build_id: str, view: View, audience: Audience) -> Released:
    """Contacts of nobody and of people, area by area."""
    return unresolved_share(build_of(build_id), view, audience)


def share_said(unresolved: int, contacts: int) -> str:
    """The share in words; nothing can be said of no contact at all."""
    total = unresolved + contacts
    if not total:
        return ""
    return (
        f"{percent(unresolved / total)} of the contacts of these weeks ({count(unresolved)} of {count(total)}) are "
        "nobody's here: the number was withheld, no name was taken, or the number is shared or an institution's. "
        "Top ten lists them by the reason."
    )


def unresolved_line(visit: Visit, *, area: str | None = None) -> None:
    """The small line under a ranking, of the areas in view or of one of them."""
    rows = shares(visit.facts.id, view_of(visit), audience_of(visit)).rows.to_dicts()
    here = [row for row in rows if area in (None, row["area_code"])]
    said = share_said(sum(row["unresolved"] for row in here), sum(row["contacts"] for row in here))
    if said:
        st.caption(escape_markdown(said))
