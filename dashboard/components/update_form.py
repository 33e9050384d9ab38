"""How far is an action? The form that reports on one: what happened first, then only the fields that step needs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

import streamlit as st

from dashboard.components.day_field import day_field
from dashboard.components.first_seen import fields_key, first_seen
from dashboard.components.outcome import show_outcome
from dashboard.text import escape_markdown
from partnership.vocabulary import NotDoneBecause


class Step(StrEnum):
    """What can be said of an action; one step is one verb."""

    NOT_STARTED = "not_started"
    IN_PROGRESS = "in_progress"
    DONE = "done"
    NOT_DONE = "not_done"
    CARRY = "carry"
    CANCEL = "cancel"
    REOPEN = "reopen"


STEP_WORDS = {
    Step.NOT_STARTED: "Not started yet",
    Step.IN_PROGRESS: "In progress",
    Step.DONE: "Done",
    Step.NOT_DONE: "Not done",
    Step.CARRY: "Carry to a later day",
    Step.CANCEL: "Cancel it",
    Step.REOPEN: "Open it again",
}
REASON_WORDS = {
    NotDoneBecause.CIRCUMSTANCES_CHANGED: "Circumstances changed",
    NotDoneBecause.AGENCY_DID_NOT: "The agency did not do it",
}
_NOTE_LABELS = {
    Step.NOT_STARTED: "Note",
    Step.IN_PROGRESS: "Note",
    Step.DONE: "What came of it (the last note stands if this is empty)",
    Step.NOT_DONE: "What happened (needed)",
    Step.CANCEL: "Why it is cancelled (needed)",
    Step.REOPEN: "Why it is opened again (needed)",
}
_GOES_ON = frozenset({Step.NOT_STARTED, Step.IN_PROGRESS})


@dataclass(frozen=True)
class UpdateForm:
    """The form for one action, as it stood when it was read.

    Attributes:
        version: the version this reading shows; what is saved names the one the person first saw.
        steps: what this person may say of it today, the present state among them where it is open.
        step: what stands chosen to begin with.
        note: the last note.
        next_day: proposed when it is carried; `earliest_day` is the first that can be chosen.
        closed_because: why there is nothing to change, where `steps` is empty.
    """

    action_id: int
    version: int
    steps: tuple[Step, ...]
    step: Step | None
    note: str
    next_day: date
    earliest_day: date
    closed_because: str = ""


@dataclass(frozen=True)
class ActionUpdate:
    """What was reported: exactly what one verb needs. `note` is the reason where the step asks for one."""

    action_id: int
    seen_version: int
    step: Step
    note: str
    which: NotDoneBecause | None = None
    due_on: date | None = None


def update_form(view: UpdateForm, *, key: str) -> ActionUpdate | None:
    """Draw the form with the outcome of its last save above it; gives what was sent, or None.

    The version sent is the one read when the form was first shown, not the one read at the save. Hand the outcome
    back by `first_seen.finish`.
    """
    show_outcome(key=key)
    if not view.steps:
        st.markdown(escape_markdown(view.closed_because))
        return None
    mine = fields_key(key=key, row=view.action_id)
    seen = first_seen(view.version, key=key, first_field=f"{mine}_step")
    step = st.radio(
        "What has happened?",
        view.steps,
        index=view.steps.index(view.step) if view.step in view.steps else 0,
        format_func=STEP_WORDS.__getitem__,
        key=f"{mine}_step",
    )
    assert step is not None, "a radio with a default is never empty"
    with st.form(f"{mine}_form", border=False):
        which = _reason(mine) if step is Step.NOT_DONE else None
        due_on = _day(view, mine) if step is Step.CARRY else None
        note = "" if step is Step.CARRY else _note(view, step, mine)
        is_sent = st.form_submit_button("Save", type="primary", key=f"{mine}_save")
    return ActionUpdate(view.action_id, seen, step, note, which, due_on) if is_sent else None


def _reason(mine: str) -> NotDoneBecause | None:
    return st.radio(
        "Which of the two?", list(NotDoneBecause), index=None, format_func=REASON_WORDS.__getitem__, key=f"{mine}_why"
    )


def _day(view: UpdateForm, mine: str) -> date:
    return day_field("New day", view.next_day, earliest=view.earliest_day, key=f"{mine}_due")


def _note(view: UpdateForm, step: Step, mine: str) -> str:
    # Each step's words are kept apart, and only progress starts from the last note: an end is written afresh.
    name = "note" if step in _GOES_ON else step.value
    starts_with = view.note if step in _GOES_ON else ""
    typed = st.text_area(_NOTE_LABELS[step], starts_with, height=110, key=f"{mine}_{name}")
    return typed or ""
