"""Who else is there? Everybody on the lists and the books beside the agenda; any of them can be looked at or added."""

from __future__ import annotations

import streamlit as st

from dashboard import meeting_deeds
from dashboard.components.notes import empty_state
from dashboard.components.table import people_table
from dashboard.meeting_reading import KEY, Sitting, form, show_screen
from dashboard.text import plain_line
from dashboard.view_models.meeting import beside_the_agenda, whole_list
from dashboard.view_models.meeting_forms import add_form

LOOKED_AT = f"{KEY}_looked_at"


def list_screen(here: Sitting) -> None:
    """The whole list, one press away from every screen."""
    record = here.record
    st.subheader("The whole list", anchor=False)
    shown = whole_list(record, here.setting)
    if not shown.rows:
        empty_state(why="Nobody stands beside the agenda.", what_to_do="Draw the agenda up to see the lists' people.")
        return
    st.markdown("Everybody on the lists and on the books who is not on the agenda, carried or dropped ones too.")
    looked, added = st.columns(2, gap="large")
    with looked:
        _look_at(here)
    with added:
        view = add_form(beside_the_agenda(record), here.setting.areas)
        if view is not None and here.may_write:
            form(here, view, lambda sent: meeting_deeds.add_case(here.visit, record, sent))
    people_table(shown, key=f"{KEY}_whole_list")


def _look_at(here: Sitting) -> None:
    by_reference = {case.reference: case for case in beside_the_agenda(here.record)}
    st.selectbox(
        "Look at one of them",
        list(by_reference),
        index=None,
        format_func=lambda reference: plain_line(here.setting.called(by_reference[reference].person_id)),
        placeholder="Type a part of the reference",
        key=LOOKED_AT,
        on_change=_chosen,
    )


def _chosen() -> None:
    reference = st.session_state.get(LOOKED_AT)
    if reference is not None:
        show_screen(reference)
