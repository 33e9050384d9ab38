"""How does a page change something? One verb, one transaction, and what came of it in words.

Who acts is asked anew inside the transaction, so that a right withdrawn a moment ago is gone.
"""

from __future__ import annotations

from collections.abc import Callable
from zoneinfo import ZoneInfo

from dashboard import decisions
from dashboard.components.outcome import BothTexts, Outcome
from dashboard.components.update_form import ActionUpdate, Step
from dashboard.data import build_of
from dashboard.text import moment
from dashboard.today import now
from dashboard.view_models.history import UNTOLD, field_said, value_said
from dashboard.visit import Visit
from partnership import actions
from partnership.changes import Saved
from partnership.errors import PartnershipError, StaleSave
from partnership.vocabulary import ActionState

_REPORTED = {
    Step.NOT_STARTED: "the action is not started yet",
    Step.IN_PROGRESS: "the action is in progress",
    Step.DONE: "the action is done",
    Step.NOT_DONE: "the action was not done",
    Step.CARRY: "the action is carried to its new day",
    Step.CANCEL: "the action is cancelled",
    Step.REOPEN: "the action is open again",
}


def do(visit: Visit, verb: Callable[..., Saved], *, saying: str, **fields: object) -> Outcome:
    """Call one verb of the partnership in one transaction, as the viewer.

    Args:
        visit: who acts, and where.
        verb: takes session and actor, `geography` and `at`, and the `fields`.
        saying: what is then so, for the line that says it was saved: "the action is done".
        fields: the verb's own arguments.

    Returns:
        What was saved and when; or why nothing was, with both texts where somebody else was first.
    """
    at = now(visit.facts)
    try:
        with decisions.database().write() as session:
            actor = decisions.actor_of(session, visit)
            saved = verb(session, actor, geography=visit.facts.geography, at=at, **fields)
    except StaleSave as stale:
        return _second(visit, stale)
    except PartnershipError as refused:
        return Outcome(is_saved=False, said=f"Nothing was saved. {refused}")
    local = moment(at.astimezone(ZoneInfo(timezone_of(visit))))
    if not saved.is_changed:
        return Outcome(is_saved=True, said=f"Nothing to change: {saying} already.")
    return Outcome(is_saved=True, said=f"Saved {local}: {saying}.")


def report(visit: Visit, update: ActionUpdate) -> Outcome:
    """Save what the update form sent, by the verb of its step."""
    common: dict[str, object] = {"action_id": update.action_id, "seen_version": update.seen_version}
    saying = _REPORTED[update.step]
    match update.step:
        case Step.NOT_STARTED | Step.IN_PROGRESS:
            state = ActionState.AGREED if update.step is Step.NOT_STARTED else ActionState.IN_PROGRESS
            return do(visit, actions.record_progress, saying=saying, status=state, note=update.note, **common)
        case Step.DONE:
            return do(visit, actions.complete_action, saying=saying, note=update.note, **common)
        case Step.NOT_DONE:
            if update.which is None:
                return Outcome(
                    is_saved=False, said="Nothing was saved. Choose which of the two it was, then save again."
                )
            return do(visit, actions.mark_not_done, saying=saying, which=update.which, note=update.note, **common)
        case Step.CARRY:
            return do(visit, actions.carry_forward, saying=saying, due_on=update.due_on, **common)
        case Step.CANCEL:
            return do(visit, actions.cancel_action, saying=saying, reason=update.note, **common)
        case Step.REOPEN:
            return do(visit, actions.reopen_action, saying=saying, reason=update.note, **common)


def timezone_of(visit: Visit) -> str:
    """The force's own time zone, for what is shown to people."""
    return build_of(visit.facts.id).timezone


def _second(visit: Visit, stale: StaleSave) -> Outcome:
    who = stale.first_by or "Somebody"
    when = "" if stale.first_at is None else f" {moment(stale.first_at.astimezone(ZoneInfo(timezone_of(visit))))}"
    names = decisions.names_of_codes(visit)
    both = tuple(
        BothTexts(
            field_said(clash.field),
            value_said(clash.field, clash.theirs, names),
            value_said(clash.field, clash.yours, names),
        )
        for clash in stale.clashes
        if clash.field not in UNTOLD
    )
    said = (
        f"{who} saved this first{when}. Nothing of yours was saved, and what you wrote is still in the form. "
        "Compare the two, change yours if need be, and save again."
    )
    return Outcome(is_saved=False, said=said, both=both, is_stale=True)
