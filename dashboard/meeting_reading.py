"""What does every screen of a meeting start from? One reading of its record, and the screen asked for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import streamlit as st

from analysis.questions.view import View
from dashboard import decisions
from dashboard.components.field_form import FieldForm, Sent
from dashboard.components.field_form import finish as finish_form
from dashboard.components.meeting_form import drafted_form
from dashboard.components.outcome import Outcome
from dashboard.consultation import Looked, consult, names_shown
from dashboard.data import assumptions, audience_of
from dashboard.data.meeting import drafts_of, record_of, view_for
from dashboard.data.top_ten import names
from dashboard.meeting_deeds import keep_draft
from dashboard.today import today
from dashboard.view_models.action_update import may_do
from dashboard.view_models.meeting import START, Setting, is_screen
from dashboard.view_models.meeting_forms import drafts_for
from dashboard.view_models.person_forms import Around
from dashboard.visit import Visit
from partnership.authority import Deed
from partnership.drafts import DraftView
from partnership.meeting_record import CaseRecord, MeetingRecord
from partnership.vocabulary import MeetingState

_LONGEST_NUMBER = 9  # digits; no row of a database has a longer one

KEY = "meeting"
MEETING_PARAMETER, SCREEN_PARAMETER = "meeting", "case"


@dataclass(frozen=True)
class Sitting:
    """One meeting as it stood when the run began, and what the forms propose from."""

    visit: Visit
    record: MeetingRecord
    setting: Setting
    around: Around
    view: View
    drafts: tuple[DraftView, ...]

    @property
    def may_write(self) -> bool:
        """Whether anything can be changed: by right, and because the meeting is not closed."""
        return self.record.state is not MeetingState.CLOSED and self.may(Deed.RUN_MEETING)

    @property
    def may_decide(self) -> bool:
        """Whether decisions can be recorded: the meeting is open, and the viewer may."""
        return self.may_write and self.record.state is MeetingState.OPEN

    def may(self, deed: Deed) -> bool:
        """Whether the viewer's role has the right; the verb checks it again."""
        return may_do(self.visit.viewer, deed, self.setting.today)

    def case(self, reference: str) -> CaseRecord | None:
        """A case of the record."""
        return next((one for one in self.record.every_case if one.reference == reference), None)


def sitting(visit: Visit, meeting_id: int | None) -> Sitting | None:
    """The meeting with everything its screens need; None where there is none open to the viewer."""
    record = record_of(visit, meeting_id)
    if record is None:
        return None
    day, assumed = today(visit.facts), assumptions()
    agencies = decisions.agencies()
    may_run = may_do(visit.viewer, Deed.RUN_MEETING, day)
    setting = Setting(
        today=day,
        agencies=agencies,
        areas={area.code: area.name for area in visit.facts.neighbourhoods},
        names=_names(visit, record),
        due_soon_days=assumed.whole("action_due_soon_days"),
        stalled_days=assumed.whole("plan_stalled_days"),
    )
    return Sitting(
        visit,
        record,
        setting,
        Around(
            visit.viewer,
            day,
            agencies,
            decisions.owners(visit),
            review_weeks=assumed.whole("plan_review_weeks"),
            share_weeks=assumed.whole("share_weeks"),
        ),
        view_for(visit, record.sector, record.held_on),
        drafts_of(visit, record.meeting_id) if may_run else (),
    )


def read_again(here: Sitting) -> Sitting:
    """The same sitting as it stands now: a form in front of the page outlives the run that drew the page."""
    record = record_of(here.visit, here.record.meeting_id)
    return replace(here, record=record or here.record, drafts=drafts_of(here.visit, here.record.meeting_id))


def _names(visit: Visit, record: MeetingRecord) -> dict[str, str]:
    people = frozenset(case.person_id for case in record.agenda)
    if not people:
        return {}
    purpose = consult(visit, people, Looked.NAMES, key=KEY, button="Show names")
    if purpose is None or not names_shown(purpose, len(people), key=KEY):
        return {}
    return dict(names(visit.facts.id, people, audience_of(visit), purpose))


def asked_meeting() -> int | None:
    """The meeting of the address, if any."""
    said = st.query_params.get(MEETING_PARAMETER, "")
    is_number = said.isascii() and said.isdigit() and len(said) <= _LONGEST_NUMBER
    return int(said) if is_number else None


def keep_meeting(meeting_id: int) -> None:
    """Put the meeting that is shown into the address, so that closing it or arranging another does not lead away."""
    st.query_params[MEETING_PARAMETER] = str(meeting_id)


def show_meeting(meeting_id: int) -> None:
    """Go to another meeting's start; called before the next run, as what a button does."""
    st.query_params.from_dict({MEETING_PARAMETER: str(meeting_id)})


def show_screen(screen: str) -> None:
    """Go to a screen of the meeting: the start, a case by its reference, the whole list, or the end."""
    st.query_params[SCREEN_PARAMETER] = screen


def screen_of(record: MeetingRecord) -> str:
    """The screen asked for; the start where there is none of that name any more."""
    asked = st.query_params.get(SCREEN_PARAMETER, START)
    return asked if is_screen(record, asked) else START


def form(
    here: Sitting,
    view: FieldForm,
    save: Callable[[Sent], Outcome],
    *,
    reference: str | None = None,
    shortcut: str | None = None,
) -> None:
    """One form of the meeting: its drafts are kept as its fields are left, and what came of it is said."""
    number = here.record.meeting_id

    def left(name: str, text: str) -> None:
        keep_draft(here.visit, number, reference, view.deed, name, text)

    key = f"{KEY}_{reference or number}"
    drafts = drafts_for(view.deed, reference, here.drafts)
    sent = drafted_form(view, key=key, drafts=drafts, on_left=left, shortcut=shortcut)
    if sent is not None:
        done(save(sent), view, key=key)


def done(outcome: Outcome, view: FieldForm, *, key: str) -> None:
    """Say what came of a form on the next run: saved, at the top of the page; refused, at the form."""
    if outcome.is_saved:
        st.session_state.pop(f"{KEY}_asked", None)
        st.session_state[f"{KEY}_outcome"] = outcome
    st.session_state.setdefault(f"{key}_{view.deed}_versions", {})
    finish_form(outcome, view, key=key)
