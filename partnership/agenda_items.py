"""How does the chair change the agenda? Cases are added, dropped with a reason, carried to next week and moved."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy.orm import Session

from partnership import wording
from partnership.agenda_places import STEP, changeable_meeting, items_of, last_place, listed_of, place_in
from partnership.authority import Actor, Deed
from partnership.changes import About, Saved, add, change, is_nothing_to_do, refuse_stale, saved
from partnership.errors import NoSuchRecord, PartnershipError
from partnership.finding import find_case
from partnership.models import AgendaItem, Case, Meeting
from partnership.vocabulary import AgendaState


def add_item(
    session: Session,
    actor: Actor,
    *,
    meeting_id: int,
    reference: str,
    reason: str,
    seen_version: int,
    geography: Mapping[str, str],
    at: datetime,
) -> Saved:
    """Put a case on the agenda because the chair says so, whether new, from the whole list, dropped or carried.

    Args:
        session: a write session.
        actor: who adds it.
        meeting_id: the meeting.
        reference: the case's reference.
        reason: why, in words.
        seen_version: the version of the item the page showed; 0 where it showed none.
        geography: neighbourhood code to sector code.
        at: when (UTC).

    Raises:
        NoSuchRecord: meeting or case is absent or not the actor's.
        StaleSave: somebody changed the item first.
        PartnershipError: the meeting is closed, no reason is given, or the case is another sector's.
    """
    meeting = changeable_meeting(session, actor, Deed.RUN_MEETING, meeting_id=meeting_id, geography=geography)
    case = find_case(session, actor, Deed.CHANGE_CASE, reference=reference, geography=geography)
    if geography.get(case.neighbourhood) != meeting.sector:
        raise PartnershipError("The case belongs to another sector. Add it to that sector's meeting.")
    fields: dict[str, object] = {
        "state": AgendaState.LISTED,
        "state_reason": None,
        "added_because": wording.text(reason, "reason"),
    }
    row = items_of(session, meeting).get(case.id)
    if row is None:
        place = last_place(session, meeting) + STEP
        row = AgendaItem(meeting_id=meeting.id, case_id=case.id, reasons="", place=place, version=1, **fields)
        row.times_carried = 0
        return add(session, actor, row, verb="add_item", at=at, about=About(case))
    if is_nothing_to_do(row, fields):
        return saved(row, About(case), is_changed=False)
    refuse_stale(session, row, seen_version=seen_version, fields=fields)
    if row.state is not AgendaState.LISTED:
        fields["place"] = last_place(session, meeting) + STEP
    return change(session, actor, row, verb="add_item", fields=fields, at=at, about=About(case))


def drop_item(
    session: Session,
    actor: Actor,
    *,
    item_id: int,
    reason: str,
    seen_version: int,
    geography: Mapping[str, str],
    at: datetime,
) -> Saved:
    """Take a case off the agenda, saying why. It stays in the whole list, and adding it puts it back.

    Raises:
        NoSuchRecord: the item is absent or not the actor's.
        StaleSave: somebody changed the item first.
        PartnershipError: the meeting is closed, or no reason is given.
    """
    fields = {"state": AgendaState.DROPPED, "state_reason": wording.text(reason, "reason")}
    return _leave(
        session, actor, item_id, fields, verb="drop_item", seen_version=seen_version, geography=geography, at=at
    )


def carry_item(
    session: Session,
    actor: Actor,
    *,
    item_id: int,
    reason: str | None,
    seen_version: int,
    geography: Mapping[str, str],
    at: datetime,
) -> Saved:
    """Leave a case for next week: it heads the next agenda. Someone in a top ten still needs a decision or a plan now.

    Raises:
        NoSuchRecord: the item is absent or not the actor's.
        StaleSave: somebody changed the item first.
        PartnershipError: the meeting is closed.
    """
    fields = {"state": AgendaState.CARRIED, "state_reason": wording.optional_text(reason, "reason")}
    return _leave(
        session, actor, item_id, fields, verb="carry_item", seen_version=seen_version, geography=geography, at=at
    )


def move_item(
    session: Session,
    actor: Actor,
    *,
    item_id: int,
    before_item_id: int | None,
    seen_version: int,
    geography: Mapping[str, str],
    at: datetime,
) -> Saved:
    """Put an item of the agenda before another; None puts it last.

    Raises:
        NoSuchRecord: an item is absent, of another meeting, or not the actor's.
        StaleSave: somebody changed the item first.
        PartnershipError: the meeting is closed, or the item is not on the agenda.
    """
    row, meeting, case = _item(session, actor, item_id, geography=geography)
    if row.state is not AgendaState.LISTED:
        raise PartnershipError("The case is not on the agenda. Add it first.")
    standing = listed_of(session, meeting)
    others = [one for one in standing if one is not row]
    numbers = [one.id for one in others]
    if before_item_id is not None and before_item_id not in (*numbers, row.id):
        raise NoSuchRecord
    number = numbers.index(before_item_id) if before_item_id in numbers else len(others)
    order = [*others[:number], row, *others[number:]]
    if order == standing or before_item_id == row.id:
        return saved(row, About(case), is_changed=False)
    refuse_stale(session, row, seen_version=seen_version, fields={"place": number + 1})
    if place_in(order, number) is None:
        for at_place, one in enumerate(others):
            change(session, actor, one, verb="move_item", fields={"place": at_place * STEP}, at=at)
    fields = {"place": place_in(order, number)}
    return change(session, actor, row, verb="move_item", fields=fields, at=at, about=About(case))


def _leave(
    session: Session,
    actor: Actor,
    item_id: int,
    fields: Mapping[str, object],
    *,
    verb: str,
    seen_version: int,
    geography: Mapping[str, str],
    at: datetime,
) -> Saved:
    row, _, case = _item(session, actor, item_id, geography=geography)
    if is_nothing_to_do(row, fields):
        return saved(row, About(case), is_changed=False)
    refuse_stale(session, row, seen_version=seen_version, fields=fields)
    return change(session, actor, row, verb=verb, fields=fields, at=at, about=About(case))


def _item(
    session: Session, actor: Actor, item_id: int, *, geography: Mapping[str, str]
) -> tuple[AgendaItem, Meeting, Case]:
    row = session.get(AgendaItem, item_id, with_for_update=True)
    held = None if row is None else session.get(Case, row.case_id)
    if row is None or held is None:
        raise NoSuchRecord
    case = find_case(session, actor, Deed.CHANGE_CASE, reference=held.reference, geography=geography)
    meeting = changeable_meeting(session, actor, Deed.RUN_MEETING, meeting_id=row.meeting_id, geography=geography)
    return row, meeting, case
