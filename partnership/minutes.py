"""What is noted of a meeting beside its decisions? Last meeting's notes agreed, notes of this one, and addenda."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from partnership import wording
from partnership.attendance import change_meeting
from partnership.authority import Actor, Deed
from partnership.changes import About, Saved, add, saved
from partnership.errors import PartnershipError
from partnership.finding import find_case, find_meeting
from partnership.models import Addendum, Meeting
from partnership.vocabulary import MeetingState


def agree_last_notes(
    session: Session,
    actor: Actor,
    *,
    meeting_id: int,
    remarks: str | None,
    seen_version: int,
    geography: Mapping[str, str],
    at: datetime,
) -> Saved:
    """Record that the notes of the last meeting were agreed, and what was remarked on them.

    Raises:
        NoSuchRecord: the meeting is absent or not in the actor's sector.
        StaleSave: somebody saved the meeting first.
        PartnershipError: the meeting is not open, or the sector has no earlier meeting that is closed.
    """
    row = find_meeting(session, actor, Deed.RUN_MEETING, meeting_id=meeting_id, geography=geography)
    said = wording.optional_text(remarks, "remarks")
    if row.state is MeetingState.DRAFT:
        raise PartnershipError("The meeting has not begun. Open it first.")
    if last_closed(session, row) is None:
        raise PartnershipError("The sector has no earlier closed meeting, so there are no notes to agree.")
    fields = {"last_notes_agreed_at": row.last_notes_agreed_at or at, "last_notes_remarks": said}
    verb = "agree_last_notes"
    return change_meeting(session, actor, row, verb=verb, fields=fields, seen_version=seen_version, at=at)


def write_notes(
    session: Session,
    actor: Actor,
    *,
    meeting_id: int,
    notes: str | None,
    seen_version: int,
    geography: Mapping[str, str],
    at: datetime,
) -> Saved:
    """Write what belongs to no case: agencies' reports, any other business. No person is named here.

    Raises:
        NoSuchRecord: the meeting is absent or not in the actor's sector.
        StaleSave: somebody saved the meeting first.
        PartnershipError: the meeting is closed.
    """
    row = find_meeting(session, actor, Deed.RUN_MEETING, meeting_id=meeting_id, geography=geography)
    fields = {"notes": wording.optional_text(notes, "notes")}
    return change_meeting(session, actor, row, verb="write_notes", fields=fields, seen_version=seen_version, at=at)


def write_addendum(
    session: Session,
    actor: Actor,
    *,
    meeting_id: int,
    reference: str | None,
    text: str,
    geography: Mapping[str, str],
    at: datetime,
) -> Saved:
    """Put something right after the meeting was closed; the record itself stays. The same again changes nothing.

    Args:
        session: a write session.
        actor: who writes it.
        meeting_id: the closed meeting.
        reference: the case it is about; None for none.
        text: what is put right.
        geography: neighbourhood code to sector code.
        at: when (UTC).

    Raises:
        NoSuchRecord: meeting or case is absent or not the actor's.
        PartnershipError: the meeting is not closed, or nothing is written.
    """
    meeting = find_meeting(session, actor, Deed.RUN_MEETING, meeting_id=meeting_id, geography=geography)
    case = None
    if reference is not None:
        case = find_case(session, actor, Deed.CHANGE_CASE, reference=reference, geography=geography)
    said = wording.text(text, "addendum")
    if meeting.state is not MeetingState.CLOSED:
        raise PartnershipError("The meeting is not closed. Correct the record itself.")
    about, case_id = About(case), None if case is None else case.id
    same = select(Addendum).where(Addendum.meeting_id == meeting.id, Addendum.text == said)
    row = session.scalars(same.where(Addendum.case_id.is_not_distinct_from(case_id))).first()
    if row is not None:
        return saved(row, about, is_changed=False)
    row = Addendum(meeting_id=meeting.id, case_id=case_id, text=said, written_at=at, written_by=actor.name, version=1)
    return add(session, actor, row, verb="write_addendum", at=at, about=about)


def last_closed(session: Session, meeting: Meeting) -> Meeting | None:
    """The sector's newest closed meeting before this one; None where there is none."""
    return session.scalar(
        select(Meeting)
        .where(
            Meeting.sector == meeting.sector,
            Meeting.held_on < meeting.held_on,
            Meeting.state == MeetingState.CLOSED,
        )
        .order_by(Meeting.held_on.desc())
        .limit(1)
    )
