"""Which meetings did an agency sit at, and what may it read of them? Closed ones, in its own edition."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from partnership.agency_edition import AgencyRecord, agency_edition
from partnership.authority import Actor
from partnership.errors import NoSuchRecord
from partnership.finding import is_open_to
from partnership.meeting_reading import record_within
from partnership.models import Attendance, Meeting
from partnership.vocabulary import MeetingState, Presence, Role


@dataclass(frozen=True)
class MeetingAttended:
    """A closed meeting at which somebody of the agency was present."""

    meeting_id: int
    sector: str
    held_on: date


def meetings_attended(session: Session, actor: Actor) -> tuple[MeetingAttended, ...]:
    """The closed meetings somebody of the actor's agency was present at, the newest first; none but for a partner."""
    if actor.role is not Role.PARTNER or actor.agency is None:
        return ()
    rows = session.scalars(_attended(actor.agency).order_by(Meeting.held_on.desc(), Meeting.sector))
    return tuple(MeetingAttended(row.id, row.sector, row.held_on) for row in rows)


def minutes_for(session: Session, actor: Actor, meeting_id: int, geography: Mapping[str, str]) -> AgencyRecord:
    """The agency's edition of a closed meeting it sat at, with the cases shared with it today.

    The caller writes the access log before anything is shown.

    Raises:
        NoSuchRecord: the actor is no partner, the meeting is not closed, or nobody of the agency was present.
    """
    if actor.role is not Role.PARTNER or actor.agency is None:
        raise NoSuchRecord
    meeting = session.scalar(_attended(actor.agency).where(Meeting.id == meeting_id))
    if meeting is None:
        raise NoSuchRecord
    record = record_within(session, meeting, is_open_to(actor, geography), actor.today, geography)
    return agency_edition(record, actor.agency)


def _attended(agency: str) -> Select[Meeting]:
    present = select(Attendance.meeting_id).where(Attendance.agency == agency, Attendance.presence == Presence.PRESENT)
    return select(Meeting).where(Meeting.state == MeetingState.CLOSED, Meeting.id.in_(present))
