"""Telling the public protection unit."""

from __future__ import annotations

from typing import Any

import pytest

from partnership.plans import change_plan, inform_ppu
from partnership.reading import plans_for
from tests.partnership.builders import CHANGED, GEOGRAPHY, NOW, Desk

ASKED: dict[str, Any] = {}


def test_the_moment_is_recorded(desk: Desk) -> None:
    plan = desk.plan()
    desk.do(inform_ppu, "officer", plan_id=plan.row_id, seen_version=1)
    assert desk.ask(plans_for, "ppu", GEOGRAPHY)[0].ppu_informed_at == NOW


@pytest.mark.parametrize("who", ["analyst", "auditor", "operator", "other_inspector", "other_officer", "housing"])
def test_role_area_or_agency_without_the_right_is_refused(desk: Desk, who: str) -> None:
    case = desk.case()
    desk.share(case)
    plan = desk.plan(case)
    assert desk.is_refused(inform_ppu, who, plan_id=plan.row_id, seen_version=1, **ASKED)


def test_a_plan_that_does_not_exist_is_refused_alike(desk: Desk) -> None:
    assert desk.is_refused(inform_ppu, "inspector", plan_id=999, seen_version=1, **ASKED)


def test_saving_the_same_again_changes_nothing(desk: Desk) -> None:
    plan = desk.plan()
    desk.do(inform_ppu, "inspector", plan_id=plan.row_id, seen_version=1, **ASKED)
    assert desk.is_idle(inform_ppu, "inspector", plan_id=plan.row_id, seen_version=1, **ASKED)


def test_the_second_of_two_saves_is_told_who_was_first(desk: Desk) -> None:
    plan = desk.plan()
    desk.do(change_plan, "officer", plan_id=plan.row_id, seen_version=1, **CHANGED)
    assert desk.stale(inform_ppu, "inspector", plan_id=plan.row_id, seen_version=1, **ASKED).first_by == "Officer"
