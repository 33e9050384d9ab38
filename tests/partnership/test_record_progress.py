"""Reporting progress."""

from __future__ import annotations

from typing import Any

import pytest

from partnership.actions import record_progress
from partnership.errors import PartnershipError
from partnership.reading import plan_board
from partnership.vocabulary import ActionState
from tests.partnership.builders import GEOGRAPHY, NOW, Desk

ASKED: dict[str, Any] = {"status": ActionState.IN_PROGRESS, "note": "The locksmith comes on Friday."}


@pytest.mark.parametrize("who", ["inspector", "officer", "ppu", "housing"])
def test_police_and_the_owning_agency_report(desk: Desk, who: str) -> None:
    action = desk.shared_action()
    desk.do(record_progress, who, action_id=action.row_id, seen_version=1, **ASKED)
    (line,) = desk.ask(plan_board, "ppu", GEOGRAPHY)
    assert (line.status, line.note, line.reported_at) == (*ASKED.values(), NOW)


def test_an_agency_reports_nothing_on_a_case_not_shared_with_it(desk: Desk) -> None:
    assert desk.is_refused(record_progress, "housing", action_id=desk.action().row_id, seen_version=1, **ASKED)


def test_progress_does_not_finish_an_action(desk: Desk) -> None:
    action = desk.action()
    with pytest.raises(PartnershipError, match="complete it"):
        desk.progress(action, status=ActionState.DONE)


@pytest.mark.parametrize("who", ["analyst", "auditor", "operator", "other_inspector", "other_officer"])
def test_role_or_area_without_the_right_is_refused(desk: Desk, who: str) -> None:
    action = desk.shared_action()
    assert desk.is_refused(record_progress, who, action_id=action.row_id, seen_version=1, **ASKED)


def test_an_agency_has_no_say_in_anothers_action(desk: Desk) -> None:
    case = desk.case()
    desk.share(case, "HEALTH")
    action = desk.action(desk.plan(case))
    assert desk.is_refused(record_progress, "health", action_id=action.row_id, seen_version=1, **ASKED)


def test_an_action_that_does_not_exist_is_refused_alike(desk: Desk) -> None:
    assert desk.is_refused(record_progress, "inspector", action_id=999, seen_version=1, **ASKED)


def test_saving_the_same_again_changes_nothing(desk: Desk) -> None:
    action = desk.action()
    desk.do(record_progress, "inspector", action_id=action.row_id, seen_version=1, **ASKED)
    assert desk.is_idle(record_progress, "inspector", action_id=action.row_id, seen_version=1, **ASKED)


def test_the_second_of_two_saves_is_told_who_was_first(desk: Desk) -> None:
    action = desk.action()
    desk.progress(action)
    assert desk.stale(record_progress, "inspector", action_id=action.row_id, seen_version=1, **ASKED).first_by == "Ppu"


def test_a_finished_action_stays_as_it_is(desk: Desk) -> None:
    action = desk.finished_action()
    with pytest.raises(PartnershipError, match="finished"):
        desk.do(record_progress, "inspector", action_id=action.row_id, seen_version=2, **ASKED)
