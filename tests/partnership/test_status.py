"""How an action and a plan stand today."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from partnership.status import ActionStatus, ActionWord, PlanWord, Rag, action_status, plan_status
from partnership.vocabulary import OPEN_ACTION_STATES, ActionState, PlanState

TODAY = date(2013, 12, 2)


@dataclass(frozen=True)
class Agreed:
    status: ActionState
    due_on: date


@dataclass(frozen=True)
class Planned:
    state: PlanState = PlanState.OPEN
    review_on: date = TODAY + timedelta(days=7)


def due(days: int, status: ActionState = ActionState.AGREED) -> Agreed:
    return Agreed(status, TODAY + timedelta(days=days))


def changed(days_ago: int) -> list[datetime]:
    return [datetime.combine(TODAY - timedelta(days=days_ago), time(12), UTC)]


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        (-9, ActionStatus(ActionWord.OVERDUE, Rag.RED, days_overdue=9)),
        (-1, ActionStatus(ActionWord.OVERDUE, Rag.RED, days_overdue=1)),
        (0, ActionStatus(ActionWord.DUE_SOON, Rag.AMBER, days_left=0)),
        (7, ActionStatus(ActionWord.DUE_SOON, Rag.AMBER, days_left=7)),
        (8, ActionStatus(ActionWord.ON_TRACK, Rag.GREEN, days_left=8)),
    ],
)
def test_an_open_action_stands_by_its_day(days: int, expected: ActionStatus) -> None:
    assert action_status(due(days), TODAY, due_soon_days=7) == expected


@pytest.mark.parametrize(
    ("status", "word"),
    [
        (ActionState.DONE, ActionWord.DONE),
        (ActionState.NOT_DONE, ActionWord.NOT_DONE),
        (ActionState.CANCELLED, ActionWord.CANCELLED),
    ],
)
def test_a_finished_action_is_never_overdue(status: ActionState, word: ActionWord) -> None:
    assert action_status(due(-30, status), TODAY, due_soon_days=7) == ActionStatus(word, Rag.GREY)


@pytest.mark.parametrize(
    ("plan", "actions", "days_ago", "word", "rag"),
    [
        (Planned(), [due(3)], 1, PlanWord.ON_TRACK, Rag.GREEN),
        (Planned(), [due(-2), due(3)], 1, PlanWord.OVERDUE, Rag.RED),
        (Planned(), [], 1, PlanWord.NO_NEXT_ACTION, Rag.RED),
        (Planned(), [due(-2, ActionState.DONE)], 1, PlanWord.NO_NEXT_ACTION, Rag.RED),
        (Planned(review_on=TODAY), [due(3)], 1, PlanWord.DUE_FOR_REVIEW, Rag.AMBER),
        (Planned(), [due(3)], 28, PlanWord.STALLED, Rag.AMBER),
        (Planned(), [due(3)], 27, PlanWord.ON_TRACK, Rag.GREEN),
        (Planned(PlanState.CLOSED), [due(-2)], 90, PlanWord.CLOSED, Rag.GREY),
    ],
)
def test_a_plan_stands_by_its_most_pressing_concern(
    plan: Planned, actions: list[Agreed], days_ago: int, word: PlanWord, rag: Rag
) -> None:
    status = plan_status(plan, actions, changed(days_ago), TODAY, stalled_days=28)
    assert (status.word, status.rag) == (word, rag)


def test_every_concern_is_named_the_most_pressing_first() -> None:
    status = plan_status(Planned(review_on=TODAY), [due(-9), due(-2)], changed(30), TODAY, stalled_days=28)
    assert status.concerns == (PlanWord.OVERDUE, PlanWord.DUE_FOR_REVIEW, PlanWord.STALLED)
    assert (status.days_overdue, status.days_since_change) == (9, 30)


AGREED = st.builds(due, st.integers(-60, 60), st.sampled_from(list(ActionState)))


@settings(max_examples=60, deadline=None)
@given(AGREED, st.integers(0, 30), st.integers(0, 30))
def test_time_alone_never_makes_an_action_less_pressing(action: Agreed, soon: int, days: int) -> None:
    order = [ActionWord.ON_TRACK, ActionWord.DUE_SOON, ActionWord.OVERDUE]
    before = action_status(action, TODAY, due_soon_days=soon)
    after = action_status(action, TODAY + timedelta(days=days), due_soon_days=soon)
    if action.status in OPEN_ACTION_STATES:
        assert order.index(after.word) >= order.index(before.word)
    else:
        assert after == before


@settings(max_examples=60, deadline=None)
@given(st.lists(AGREED, max_size=5), st.integers(-30, 30), st.integers(0, 60))
def test_a_plan_is_overdue_exactly_when_an_open_action_is(actions: list[Agreed], review: int, days_ago: int) -> None:
    plan = Planned(review_on=TODAY + timedelta(days=review))
    status = plan_status(plan, actions, changed(days_ago), TODAY, stalled_days=28)
    days = [action_status(action, TODAY, due_soon_days=7).days_overdue for action in actions]
    assert status.days_overdue == max(days, default=0)
    assert (status.word is PlanWord.OVERDUE) == any(days)
