"""When do the partners meet, and what do they decide? The verbs on a meeting; a closed one is read-only."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from partnership import wording
from partnership.authority import Actor, Deed, Matter
from partnership.carrying_over import undecided
from partnership.changes import NOTHING_ELSE, About, Saved, add, change, is_nothing_to_do, refuse_stale, saved
from partnership.drafts import clear_drafts
from partnership.errors import PartnershipError
from partnership.finding import find_case, find_meeting, require
from partnership.models import ActionPlan, Case, Decision, Meeting
from partnership.vocabulary import DecisionKind, MeetingState, PlanState

_NEEDS_REASON = frozenset({DecisionKind.NO_ACTION, DecisionKind.REFER, DecisionKind.CLOSE_PLAN})
_CLOSED = "The meeting is closed and stays as it is. Write an addendum, or record the matter in the next meeting."
A_WEEK = 7
"""Days between the meetings of a series. Source: HMIC (2014), meetings held weekly."""


def arrange_meeting(
    session: Session, actor: Actor, *, sector: str, held_on: date, geography: Mapping[str, str], at: datetime
) -> Saved:
    """Set a day for a sector's meeting. The same day again is the same meeting.

    Raises:
        NoSuchRecord: the sector is not the actor's.
        PartnershipError: the force has no such sector.
    """
    require(actor, Deed.RUN_MEETING, Matter(sector=sector), geography=geography)
    if sector not in geography.values():
        raise PartnershipError("sector: there is none of that code. Choose one of the list.")
    row = session.scalar(select(Meeting).where(Meeting.sector == sector, Meeting.held_on == held_on).with_for_update())
    if row is not None:
        return saved(row, NOTHING_ELSE, is_changed=False)
    row = Meeting(sector=sector, held_on=held_on, state=MeetingState.DRAFT, version=1)
    return add(session, actor, row, verb="arrange_meeting", at=at)


def open_meeting(
    session: Session, actor: Actor, *, meeting_id: int, seen_version: int, geography: Mapping[str, str], at: datetime
) -> Saved:
    """Begin the meeting; decisions can be recorded from now on.

    Raises:
        NoSuchRecord: the meeting is absent or not in the actor's sector.
        StaleSave: somebody saved the meeting first.
        PartnershipError: the meeting is closed.
    """
    row = find_meeting(session, actor, Deed.RUN_MEETING, meeting_id=meeting_id, geography=geography)
    return _move(session, actor, row, to=MeetingState.OPEN, seen_version=seen_version, at=at)


def arrange_next_meeting(
    session: Session,
    actor: Actor,
    *,
    meeting_id: int,
    days: int = A_WEEK,
    geography: Mapping[str, str],
    at: datetime,
) -> Saved:
    """Arrange the sector's next meeting of the series, so many days after this one. Again is the same meeting.

    Raises:
        NoSuchRecord: the meeting is absent or not in the actor's sector.
        PartnershipError: the days do not lead to a later day.
    """
    row = find_meeting(session, actor, Deed.RUN_MEETING, meeting_id=meeting_id, geography=geography)
    if days < 1:
        raise PartnershipError("days: the next meeting is held on a later day. Choose one day or more.")
    held_on = row.held_on + timedelta(days=days)
    return arrange_meeting(session, actor, sector=row.sector, held_on=held_on, geography=geography, at=at)


def close_meeting(
    session: Session,
    actor: Actor,
    *,
    meeting_id: int,
    top_ten: Sequence[str] = (),
    seen_version: int,
    geography: Mapping[str, str],
    at: datetime,
) -> Saved:
    """End the meeting. It cannot be opened again and nothing in it can be changed; a correction is an addendum.

    Args:
        session: a write session.
        actor: who closes it.
        meeting_id: the meeting.
        top_ten: references of cases in a top ten beyond those the agenda holds.
        seen_version: the version of the meeting the page showed.
        geography: neighbourhood code to sector code.
        at: when (UTC).

    Raises:
        NoSuchRecord: the meeting is absent or not in the actor's sector.
        StaleSave: somebody saved the meeting first.
        CasesUndecided: somebody in a top ten has neither a decision of this meeting nor an open plan.
        PartnershipError: the meeting was not opened.
    """
    row = find_meeting(session, actor, Deed.RUN_MEETING, meeting_id=meeting_id, geography=geography)
    if row.state is MeetingState.OPEN and row.version == seen_version:
        found = undecided(session, actor, row, top_ten=top_ten, geography=geography)
        if found is not None:
            raise found
    return _move(session, actor, row, to=MeetingState.CLOSED, seen_version=seen_version, at=at)


def record_decision(
    session: Session,
    actor: Actor,
    *,
    meeting_id: int,
    reference: str,
    what: DecisionKind,
    reason: str | None,
    seen_version: int,
    geography: Mapping[str, str],
    at: datetime,
) -> Saved:
    """Record what the open meeting decides about a case of its sector; one decision a case, correctable until the end.

    Args:
        session: a write session.
        actor: who records it.
        meeting_id: the meeting.
        reference: the case's reference.
        what: the decision.
        reason: why; required for no action, referring and closing.
        seen_version: the version of the decision the form showed; 0 where it showed none.
        geography: neighbourhood code to sector code.
        at: when (UTC).

    Raises:
        NoSuchRecord: meeting or case is absent or not the actor's.
        StaleSave: somebody recorded another decision first.
        PartnershipError: the meeting is not open, the case is another sector's, or a reason is missing.
    """
    meeting = find_meeting(session, actor, Deed.RUN_MEETING, meeting_id=meeting_id, geography=geography)
    case = find_case(session, actor, Deed.CHANGE_CASE, reference=reference, geography=geography)
    why = wording.text(reason or "", "reason") if what in _NEEDS_REASON else wording.optional_text(reason, "reason")
    fields: dict[str, object] = {"what": what, "reason": why or ""}
    about = About(case)
    row = session.scalar(
        select(Decision).where(Decision.meeting_id == meeting.id, Decision.case_id == case.id).with_for_update()
    )
    if row is not None:
        if is_nothing_to_do(row, fields):
            clear_drafts(session, actor, verb="record_decision", case_id=case.id, meeting_id=meeting.id)
            return saved(row, about, is_changed=False)
        refuse_stale(session, row, seen_version=seen_version, fields=fields)
    if meeting.state is not MeetingState.OPEN:
        raise PartnershipError(_CLOSED if meeting.state is MeetingState.CLOSED else "Open the meeting first.")
    if geography.get(case.neighbourhood) != meeting.sector:
        raise PartnershipError("The case belongs to another sector. Record it in that sector's meeting.")
    if what is DecisionKind.CONTINUE_PLAN and not _has_open_plan(session, case):
        raise PartnershipError("The case has no open plan to continue. Open one, or decide otherwise.")
    fields |= {"recorded_at": at, "recorded_by": actor.name}
    if row is not None:
        return change(session, actor, row, verb="record_decision", fields=fields, at=at, about=about)
    row = Decision(meeting_id=meeting.id, case_id=case.id, version=1, **fields)
    return add(session, actor, row, verb="record_decision", at=at, about=about)


def decide_rest(
    session: Session,
    actor: Actor,
    *,
    meeting_id: int,
    reason: str,
    geography: Mapping[str, str],
    at: datetime,
) -> Saved:
    """Record "no action" for everybody in a top ten with neither a decision nor an open plan: a decision each.

    The hour holds about sixteen cases; about the others the meeting says once that nothing more is done this week.
    With nobody waiting nothing changes.

    Args:
        session: a write session.
        actor: who records it; cases not open to them stay undecided.
        meeting_id: the open meeting.
        reason: why nothing more is done, the same for each.
        geography: neighbourhood code to sector code.
        at: when (UTC).

    Raises:
        NoSuchRecord: the meeting is absent or not the actor's.
        PartnershipError: the meeting is not open, or no reason is given.
    """
    meeting = find_meeting(session, actor, Deed.RUN_MEETING, meeting_id=meeting_id, geography=geography)
    why = wording.text(reason, "reason")
    waiting = undecided(session, actor, meeting, top_ten=(), geography=geography)
    references = () if waiting is None else waiting.references
    for reference in references:
        record_decision(
            session,
            actor,
            meeting_id=meeting_id,
            reference=reference,
            what=DecisionKind.NO_ACTION,
            reason=why,
            seen_version=0,
            geography=geography,
            at=at,
        )
    return saved(meeting, NOTHING_ELSE, is_changed=bool(references))


def _has_open_plan(session: Session, case: Case) -> bool:
    is_open = exists().where(ActionPlan.case_id == case.id, ActionPlan.state == PlanState.OPEN)
    return session.scalar(select(is_open)) is True


def _move(session: Session, actor: Actor, row: Meeting, *, to: MeetingState, seen_version: int, at: datetime) -> Saved:
    if row.state is to:
        return saved(row, NOTHING_ELSE, is_changed=False)
    refuse_stale(session, row, seen_version=seen_version, fields={"state": to})
    if row.state is MeetingState.CLOSED:
        raise PartnershipError(_CLOSED)
    if row.state is MeetingState.DRAFT and to is MeetingState.CLOSED:
        raise PartnershipError("The meeting was not opened. Open it first, or leave it as a draft.")
    verb, when = ("open_meeting", "opened_at") if to is MeetingState.OPEN else ("close_meeting", "closed_at")
    return change(session, actor, row, verb=verb, fields={"state": to, when: at}, at=at)
