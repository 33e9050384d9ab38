"""Undoing the closing of a plan."""

from __future__ import annotations

import pytest

from partnership.changes import Saved
from partnership.errors import PartnershipError
from partnership.plans import open_plan, reopen_plan
from partnership.reading import plans_for
from partnership.vocabulary import PlanState
from tests.partnership.builders import GEOGRAPHY, PLAN, Desk

ASKED = {"reason": "Closed by mistake."}


def closed(desk: Desk) -> Saved:
    return desk.close(desk.plan())


def test_the_plan_is_open_again(desk: Desk) -> None:
    desk.do(reopen_plan, "inspector", plan_id=closed(desk).row_id, seen_version=3, **ASKED)
    (read,) = desk.ask(plans_for, "ppu", GEOGRAPHY)
    assert (read.state, read.closing_reason, read.closed_at) == (PlanState.OPEN, None, None)


@pytest.mark.parametrize("who", ["officer", "analyst", "auditor", "operator", "other_inspector", "housing"])
def test_role_area_or_agency_without_the_right_is_refused(desk: Desk, who: str) -> None:
    assert desk.is_refused(reopen_plan, who, plan_id=closed(desk).row_id, seen_version=3, **ASKED)


def test_reopening_an_open_plan_changes_nothing(desk: Desk) -> None:
    assert desk.is_idle(reopen_plan, "ppu", plan_id=desk.plan().row_id, seen_version=1, **ASKED)


def test_the_second_of_two_saves_is_told_who_was_first(desk: Desk) -> None:
    plan = closed(desk)
    assert desk.stale(reopen_plan, "inspector", plan_id=plan.row_id, seen_version=1, **ASKED).first_by == "Ppu"


def test_a_case_with_a_newer_open_plan_keeps_that_one(desk: Desk) -> None:
    plan = closed(desk)
    desk.do(open_plan, "ppu", reference=plan.reference, **PLAN)
    with pytest.raises(PartnershipError, match="another open plan"):
        desk.do(reopen_plan, "ppu", plan_id=plan.row_id, seen_version=3, **ASKED)
