"""Saying that an action was not done."""

from __future__ import annotations

from typing import Any

import pytest

from partnership.actions import mark_not_done
from partnership.errors import PartnershipError
from partnership.reading import plan_board
from partnership.vocabulary import ActionState, NotDoneBecause
from tests.partnership.builders import GEOGRAPHY, Desk

ASKED: dict[str, Any] = {"which": NotDoneBecause.AGENCY_DID_NOT, "note": "Nobody came."}


def test_it_says_which_it_was(desk: Desk) -> None:
    action = desk.action()
    desk.do(mark_not_done, "officer", action_id=action.row_id, seen_version=1, **ASKED)
    (line,) = desk.ask(plan_board, "ppu", GEOGRAPHY)
    assert (line.status, line.not_done_because, line.note) == (ActionState.NOT_DONE, *ASKED.values())


def test_a_note_is_needed(desk: Desk) -> None:
    action = desk.action()
    with pytest.raises(PartnershipError, match="note"):
        desk.do(mark_not_done, "ppu", action_id=action.row_id, seen_version=1, **{**ASKED, "note": ""})


@pytest.mark.parametrize("who", ["analyst", "auditor", "operator", "other_inspector", "other_officer", "housing"])
def test_role_or_area_without_the_right_is_refused(desk: Desk, who: str) -> None:
    action = desk.shared_action()
    assert desk.is_refused(mark_not_done, who, action_id=action.row_id, seen_version=1, **ASKED)


def test_an_agency_has_no_say_in_anothers_action(desk: Desk) -> None:
    case = desk.case()
    desk.share(case, "HEALTH")
    action = desk.action(desk.plan(case))
    assert desk.is_refused(mark_not_done, "health", action_id=action.row_id, seen_version=1, **ASKED)


def test_an_action_that_does_not_exist_is_refused_alike(desk: Desk) -> None:
    assert desk.is_refused(mark_not_done, "inspector", action_id=999, seen_version=1, **ASKED)


def test_saving_the_same_again_changes_nothing(desk: Desk) -> None:
    action = desk.action()
    desk.do(mark_not_done, "inspector", action_id=action.row_id, seen_version=1, **ASKED)
    assert desk.is_idle(mark_not_done, "inspector", action_id=action.row_id, seen_version=1, **ASKED)


def test_the_second_of_two_saves_is_told_who_was_first(desk: Desk) -> None:
    action = desk.action()
    desk.progress(action)
    assert desk.stale(mark_not_done, "inspector", action_id=action.row_id, seen_version=1, **ASKED).first_by == "Ppu"


def test_a_finished_action_stays_as_it_is(desk: Desk) -> None:
    action = desk.finished_action()
    with pytest.raises(PartnershipError, match="finished"):
        desk.do(mark_not_done, "inspector", action_id=action.row_id, seen_version=2, **ASKED)
