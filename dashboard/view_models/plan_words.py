"""How does a person's plan stand, in a shape and few words?"""

from __future__ import annotations

from datetime import date

from dashboard.components.cells import Marked, Status, plain, status_word
from dashboard.text import plural
from partnership.status import ActionStatus, ActionWord, PlanStatus, PlanWord, plan_status
from partnership.views import PlanView

_LOOKS = {
    PlanWord.OVERDUE: Status.OVERDUE,
    PlanWord.NO_NEXT_ACTION: Status.OVERDUE,
    PlanWord.DUE_FOR_REVIEW: Status.DUE_SOON,
    PlanWord.STALLED: Status.DUE_SOON,
    PlanWord.ON_TRACK: Status.ON_TRACK,
    PlanWord.CLOSED: Status.DONE,
}
_ACTION_LOOKS = {
    ActionWord.OVERDUE: Status.OVERDUE,
    ActionWord.DUE_SOON: Status.DUE_SOON,
    ActionWord.ON_TRACK: Status.ON_TRACK,
    ActionWord.DONE: Status.DONE,
    ActionWord.NOT_DONE: Status.DONE,
    ActionWord.CANCELLED: Status.DONE,
}
NO_PLAN = "no plan"


def plan_cell(plan: PlanView | None, today: date, *, stalled_days: int) -> Marked:
    """The plan's status as shape, colour and words; "no plan" where there is none open to the reader."""
    if plan is None:
        return plain(NO_PLAN)
    status = plan_status(plan, plan.actions, plan.changed_at, today, stalled_days=stalled_days)
    return status_word(_LOOKS[status.word], plan_said(status))


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


def action_cell(status: ActionStatus) -> Marked:
    """An action's status as shape, colour and words: "9 days overdue"."""
    said = {
        ActionWord.OVERDUE: f"{plural(status.days_overdue, 'day')} overdue",
        ActionWord.DUE_SOON: "due today" if status.days_left == 0 else f"due in {plural(status.days_left, 'day')}",
    }
    return status_word(_ACTION_LOOKS[status.word], said.get(status.word, status.word.value.replace("_", " ")))
