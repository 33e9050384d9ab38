"""The inspector's weekly review of a plan."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from partnership.errors import PartnershipError
from partnership.plans import change_plan, sign_off_plan
from partnership.reading import plans_for
from tests.partnership.builders import CHANGED, GEOGRAPHY, TODAY, Desk

ASKED: dict[str, Any] = {"review_on": date(2013, 12, 16)}


def test_the_review_is_recorded_and_the_next_one_set(desk: Desk) -> None:
    plan = desk.plan()
    desk.do(sign_off_plan, "inspector", plan_id=plan.row_id, seen_version=1, **ASKED)
    (read,) = desk.ask(plans_for, "inspector", GEOGRAPHY)
    assert (read.signed_off_on, read.review_on) == (TODAY, date(2013, 12, 16))


def test_the_next_review_lies_after_today(desk: Desk) -> None:
    plan = desk.plan()
    with pytest.raises(PartnershipError, match="after today"):
        desk.do(sign_off_plan, "inspector", plan_id=plan.row_id, seen_version=1, review_on=TODAY)


@pytest.mark.parametrize(
    "who", ["officer", "ppu", "analyst", "auditor", "operator", "other_inspector", "other_officer", "housing"]
)
def test_role_area_or_agency_without_the_right_is_refused(desk: Desk, who: str) -> None:
    case = desk.case()
    desk.share(case)
    plan = desk.plan(case)
    assert desk.is_refused(sign_off_plan, who, plan_id=plan.row_id, seen_version=1, **ASKED)


def test_a_plan_that_does_not_exist_is_refused_alike(desk: Desk) -> None:
    assert desk.is_refused(sign_off_plan, "inspector", plan_id=999, seen_version=1, **ASKED)


def test_saving_the_same_again_changes_nothing(desk: Desk) -> None:
    plan = desk.plan()
    desk.do(sign_off_plan, "inspector", plan_id=plan.row_id, seen_version=1, **ASKED)
    assert desk.is_idle(sign_off_plan, "inspector", plan_id=plan.row_id, seen_version=1, **ASKED)


def test_the_second_of_two_saves_is_told_who_was_first(desk: Desk) -> None:
    plan = desk.plan()
    desk.do(change_plan, "officer", plan_id=plan.row_id, seen_version=1, **CHANGED)
    assert desk.stale(sign_off_plan, "inspector", plan_id=plan.row_id, seen_version=1, **ASKED).first_by == "Officer"
