"""Completing an action."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from partnership.actions import complete_action
from partnership.reading import plan_board
from partnership.vocabulary import ActionState
from tests.partnership.builders import GEOGRAPHY, Desk

ASKED: dict[str, Any] = {"note": "Fitted on Friday."}


@pytest.mark.parametrize("who", ["inspector", "officer", "ppu", "housing"])
def test_police_and_the_owning_agency_complete(desk: Desk, who: str) -> None:
    action = desk.shared_action()
    desk.do(complete_action, who, action_id=action.row_id, seen_version=1, **ASKED)
    (line,) = desk.ask(plan_board, "ppu", GEOGRAPHY)
    assert (line.status, line.note) == (ActionState.DONE, "Fitted on Friday.")


def test_an_agency_completes_nothing_after_its_share_has_ended(desk: Desk) -> None:
    action = desk.shared_action()
    late = desk.actor("housing", today=date(2013, 12, 10))
    assert desk.is_refused(complete_action, late, action_id=action.row_id, seen_version=1, **ASKED)


def test_without_a_note_the_last_one_stands(desk: Desk) -> None:
    action = desk.action()
    desk.progress(action, "Rang twice.")
    desk.do(complete_action, "ppu", action_id=action.row_id, seen_version=2)
    assert desk.ask(plan_board, "ppu", GEOGRAPHY)[0].note == "Rang twice."


@pytest.mark.parametrize("who", ["analyst", "auditor", "operator", "other_inspector", "other_officer"])
def test_role_or_area_without_the_right_is_refused(desk: Desk, who: str) -> None:
    action = desk.shared_action()
    assert desk.is_refused(complete_action, who, action_id=action.row_id, seen_version=1, **ASKED)


def test_an_agency_has_no_say_in_anothers_action(desk: Desk) -> None:
    case = desk.case()
    desk.share(case, "HEALTH")
    action = desk.action(desk.plan(case))
    assert desk.is_refused(complete_action, "health", action_id=action.row_id, seen_version=1, **ASKED)


def test_an_action_that_does_not_exist_is_refused_alike(desk: Desk) -> None:
    assert desk.is_refused(complete_action, "inspector", action_id=999, seen_version=1, **ASKED)


def test_saving_the_same_again_changes_nothing(desk: Desk) -> None:
    action = desk.action()
    desk.do(complete_action, "inspector", action_id=action.row_id, seen_version=1, **ASKED)
    assert desk.is_idle(complete_action, "inspector", action_id=action.row_id, seen_version=1, **ASKED)


def test_the_second_of_two_saves_is_told_who_was_first(desk: Desk) -> None:
    action = desk.action()
    desk.progress(action)
    assert desk.stale(complete_action, "inspector", action_id=action.row_id, seen_version=1, **ASKED).first_by == "Ppu"
