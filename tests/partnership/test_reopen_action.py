"""Undoing the end of an action."""

from __future__ import annotations

from typing import Any

import pytest

from partnership.actions import complete_action, reopen_action
from partnership.errors import PartnershipError
from partnership.reading import plan_board
from partnership.vocabulary import ActionState
from tests.partnership.builders import GEOGRAPHY, Desk

ASKED: dict[str, Any] = {"reason": "The lock does not hold."}


def test_the_action_is_agreed_again(desk: Desk) -> None:
    action = desk.finished_action()
    desk.do(reopen_action, "officer", action_id=action.row_id, seen_version=2, **ASKED)
    assert desk.ask(plan_board, "ppu", GEOGRAPHY)[0].status is ActionState.AGREED


def test_an_action_of_a_closed_plan_stays_as_it_is(desk: Desk) -> None:
    plan = desk.plan()
    action = desk.action(plan)
    desk.do(complete_action, "ppu", action_id=action.row_id, seen_version=1)
    desk.close(plan)
    with pytest.raises(PartnershipError, match="closed"):
        desk.do(reopen_action, "ppu", action_id=action.row_id, seen_version=2, **ASKED)


@pytest.mark.parametrize("who", ["analyst", "auditor", "operator", "other_inspector", "other_officer", "housing"])
def test_role_or_area_without_the_right_is_refused(desk: Desk, who: str) -> None:
    action = desk.shared_action()
    assert desk.is_refused(reopen_action, who, action_id=action.row_id, seen_version=1, **ASKED)


def test_an_agency_has_no_say_in_anothers_action(desk: Desk) -> None:
    case = desk.case()
    desk.share(case, "HEALTH")
    action = desk.action(desk.plan(case))
    assert desk.is_refused(reopen_action, "health", action_id=action.row_id, seen_version=1, **ASKED)


def test_an_action_that_does_not_exist_is_refused_alike(desk: Desk) -> None:
    assert desk.is_refused(reopen_action, "inspector", action_id=999, seen_version=1, **ASKED)


def test_saving_the_same_again_changes_nothing(desk: Desk) -> None:
    assert desk.is_idle(reopen_action, "inspector", action_id=desk.action().row_id, seen_version=1, **ASKED)


def test_the_second_of_two_saves_is_told_who_was_first(desk: Desk) -> None:
    action = desk.action()
    desk.do(complete_action, "officer", action_id=action.row_id, seen_version=1)
    refused = desk.stale(reopen_action, "inspector", action_id=action.row_id, seen_version=1, **ASKED)
    assert refused.first_by == "Officer"
