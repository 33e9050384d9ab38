"""Were two persons wrongly taken for one? Cases, plans and actions go back to whom they were made for."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from partnership.authority import Actor, Deed
from partnership.changes import About, change
from partnership.finding import require
from partnership.joining import JOINED, follow_merge
from partnership.models import Action, ActionPlan, Case, Event, EventText, PersonAlias, Share
from partnership.vocabulary import PlanState


def follow_ids(
    session: Session, actor: Actor, *, aliases: Mapping[str, str], geography: Mapping[str, str], at: datetime
) -> int:
    """Let cases follow the ids of a new build: those that proved to be an older one, and those that came back.

    Done again it changes nothing.

    Args:
        aliases: each id of the build that proved to be another, older one, with that one.

    Returns:
        How many ids a case, a plan or a link followed.

    Raises:
        NoSuchRecord: the actor may not.
    """
    require(actor, Deed.JOIN_PERSONS)
    known = {row.alias: row.person_id for row in session.scalars(select(PersonAlias))}
    back = sorted(alias for alias in known if alias not in aliases)
    for alias in back:
        follow_split(session, actor, alias=alias, at=at)
    standing = session.scalars(select(Case.person_id).where(Case.merged_into.is_(None)))
    joined = sorted({person for person in standing if person is not None and person in aliases})
    for younger in joined:
        follow_merge(session, actor, older=aliases[younger], younger=younger, geography=geography, at=at)
    return len(back) + len(joined)


def follow_split(session: Session, actor: Actor, *, alias: str, at: datetime) -> bool:
    """Undo `follow_merge` for an id that is a person of its own again. False where it was never joined.

    What was written since the joining stays where it was written; the history of both stays whole.

    Raises:
        NoSuchRecord: the actor may not.
    """
    require(actor, Deed.JOIN_PERSONS)
    row = session.get(PersonAlias, alias)
    if row is None:
        return False
    survivor = row.person_id
    session.delete(row)
    session.flush()
    own = session.scalar(select(Case).where(Case.person_id == alias, Case.merged_into.is_not(None)).with_for_update())
    if own is not None:
        _shares_end(session, actor, own, at=at)
        _note_leaves(session, actor, own, at=at)
        change(session, actor, own, verb="follow_split", fields={"merged_into": None}, at=at, about=About(own))
        _plans_back(session, actor, own, at=at)
        return True
    moved = session.scalar(
        select(Case)
        .join(Event, Event.case_id == Case.id)
        .join(EventText, EventText.event_id == Event.id)
        .where(Event.verb == "follow_merge", EventText.field == "person_id", EventText.before == alias)
        .where(Case.person_id == survivor)
        .order_by(Event.id.desc())
    )
    if moved is not None:
        change(session, actor, moved, verb="follow_split", fields={"person_id": alias}, at=at, about=About(moved))
    return True


def _shares_end(session: Session, actor: Actor, own: Case, *, at: datetime) -> None:
    """End what the joining let this case's agencies see of the other one."""
    joining = select(Event.at).where(
        Event.subject == "case", Event.subject_id == str(own.id), Event.verb == "join_cases"
    )
    joined_at = session.scalar(joining.order_by(Event.id.desc()))
    given = select(Share).where(
        Share.case_id == own.merged_into, Share.granted_at == joined_at, Share.ended_at.is_(None)
    )
    for share in session.scalars(given.order_by(Share.id)).all():
        about = About(session.get_one(Case, share.case_id), recipient=share.agency)
        change(session, actor, share, verb="end_share", fields={"ended_at": at}, at=at, about=about)


def _note_leaves(session: Session, actor: Actor, own: Case, *, at: datetime) -> None:
    """Take this case's safe-contact note out of the other's, where the joining put it there and it still stands.

    A way to reach one person, on the case of another, could tell the wrong one.
    """
    note = own.safe_contact_note
    standing = session.get_one(Case, own.merged_into, with_for_update=True)
    if not note or not standing.safe_contact_note:
        return
    joinings = session.scalars(
        select(EventText)
        .join(Event, Event.id == EventText.event_id)
        .where(Event.subject == "case", Event.subject_id == str(standing.id), Event.verb == "join_cases")
        .where(EventText.field == "safe_contact_note")
    )
    if any(_holds(text.after, note) and not _holds(text.before, note) for text in joinings):
        left = _without(standing.safe_contact_note, note)
        if left != standing.safe_contact_note:
            fields = {"safe_contact_note": left or None}
            change(session, actor, standing, verb="follow_split", fields=fields, at=at, about=About(standing))


def _holds(text: str | None, note: str) -> bool:
    return text is not None and _without(text, note) != text


def _without(text: str, note: str) -> str:
    """A text without the lines of a note, where they stand one under another; the text itself where they do not."""
    lines, wanted = text.split("\n"), note.split("\n")
    for at in range(len(lines) - len(wanted) + 1):
        if lines[at : at + len(wanted)] == wanted:
            return "\n".join(lines[:at] + lines[at + len(wanted) :])
    return text


def _plans_back(session: Session, actor: Actor, own: Case, *, at: datetime) -> None:
    for plan_id in _left(session, "plan", "case_id", own.id):
        plan = session.get_one(ActionPlan, plan_id)
        fields: dict[str, object] = {"case_id": own.id}
        if plan.closing_reason == JOINED:
            fields |= {"state": PlanState.OPEN, "closing_reason": None, "closed_at": None}
        change(session, actor, plan, verb="follow_split", fields=fields, at=at, about=About(own, plan))
        for action_id in _left(session, "action", "plan_id", plan.id):
            action = session.get_one(Action, action_id)
            about = About(own, plan)
            change(session, actor, action, verb="follow_split", fields={"plan_id": plan.id}, at=at, about=about)


def _left(session: Session, subject: str, column: str, owner: int) -> list[int]:
    """The rows that a joining took from this owner, and that nothing gave back since."""
    events = session.scalars(
        select(Event).where(Event.subject == subject, Event.verb.in_(("join_cases", "follow_split"))).order_by(Event.id)
    )
    last = {int(event.subject_id): event.details[column] for event in events if column in event.details}
    return [row for row, told in last.items() if told["before"] == owner]
