"""What was said at the meetings we sat at? The minutes in our edition, logged before they are drawn."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from dashboard import decisions
from dashboard.components.notes import empty_state
from dashboard.components.table import Table, table
from dashboard.data.shared_with_us import Shown, log_shown
from dashboard.text import day, escape_markdown, plain_line
from dashboard.view_models.shared_minutes import minutes_view
from dashboard.visit import Visit

_OPENED = "our_minutes_open"


def minutes_part(visit: Visit, agencies: Mapping[str, str], *, due_soon_days: int) -> None:
    """The meetings somebody of the agency was present at, and the one that is opened.

    Raises:
        PartnershipError: the log cannot be written, and so nothing is shown.
    """
    st.subheader("Minutes of our meetings", anchor=False)
    attended = {one.meeting_id: one for one in decisions.meetings_attended(visit)}
    if not attended:
        empty_state(
            why="No meeting that is closed names somebody of your agency as present.",
            what_to_do="Ask the sector inspector if that is wrong: attendance is put right by an addendum.",
        )
        return
    number = st.selectbox(
        "Open the minutes of",
        list(attended),
        index=None,
        format_func=lambda one: plain_line(f"{attended[one].sector}, {day(attended[one].held_on)}"),
        placeholder="Choose a meeting",
        key="our_minutes_chosen",
    )
    if number is None:
        st.session_state[_OPENED] = None
        return
    record = decisions.minutes_for(visit, number)
    if st.session_state.get(_OPENED) != number:
        log_shown(visit, {case.reference for case in record.every_case}, Shown.MINUTES)
        st.session_state[_OPENED] = number
    view = minutes_view(record, agencies, due_soon_days=due_soon_days)
    for said in view.lines:
        st.markdown(escape_markdown(said))
    _part("Who was there", view.attendance, "Nobody is recorded.", "attendance")
    _part("Cases shared with us", view.cases, "No case shared with us was before the meeting.", "cases")
    _part("Our actions", view.actions, "No action of ours was open, reported on or agreed.", "actions")


def _part(title: str, shown: Table, none: str, name: str) -> None:
    st.markdown(f"**{escape_markdown(title)}**")
    table(shown, key=f"our_minutes_{name}") if shown.rows else st.markdown(none)
