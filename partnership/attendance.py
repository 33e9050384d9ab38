"""Who was at the table? The verbs on the chair, on attendance by agency and on the confidentiality statement."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from partnership import wording
from partnership.authority import Actor, Deed
from partnership.changes import NOTHING_ELSE, Saved, add, change, is_nothing_to_do, refuse_stale, saved
from partnership.errors import NoSuchRecord, PartnershipError
from partnership.finding import find_agency, find_meeting
from partnership.models import Attendance, Event, EventText, Meeting
from partnership.vocabulary import MeetingState, Presence

_CLOSED = "The meeting is closed and stays as it is. Write an addendum."


def name_chair(
    session: Session,
    actor: Actor,
    *,
    meeting_id: int,
    chair_name: str,
    seen_version: int,
    geography: Mapping[str, str],
    at: datetime,
) -> Saved:
    """Say who chairs the meeting.

    Raises:
        NoSuchRecord: the meeting is absent or not in the actor's sector.
        StaleSave: somebody saved the meeting first.
        PartnershipError: the meeting is closed, or nobody is named.
    """
    fields = {"chair_name": wording.name(chair_name, "chair")}
    row = find_meeting(session, actor, Deed.RUN_MEETING, meeting_id=meeting_id, geography=geography)
    return change_meeting(session, actor, row, verb="name_chair", fields=fields, seen_version=seen_version, at=at)


def confirm_confidentiality(
    session: Session, actor: Actor, *, meeting_id: int, seen_version: int, geography: Mapping[str, str], at: datetime
) -> Saved:
    """Record that everybody present has heard the confidentiality statement and agreed. Once is enough.

    Raises:
        NoSuchRecord: the meeting is absent or not in the actor's sector.
        StaleSave: somebody saved the meeting first.
        PartnershipError: the meeting is not open.
    """
    row = find_meeting(session, actor, Deed.RUN_MEETING, meeting_id=meeting_id, geography=geography)
    if row.confidentiality_confirmed_at is not None:
        return saved(row, NOTHING_ELSE, is_changed=False)
    if row.state is MeetingState.DRAFT:
        raise PartnershipError("The meeting has not begun. Open it, read the statement out, then confirm it.")
    fields = {"confidentiality_confirmed_at": at}
    verb = "confirm_confidentiality"
    return change_meeting(session, actor, row, verb=verb, fields=fields, seen_version=seen_version, at=at)


def record_attendance(
    session: Session,
    actor: Actor,
    *,
    meeting_id: int,
    agency: str | None,
    name: str,
    presence: Presence,
    seen_version: int,
    geography: Mapping[str, str],
    at: datetime,
) -> Saved:
    """Record that somebody was present, sent apologies or stayed away; `withdrawn` takes an entry made in error back.

    Args:
        session: a write session.
        actor: who records it.
        meeting_id: the meeting.
        agency: the agency's code; None for the police.
        name: the person's name; one entry a person and agency.
        presence: how it was.
        seen_version: the version of the entry the page showed; 0 where it showed none.
        geography: neighbourhood code to sector code.
        at: when (UTC).

    Raises:
        NoSuchRecord: the meeting is absent or not in the actor's sector, or there is no entry to withdraw.
        StaleSave: somebody recorded it otherwise first.
        PartnershipError: the meeting is closed, nobody is named, or there is no such agency.
    """
    meeting = find_meeting(session, actor, Deed.RUN_MEETING, meeting_id=meeting_id, geography=geography)
    who = wording.name(name, "name")
    code = None if agency is None else find_agency(session, agency).code
    row = session.scalar(
        select(Attendance)
        .where(
            Attendance.meeting_id == meeting.id,
            Attendance.name == who,
            Attendance.agency.is_not_distinct_from(code),
        )
        .with_for_update()
    )
    fields = {"presence": presence}
    if row is not None:
        if is_nothing_to_do(row, fields):
            return saved(row, NOTHING_ELSE, is_changed=False)
        refuse_stale(session, row, seen_version=seen_version, fields=fields)
    if meeting.state is MeetingState.CLOSED:
        raise PartnershipError(_CLOSED)
    if row is not None:
        return change(session, actor, row, verb="record_attendance", fields=fields, at=at)
    if presence is Presence.WITHDRAWN:
        raise NoSuchRecord
    row = Attendance(meeting_id=meeting.id, agency=code, name=who, version=1, **fields)
    return add(session, actor, row, verb="record_attendance", at=at)


def change_meeting(
    session: Session,
    actor: Actor,
    row: Meeting,
    *,
    verb: str,
    fields: Mapping[str, object],
    seen_version: int,
    at: datetime,
) -> Saved:
    """Set fields of a meeting that is not closed; the caller has found it in the actor's scope.

    Chair, statement, notes and remarks have a form each: what somebody wrote into another one is no clash.

    Raises:
        StaleSave: somebody wrote into the same field first.
        PartnershipError: the meeting is closed.
    """
    if is_nothing_to_do(row, fields):
        return saved(row, NOTHING_ELSE, is_changed=False)
    _refuse_clash(session, row, seen_version=seen_version, fields=fields)
    if row.state is MeetingState.CLOSED:
        raise PartnershipError(_CLOSED)
    return change(session, actor, row, verb=verb, fields=fields, at=at)


def _refuse_clash(session: Session, row: Meeting, *, seen_version: int, fields: Mapping[str, object]) -> None:
    later = (Event.subject == "meeting", Event.subject_id == str(row.id), Event.version_after > seen_version)
    touched = {name for event in session.scalars(select(Event).where(*later)) for name in event.details}
    touched |= set(session.scalars(select(EventText.field).join(Event, EventText.event_id == Event.id).where(*later)))
    if touched & fields.keys():
        refuse_stale(session, row, seen_version=seen_version, fields=fields)
