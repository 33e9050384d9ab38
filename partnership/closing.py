"""Has somebody heard from the person? A plan is closed after a positive contact; silence is not success."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from partnership import wording
from partnership.assessment import assessment as required_assessment
from partnership.authority import Actor, Deed
from partnership.changes import About, Saved, change, is_nothing_to_do, refuse_stale, saved
from partnership.errors import PartnershipError
from partnership.finding import find_plan
from partnership.models import Action
from partnership.plans import require_open
from partnership.vocabulary import OPEN_ACTION_STATES, PlanState

_SILENCE = (
    "contact: nobody has recorded a positive contact with the person. Silence is not success: speak with them first, "
    "record the day and what they said, then close the plan."
)


def record_positive_contact(
    session: Session,
    actor: Actor,
    *,
    plan_id: int,
    contacted_on: date,
    note: str,
    seen_version: int,
    geography: Mapping[str, str],
    at: datetime,
) -> Saved:
    """Record that somebody spoke with the person since the plan was opened, and what they said of how things are.

    Raises:
        NoSuchRecord: the plan is absent or not the actor's.
        StaleSave: somebody saved the plan first.
        PartnershipError: the plan is closed, nothing is written, or the day lies before the plan or after today.
    """
    plan, case = find_plan(session, actor, Deed.WRITE_PLAN, plan_id=plan_id, geography=geography)
    fields = {
        "positive_contact_on": contacted_on,
        "positive_contact_note": wording.text(note, "what the person said"),
    }
    about = About(case, plan)
    if is_nothing_to_do(plan, fields):
        return saved(plan, about, is_changed=False)
    refuse_stale(session, plan, seen_version=seen_version, fields=fields)
    require_open(plan)
    if not plan.opened_at.date() <= contacted_on <= actor.today:
        raise PartnershipError("contact: the day lies before the plan, or after today. Choose the day of the contact.")
    return change(session, actor, plan, verb="record_positive_contact", fields=fields, at=at, about=about)


def close_plan(
    session: Session,
    actor: Actor,
    *,
    plan_id: int,
    reason: str,
    assessment: str,
    contacted_on: date | None = None,
    contact_note: str | None = None,
    seen_version: int,
    geography: Mapping[str, str],
    at: datetime,
) -> Saved:
    """Close the plan, with its assessment, after a positive contact recorded before or given here. The only way.

    Args:
        session: a write session.
        actor: who closes it.
        plan_id: the plan.
        reason: why it is closed.
        assessment: what came of it, before and after; see `partnership.assessment`.
        contacted_on: the day somebody spoke with the person; None where a contact is recorded already.
        contact_note: what the person said; with `contacted_on`.
        seen_version: the version of the plan the form showed.
        geography: neighbourhood code to sector code.
        at: when (UTC).

    Raises:
        NoSuchRecord: the plan is absent or not the actor's to close.
        StaleSave: somebody saved the plan first.
        PartnershipError: no contact is recorded, actions are open, or reason or assessment is missing.
    """
    plan, case = find_plan(session, actor, Deed.CLOSE_PLAN, plan_id=plan_id, geography=geography)
    version = seen_version
    if contacted_on is not None:
        heard = record_positive_contact(
            session,
            actor,
            plan_id=plan_id,
            contacted_on=contacted_on,
            note=contact_note or "",
            seen_version=seen_version,
            geography=geography,
            at=at,
        )
        version = heard.version if heard.is_changed else seen_version
    if plan.positive_contact_on is None:
        raise PartnershipError(_SILENCE)
    fields = {
        "state": PlanState.CLOSED,
        "closing_reason": wording.text(reason, "reason"),
        "assessment": required_assessment(assessment),
    }
    about = About(case, plan)
    if is_nothing_to_do(plan, fields):
        return saved(plan, about, is_changed=False)
    refuse_stale(session, plan, seen_version=version, fields=fields)
    require_open(plan)
    open_actions = select(Action.id).where(Action.plan_id == plan.id, Action.status.in_(OPEN_ACTION_STATES)).limit(1)
    if session.scalar(open_actions) is not None:
        raise PartnershipError("The plan has open actions. Complete, cancel or mark them not done, then close it.")
    return change(session, actor, plan, verb="close_plan", fields=fields | {"closed_at": at}, at=at, about=about)
