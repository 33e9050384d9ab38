"""Carrying an action to a later day."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from partnership.actions import carry_forward, complete_action
from partnership.errors import PartnershipError
from partnership.reading import plan_board
from partnership.vocabulary import NotDoneBecause
from tests.partnership.builders import GEOGRAPHY, Desk

ASKED: dict[str, Any] = {"due_on": date(2013, 12, 16)}


def test_the_action_has_a_later_day_and_is_counted_as_carried(desk: Desk) -> None:
    action = desk.action()
    desk.do(carry_forward, "officer", action_id=action.row_id, seen_version=1, due_on=date(2013, 12, 16))
    desk.do(carry_forward, "officer", action_id=action.row_id, seen_version=2, due_on=date(2013, 12, 23))
    (line,) = desk.ask(plan_board, "ppu", GEOGRAPHY)
    assert (line.due_on, line.times_carried) == (date(2013, 12, 23), 2)


def test_an_earlier_day_is_no_carrying_forward(desk: Desk) -> None:
    action = desk.action()
    with pytest.raises(PartnershipError, match="later day"):
        desk.do(carry_forward, "ppu", action_id=action.row_id, seen_version=1, due_on=date(2013, 12, 8))


@pytest.mark.parametrize("who", ["analyst", "auditor", "operator", "other_inspector", "other_officer", "housing"])
def test_role_or_area_without_the_right_is_refused(desk: Desk, who: str) -> None:
    action = desk.shared_action()
    assert desk.is_refused(carry_forward, who, action_id=action.row_id, seen_version=1, **ASKED)


def test_an_agency_has_no_say_in_anothers_action(desk: Desk) -> None:
    case = desk.case()
    desk.share(case, "HEALTH")
    action = desk.action(desk.plan(case))
    assert desk.is_refused(carry_forward, "health", action_id=action.row_id, seen_version=1, **ASKED)


def test_an_action_that_does_not_exist_is_refused_alike(desk: Desk) -> None:
    assert desk.is_refused(carry_forward, "inspector", action_id=999, seen_version=1, **ASKED)


def test_saving_the_same_again_changes_nothing(desk: Desk) -> None:
    action = desk.action()
    desk.do(carry_forward, "inspector", action_id=action.row_id, seen_version=1, **ASKED)
    assert desk.is_idle(carry_forward, "inspector", action_id=action.row_id, seen_version=1, **ASKED)


def test_the_second_of_two_saves_is_told_who_was_first(desk: Desk) -> None:
    action = desk.action()
    desk.progress(action)
    assert desk.stale(carry_forward, "inspector", action_id=action.row_id, seen_version=1, **ASKED).first_by == "Ppu"


def test_a_finished_action_stays_as_it_is(desk: Desk) -> None:
    action = desk.finished_action()
    with pytest.raises(PartnershipError, match="finished"):
        desk.do(carry_forward, "inspector", action_id=action.row_id, seen_version=2, **ASKED)


def test_the_reason_it_was_not_done_is_kept_until_it_is_done(desk: Desk) -> None:
    action = desk.action()
    why = {"because": NotDoneBecause.AGENCY_DID_NOT, "note": "No locksmith came."}
    desk.do(carry_forward, "officer", action_id=action.row_id, seen_version=1, **ASKED, **why)
    (line,) = desk.ask(plan_board, "ppu", GEOGRAPHY)
    assert (line.not_done_because, line.note) == (NotDoneBecause.AGENCY_DID_NOT, "No locksmith came.")
    desk.do(complete_action, "officer", action_id=action.row_id, seen_version=2)
    assert desk.ask(plan_board, "ppu", GEOGRAPHY)[0].not_done_because is None
