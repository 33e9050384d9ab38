"""Where does an item stand on an agenda that may still be changed? Found by all that draws one up or changes it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from partnership.authority import Actor, Deed
from partnership.errors import PartnershipError
from partnership.finding import find_meeting
from partnership.models import AgendaItem, Meeting
from partnership.vocabulary import AgendaState, MeetingState

STEP = 1.0
_CLOSED = "The meeting is closed and its agenda stays as it is. Write an addendum, or use the next meeting."


def changeable_meeting(
    session: Session, actor: Actor, deed: Deed, *, meeting_id: int, geography: Mapping[str, str]
) -> Meeting:
    """The meeting, held for this transaction.

    Raises:
        NoSuchRecord: absent, or not the actor's for this deed.
        PartnershipError: it is closed.
    """
    meeting = find_meeting(session, actor, deed, meeting_id=meeting_id, geography=geography)
    if meeting.state is MeetingState.CLOSED:
        raise PartnershipError(_CLOSED)
    return meeting


def items_of(session: Session, meeting: Meeting) -> dict[int, AgendaItem]:
    """Every item by the number of its case, held for this transaction."""
    rows = session.scalars(select(AgendaItem).where(AgendaItem.meeting_id == meeting.id).with_for_update())
    return {row.case_id: row for row in rows}


def listed_of(session: Session, meeting: Meeting) -> list[AgendaItem]:
    """The items on the agenda, in their order."""
    rows = (row for row in items_of(session, meeting).values() if row.state is AgendaState.LISTED)
    return sorted(rows, key=lambda row: (row.place, row.id))


def last_place(session: Session, meeting: Meeting) -> float:
    """The place of the last item; 0 where there is none."""
    return max((row.place for row in items_of(session, meeting).values()), default=0.0)


def place_in(order: Sequence[AgendaItem], number: int) -> float | None:
    """A place for the item at that number between its neighbours; None where the numbers leave no room."""
    before = order[number - 1].place if number else None
    after = order[number + 1].place if number + 1 < len(order) else None
    if before is None:
        return (0.0 if after is None else after) - STEP
    if after is None:
        return before + STEP
    middle = (before + after) / 2
    return middle if before < middle < after else None
