"""Which meetings are there, and when is the next? The weekly series of each sector."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from dashboard import meeting_deeds
from dashboard.components.outcome import keep_outcome
from dashboard.components.table import table
from dashboard.meeting_reading import KEY, show_meeting
from dashboard.text import day, escape_markdown, plain_line
from dashboard.today import today
from dashboard.view_models.action_update import may_do
from dashboard.view_models.meeting import meeting_label, meetings_table, next_monday
from dashboard.visit import Visit
from partnership.authority import Deed
from partnership.views import MeetingView

CHOSEN = f"{KEY}_chosen"


def series(visit: Visit, known: Sequence[MeetingView], shown: int | None) -> None:
    """Every meeting of the viewer's sectors, and the button for the next Monday's."""
    with st.expander("Other meetings, and the next one", key=f"{KEY}_series_fold"):
        if known:
            by_number = {one.meeting_id: one for one in known}
            numbers = list(by_number)
            st.selectbox(
                "Open a meeting",
                numbers,
                index=numbers.index(shown) if shown in by_number else None,
                format_func=lambda number: plain_line(meeting_label(by_number[number])),
                key=f"{CHOSEN}_{shown}",
                on_change=_chosen,
                args=(f"{CHOSEN}_{shown}",),
            )
            table(meetings_table(known), key=f"{KEY}_series")
        if may_do(visit.viewer, Deed.RUN_MEETING, today(visit.facts)):
            _arrange(visit, known)


def _chosen(key: str) -> None:
    number = st.session_state.get(key)
    if number is not None:
        show_meeting(number)


def _arrange(visit: Visit, known: Sequence[MeetingView]) -> None:
    sectors = visit.options.sectors
    with st.container(horizontal=True, key=f"{KEY}_arrange"):
        for sector in sectors:
            held_on = next_monday(known, sector, today(visit.facts))
            if st.button(f"Arrange {escape_markdown(sector)}, {day(held_on)}", key=f"{KEY}_arrange_{sector}"):
                keep_outcome(meeting_deeds.arrange(visit, sector, held_on), key=KEY)
                st.rerun()
