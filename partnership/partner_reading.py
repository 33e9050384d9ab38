"""What does a partner see? The cases shared with their agency, as far as the share goes."""

from __future__ import annotations

from collections import defaultdict

from sqlalchemy import select
from sqlalchemy.orm import Session

from partnership.authority import Actor
from partnership.finding import is_current
from partnership.models import Action, ActionPlan, Case, Share
from partnership.reading import action_view
from partnership.views import ActionView, SharedCase
from partnership.vocabulary import PlanState, Role, ShareLevel


def shared_with(session: Session, actor: Actor) -> tuple[SharedCase, ...]:
    """The cases shared with the actor's agency today, by reference; nothing for anyone but a partner."""
    shares = _shares(session, actor)
    if not shares:
        return ()
    case_ids = [case.id for _, case in shares]
    plans = {
        plan.case_id: plan
        for plan in session.scalars(
            select(ActionPlan).where(ActionPlan.case_id.in_(case_ids), ActionPlan.state == PlanState.OPEN)
        )
    }
    own = _own_actions(session, actor, case_ids)
    others = _other_actions(session, actor, [plan.id for plan in plans.values()])
    return tuple(_shared(share, case, plans.get(case.id), own[case.id], others) for share, case in shares)


def persons_shared_with(session: Session, actor: Actor) -> frozenset[str]:
    """The persons whose case is shared with the actor's agency at level `case` today; for the analysis' audience."""
    return frozenset(
        case.person_id
        for share, case in _shares(session, actor)
        if share.level is ShareLevel.CASE and case.person_id is not None
    )


def _shares(session: Session, actor: Actor) -> list[tuple[Share, Case]]:
    if actor.role is not Role.PARTNER or actor.agency is None:
        return []
    query = (
        select(Share, Case)
        .join(Case, Share.case_id == Case.id)
        .where(is_current(actor), Case.merged_into.is_(None), Case.erased_at.is_(None))
        .order_by(Case.reference, Share.id)
    )
    return list(session.execute(query))


def _own_actions(session: Session, actor: Actor, case_ids: list[int]) -> dict[int, list[ActionView]]:
    query = (
        select(ActionPlan.case_id, Action)
        .join(ActionPlan, Action.plan_id == ActionPlan.id)
        .where(ActionPlan.case_id.in_(case_ids), Action.owner_agency == actor.agency)
        .order_by(Action.due_on, Action.id)
    )
    found: dict[int, list[ActionView]] = defaultdict(list)
    for case_id, action in session.execute(query):
        found[case_id].append(action_view(action))
    return found


def _other_actions(session: Session, actor: Actor, plan_ids: list[int]) -> dict[int, list[ActionView]]:
    # Only the columns a partner may see are asked for, so no other agency's words leave the database.
    query = (
        select(
            Action.plan_id,
            Action.id,
            Action.owner_agency,
            Action.due_on,
            Action.status,
            Action.times_carried,
            Action.agreed_at,
            Action.reported_at,
            Action.version,
        )
        .where(Action.plan_id.in_(plan_ids), Action.owner_agency != actor.agency)
        .order_by(Action.due_on, Action.id)
    )
    found: dict[int, list[ActionView]] = defaultdict(list)
    for row in session.execute(query):
        found[row.plan_id].append(
            ActionView(
                action_id=row.id,
                what=None,
                owner_agency=row.owner_agency,
                owner_name=None,
                due_on=row.due_on,
                status=row.status,
                note=None,
                not_done_because=None,
                times_carried=row.times_carried,
                agreed_at=row.agreed_at,
                reported_at=row.reported_at,
                version=row.version,
            )
        )
    return found


def _shared(
    share: Share,
    case: Case,
    plan: ActionPlan | None,
    own: list[ActionView],
    others: dict[int, list[ActionView]],
) -> SharedCase:
    shown = plan if share.level is ShareLevel.CASE else None
    return SharedCase(
        reference=case.reference,
        level=share.level,
        until=share.until,
        own_actions=tuple(own),
        objective=None if shown is None else shown.objective,
        plan_owner=None if shown is None else shown.owner_name,
        review_on=None if shown is None else shown.review_on,
        other_actions=() if shown is None else tuple(others[shown.id]),
    )
