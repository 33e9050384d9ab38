"""How does a meeting end? What was agreed, by agency; what is still open; then it is closed, for good."""

from __future__ import annotations

import streamlit as st

from dashboard import meeting_deeds
from dashboard.components.outcome import keep_outcome
from dashboard.components.table import Table, table
from dashboard.meeting_reading import KEY, Sitting, form, show_screen
from dashboard.pack.button import pack_button
from dashboard.text import escape_markdown, plural
from dashboard.view_models.meeting import (
    addenda_lines,
    agreed_by_agency,
    decisions_table,
    left_table,
    titled,
    undecided,
)
from dashboard.view_models.meeting_forms import addendum_form, meeting_forms, rest_form
from partnership.authority import Deed
from partnership.vocabulary import MeetingState

CLOSING = f"{KEY}_closing"


def end_screen(here: Sitting) -> None:
    """After the last case."""
    record, setting = here.record, here.setting
    _part("What was agreed, by agency", agreed_by_agency(record, setting), "No action was agreed.", "agreed")
    _part("Decisions", decisions_table(record, setting), "Nothing is decided yet.", "decisions")
    _part("Carried or dropped", left_table(record, setting), "Nothing was carried or dropped.", "left")
    _notes(here)
    if record.state is MeetingState.CLOSED:
        st.subheader("The pack", anchor=False)
        pack_button(here.visit, record)
        _addenda(here)
    elif here.may_decide:
        _close(here)


def _part(title: str, shown: Table, none: str, name: str) -> None:
    st.subheader(title, anchor=False)
    table(shown, key=f"{KEY}_{name}") if shown.rows else st.markdown(none)


def _notes(here: Sitting) -> None:
    record = here.record
    st.subheader("Notes", anchor=False)
    if here.may_write:
        form(here, meeting_forms(record)["write_notes"], lambda sent: meeting_deeds.write(here.visit, record, sent))
    else:
        st.markdown(escape_markdown(record.notes) if record.notes else "No notes were kept.")


def _close(here: Sitting) -> None:
    waiting = undecided(here.record)
    st.subheader("Close the meeting", anchor=False)
    if waiting:
        st.markdown(
            f"{plural(len(waiting), 'person', 'people')} in a top ten with neither a decision of this meeting nor an "
            "open plan. Open one to decide it, or say once of all of them that nothing more is done this week."
        )
        with st.expander("Who they are", key=f"{KEY}_waiting_fold"), st.container(horizontal=True):
            for case in waiting:
                st.button(
                    escape_markdown(here.setting.called(case.person_id)),
                    key=f"{KEY}_waiting_{case.reference}",
                    on_click=show_screen,
                    args=(case.reference,),
                )
        rest = rest_form(here.record, len(waiting))
        form(here, rest, lambda sent: meeting_deeds.decide_rest(here.visit, here.record, sent))
    st.button("Close the meeting", type="secondary" if waiting else "primary", key=f"{KEY}_close", on_click=_ask)
    if st.session_state.get(CLOSING):
        _asks_once(here)


def _ask() -> None:
    st.session_state[CLOSING] = True


def _forget() -> None:
    st.session_state.pop(CLOSING, None)


@st.dialog("Close this meeting?", on_dismiss=_forget)
def _asks_once(here: Sitting) -> None:
    named = titled(here.record)
    st.markdown(
        f"**{escape_markdown(named)}**  \nA closed meeting is not opened again, and nothing in it is changed. "
        "What has to be put right later is an addendum."
    )
    if st.button(f"Close {escape_markdown(named)}", type="primary", key=f"{KEY}_close_for_good"):
        outcome = meeting_deeds.advance(here.visit, here.record, MeetingState.CLOSED, named=named)
        keep_outcome(outcome, key=KEY)
        _forget()
        st.rerun()


def _addenda(here: Sitting) -> None:
    st.subheader("Addenda", anchor=False)
    lines = addenda_lines(here.record, here.setting)
    st.markdown("  \n".join(lines) or "None.")
    if here.may(Deed.RUN_MEETING):
        view = addendum_form(here.record, here.setting.areas)
        with st.expander("Write an addendum", key=f"{KEY}_addendum_fold"):
            form(here, view, lambda sent: meeting_deeds.write_addendum(here.visit, here.record, sent))
