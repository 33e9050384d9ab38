"""How does an action or a plan stand, in a shape and few words? The same on every page and in every pack."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from dashboard.components.cells import Marked, Status, plain, status_word
from dashboard.components.update_form import REASON_WORDS
from dashboard.text import plural
from partnership.status import ActionStatus, ActionWord, PlanStatus, PlanWord, plan_status
from partnership.views import PlanView
from partnership.vocabulary import DecisionKind, NotDoneBecause

PLAN_LOOKS: Mapping[PlanWord, Status] = {
    PlanWord.OVERDUE: Status.OVERDUE,
    PlanWord.NO_NEXT_ACTION: Status.OVERDUE,
    PlanWord.DUE_FOR_REVIEW: Status.DUE_SOON,
    PlanWord.STALLED: Status.DUE_SOON,
    PlanWord.ON_TRACK: Status.ON_TRACK,
    PlanWord.CLOSED: Status.DONE,
}
ACTION_LOOKS: Mapping[ActionWord, Status] = {
    ActionWord.OVERDUE: Status.OVERDUE,
    ActionWord.DUE_SOON: Status.DUE_SOON,
    ActionWord.ON_TRACK: Status.ON_TRACK,
    ActionWord.DONE: Status.DONE,
    ActionWord.NOT_DONE: Status.DONE,
    ActionWord.CANCELLED: Status.DONE,
}
DECIDED: Mapping[DecisionKind, str] = {
    DecisionKind.OPEN_PLAN: "open a plan",
    DecisionKind.CONTINUE_PLAN: "continue the plan",
    DecisionKind.NO_ACTION: "no action",
    DecisionKind.REFER: "refer",
    DecisionKind.CLOSE_PLAN: "close the plan",
}
NO_PLAN = "no plan"


def plan_cell(plan: PlanView | None, today: date, *, stalled_days: int) -> Marked:
    """The plan's status as shape, colour and words; "no plan" where there is none open to the reader."""
    if plan is None:
        return plain(NO_PLAN)
    status = plan_status(plan, plan.actions, plan.changed_at, today, stalled_days=stalled_days)
    return status_word(PLAN_LOOKS[status.word], plan_said(status))


def plan_said(status: PlanStatus) -> str:
    """A plan's status in words: "action 9 days overdue"."""
    match status.word:
        case PlanWord.OVERDUE:
            return f"action {plural(status.days_overdue, 'day')} overdue"
        case PlanWord.NO_NEXT_ACTION:
            return "plan without a next action"
        case PlanWord.DUE_FOR_REVIEW:
            return "plan due for review"
        case PlanWord.STALLED:
            return f"nothing for {plural(status.days_since_change or 0, 'day')}"
        case PlanWord.CLOSED:
            return "plan closed"
        case _:
            return "plan on track"


def action_cell(status: ActionStatus, because: NotDoneBecause | None = None) -> Marked:
    """An action's status as shape, colour and words: "9 days overdue"."""
    return status_word(ACTION_LOOKS[status.word], action_said(status, because))


def action_said(status: ActionStatus, because: NotDoneBecause | None = None) -> str:
    """An action's status in words: "9 days overdue", "due in 3 days", "not done: circumstances changed"."""
    match status.word:
        case ActionWord.OVERDUE:
            return f"{plural(status.days_overdue, 'day')} overdue"
        case ActionWord.DUE_SOON | ActionWord.ON_TRACK:
            left = status.days_left
            return "due today" if left == 0 else "due tomorrow" if left == 1 else f"due in {plural(left, 'day')}"
        case ActionWord.NOT_DONE if because is not None:
            return f"not done: {reason_said(because)}"
        case word:
            return word.value.replace("_", " ")


def reason_said(because: NotDoneBecause) -> str:
    """Which of the two reasons it was, within a sentence."""
    return REASON_WORDS[because].lower()
