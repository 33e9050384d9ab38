"""Changing a plan."""

from __future__ import annotations

from datetime import date

import pytest

from partnership.errors import PartnershipError
from partnership.history import history
from partnership.plans import change_plan
from partnership.reading import plans_for
from tests.partnership.builders import CHANGED, GEOGRAPHY, NOW, PLAN, Desk


def test_what_was_written_stands_and_the_rest_stays(desk: Desk) -> None:
    plan = desk.plan()
    desk.do(change_plan, "officer", plan_id=plan.row_id, seen_version=1, **CHANGED)
    (read,) = desk.ask(plans_for, "ppu", GEOGRAPHY)
    assert (read.objective, read.problem, read.version) == ("She and the children are safe.", PLAN["problem"], 2)


def test_the_history_shows_only_what_changed_before_and_after(desk: Desk) -> None:
    plan = desk.plan()
    desk.do(change_plan, "officer", plan_id=plan.row_id, seen_version=1, **CHANGED)
    newest = desk.ask(history, "ppu", plan.reference, GEOGRAPHY)[0]
    assert [(change.field, change.before, change.after) for change in newest.changes] == [
        ("objective", "She is safe at home.", "She and the children are safe.")
    ]


@pytest.mark.parametrize("who", ["analyst", "auditor", "operator", "other_inspector", "other_officer", "housing"])
def test_role_area_or_agency_without_the_right_is_refused(desk: Desk, who: str) -> None:
    case = desk.case()
    desk.share(case)
    assert desk.is_refused(change_plan, who, plan_id=desk.plan(case).row_id, seen_version=1, **CHANGED)


def test_saving_the_same_again_changes_nothing(desk: Desk) -> None:
    plan = desk.plan()
    desk.do(change_plan, "officer", plan_id=plan.row_id, seen_version=1, **CHANGED)
    assert desk.is_idle(change_plan, "officer", plan_id=plan.row_id, seen_version=1, **CHANGED)


def test_the_second_of_two_saves_keeps_both_texts(desk: Desk) -> None:
    plan = desk.plan()
    desk.do(change_plan, "officer", plan_id=plan.row_id, seen_version=1, **CHANGED)
    refused = desk.stale(
        change_plan, "inspector", plan_id=plan.row_id, seen_version=1, **{**CHANGED, "objective": "A new lock."}
    )
    assert (refused.first_by, refused.first_at, refused.theirs["objective"], refused.yours["objective"]) == (
        "Officer",
        NOW,
        "She and the children are safe.",
        "A new lock.",
    )


def test_a_closed_plan_is_not_changed(desk: Desk) -> None:
    plan = desk.plan()
    closed = desk.close(plan)
    with pytest.raises(PartnershipError, match="closed"):
        desk.do(change_plan, "ppu", plan_id=plan.row_id, seen_version=closed.version, **CHANGED)


def test_a_new_review_in_the_past_is_refused(desk: Desk) -> None:
    plan = desk.plan()
    with pytest.raises(PartnershipError, match="past"):
        desk.do(change_plan, "ppu", plan_id=plan.row_id, seen_version=1, **{**CHANGED, "review_on": date(2013, 12, 1)})
