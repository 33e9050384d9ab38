"""How does a meeting begin? The agenda is drawn up, the meeting opened, and who is here is recorded."""

from __future__ import annotations

from datetime import timedelta

import streamlit as st

from dashboard import decisions, meeting_deeds
from dashboard.components.outcome import Outcome, keep_outcome
from dashboard.components.table import table
from dashboard.data import assumptions
from dashboard.data.meeting import identities_since, lists_for
from dashboard.meeting_reading import KEY, Sitting, form
from dashboard.publishing import with_the_lists
from dashboard.text import escape_markdown
from dashboard.view_models.meeting import STATEMENT, attendance_table, titled
from dashboard.view_models.meeting_facts import agenda_of, list_facts
from dashboard.view_models.meeting_forms import attendance_form, meeting_forms
from partnership.authority import Deed
from partnership.vocabulary import MeetingState


def start_screen(here: Sitting) -> None:
    """Before the first case."""
    _begin(here)
    present, said = st.columns(2, gap="large")
    with present:
        _attendance(here)
    with said:
        _statement(here)
        _last_notes(here)


def keep(outcome: Outcome) -> None:
    """Say what came of a button at the top of the next run."""
    keep_outcome(outcome, key=KEY)
    st.rerun()


def _begin(here: Sitting) -> None:
    record = here.record
    if not here.may_write:
        return
    with st.container(horizontal=True, key=f"{KEY}_begin"):
        is_draft = record.state is MeetingState.DRAFT
        if is_draft and st.button("Open the meeting", type="primary", key=f"{KEY}_open"):
            opened = meeting_deeds.advance(here.visit, record, MeetingState.OPEN, named=titled(record))
            keep(with_the_lists(opened, here.visit, here.view.as_of))
        if here.may(Deed.DRAW_UP_AGENDA):
            label = "Draw up the agenda again" if record.cases else "Draw up the agenda"
            if st.button(label, key=f"{KEY}_draw", help="The week's exceptions; what the chair changed stays"):
                _draw_up(here)
    if not record.cases:
        st.caption("The agenda is drawn up by the sector inspector or public protection, from the lists and the plans.")


def _draw_up(here: Sitting) -> None:
    lists = lists_for(here.visit, here.view)
    rows = lists.risks.rows
    version = assumptions().text("marac_repeat_version")
    facts = list_facts(lists.top_tens, rows.to_dicts() if rows.height else [], marac_version=version)
    codes = set(here.view.neighbourhoods or ())
    plans = [plan for plan in decisions.plans(here.visit) if plan.neighbourhood in codes]
    since = here.record.last_meeting or here.record.held_on - timedelta(weeks=1)
    agenda = agenda_of(
        facts,
        plans,
        here.setting.areas,
        held_on=here.record.held_on,
        places=assumptions().whole("meeting_places"),
        sharp_rise=assumptions().whole("sharp_rise_places"),
        identities=identities_since(here.visit, since),
    )
    keep(meeting_deeds.draw_up(here.visit, here.record.meeting_id, agenda))


def _attendance(here: Sitting) -> None:
    record = here.record
    st.subheader("Who is here", anchor=False)
    if record.chair_name:
        st.markdown(f"Chair: **{escape_markdown(record.chair_name)}**")
    if record.attendance:
        table(attendance_table(record, here.setting), key=f"{KEY}_attendance")
    else:
        st.markdown("Nobody is recorded yet.")
    if not here.may_write:
        return
    with st.container(border=True):
        form(
            here,
            attendance_form(here.around),
            lambda sent: meeting_deeds.record_attendance(here.visit, record, sent),
        )
    with st.expander("The chair", key=f"{KEY}_chair_fold"):
        form(here, meeting_forms(record)["name_chair"], lambda sent: meeting_deeds.write(here.visit, record, sent))


def _statement(here: Sitting) -> None:
    record = here.record
    st.subheader("Confidentiality", anchor=False)
    st.markdown(f"> {escape_markdown(STATEMENT)}")
    if record.confidentiality_confirmed_at is not None:
        st.markdown("✓ Read out and agreed by everyone present.")
    elif here.may_decide:
        if st.button("Read out and agreed", key=f"{KEY}_confirm"):
            keep(meeting_deeds.confirm_confidentiality(here.visit, record))
    else:
        st.caption(_not_so(record.state, "Confirmed"))


def _last_notes(here: Sitting) -> None:
    record = here.record
    st.subheader("Notes of the last meeting", anchor=False)
    if record.last_meeting is None:
        st.markdown("The sector has no earlier closed meeting.")
        return
    if record.last_notes_agreed_at is not None:
        remarks = f" Remarks: {escape_markdown(record.last_notes_remarks)}" if record.last_notes_remarks else ""
        st.markdown(f"✓ Agreed.{remarks}")
    if here.may_decide:
        view = meeting_forms(record)["agree_last_notes"]
        form(here, view, lambda sent: meeting_deeds.write(here.visit, record, sent))
    elif record.last_notes_agreed_at is None:
        st.caption(_not_so(record.state, "Agreed"))


def _not_so(state: MeetingState, word: str) -> str:
    """What to say of something nobody has confirmed or agreed, and this person cannot."""
    match state:
        case MeetingState.DRAFT:
            return f"{word} once the meeting is open."
        case MeetingState.OPEN:
            return f"Not {word.lower()} yet."
        case _:
            return f"Not {word.lower()}."
