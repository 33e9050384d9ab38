"""What happened at this meeting? Its record, read in the actor's scope, and as it stood when the meeting closed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlalchemy import ColumnElement, and_, select
from sqlalchemy.orm import Session

from partnership.as_it_stood import as_it_stood, closing_event
from partnership.authority import Actor, Deed, Matter, may
from partnership.errors import NoSuchRecord
from partnership.finding import is_current_on, is_open_to
from partnership.meeting_record import AddendumView, AttendanceLine, CaseRecord, MeetingRecord, RecordedAction
from partnership.minutes import last_closed
from partnership.models import (
    Action,
    ActionPlan,
    Addendum,
    AgendaItem,
    Attendance,
    Case,
    Decision,
    Event,
    Meeting,
    Share,
)
from partnership.reading import action_view, plan_view
from partnership.views import DecisionView, PlanView, ShareView
from partnership.vocabulary import OPEN_ACTION_STATES, AgendaState, PlanState, Presence

_ORDER = (AgendaState.LISTED, AgendaState.CARRIED, AgendaState.DROPPED, AgendaState.WHOLE_LIST)


def meeting_record(session: Session, actor: Actor, meeting_id: int, geography: Mapping[str, str]) -> MeetingRecord:
    """The record of a meeting of the actor's sectors, with the cases open to the actor today.

    Raises:
        NoSuchRecord: absent, or in a sector not open to the actor.
    """
    meeting = _meeting(session, actor, Deed.READ_MEETING, meeting_id, geography)
    return record_within(session, meeting, is_open_to(actor, geography), actor.today, geography)


def record_for_pack(session: Session, actor: Actor, meeting_id: int, geography: Mapping[str, str]) -> MeetingRecord:
    """The whole record, for the pack made by command. The caller writes the access log before anything is shown.

    Raises:
        NoSuchRecord: absent, or the actor is not the operator.
    """
    meeting = _meeting(session, actor, Deed.MAKE_PACK, meeting_id, geography)
    stands = and_(Case.merged_into.is_(None), Case.erased_at.is_(None))
    return record_within(session, meeting, stands, actor.today, geography)


def newest_for_pack(session: Session, actor: Actor, *, most: int) -> tuple[tuple[int, str, date], ...]:
    """Number, sector and day of the newest meetings, of which packs can be made; of none for who may make none."""
    if not may(actor, Deed.MAKE_PACK):
        return ()
    newest = select(Meeting.id, Meeting.sector, Meeting.held_on).order_by(Meeting.held_on.desc(), Meeting.sector)
    return tuple((row.id, row.sector, row.held_on) for row in session.execute(newest.limit(most)))


def _meeting(session: Session, actor: Actor, deed: Deed, meeting_id: int, geography: Mapping[str, str]) -> Meeting:
    meeting = session.get(Meeting, meeting_id)
    if meeting is None or not may(actor, deed, Matter(sector=meeting.sector), geography=geography):
        raise NoSuchRecord
    return meeting


def record_within(
    session: Session, meeting: Meeting, scope: ColumnElement[bool], today: date, geography: Mapping[str, str]
) -> MeetingRecord:
    """The record with the cases of a scope; whoever asks has judged the meeting and the scope to be the reader's."""
    last = last_closed(session, meeting)
    found = _Found.read(session, meeting, last, scope, today)
    return MeetingRecord(
        meeting_id=meeting.id,
        sector=meeting.sector,
        held_on=meeting.held_on,
        state=meeting.state,
        version=meeting.version,
        chair_name=meeting.chair_name,
        opened_at=meeting.opened_at,
        closed_at=meeting.closed_at,
        confidentiality_confirmed_at=meeting.confidentiality_confirmed_at,
        last_meeting=None if last is None else last.held_on,
        last_notes_agreed_at=meeting.last_notes_agreed_at,
        last_notes_remarks=meeting.last_notes_remarks,
        notes=meeting.notes,
        attendance=_attendance(session, meeting),
        cases=tuple(found.case(case, item) for case, item in _items(session, meeting, found)),
        on_the_books=tuple(found.case(case, None) for case in found.books(meeting, geography)),
        addenda=_addenda(session, meeting, found),
    )


@dataclass(frozen=True)
class _Found:
    """The cases open to the actor, by number, with what is known of each.

    `standing` leads from a joined case to the one that stands; `neighbourhoods` are those of the time.
    """

    cases: Mapping[int, Case]
    neighbourhoods: Mapping[int, str]
    standing: Mapping[int, int]
    with_item: frozenset[int]
    plans: Mapping[int, list[PlanView]]
    decisions: Mapping[int, DecisionView]
    shares: Mapping[int, list[ShareView]]
    held: Mapping[int, date]
    meeting_id: int
    since: datetime | None

    @classmethod
    def read(
        cls, session: Session, meeting: Meeting, last: Meeting | None, scope: ColumnElement[bool], today: date
    ) -> _Found:
        """Read everything about the cases at once."""
        until = closing_event(session, meeting.id)
        rows = list(session.scalars(select(Case).where(scope)))
        cases = {row.id: row for row in rows}
        stood = {row.id: row.neighbourhood for row in as_it_stood(session, rows, event_id=until)}
        # A case joined since is read with the case that stands.
        joined = session.execute(select(Case.id, Case.merged_into).where(Case.merged_into.in_(sorted(cases))))
        standing = {number: number for number in cases} | {one: into for one, into in joined if into is not None}
        on_agenda = session.scalars(select(AgendaItem.case_id).where(AgendaItem.meeting_id == meeting.id))
        return cls(
            cases=cases,
            neighbourhoods={row.id: stood.get(row.id, row.neighbourhood) for row in rows},
            standing=standing,
            with_item=frozenset(standing[number] for number in on_agenda if number in standing),
            plans=_plans(session, cases, standing, until),
            decisions=_decisions(session, meeting, cases, standing),
            shares=_shares(session, cases, today),
            held=dict(session.execute(select(Meeting.id, Meeting.held_on)).all()),
            meeting_id=meeting.id,
            since=None if last is None else last.closed_at,
        )

    def books(self, meeting: Meeting, geography: Mapping[str, str]) -> list[Case]:
        """The cases that are no item of the meeting and belong in its record all the same."""
        return [
            case
            for number, case in sorted(self.cases.items(), key=lambda pair: (self.neighbourhoods[pair[0]], pair[0]))
            if number not in self.with_item
            and (
                number in self.decisions
                or (geography.get(self.neighbourhoods[number]) == meeting.sector and self._is_on_the_books(number))
            )
        ]

    def _is_on_the_books(self, number: int) -> bool:
        plans = self.plans.get(number, [])
        return any(plan.state is PlanState.OPEN for plan in plans) or bool(self._actions(plans))

    def case(self, case: Case, item: AgendaItem | None) -> CaseRecord:
        """One case with its item."""
        assert case.person_id is not None, "only an erased case has no person, and none is read"
        area = self.neighbourhoods[case.id]
        plans = [replace(plan, neighbourhood=area) for plan in self.plans.get(case.id, [])]
        added = None if item is None else item.added_because
        return CaseRecord(
            reference=case.reference,
            person_id=case.person_id,
            neighbourhood=area,
            is_restricted=case.is_restricted,
            item_id=None if item is None else item.id,
            item_version=0 if item is None else item.version,
            state=None if item is None else item.state,
            state_reason=None if item is None else item.state_reason,
            reasons=() if item is None else (*filter(None, item.reasons.split("\n")), *((added,) if added else ())),
            top_ten_position=None if item is None else item.top_ten_position,
            times_carried=0 if item is None else item.times_carried,
            decision=self.decisions.get(case.id),
            plan=next((plan for plan in plans if plan.state is PlanState.OPEN), plans[0] if plans else None),
            actions=self._actions(plans),
            shares=tuple(self.shares.get(case.id, [])),
        )

    def _actions(self, plans: Sequence[PlanView]) -> tuple[RecordedAction, ...]:
        found = [
            RecordedAction(action, None if action.meeting_id is None else self.held.get(action.meeting_id))
            for plan in plans
            for action in plan.actions
            if action.status in OPEN_ACTION_STATES
            or action.meeting_id == self.meeting_id
            or (action.reported_at is not None and (self.since is None or action.reported_at >= self.since))
        ]
        return tuple(sorted(found, key=lambda one: (one.action.due_on, one.action.action_id)))


def _items(session: Session, meeting: Meeting, found: _Found) -> list[tuple[Case, AgendaItem]]:
    rows = session.scalars(select(AgendaItem).where(AgendaItem.meeting_id == meeting.id)).all()
    ordered = sorted(rows, key=lambda row: (_ORDER.index(row.state), row.place, row.id))
    first: dict[int, AgendaItem] = {}
    for row in ordered:
        if row.case_id in found.standing:
            first.setdefault(found.standing[row.case_id], row)
    return [(found.cases[number], row) for number, row in first.items()]


def _plans(
    session: Session, cases: Mapping[int, Case], standing: Mapping[int, int], until: int | None
) -> dict[int, list[PlanView]]:
    rows = list(session.scalars(select(ActionPlan).where(ActionPlan.case_id.in_(sorted(standing)))))
    plans = as_it_stood(session, rows, event_id=until)
    numbers = sorted(row.id for row in rows)
    of_plans = list(session.scalars(select(Action).where(Action.plan_id.in_(numbers))))
    actions: dict[int, list[Action]] = defaultdict(list)
    for action in as_it_stood(session, of_plans, event_id=until):
        actions[action.plan_id].append(action)
    changed: dict[int, list[datetime]] = defaultdict(list)
    events = select(Event.plan_id, Event.at).where(Event.plan_id.in_(numbers))
    for plan_id, at in session.execute(events if until is None else events.where(Event.id <= until)):
        if plan_id is not None:
            changed[plan_id].append(at)
    found: dict[int, list[PlanView]] = defaultdict(list)
    for plan in sorted(plans, key=lambda row: (row.opened_at, row.id), reverse=True):
        case = cases[standing[plan.case_id]]
        own = sorted(actions[plan.id], key=lambda row: (row.due_on, row.id))
        found[case.id].append(plan_view(plan, case, map(action_view, own), changed[plan.id]))
    return found


def _decisions(
    session: Session, meeting: Meeting, cases: Mapping[int, Case], standing: Mapping[int, int]
) -> dict[int, DecisionView]:
    rows = session.scalars(select(Decision).where(Decision.meeting_id == meeting.id).order_by(Decision.id))
    return {
        standing[row.case_id]: DecisionView(
            decision_id=row.id,
            meeting_id=meeting.id,
            held_on=meeting.held_on,
            reference=cases[standing[row.case_id]].reference,
            what=row.what,
            reason=row.reason,
            recorded_at=row.recorded_at,
            recorded_by=row.recorded_by,
            version=row.version,
        )
        for row in rows
        if row.case_id in standing
    }


def _shares(session: Session, cases: Mapping[int, Case], today: date) -> dict[int, list[ShareView]]:
    query = select(Share).where(Share.case_id.in_(sorted(cases)), is_current_on(today))
    found: dict[int, list[ShareView]] = defaultdict(list)
    for row in session.scalars(query.order_by(Share.agency, Share.id)):
        found[row.case_id].append(ShareView(row.id, row.agency, row.level, row.until, row.granted_at, row.version))
    return found


def _attendance(session: Session, meeting: Meeting) -> tuple[AttendanceLine, ...]:
    rows = session.scalars(
        select(Attendance).where(Attendance.meeting_id == meeting.id, Attendance.presence != Presence.WITHDRAWN)
    )
    lines = [AttendanceLine(row.id, row.agency, row.name, row.presence, row.version) for row in rows]
    return tuple(sorted(lines, key=lambda line: (line.agency or "", line.name, line.attendance_id)))


def _addenda(session: Session, meeting: Meeting, found: _Found) -> tuple[AddendumView, ...]:
    rows = session.scalars(select(Addendum).where(Addendum.meeting_id == meeting.id).order_by(Addendum.id))
    return tuple(
        AddendumView(
            None if row.case_id is None else found.cases[found.standing[row.case_id]].reference,
            row.text,
            row.written_at,
            row.written_by,
        )
        for row in rows
        if row.case_id is None or row.case_id in found.standing
    )
