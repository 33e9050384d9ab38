"""What is to become better for this person, and who sees to it? The verbs on a plan; `closing` has its end."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from partnership import wording
from partnership.assessment import optional_assessment
from partnership.authority import Actor, Deed
from partnership.changes import About, Saved, add, change, is_nothing_to_do, refuse_stale, saved
from partnership.errors import PartnershipError
from partnership.finding import find_case, find_plan
from partnership.models import ActionPlan, Case, Member
from partnership.vocabulary import PlanState

_CLOSED = "The plan is closed. Reopen it first."


def open_plan(
    session: Session,
    actor: Actor,
    *,
    reference: str,
    objective: str,
    problem: str,
    analysis: str,
    owner_name: str,
    review_on: date,
    owner_member_id: int | None = None,
    geography: Mapping[str, str],
    at: datetime,
) -> Saved:
    """Open the case's plan. The same plan again changes nothing.

    Raises:
        NoSuchRecord: the case is absent or not the actor's.
        PartnershipError: the case has another open plan, a text is missing, or the review lies in the past.
    """
    case = find_case(session, actor, Deed.WRITE_PLAN, reference=reference, geography=geography)
    fields = {
        "objective": wording.text(objective, "objective"),
        "problem": wording.text(problem, "problem"),
        "analysis": wording.text(analysis, "analysis"),
        **_owner(session, owner_name, owner_member_id),
        "review_on": review_on,
    }
    standing = _open_plan_of(session, case)
    if standing is not None:
        if is_nothing_to_do(standing, fields):
            return saved(standing, About(case, standing), is_changed=False)
        raise PartnershipError("The case has an open plan. Change that plan, or close it first.")
    _refuse_past(review_on, actor)
    plan = ActionPlan(case_id=case.id, state=PlanState.OPEN, opened_at=at, version=1, **fields)
    # The event names the plan, whose number is known once the row is in.
    session.add(plan)
    session.flush()
    return add(session, actor, plan, verb="open_plan", at=at, about=About(case, plan))


def change_plan(
    session: Session,
    actor: Actor,
    *,
    plan_id: int,
    objective: str,
    problem: str,
    analysis: str,
    response: str | None,
    assessment: str | None,
    owner_name: str,
    review_on: date,
    owner_member_id: int | None = None,
    seen_version: int,
    geography: Mapping[str, str],
    at: datetime,
) -> Saved:
    """Change the plan's texts, owner or review date.

    Raises:
        NoSuchRecord: the plan is absent or not the actor's.
        StaleSave: somebody saved the plan first.
        PartnershipError: the plan is closed, a text is missing, or the new review lies in the past.
    """
    plan, case = find_plan(session, actor, Deed.WRITE_PLAN, plan_id=plan_id, geography=geography)
    fields = {
        "objective": wording.text(objective, "objective"),
        "problem": wording.text(problem, "problem"),
        "analysis": wording.text(analysis, "analysis"),
        "response": wording.optional_text(response, "response"),
        "assessment": optional_assessment(assessment),
        **_owner(session, owner_name, owner_member_id),
        "review_on": review_on,
    }
    about = About(case, plan)
    if is_nothing_to_do(plan, fields):
        return saved(plan, about, is_changed=False)
    refuse_stale(session, plan, seen_version=seen_version, fields=fields)
    require_open(plan)
    if review_on != plan.review_on:
        _refuse_past(review_on, actor)
    return change(session, actor, plan, verb="change_plan", fields=fields, at=at, about=about)


def sign_off_plan(
    session: Session,
    actor: Actor,
    *,
    plan_id: int,
    review_on: date,
    seen_version: int,
    geography: Mapping[str, str],
    at: datetime,
) -> Saved:
    """Record that the sector inspector looked at the plan today, and when it is looked at next.

    Raises:
        NoSuchRecord: the plan is absent, or the actor is not the inspector of its sector.
        StaleSave: somebody saved the plan first.
        PartnershipError: the plan is closed, or the next review is not after today.
    """
    plan, case = find_plan(session, actor, Deed.SIGN_OFF_PLAN, plan_id=plan_id, geography=geography)
    fields = {"signed_off_on": actor.today, "review_on": review_on}
    about = About(case, plan)
    if is_nothing_to_do(plan, fields):
        return saved(plan, about, is_changed=False)
    refuse_stale(session, plan, seen_version=seen_version, fields=fields)
    require_open(plan)
    if review_on <= actor.today:
        raise PartnershipError("review: the next review lies after today. Choose a later day.")
    return change(session, actor, plan, verb="sign_off_plan", fields=fields, at=at, about=about)


def inform_ppu(
    session: Session, actor: Actor, *, plan_id: int, seen_version: int, geography: Mapping[str, str], at: datetime
) -> Saved:
    """Record that the public protection unit was told of the plan. Told once is told.

    Raises:
        NoSuchRecord: the plan is absent or not the actor's.
        StaleSave: somebody saved the plan first.
        PartnershipError: the plan is closed.
    """
    plan, case = find_plan(session, actor, Deed.WRITE_PLAN, plan_id=plan_id, geography=geography)
    about = About(case, plan)
    if plan.ppu_informed_at is not None:
        return saved(plan, about, is_changed=False)
    fields = {"ppu_informed_at": at}
    refuse_stale(session, plan, seen_version=seen_version, fields=fields)
    require_open(plan)
    return change(session, actor, plan, verb="inform_ppu", fields=fields, at=at, about=about)


def reopen_plan(
    session: Session,
    actor: Actor,
    *,
    plan_id: int,
    reason: str,
    seen_version: int,
    geography: Mapping[str, str],
    at: datetime,
) -> Saved:
    """Undo a closing. The assessment stays; the closing and its reason stay in the history.

    Raises:
        NoSuchRecord: the plan is absent or not the actor's to reopen.
        StaleSave: somebody saved the plan first.
        PartnershipError: no reason is given, or the case has another open plan by now.
    """
    plan, case = find_plan(session, actor, Deed.CLOSE_PLAN, plan_id=plan_id, geography=geography)
    why = wording.text(reason, "reason")
    about = About(case, plan)
    if plan.state is PlanState.OPEN:
        return saved(plan, about, is_changed=False)
    fields = {"state": PlanState.OPEN, "closing_reason": None, "closed_at": None}
    refuse_stale(session, plan, seen_version=seen_version, fields=fields)
    if _open_plan_of(session, case) is not None:
        raise PartnershipError("The case has another open plan by now. Work on that one, or close it first.")
    return change(session, actor, plan, verb="reopen_plan", fields=fields, at=at, about=about, reason=why)


def _open_plan_of(session: Session, case: Case) -> ActionPlan | None:
    return session.scalar(
        select(ActionPlan).where(ActionPlan.case_id == case.id, ActionPlan.state == PlanState.OPEN).with_for_update()
    )


def _owner(session: Session, owner_name: str, owner_member_id: int | None) -> dict[str, object]:
    if owner_member_id is not None and session.get(Member, owner_member_id) is None:
        raise PartnershipError("owner: there is no such member. Choose one of the list.")
    return {"owner_name": wording.name(owner_name, "owner"), "owner_member_id": owner_member_id}


def require_open(plan: ActionPlan) -> None:
    """Refuse a closed plan.

    Raises:
        PartnershipError: it is closed.
    """
    if plan.state is not PlanState.OPEN:
        raise PartnershipError(_CLOSED)


def _refuse_past(review_on: date, actor: Actor) -> None:
    if review_on < actor.today:
        raise PartnershipError("review: the day lies in the past. Choose today or a later day.")
