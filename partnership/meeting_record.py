"""What is there to know of one meeting? Everything its page and its pack are made from, for the police."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from partnership.views import ActionView, DecisionView, PlanView, ShareView
from partnership.vocabulary import AgendaState, MeetingState, Presence


@dataclass(frozen=True)
class AttendanceLine:
    """One person at the table, or not; `agency` None is the police."""

    attendance_id: int
    agency: str | None
    name: str
    presence: Presence
    version: int


@dataclass(frozen=True)
class AddendumView:
    """What was put right after the meeting was closed; `reference` None where it is about no case."""

    reference: str | None
    text: str
    written_at: datetime
    written_by: str


@dataclass(frozen=True)
class RecordedAction:
    """An action with the day of the meeting it was agreed in; None where it was agreed between meetings."""

    action: ActionView
    agreed_in: date | None


@dataclass(frozen=True)
class CaseRecord:
    """One case before the meeting.

    Attributes:
        item_id: number of the agenda item, with `item_version`; None and 0 for a case that is only on the books.
        state: listed, whole list, dropped or carried; None for a case that is only on the books.
        state_reason: why it was dropped or carried.
        reasons: why it is here, in words; the chair's own reason last.
        top_ten_position: when the agenda was drawn up; None for who was on no list.
        plan: the open plan, else the newest; None for none.
        actions: every open action, those reported on since the last meeting, and those agreed in this one, by due day.
        shares: in force on the reader's day.
    """

    reference: str
    person_id: str
    neighbourhood: str
    is_restricted: bool
    item_id: int | None
    item_version: int
    state: AgendaState | None
    state_reason: str | None
    reasons: tuple[str, ...]
    top_ten_position: int | None
    times_carried: int
    decision: DecisionView | None
    plan: PlanView | None
    actions: tuple[RecordedAction, ...]
    shares: tuple[ShareView, ...]


@dataclass(frozen=True)
class MeetingRecord:
    """One meeting, whole; of a closed one plans and actions are as they stood when it closed.

    Attributes:
        last_meeting: the day of the sector's last closed meeting; None where there is none.
        cases: every item, those on the agenda first and in its order, then carried, dropped, and the whole list.
        on_the_books: cases that are no item: the sector's with an open plan, which stay here until it is closed, or
            with an action reported on since the last meeting, and those this meeting decided all the same.
    """

    meeting_id: int
    sector: str
    held_on: date
    state: MeetingState
    version: int
    chair_name: str | None
    opened_at: datetime | None
    closed_at: datetime | None
    confidentiality_confirmed_at: datetime | None
    last_meeting: date | None
    last_notes_agreed_at: datetime | None
    last_notes_remarks: str | None
    notes: str | None
    attendance: tuple[AttendanceLine, ...]
    cases: tuple[CaseRecord, ...]
    on_the_books: tuple[CaseRecord, ...]
    addenda: tuple[AddendumView, ...]

    @property
    def agenda(self) -> tuple[CaseRecord, ...]:
        """The cases on the agenda, in order."""
        return self._in(AgendaState.LISTED)

    @property
    def carried(self) -> tuple[CaseRecord, ...]:
        """The cases left for next week."""
        return self._in(AgendaState.CARRIED)

    @property
    def dropped(self) -> tuple[CaseRecord, ...]:
        """The cases taken off the agenda, with the reason."""
        return self._in(AgendaState.DROPPED)

    @property
    def whole_list(self) -> tuple[CaseRecord, ...]:
        """Everybody else on the lists and the books, one click away."""
        return (*self._in(AgendaState.WHOLE_LIST), *self.on_the_books)

    @property
    def every_case(self) -> tuple[CaseRecord, ...]:
        """Every case of the record, once."""
        return (*self.cases, *self.on_the_books)

    def _in(self, state: AgendaState) -> tuple[CaseRecord, ...]:
        return tuple(case for case in self.cases if case.state is state)
