"""Closing a plan: silence is not success."""

from __future__ import annotations

from typing import Any

import pytest

from partnership.assessment import RESERVED, BeforeAfter, in_words
from partnership.closing import close_after_contact, record_positive_contact
from partnership.errors import PartnershipError
from partnership.plans import change_plan
from partnership.reading import plans_for
from partnership.vocabulary import PlanState
from tests.partnership.builders import CHANGED, GEOGRAPHY, TODAY, Desk

ASKED: dict[str, Any] = {"reason": "She says it stopped.", "assessment": "Six calls before, none after."}
SAID: dict[str, Any] = {"contacted_on": TODAY, "contact_note": "She feels safe at home."}


def test_without_a_contact_nothing_is_closed(desk: Desk) -> None:
    plan = desk.plan()
    before = desk.everything()
    with pytest.raises(PartnershipError, match="Silence is not success"):
        desk.do(close_after_contact, "inspector", plan_id=plan.row_id, seen_version=1, **ASKED)
    assert desk.everything() == before


def test_a_contact_recorded_before_is_enough(desk: Desk) -> None:
    plan = desk.plan()
    heard = {"contacted_on": TODAY, "note": "She feels safe.", "seen_version": 1}
    desk.do(record_positive_contact, "officer", plan_id=plan.row_id, **heard)
    desk.do(close_after_contact, "inspector", plan_id=plan.row_id, seen_version=2, **ASKED)
    assert desk.ask(plans_for, "ppu", GEOGRAPHY)[0].state is PlanState.CLOSED


def test_a_contact_given_with_the_closing_is_recorded_with_it(desk: Desk) -> None:
    plan = desk.plan()
    desk.do(close_after_contact, "inspector", plan_id=plan.row_id, seen_version=1, **ASKED, **SAID)
    (read,) = desk.ask(plans_for, "ppu", GEOGRAPHY)
    assert (read.state, read.positive_contact_note) == (PlanState.CLOSED, "She feels safe at home.")


def test_a_closing_that_is_refused_records_no_contact(desk: Desk) -> None:
    plan = desk.plan()
    desk.action(plan)
    before = desk.everything()
    with pytest.raises(PartnershipError, match="open actions"):
        desk.do(close_after_contact, "inspector", plan_id=plan.row_id, seen_version=1, **ASKED, **SAID)
    assert desk.everything() == before


@pytest.mark.parametrize("who", ["officer", "other_inspector", "analyst", "housing", "auditor", "operator"])
def test_role_area_or_agency_without_the_right_is_refused(desk: Desk, who: str) -> None:
    case = desk.case()
    desk.share(case)
    plan = desk.plan(case)
    assert desk.is_refused(close_after_contact, who, plan_id=plan.row_id, seen_version=1, **ASKED, **SAID)


def test_saving_the_same_again_changes_nothing(desk: Desk) -> None:
    plan = desk.plan()
    desk.do(close_after_contact, "ppu", plan_id=plan.row_id, seen_version=1, **ASKED, **SAID)
    assert desk.is_idle(close_after_contact, "ppu", plan_id=plan.row_id, seen_version=1, **ASKED, **SAID)


@pytest.mark.parametrize("said", [{}, SAID])
def test_the_second_of_two_saves_is_told_who_was_first(desk: Desk, said: dict[str, Any]) -> None:
    plan = desk.plan()
    heard = {"contacted_on": TODAY, "note": "She feels safe.", "seen_version": 1}
    desk.do(record_positive_contact, "officer", plan_id=plan.row_id, **heard)
    refused = desk.stale(close_after_contact, "ppu", plan_id=plan.row_id, seen_version=1, **ASKED, **said)
    assert refused.first_by == "Officer"


def test_a_comparison_nobody_made_is_not_claimed(desk: Desk) -> None:
    plan = desk.plan()
    claim = f"Fewer calls {RESERVED.upper().replace(' ', '  ')}."
    with pytest.raises(PartnershipError, match="comparison"):
        desk.do(
            close_after_contact, "ppu", plan_id=plan.row_id, seen_version=1, **{**ASKED, "assessment": claim}, **SAID
        )
    with pytest.raises(PartnershipError, match="comparison"):
        desk.do(change_plan, "ppu", plan_id=plan.row_id, seen_version=1, **{**CHANGED, "assessment": claim})


def test_the_figures_come_with_their_warning_and_without_the_claim() -> None:
    said = in_words(BeforeAfter(12, 12, contacts_before=6, contacts_after=1, hours_before=14.0, hours_after=0.5))
    assert said.startswith(
        "In the 12 weeks before the plan 6 contacts and 14 officer hours, in the 12 weeks after 1 contact and 0.5 "
    )
    assert "tend to have fewer contacts later" in said
    assert RESERVED not in said


def test_weeks_not_yet_known_are_said() -> None:
    said = in_words(BeforeAfter(12, 7, contacts_before=6, contacts_after=1, hours_before=14.0, hours_after=0.5))
    assert "in the 12 weeks after (only 7 known so far)" in said
