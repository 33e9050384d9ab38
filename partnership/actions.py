"""What was agreed, and was it done? The verbs that agree and direct an action; those that report on one are beside."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from partnership import wording
from partnership.action_kinds import ActionKind, action_kinds
from partnership.authority import Actor, Deed
from partnership.changes import About, Saved, add, change, is_nothing_to_do, refuse_stale, saved
from partnership.errors import PartnershipError
from partnership.finding import find_action, find_agency, find_meeting, find_plan
from partnership.models import Action, ActionPlan, Case
from partnership.progress import complete_action, mark_not_done, record_progress
from partnership.vocabulary import OPEN_ACTION_STATES, ActionState, MeetingState, NotDoneBecause, PlanState

__all__ = [
    "agree_action",
    "cancel_action",
    "carry_forward",
    "change_action",
    "complete_action",
    "mark_not_done",
    "record_progress",
    "reopen_action",
]


def agree_action(
    session: Session,
    actor: Actor,
    *,
    plan_id: int,
    what: str,
    owner_agency: str,
    owner_name: str,
    due_on: date,
    kind: str | None = None,
    meeting_id: int | None = None,
    kinds: tuple[ActionKind, ...] | None = None,
    geography: Mapping[str, str],
    at: datetime,
) -> Saved:
    """Agree that one named person of one agency does one thing by one day. The same again changes nothing.

    Args:
        session: a write session.
        actor: who agrees it for the record.
        plan_id: the plan.
        what: what exactly is to be done.
        owner_agency: the agency's code.
        owner_name: who does it.
        due_on: by when.
        kind: code of the kind, from the force's list.
        meeting_id: the open meeting it is agreed in; None between meetings.
        kinds: the force's list; None for the one kept with the package.
        geography: neighbourhood code to sector code.
        at: when (UTC).

    Raises:
        NoSuchRecord: plan or meeting is absent or not the actor's.
        PartnershipError: the plan is closed or the meeting not open, a text, the kind or the agency is missing, what
            is to be done is no more than its kind, or the day lies in the past.
    """
    plan, case = find_plan(session, actor, Deed.DIRECT_ACTION, plan_id=plan_id, geography=geography)
    fields = _agreed(session, what=what, owner_agency=owner_agency, owner_name=owner_name) | {"due_on": due_on}
    about = About(case, plan)
    standing = session.scalars(
        select(Action).where(Action.plan_id == plan.id, Action.status.in_(OPEN_ACTION_STATES)).order_by(Action.id)
    )
    for action in standing:
        if is_nothing_to_do(action, fields):
            return saved(action, about, is_changed=False)
    _require_open_plan(plan)
    if due_on < actor.today:
        raise PartnershipError("due: the day lies in the past. Choose today or a later day.")
    fields["kind"] = None if kind is None else _kind(kind, str(fields["what"]), kinds or action_kinds())
    if meeting_id is not None:
        fields["meeting_id"] = _open_meeting(session, actor, meeting_id, case, geography=geography)
    row = Action(plan_id=plan.id, status=ActionState.AGREED, times_carried=0, agreed_at=at, version=1, **fields)
    return add(session, actor, row, verb="agree_action", at=at, about=about)


def change_action(
    session: Session,
    actor: Actor,
    *,
    action_id: int,
    what: str,
    owner_agency: str,
    owner_name: str,
    seen_version: int,
    geography: Mapping[str, str],
    at: datetime,
) -> Saved:
    """Say an open action better, or give it another owner. A new day is a carrying forward, and counted as such.

    Raises:
        NoSuchRecord: the action is absent or not the actor's to direct.
        StaleSave: somebody saved the action first.
        PartnershipError: the action or its plan is not open, or a text or the agency is missing.
    """
    action, plan, case = find_action(session, actor, Deed.DIRECT_ACTION, action_id=action_id, geography=geography)
    fields = _agreed(session, what=what, owner_agency=owner_agency, owner_name=owner_name)
    about = About(case, plan)
    if is_nothing_to_do(action, fields):
        return saved(action, about, is_changed=False)
    refuse_stale(session, action, seen_version=seen_version, fields=fields)
    _require_open(action, plan)
    return change(session, actor, action, verb="change_action", fields=fields, at=at, about=about)


def carry_forward(
    session: Session,
    actor: Actor,
    *,
    action_id: int,
    due_on: date,
    because: NotDoneBecause | None = None,
    note: str | None = None,
    seen_version: int,
    geography: Mapping[str, str],
    at: datetime,
) -> Saved:
    """Give an open action a later day; how often that happened is counted, and why it was not done is kept.

    Args:
        session: a write session.
        actor: who carries it.
        action_id: the action.
        due_on: the later day.
        because: which of the two it was, where it was not done by its day.
        note: more in words; without one the last note stands.
        seen_version: the version the form showed.
        geography: neighbourhood code to sector code.
        at: when (UTC).

    Raises:
        NoSuchRecord: the action is absent or not the actor's to direct.
        StaleSave: somebody saved the action first.
        PartnershipError: the action or its plan is not open, or the day is not later.
    """
    action, plan, case = find_action(session, actor, Deed.DIRECT_ACTION, action_id=action_id, geography=geography)
    about = About(case, plan)
    if action.due_on == due_on:
        return saved(action, about, is_changed=False)
    refuse_stale(session, action, seen_version=seen_version, fields={"due_on": due_on})
    _require_open(action, plan)
    if due_on < max(action.due_on, actor.today):
        raise PartnershipError("due: an action is carried to a later day. Choose one after the present one.")
    fields = {
        "due_on": due_on,
        "times_carried": action.times_carried + 1,
        "not_done_because": because,
        "note": wording.optional_text(note, "note") or action.note,
    }
    return change(session, actor, action, verb="carry_forward", fields=fields, at=at, about=about)


def cancel_action(
    session: Session,
    actor: Actor,
    *,
    action_id: int,
    reason: str,
    seen_version: int,
    geography: Mapping[str, str],
    at: datetime,
) -> Saved:
    """Take an open action off the plan, saying why. It stays in the history.

    Raises:
        NoSuchRecord: the action is absent or not the actor's to direct.
        StaleSave: somebody saved the action first.
        PartnershipError: the action or its plan is not open, or no reason is given.
    """
    action, plan, case = find_action(session, actor, Deed.DIRECT_ACTION, action_id=action_id, geography=geography)
    why = wording.text(reason, "reason")
    about = About(case, plan)
    if action.status is ActionState.CANCELLED:
        return saved(action, about, is_changed=False)
    fields = {"status": ActionState.CANCELLED, "reported_at": at}
    refuse_stale(session, action, seen_version=seen_version, fields=fields)
    _require_open(action, plan)
    return change(session, actor, action, verb="cancel_action", fields=fields, at=at, about=about, reason=why)


def reopen_action(
    session: Session,
    actor: Actor,
    *,
    action_id: int,
    reason: str,
    seen_version: int,
    geography: Mapping[str, str],
    at: datetime,
) -> Saved:
    """Undo a completion, a cancellation or a "not done": the action is agreed again.

    Raises:
        NoSuchRecord: the action is absent or not the actor's to direct.
        StaleSave: somebody saved the action first.
        PartnershipError: the plan is closed, or no reason is given.
    """
    action, plan, case = find_action(session, actor, Deed.DIRECT_ACTION, action_id=action_id, geography=geography)
    why = wording.text(reason, "reason")
    about = About(case, plan)
    if action.status in OPEN_ACTION_STATES:
        return saved(action, about, is_changed=False)
    fields = {"status": ActionState.AGREED, "not_done_because": None, "reported_at": at}
    refuse_stale(session, action, seen_version=seen_version, fields=fields)
    _require_open_plan(plan)
    return change(session, actor, action, verb="reopen_action", fields=fields, at=at, about=about, reason=why)


def _agreed(session: Session, *, what: str, owner_agency: str, owner_name: str) -> dict[str, object]:
    return {
        "what": wording.text(what, "what"),
        "owner_agency": find_agency(session, owner_agency).code,
        "owner_name": wording.name(owner_name, "owner"),
    }


def _kind(code: str, what: str, kinds: tuple[ActionKind, ...]) -> str:
    kind = next((one for one in kinds if one.code == code), None)
    if kind is None:
        raise PartnershipError("kind: it is not on the force's list. Choose one of the list, or add it there.")
    if what.casefold() in (kind.code.casefold(), kind.words.casefold()):
        raise PartnershipError(
            "what: this is only the kind. Say exactly what is to be done, so that it can be checked."
        )
    return kind.code


def _open_meeting(session: Session, actor: Actor, meeting_id: int, case: Case, *, geography: Mapping[str, str]) -> int:
    meeting = find_meeting(session, actor, Deed.RUN_MEETING, meeting_id=meeting_id, geography=geography)
    if meeting.state is not MeetingState.OPEN:
        raise PartnershipError("The meeting is not open. Agree the action outside it, or in the next meeting.")
    if geography.get(case.neighbourhood) != meeting.sector:
        raise PartnershipError("The case belongs to another sector. Agree the action in that sector's meeting.")
    return meeting.id


def _require_open_plan(plan: ActionPlan) -> None:
    if plan.state is not PlanState.OPEN:
        raise PartnershipError("The plan is closed. Reopen it first.")


def _require_open(action: Action, plan: ActionPlan) -> None:
    _require_open_plan(plan)
    if action.status not in OPEN_ACTION_STATES:
        raise PartnershipError("The action is finished. Reopen it first.")
