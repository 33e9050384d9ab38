"""Closing a plan."""

from __future__ import annotations

from typing import Any

import pytest

from partnership.errors import PartnershipError
from partnership.plans import change_plan, close_plan
from partnership.reading import plans_for
from partnership.vocabulary import PlanState
from tests.partnership.builders import CHANGED, GEOGRAPHY, Desk

ASKED: dict[str, Any] = {"reason": "No call for twelve weeks.", "assessment": "Six calls before, none after."}


def test_a_closed_plan_says_why_and_what_came_of_it(desk: Desk) -> None:
    plan = desk.plan()
    desk.do(close_plan, "inspector", plan_id=plan.row_id, seen_version=1, **ASKED)
    (read,) = desk.ask(plans_for, "ppu", GEOGRAPHY)
    assert (read.state, read.closing_reason, read.assessment) == (PlanState.CLOSED, *ASKED.values())


def test_a_plan_with_an_open_action_is_not_closed(desk: Desk) -> None:
    plan = desk.plan()
    desk.action(plan)
    with pytest.raises(PartnershipError, match="open actions"):
        desk.do(close_plan, "inspector", plan_id=plan.row_id, seen_version=1, **ASKED)


@pytest.mark.parametrize("missing", ["reason", "assessment"])
def test_reason_and_assessment_are_both_needed(desk: Desk, missing: str) -> None:
    plan = desk.plan()
    with pytest.raises(PartnershipError, match=missing):
        desk.do(close_plan, "inspector", plan_id=plan.row_id, seen_version=1, **{**ASKED, missing: " "})


def test_a_closed_plan_takes_no_new_action(desk: Desk) -> None:
    plan = desk.plan()
    desk.do(close_plan, "inspector", plan_id=plan.row_id, seen_version=1, **ASKED)
    with pytest.raises(PartnershipError, match="closed"):
        desk.action(plan)


@pytest.mark.parametrize(
    "who", ["officer", "analyst", "auditor", "operator", "other_inspector", "other_officer", "housing"]
)
def test_role_area_or_agency_without_the_right_is_refused(desk: Desk, who: str) -> None:
    case = desk.case()
    desk.share(case)
    plan = desk.plan(case)
    assert desk.is_refused(close_plan, who, plan_id=plan.row_id, seen_version=1, **ASKED)


def test_a_plan_that_does_not_exist_is_refused_alike(desk: Desk) -> None:
    assert desk.is_refused(close_plan, "inspector", plan_id=999, seen_version=1, **ASKED)


def test_saving_the_same_again_changes_nothing(desk: Desk) -> None:
    plan = desk.plan()
    desk.do(close_plan, "inspector", plan_id=plan.row_id, seen_version=1, **ASKED)
    assert desk.is_idle(close_plan, "inspector", plan_id=plan.row_id, seen_version=1, **ASKED)


def test_the_second_of_two_saves_is_told_who_was_first(desk: Desk) -> None:
    plan = desk.plan()
    desk.do(change_plan, "officer", plan_id=plan.row_id, seen_version=1, **CHANGED)
    assert desk.stale(close_plan, "inspector", plan_id=plan.row_id, seen_version=1, **ASKED).first_by == "Officer"
