"""Recording that somebody heard from the person."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from partnership.closing import record_positive_contact
from partnership.errors import PartnershipError
from partnership.plans import change_plan
from partnership.reading import plans_for
from tests.partnership.builders import CHANGED, GEOGRAPHY, NEXT_WEEK, TODAY, Desk

ASKED: dict[str, Any] = {"contacted_on": TODAY, "note": "She feels safe at home.", "seen_version": 1}


def test_the_plan_says_when_and_what_was_said(desk: Desk) -> None:
    desk.do(record_positive_contact, "officer", plan_id=desk.plan().row_id, **ASKED)
    (read,) = desk.ask(plans_for, "ppu", GEOGRAPHY)
    assert (read.positive_contact_on, read.positive_contact_note) == (TODAY, "She feels safe at home.")


@pytest.mark.parametrize("day", [date(2013, 12, 1), date(2013, 12, 3)])
def test_a_contact_lies_between_the_plan_and_today(desk: Desk, day: date) -> None:
    plan = desk.plan()
    with pytest.raises(PartnershipError, match="contact"):
        desk.do(record_positive_contact, "ppu", plan_id=plan.row_id, **{**ASKED, "contacted_on": day})


@pytest.mark.parametrize(
    "who", ["other_inspector", "other_officer", "analyst", "housing", "auditor", "operator"]
)  # fmt: skip
def test_role_area_or_agency_without_the_right_is_refused(desk: Desk, who: str) -> None:
    case = desk.case()
    desk.share(case)
    assert desk.is_refused(record_positive_contact, who, plan_id=desk.plan(case).row_id, **ASKED)


def test_saving_the_same_again_changes_nothing(desk: Desk) -> None:
    plan = desk.plan()
    desk.do(record_positive_contact, "ppu", plan_id=plan.row_id, **ASKED)
    assert desk.is_idle(record_positive_contact, "ppu", plan_id=plan.row_id, **ASKED)


def test_the_second_of_two_saves_is_told_who_was_first(desk: Desk) -> None:
    plan = desk.plan()
    desk.do(change_plan, "officer", plan_id=plan.row_id, seen_version=1, **CHANGED)
    assert desk.stale(record_positive_contact, "ppu", plan_id=plan.row_id, **ASKED).first_by == "Officer"


def test_a_closed_plan_stays_as_it_is(desk: Desk) -> None:
    plan = desk.plan(review_on=NEXT_WEEK)
    closed = desk.close(plan)
    with pytest.raises(PartnershipError, match="closed"):
        desk.do(
            record_positive_contact,
            "ppu",
            plan_id=plan.row_id,
            **{**ASKED, "note": "Said again.", "seen_version": closed.version},
        )
