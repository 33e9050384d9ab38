"""Taking an action off the plan."""

from __future__ import annotations

from typing import Any

import pytest

from partnership.actions import cancel_action
from partnership.errors import PartnershipError
from partnership.history import history
from partnership.reading import plan_board
from partnership.vocabulary import ActionState
from tests.partnership.builders import GEOGRAPHY, Desk

ASKED: dict[str, Any] = {"reason": "She has moved."}


def test_the_action_is_cancelled_and_stays_in_the_history(desk: Desk) -> None:
    action = desk.action()
    desk.do(cancel_action, "officer", action_id=action.row_id, seen_version=1, **ASKED)
    assert desk.ask(plan_board, "ppu", GEOGRAPHY)[0].status is ActionState.CANCELLED
    assert desk.ask(history, "ppu", action.reference, GEOGRAPHY)[0].reason == "She has moved."


@pytest.mark.parametrize("who", ["analyst", "auditor", "operator", "other_inspector", "other_officer", "housing"])
def test_role_or_area_without_the_right_is_refused(desk: Desk, who: str) -> None:
    action = desk.shared_action()
    assert desk.is_refused(cancel_action, who, action_id=action.row_id, seen_version=1, **ASKED)


def test_an_agency_has_no_say_in_anothers_action(desk: Desk) -> None:
    case = desk.case()
    desk.share(case, "HEALTH")
    action = desk.action(desk.plan(case))
    assert desk.is_refused(cancel_action, "health", action_id=action.row_id, seen_version=1, **ASKED)


def test_an_action_that_does_not_exist_is_refused_alike(desk: Desk) -> None:
    assert desk.is_refused(cancel_action, "inspector", action_id=999, seen_version=1, **ASKED)


def test_saving_the_same_again_changes_nothing(desk: Desk) -> None:
    action = desk.action()
    desk.do(cancel_action, "inspector", action_id=action.row_id, seen_version=1, **ASKED)
    assert desk.is_idle(cancel_action, "inspector", action_id=action.row_id, seen_version=1, **ASKED)


def test_the_second_of_two_saves_is_told_who_was_first(desk: Desk) -> None:
    action = desk.action()
    desk.progress(action)
    assert desk.stale(cancel_action, "inspector", action_id=action.row_id, seen_version=1, **ASKED).first_by == "Ppu"


def test_a_finished_action_stays_as_it_is(desk: Desk) -> None:
    action = desk.finished_action()
    with pytest.raises(PartnershipError, match="finished"):
        desk.do(cancel_action, "inspector", action_id=action.row_id, seen_version=2, **ASKED)
