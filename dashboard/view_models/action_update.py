"""What may this person report on an action today? The steps of the update form, by right and by how it stands."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Protocol

from dashboard.components.update_form import Step, UpdateForm
from dashboard.sign_in import Viewer
from partnership.authority import Actor, Deed, may
from partnership.vocabulary import OPEN_ACTION_STATES, ActionState, PlanState

NO_CHANGE = "You may read this. An action is changed by its owner, or by the police who see the case."
PLAN_CLOSED = "The plan is closed. The sector inspector can open it again, and then its actions."
FINISHED = "This action is finished. If that is wrong, ask the plan's owner to open it again."
WEEK = timedelta(days=7)


class ReportedAction(Protocol):
    """What the form needs to know of an action; a line of the board and an action of a plan both do."""

    @property
    def action_id(self) -> int:
        """The action's number."""

    @property
    def status(self) -> ActionState:
        """What was last reported."""

    @property
    def note(self) -> str | None:
        """The last note."""

    @property
    def due_on(self) -> date:
        """The day it is due."""

    @property
    def version(self) -> int:
        """The version that was read."""


def update_view(action: ReportedAction, viewer: Viewer, today: date, *, plan_state: PlanState) -> UpdateForm:
    """The form as this viewer gets it. The verbs check the right again; this only offers what can succeed.

    An action is carried to a day after the present one, and not to one that is past; a week on is proposed.
    """
    steps, closed_because = _steps(action.status, viewer, today, plan_state)
    stands = Step.IN_PROGRESS if action.status is ActionState.IN_PROGRESS else Step.NOT_STARTED
    earliest = max(action.due_on + timedelta(days=1), today)
    return UpdateForm(
        action_id=action.action_id,
        version=action.version,
        steps=steps,
        step=stands if stands in steps else None,
        note=action.note or "",
        next_day=max(action.due_on, today) + WEEK,
        earliest_day=earliest,
        closed_because=closed_because,
    )


def may_do(viewer: Viewer, deed: Deed, today: date) -> bool:
    """Whether the viewer's role has the right at all; the case's own limits are the verb's to check."""
    who = Actor(viewer.member_id, viewer.name, viewer.email, viewer.role, frozenset(viewer.areas), viewer.agency, today)
    return may(who, deed)


def _steps(status: ActionState, viewer: Viewer, today: date, plan_state: PlanState) -> tuple[tuple[Step, ...], str]:
    if not may_do(viewer, Deed.REPORT_ACTION, today):
        return (), NO_CHANGE
    if plan_state is PlanState.CLOSED:
        return (), PLAN_CLOSED
    directs = may_do(viewer, Deed.DIRECT_ACTION, today)
    if status not in OPEN_ACTION_STATES:
        return ((Step.REOPEN,), "") if directs else ((), FINISHED)
    progress = (Step.NOT_STARTED, Step.IN_PROGRESS, Step.DONE)
    return (*progress, Step.NOT_DONE, Step.CARRY, Step.CANCEL) if directs else progress, ""
