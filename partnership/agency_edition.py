"""What of a meeting may one agency read? Its shared cases only, as far as each share goes, and no free text."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from partnership.meeting_record import AttendanceLine, CaseRecord, MeetingRecord, RecordedAction
from partnership.vocabulary import AgendaState, DecisionKind, MeetingState, PlanState, ShareLevel


@dataclass(frozen=True)
class SharedCaseRecord:
    """One case as an agency reads it; what its share does not open is None or empty.

    Attributes:
        own_actions: the agency's own, whole.
        other_actions: at level `case`: who, when and how far, without words.
        decision: at level `case`: what was decided, never why.
        objective: at level `case`: what the open plan is for; `plan_owner`, `review_on` likewise.
    """

    reference: str
    level: ShareLevel
    until: date
    own_actions: tuple[RecordedAction, ...]
    other_actions: tuple[RecordedAction, ...] = ()
    decision: DecisionKind | None = None
    objective: str | None = None
    plan_owner: str | None = None
    review_on: date | None = None


@dataclass(frozen=True)
class AgencyRecord:
    """One meeting in an agency's edition. It does not tell how many other cases there were.

    Attributes:
        agency: its code.
        attendance: of every agency; who sat at the table is known to all who sat there.
        agenda: the shared cases that were on the agenda, in its order.
        others: the other shared cases in which the agency has an action to report on.
    """

    agency: str
    meeting_id: int
    sector: str
    held_on: date
    state: MeetingState
    chair_name: str | None
    is_confidentiality_confirmed: bool
    are_last_notes_agreed: bool
    attendance: tuple[AttendanceLine, ...]
    agenda: tuple[SharedCaseRecord, ...]
    others: tuple[SharedCaseRecord, ...]

    @property
    def every_case(self) -> tuple[SharedCaseRecord, ...]:
        """Every shared case of the record, once."""
        return (*self.agenda, *self.others)


def agency_edition(record: MeetingRecord, agency: str) -> AgencyRecord:
    """The record as the agency may read it on the day the record was read.

    Left out: every case not shared with it, persons, places, reasons, notes, remarks and addenda.
    """
    shared = [(case, _shared(case, agency)) for case in record.every_case]
    return AgencyRecord(
        agency=agency,
        meeting_id=record.meeting_id,
        sector=record.sector,
        held_on=record.held_on,
        state=record.state,
        chair_name=record.chair_name,
        is_confidentiality_confirmed=record.confidentiality_confirmed_at is not None,
        are_last_notes_agreed=record.last_notes_agreed_at is not None,
        attendance=record.attendance,
        agenda=tuple(seen for case, seen in shared if seen is not None and case.state is AgendaState.LISTED),
        others=tuple(
            seen
            for case, seen in shared
            if seen is not None and case.state is not AgendaState.LISTED and seen.own_actions
        ),
    )


def _shared(case: CaseRecord, agency: str) -> SharedCaseRecord | None:
    shares = [share for share in case.shares if share.agency == agency]
    if not shares:
        return None
    share = next((one for one in shares if one.level is ShareLevel.CASE), shares[0])
    seen = SharedCaseRecord(
        reference=case.reference,
        level=share.level,
        until=share.until,
        own_actions=tuple(one for one in case.actions if one.action.owner_agency == agency),
    )
    if share.level is not ShareLevel.CASE:
        return seen
    plan = case.plan if case.plan is not None and case.plan.state is PlanState.OPEN else None
    return replace(
        seen,
        other_actions=tuple(_without_words(one) for one in case.actions if one.action.owner_agency != agency),
        decision=None if case.decision is None else case.decision.what,
        objective=None if plan is None else plan.objective,
        plan_owner=None if plan is None else plan.owner_name,
        review_on=None if plan is None else plan.review_on,
    )


def _without_words(one: RecordedAction) -> RecordedAction:
    hidden = replace(one.action, what=None, owner_name=None, note=None, not_done_because=None, kind=None)
    return replace(one, action=hidden)
