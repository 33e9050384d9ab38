"""Closing a plan: silence is not success."""

from __future__ import annotations

from typing import Any

import pytest

from partnership.assessment import RESERVED, BeforeAfter, in_words
from partnership.closing import close_plan, record_positive_contact
from partnership.errors import PartnershipError
from partnership.plans import change_plan
from partnership.reading import plans_for
from partnership.vocabulary import PlanState
from tests.partnership.builders import CHANGED, CLOSING, GEOGRAPHY, HEARD, TODAY, Desk


def test_without_a_contact_nothing_is_closed(desk: Desk) -> None:
    plan = desk.plan()
    before = desk.everything()
    with pytest.raises(PartnershipError, match="Silence is not success"):
        desk.do(close_plan, "inspector", plan_id=plan.row_id, seen_version=1, **CLOSING)
    assert desk.everything() == before


def test_a_contact_recorded_before_is_enough(desk: Desk) -> None:
    plan = desk.plan()
    heard = {"contacted_on": TODAY, "note": "She feels safe.", "seen_version": 1}
    desk.do(record_positive_contact, "officer", plan_id=plan.row_id, **heard)
    desk.do(close_plan, "inspector", plan_id=plan.row_id, seen_version=2, **CLOSING)
    assert desk.ask(plans_for, "ppu", GEOGRAPHY)[0].state is PlanState.CLOSED


def test_a_closed_plan_says_why_what_came_of_it_and_what_the_person_said(desk: Desk) -> None:
    plan = desk.plan()
    desk.do(close_plan, "inspector", plan_id=plan.row_id, seen_version=1, **CLOSING, **HEARD)
    (read,) = desk.ask(plans_for, "ppu", GEOGRAPHY)
    assert (read.state, read.closing_reason, read.assessment) == (PlanState.CLOSED, *CLOSING.values())
    assert (read.positive_contact_on, read.positive_contact_note) == tuple(HEARD.values())


@pytest.mark.parametrize("missing", ["reason", "assessment"])
def test_reason_and_assessment_are_both_needed(desk: Desk, missing: str) -> None:
    plan = desk.plan()
    with pytest.raises(PartnershipError, match=missing):
        desk.do(close_plan, "inspector", plan_id=plan.row_id, seen_version=1, **{**CLOSING, missing: " "}, **HEARD)


def test_a_closed_plan_takes_no_new_action(desk: Desk) -> None:
    plan = desk.plan()
    desk.close(plan)
    with pytest.raises(PartnershipError, match="closed"):
        desk.action(plan)


def test_a_plan_that_does_not_exist_is_refused_alike(desk: Desk) -> None:
    assert desk.is_refused(close_plan, "inspector", plan_id=999, seen_version=1, **CLOSING, **HEARD)


def test_a_closing_that_is_refused_records_no_contact(desk: Desk) -> None:
    plan = desk.plan()
    desk.action(plan)
    before = desk.everything()
    with pytest.raises(PartnershipError, match="open actions"):
        desk.do(close_plan, "inspector", plan_id=plan.row_id, seen_version=1, **CLOSING, **HEARD)
    assert desk.everything() == before


@pytest.mark.parametrize(
    "who", ["officer", "other_inspector", "other_officer", "analyst", "housing", "auditor", "operator"]
)
def test_role_area_or_agency_without_the_right_is_refused(desk: Desk, who: str) -> None:
    case = desk.case()
    desk.share(case)
    plan = desk.plan(case)
    assert desk.is_refused(close_plan, who, plan_id=plan.row_id, seen_version=1, **CLOSING, **HEARD)


def test_saving_the_same_again_changes_nothing(desk: Desk) -> None:
    plan = desk.plan()
    desk.do(close_plan, "ppu", plan_id=plan.row_id, seen_version=1, **CLOSING, **HEARD)
    assert desk.is_idle(close_plan, "ppu", plan_id=plan.row_id, seen_version=1, **CLOSING, **HEARD)


@pytest.mark.parametrize("said", [{}, HEARD])
def test_the_second_of_two_saves_is_told_who_was_first(desk: Desk, said: dict[str, Any]) -> None:
    plan = desk.plan()
    heard = {"contacted_on": TODAY, "note": "She feels safe.", "seen_version": 1}
    desk.do(record_positive_contact, "officer", plan_id=plan.row_id, **heard)
    refused = desk.stale(close_plan, "ppu", plan_id=plan.row_id, seen_version=1, **CLOSING, **said)
    assert refused.first_by == "Officer"


def test_a_comparison_nobody_made_is_not_claimed(desk: Desk) -> None:
    plan = desk.plan()
    claim = f"Fewer calls {RESERVED.upper().replace(' ', '  ')}."
    with pytest.raises(PartnershipError, match="comparison"):
        desk.do(close_plan, "ppu", plan_id=plan.row_id, seen_version=1, **{**CLOSING, "assessment": claim}, **HEARD)
    with pytest.raises(PartnershipError, match="comparison"):
        desk.do(change_plan, "ppu", plan_id=plan.row_id, seen_version=1, **{**CHANGED, "assessment": claim})


def test_the_figures_come_with_their_warning_and_without_the_claim() -> None:
    said = in_words(BeforeAfter(12, 12, 6, 1, hours_before=14.0, hours_after=0.5, imputed_before=0, imputed_after=0))
    assert said.startswith(
        "In the 12 weeks before the plan 6 contacts and 14 officer hours, in the 12 weeks after 1 contact and 0.5 "
    )
    assert "tend to have fewer contacts later" in said
    assert RESERVED not in said


def test_weeks_not_yet_known_are_said() -> None:
    said = in_words(BeforeAfter(12, 7, 6, 1, hours_before=14.0, hours_after=0.5, imputed_before=0, imputed_after=0))
    assert "in the 12 weeks after (only 7 known so far)" in said


def test_the_assessment_says_how_much_of_the_hours_is_imputed() -> None:
    said = in_words(BeforeAfter(12, 12, 6, 1, hours_before=14.0, hours_after=0.5, imputed_before=3.5, imputed_after=0))
    assert "14 officer hours (25\u00a0% imputed)" in said and "0.5 officer hours. " in said
