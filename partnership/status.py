"""How does an action or a plan stand today? Computed from what is stored, never stored itself."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Protocol

from partnership.vocabulary import OPEN_ACTION_STATES, ActionState, PlanState


class Rag(StrEnum):
    """Red, amber, green; grey for what is over. Always shown with its word."""

    RED = "red"
    AMBER = "amber"
    GREEN = "green"
    GREY = "grey"


class ActionWord(StrEnum):
    """How an action stands."""

    OVERDUE = "overdue"
    DUE_SOON = "due_soon"
    ON_TRACK = "on_track"
    DONE = "done"
    NOT_DONE = "not_done"
    CANCELLED = "cancelled"


class PlanWord(StrEnum):
    """How a plan stands, the most pressing first."""

    OVERDUE = "overdue"
    NO_NEXT_ACTION = "no_next_action"
    DUE_FOR_REVIEW = "due_for_review"
    STALLED = "stalled"
    ON_TRACK = "on_track"
    CLOSED = "closed"


@dataclass(frozen=True)
class ActionStatus:
    """One action's status; `days_overdue` is 0 unless it is overdue, `days_left` 0 unless it is open and in time."""

    word: ActionWord
    rag: Rag
    days_overdue: int = 0
    days_left: int = 0


@dataclass(frozen=True)
class PlanStatus:
    """One plan's status.

    Attributes:
        word: the most pressing concern, or on track, or closed.
        concerns: every concern, the most pressing first; empty where the plan is on track or closed.
        days_overdue: of the action longest overdue.
        days_since_change: since the newest event; None where there is none.
    """

    word: PlanWord
    rag: Rag
    concerns: tuple[PlanWord, ...] = ()
    days_overdue: int = 0
    days_since_change: int | None = None


class ActionFacts(Protocol):
    """What the status of an action rests on."""

    @property
    def status(self) -> ActionState:
        """What was last reported."""

    @property
    def due_on(self) -> date:
        """The day it is due."""


class PlanFacts(Protocol):
    """What the status of a plan rests on."""

    @property
    def state(self) -> PlanState:
        """Open or closed."""

    @property
    def review_on(self) -> date:
        """The day it is looked at again."""


_FINISHED = {
    ActionState.DONE: ActionWord.DONE,
    ActionState.NOT_DONE: ActionWord.NOT_DONE,
    ActionState.CANCELLED: ActionWord.CANCELLED,
}
_RAGS = {
    PlanWord.OVERDUE: Rag.RED,
    PlanWord.NO_NEXT_ACTION: Rag.RED,
    PlanWord.DUE_FOR_REVIEW: Rag.AMBER,
    PlanWord.STALLED: Rag.AMBER,
}


def is_overdue(action: ActionFacts, today: date) -> bool:
    """Whether an open action's day is past; on the day itself it is in time."""
    return action.status in OPEN_ACTION_STATES and action.due_on < today


def action_status(action: ActionFacts, today: date, *, due_soon_days: int) -> ActionStatus:
    """How the action stands. Due today is due soon; overdue begins the day after.

    Args:
        action: what was agreed and last reported.
        today: the day.
        due_soon_days: due within so many days is due soon (assumption `action_due_soon_days`).
    """
    if action.status not in OPEN_ACTION_STATES:
        return ActionStatus(_FINISHED[action.status], Rag.GREY)
    days_left = (action.due_on - today).days
    if is_overdue(action, today):
        return ActionStatus(ActionWord.OVERDUE, Rag.RED, days_overdue=-days_left)
    if days_left <= due_soon_days:
        return ActionStatus(ActionWord.DUE_SOON, Rag.AMBER, days_left=days_left)
    return ActionStatus(ActionWord.ON_TRACK, Rag.GREEN, days_left=days_left)


def plan_status(
    plan: PlanFacts,
    actions: Iterable[ActionFacts],
    changed_at: Iterable[datetime],
    today: date,
    *,
    stalled_days: int,
) -> PlanStatus:
    """How the plan stands.

    Args:
        plan: its state and review date.
        actions: every action of the plan.
        changed_at: when its events happened.
        today: the day; a review due today is due.
        stalled_days: without an event for so many days the plan is stalled (assumption `plan_stalled_days`).
    """
    newest = max((moment.date() for moment in changed_at), default=None)
    days_since_change = None if newest is None else max((today - newest).days, 0)
    if plan.state is PlanState.CLOSED:
        return PlanStatus(PlanWord.CLOSED, Rag.GREY, days_since_change=days_since_change)
    due_days = [action.due_on for action in actions if action.status in OPEN_ACTION_STATES]
    days_overdue = max(((today - due_on).days for due_on in due_days), default=0)
    is_stalled = days_since_change is not None and days_since_change >= stalled_days
    found = {
        PlanWord.OVERDUE: days_overdue > 0,
        PlanWord.NO_NEXT_ACTION: not due_days,
        PlanWord.DUE_FOR_REVIEW: plan.review_on <= today,
        PlanWord.STALLED: is_stalled,
    }
    concerns = tuple(word for word, is_so in found.items() if is_so)
    word = concerns[0] if concerns else PlanWord.ON_TRACK
    rag = _RAGS.get(word, Rag.GREEN)
    return PlanStatus(word, rag, concerns, max(days_overdue, 0), days_since_change)
