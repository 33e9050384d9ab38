"""How far is an action? The verbs that report on one: progress, completion, not done."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy.orm import Session

from partnership import wording
from partnership.authority import Actor, Deed
from partnership.changes import About, Saved, change, is_nothing_to_do, refuse_stale, saved
from partnership.errors import PartnershipError
from partnership.finding import find_action
from partnership.models import Action, ActionPlan, Case
from partnership.vocabulary import OPEN_ACTION_STATES, ActionState, NotDoneBecause, PlanState


def record_progress(
    session: Session,
    actor: Actor,
    *,
    action_id: int,
    status: ActionState,
    note: str | None,
    seen_version: int,
    geography: Mapping[str, str],
    at: datetime,
) -> Saved:
    """Report how far an open action is. A partner may, on their own agency's actions of cases shared with it.

    Raises:
        NoSuchRecord: the action is absent or not the actor's to report on.
        StaleSave: somebody saved the action first.
        PartnershipError: the status is not an open one, or the action or its plan is not open.
    """
    found = find_action(session, actor, Deed.REPORT_ACTION, action_id=action_id, geography=geography)
    if status not in OPEN_ACTION_STATES:
        raise PartnershipError("status: progress is agreed or in progress. To finish the action, complete it.")
    fields = {"status": status, "note": wording.optional_text(note, "note")}
    return _report(session, actor, found, verb="record_progress", fields=fields, seen_version=seen_version, at=at)


def complete_action(
    session: Session,
    actor: Actor,
    *,
    action_id: int,
    note: str | None = None,
    seen_version: int,
    geography: Mapping[str, str],
    at: datetime,
) -> Saved:
    """Report an open action done. Without a note the last one stands.

    Raises:
        NoSuchRecord: the action is absent or not the actor's to report on.
        StaleSave: somebody saved the action first.
        PartnershipError: the action or its plan is not open.
    """
    found = find_action(session, actor, Deed.REPORT_ACTION, action_id=action_id, geography=geography)
    last_word = wording.optional_text(note, "note") or found[0].note
    fields = {"status": ActionState.DONE, "note": last_word, "not_done_because": None}
    return _report(session, actor, found, verb="complete_action", fields=fields, seen_version=seen_version, at=at)


def mark_not_done(
    session: Session,
    actor: Actor,
    *,
    action_id: int,
    which: NotDoneBecause,
    note: str,
    seen_version: int,
    geography: Mapping[str, str],
    at: datetime,
) -> Saved:
    """Report that an open action was not done, and which it was: circumstances changed, or the agency did not.

    Raises:
        NoSuchRecord: the action is absent or not the actor's to direct; an agency does not judge itself.
        StaleSave: somebody saved the action first.
        PartnershipError: the action or its plan is not open, or no note is given.
    """
    found = find_action(session, actor, Deed.DIRECT_ACTION, action_id=action_id, geography=geography)
    fields = {"status": ActionState.NOT_DONE, "not_done_because": which, "note": wording.text(note, "note")}
    return _report(session, actor, found, verb="mark_not_done", fields=fields, seen_version=seen_version, at=at)


def _report(
    session: Session,
    actor: Actor,
    found: tuple[Action, ActionPlan, Case],
    *,
    verb: str,
    fields: Mapping[str, object],
    seen_version: int,
    at: datetime,
) -> Saved:
    action, plan, case = found
    about = About(case, plan)
    if is_nothing_to_do(action, fields):
        return saved(action, about, is_changed=False)
    refuse_stale(session, action, seen_version=seen_version, fields=fields)
    if plan.state is not PlanState.OPEN:
        raise PartnershipError("The plan is closed. Reopen it first.")
    if action.status not in OPEN_ACTION_STATES:
        raise PartnershipError("The action is finished. Reopen it first.")
    return change(session, actor, action, verb=verb, fields={**fields, "reported_at": at}, at=at, about=about)
