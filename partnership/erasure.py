"""How is a person erased? Everything that was written about them goes; that something was done, and by whom, stays."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, or_, select, update
from sqlalchemy.orm import Session

from partnership import access_log, wording
from partnership.authority import Actor, Deed
from partnership.changes import About, write_event
from partnership.finding import require, surviving_person
from partnership.models import (
    Action,
    ActionPlan,
    Addendum,
    AgendaItem,
    Case,
    Decision,
    Draft,
    Event,
    EventText,
    PersonAlias,
    Share,
)
from partnership.vocabulary import OPEN_ACTION_STATES, ActionState, Operation, PlanState

_REFERENCE_BYTES = 16


@dataclass(frozen=True)
class Erased:
    """How much was erased: cases, plans, actions, and texts of the history."""

    cases: int
    plans: int
    actions: int
    texts: int


def erase_person(session: Session, actor: Actor, person_id: str, *, reason: str, at: datetime, key: bytes) -> Erased:
    """Erase a person under all their ids: texts, notes, links and ids. The access log keeps a keyed reference only.

    Run `upkeep.scrub` afterwards, so that nothing is left in the file's free pages. Backups made before still hold
    the person until they expire. Erasing again finds nothing.

    Args:
        session: a write session.
        actor: the operator.
        person_id: any of the person's ids.
        reason: why, for the log; it must not name the person.
        at: when (UTC).
        key: the access log's key.

    Raises:
        NoSuchRecord: the actor may not.
        PartnershipError: no reason is given.
    """
    require(actor, Deed.ERASE_PERSON)
    why = wording.text(reason, "reason")
    person = surviving_person(session, person_id)
    aliases = or_(PersonAlias.person_id == person, PersonAlias.alias == person)
    ids = {person, person_id, *session.scalars(select(PersonAlias.alias).where(aliases))}
    cases = _cases_of(session, ids)
    case_ids = [case.id for case in cases]
    plan_ids = list(session.scalars(select(ActionPlan.id).where(ActionPlan.case_id.in_(case_ids))))
    session.execute(delete(PersonAlias).where(aliases))
    if not cases:
        return Erased(0, 0, 0, 0)
    actions = _empty_plans(session, plan_ids, at=at)
    _empty_meetings(session, case_ids)
    open_share = (Share.case_id.in_(case_ids), Share.ended_at.is_(None))
    session.execute(update(Share).where(*open_share).values(ended_at=at, version=Share.version + 1))
    for case in cases:
        _empty_case(session, actor, case, at=at)
    texts = _remove_texts(session, case_ids)
    access_log.record(session, actor, Operation.ERASURE, subject=person, purpose=why, at=at, key=key)
    session.expire_all()
    return Erased(len(cases), len(plan_ids), actions, texts)


def _cases_of(session: Session, ids: set[str]) -> list[Case]:
    found = list(session.scalars(select(Case).where(Case.person_id.in_(sorted(ids))).with_for_update()))
    numbers = [case.id for case in found]
    joined = session.scalars(select(Case).where(Case.merged_into.in_(numbers), Case.id.not_in(numbers)))
    return found + list(joined)


def _empty_plans(session: Session, plan_ids: list[int], *, at: datetime) -> int:
    plans = ActionPlan.id.in_(plan_ids)
    empty = {"objective": "", "problem": "", "analysis": "", "owner_name": ""}
    nothing = dict.fromkeys(
        ("response", "assessment", "closing_reason", "owner_member_id", "positive_contact_on", "positive_contact_note")
    )
    session.execute(update(ActionPlan).where(plans).values(**empty, **nothing, version=ActionPlan.version + 1))
    was_open = (plans, ActionPlan.state == PlanState.OPEN)
    session.execute(update(ActionPlan).where(*was_open).values(state=PlanState.CLOSED, closed_at=at))
    actions = Action.plan_id.in_(plan_ids)
    emptied = session.execute(
        update(Action)
        .where(actions)
        .values(what="", note=None, owner_name="", version=Action.version + 1)
        .returning(Action.id)
    ).all()
    still_open = (actions, Action.status.in_(OPEN_ACTION_STATES))
    session.execute(update(Action).where(*still_open).values(status=ActionState.CANCELLED))
    return len(emptied)


def _empty_meetings(session: Session, case_ids: list[int]) -> None:
    for table, empty in (
        (Decision, {"reason": ""}),
        (AgendaItem, {"reasons": "", "added_because": None, "state_reason": None}),
        (Addendum, {"text": ""}),
    ):
        rows = update(table).where(table.case_id.in_(case_ids))
        session.execute(rows.values(**empty, version=table.version + 1))
    session.execute(delete(Draft).where(Draft.case_id.in_(case_ids)))


def _empty_case(session: Session, actor: Actor, case: Case, *, at: datetime) -> None:
    case.person_id = None
    case.safe_contact_note = None
    case.reference = secrets.token_urlsafe(_REFERENCE_BYTES)
    case.erased_at = at
    case.version = case.version + 1
    session.flush()
    write_event(session, actor, case, verb="erase_person", told={}, at=at, about=About(case), reason=None)


def _remove_texts(session: Session, case_ids: list[int]) -> int:
    events = select(Event.id).where(Event.case_id.in_(case_ids))
    return len(
        session.execute(delete(EventText).where(EventText.event_id.in_(events)).returning(EventText.field)).all()
    )
