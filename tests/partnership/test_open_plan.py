"""Opening a plan."""

from __future__ import annotations

from datetime import date

import pytest

from partnership.errors import PartnershipError
from partnership.plans import open_plan
from partnership.reading import plans_by_person
from tests.partnership.builders import GEOGRAPHY, PLAN, Desk


@pytest.mark.parametrize("who", ["inspector", "officer", "ppu"])
def test_police_open_a_plan_in_their_own_area(desk: Desk, who: str) -> None:
    case = desk.case()
    desk.do(open_plan, who, reference=case.reference, **PLAN)
    assert desk.ask(plans_by_person, who, ["P-1"], GEOGRAPHY)["P-1"].objective == PLAN["objective"]


@pytest.mark.parametrize("who", ["analyst", "auditor", "operator", "other_inspector", "other_officer", "housing"])
def test_role_area_or_agency_without_the_right_is_refused(desk: Desk, who: str) -> None:
    case = desk.case()
    desk.share(case)
    assert desk.is_refused(open_plan, who, reference=case.reference, **PLAN)


def test_opening_the_same_plan_again_changes_nothing(desk: Desk) -> None:
    plan = desk.plan()
    assert desk.is_idle(open_plan, "ppu", reference=plan.reference, **PLAN)


def test_a_case_has_one_open_plan(desk: Desk) -> None:
    plan = desk.plan()
    with pytest.raises(PartnershipError, match="has an open plan"):
        desk.do(open_plan, "ppu", reference=plan.reference, **{**PLAN, "objective": "Another aim."})


@pytest.mark.parametrize("missing", ["objective", "problem", "analysis", "owner_name"])
def test_a_plan_says_what_for_why_and_who(desk: Desk, missing: str) -> None:
    case = desk.case()
    with pytest.raises(PartnershipError, match="nothing is written"):
        desk.do(open_plan, "ppu", reference=case.reference, **{**PLAN, missing: "  "})


def test_a_review_in_the_past_is_refused(desk: Desk) -> None:
    case = desk.case()
    with pytest.raises(PartnershipError, match="past"):
        desk.do(open_plan, "ppu", reference=case.reference, **{**PLAN, "review_on": date(2013, 12, 1)})
