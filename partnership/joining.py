"""Are two persons one? Cases and plans follow when an older and a younger id prove to be the same person."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from partnership import access_log, wording
from partnership.authority import Actor, Deed
from partnership.changes import About, Saved, add, change, saved
from partnership.database import LOG_KEY
from partnership.finding import is_current_on, matter_of, require, surviving_person
from partnership.models import Action, ActionPlan, Case, PersonAlias, Share
from partnership.vocabulary import OPEN_ACTION_STATES, Operation, PlanState, ShareLevel

JOINED = "Joined with the plan of the same person's other case."


def record_alias(session: Session, actor: Actor, *, alias: str, person_id: str, at: datetime) -> bool:
    """Note that `alias` is an older id's person, so that a link by either finds the same. False where it was known.

    Raises:
        NoSuchRecord: the actor may not.
    """
    require(actor, Deed.JOIN_PERSONS)
    survivor = surviving_person(session, wording.code(person_id, "person"))
    younger = wording.code(alias, "person")
    if surviving_person(session, younger) == survivor:
        return False
    # Chains are flattened, and an alias that points elsewhere follows the newer finding.
    session.execute(update(PersonAlias).where(PersonAlias.person_id == younger).values(person_id=survivor))
    row = session.get(PersonAlias, younger)
    if row is None:
        session.add(PersonAlias(alias=younger, person_id=survivor))
    else:
        row.person_id = survivor
    session.flush()
    key = session.info.get(LOG_KEY)
    if key is not None:
        access_log.record(
            session, actor, Operation.COMBINATION, subject=survivor, purpose="record_alias", at=at, key=key
        )
    return True


def follow_merge(
    session: Session,
    actor: Actor,
    *,
    older: str,
    younger: str,
    geography: Mapping[str, str],
    at: datetime,
) -> Saved | None:
    """Let case, plans and shares follow a merge of two ids. None where neither has a case, or all was done before.

    With two cases both histories are kept: the younger's plans move to the older's case. If both have an open plan,
    the open actions join the older's plan and the younger's closes. What an agency saw of the younger's case it does
    not see of the joined one beyond its own actions, until someone shares that case on purpose.

    Raises:
        NoSuchRecord: the actor may not, or a case is not in their area.
    """
    require(actor, Deed.JOIN_PERSONS)
    survivor_id = surviving_person(session, wording.code(older, "person"))
    moving = session.scalar(select(Case).where(Case.person_id == younger, Case.merged_into.is_(None)).with_for_update())
    standing = session.scalar(select(Case).where(Case.person_id == survivor_id).with_for_update())
    for case in (moving, standing):
        if case is not None:
            require(actor, Deed.JOIN_PERSONS, matter_of(session, actor, case), geography=geography)
    record_alias(session, actor, alias=younger, person_id=survivor_id, at=at)
    if moving is None or moving is standing:
        return None
    if standing is None:
        fields = {"person_id": survivor_id}
        return change(session, actor, moving, verb="follow_merge", fields=fields, at=at, about=About(moving))
    _move_plans(session, actor, moving, standing, at=at)
    _move_shares(session, actor, moving, standing, at=at)
    return _join(session, actor, moving, standing, at=at)


def _move_plans(session: Session, actor: Actor, moving: Case, standing: Case, *, at: datetime) -> None:
    is_open = ActionPlan.state == PlanState.OPEN
    standing_plan = session.scalar(select(ActionPlan).where(ActionPlan.case_id == standing.id, is_open))
    for plan in session.scalars(
        select(ActionPlan).where(ActionPlan.case_id == moving.id).order_by(ActionPlan.id)
    ).all():
        fields: dict[str, object] = {"case_id": standing.id}
        if standing_plan is not None and plan.state is PlanState.OPEN:
            _move_open_actions(session, actor, plan, standing_plan, standing, at=at)
            fields |= {"state": PlanState.CLOSED, "closing_reason": JOINED, "closed_at": at}
        change(session, actor, plan, verb="join_cases", fields=fields, at=at, about=About(standing, plan))


def _move_open_actions(
    session: Session, actor: Actor, plan: ActionPlan, standing_plan: ActionPlan, standing: Case, *, at: datetime
) -> None:
    query = select(Action).where(Action.plan_id == plan.id, Action.status.in_(OPEN_ACTION_STATES))
    for action in session.scalars(query.order_by(Action.id)).all():
        about = About(standing, standing_plan)
        change(session, actor, action, verb="join_cases", fields={"plan_id": standing_plan.id}, at=at, about=about)


def _move_shares(session: Session, actor: Actor, moving: Case, standing: Case, *, at: datetime) -> None:
    current = is_current_on(actor.today)
    seen_already = set(session.scalars(select(Share.agency).where(Share.case_id == standing.id, current)))
    for share in session.scalars(select(Share).where(Share.case_id == moving.id, current).order_by(Share.id)).all():
        about = About(moving, recipient=share.agency)
        change(session, actor, share, verb="end_share", fields={"ended_at": at}, at=at, about=about)
        if share.agency not in seen_already:
            seen_already.add(share.agency)
            _share_own_actions(session, actor, standing, share, at=at)


def _share_own_actions(session: Session, actor: Actor, standing: Case, ended: Share, *, at: datetime) -> None:
    row = Share(
        case_id=standing.id,
        agency=ended.agency,
        level=ShareLevel.ACTIONS,
        until=ended.until,
        granted_at=at,
        version=1,
    )
    add(session, actor, row, verb="share_case", at=at, about=About(standing, recipient=ended.agency))


def _join(session: Session, actor: Actor, moving: Case, standing: Case, *, at: datetime) -> Saved:
    session.execute(update(Case).where(Case.merged_into == moving.id).values(merged_into=standing.id))
    gone = {"merged_into": standing.id}
    change(session, actor, moving, verb="join_cases", fields=gone, at=at, about=About(moving))
    notes = dict.fromkeys(note for note in (standing.safe_contact_note, moving.safe_contact_note) if note)
    fields: dict[str, object] = {
        "safe_contact_note": "\n".join(notes) or None,
        "is_restricted": standing.is_restricted or moving.is_restricted,
    }
    about = About(standing)
    change(session, actor, standing, verb="join_cases", fields=fields, at=at, about=about)
    return saved(standing, about)
