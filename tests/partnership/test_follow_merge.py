"""Two ids prove to be one person: plans follow, nothing is lost, nothing more is disclosed."""

from __future__ import annotations

import pytest

from partnership.cases import restrict_case, set_safe_contact_note
from partnership.history import history
from partnership.joining import follow_merge, record_alias
from partnership.partner_reading import shared_with
from partnership.reading import case_by_reference, case_for_person, cases_for, plans_by_person
from partnership.vocabulary import ActionState, PlanState, ShareLevel
from tests.partnership.builders import GEOGRAPHY, Desk

ASKED = {"older": "P-1", "younger": "P-2"}


def test_a_case_of_the_younger_id_becomes_the_older_ones(desk: Desk) -> None:
    case = desk.case("P-2")
    desk.do(follow_merge, "operator", **ASKED)
    for person in ("P-1", "P-2"):
        assert desk.ask(case_for_person, "ppu", person, GEOGRAPHY).reference == case.reference


def test_a_plan_is_found_by_either_id(desk: Desk) -> None:
    plan = desk.plan(desk.case("P-2"))
    desk.do(follow_merge, "operator", **ASKED)
    found = desk.ask(plans_by_person, "ppu", ["P-1", "P-2", "P-3"], GEOGRAPHY)
    assert {person: view.plan_id for person, view in found.items()} == {"P-1": plan.row_id, "P-2": plan.row_id}


def test_with_two_cases_the_younger_ones_plan_moves(desk: Desk) -> None:
    standing, moving = desk.case("P-1"), desk.case("P-2")
    plan = desk.plan(moving)
    desk.do(follow_merge, "operator", **ASKED)
    view = desk.ask(case_by_reference, "ppu", standing.reference, GEOGRAPHY)
    assert [(read.plan_id, read.state) for read in view.plans] == [(plan.row_id, PlanState.OPEN)]


def test_with_two_open_plans_the_open_actions_join_the_older_one(desk: Desk) -> None:
    standing, moving = desk.case("P-1"), desk.case("P-2")
    kept, closing = desk.plan(standing), desk.plan(moving)
    action = desk.action(closing)
    desk.do(follow_merge, "operator", **ASKED)
    plans = {plan.plan_id: plan for plan in desk.ask(case_by_reference, "ppu", standing.reference, GEOGRAPHY).plans}
    assert (plans[kept.row_id].state, plans[closing.row_id].state) == (PlanState.OPEN, PlanState.CLOSED)
    assert [(line.action_id, line.status) for line in plans[kept.row_id].actions] == [
        (action.row_id, ActionState.AGREED)
    ]


def test_the_old_link_leads_to_the_case_that_stands(desk: Desk) -> None:
    standing, moving = desk.case("P-1"), desk.case("P-2")
    desk.do(follow_merge, "operator", **ASKED)
    assert desk.ask(case_by_reference, "ppu", moving.reference, GEOGRAPHY).reference == standing.reference
    assert [line.reference for line in desk.ask(cases_for, "ppu", GEOGRAPHY)] == [standing.reference]


def test_both_histories_are_kept(desk: Desk) -> None:
    standing = desk.case("P-1")
    desk.case("P-2")
    desk.do(follow_merge, "operator", **ASKED)
    verbs = [line.verb for line in desk.ask(history, "ppu", standing.reference, GEOGRAPHY)]
    assert verbs.count("open_case") == 2


def test_an_agency_keeps_its_own_actions_and_sees_no_more(desk: Desk) -> None:
    standing, moving = desk.case("P-1"), desk.case("P-2")
    desk.share(moving, "HOUSING", ShareLevel.CASE)
    desk.do(follow_merge, "operator", **ASKED)
    (seen,) = desk.ask(shared_with, "housing")
    assert (seen.reference, seen.level) == (standing.reference, ShareLevel.ACTIONS)


def test_a_restriction_and_both_safe_contact_notes_stay(desk: Desk) -> None:
    standing, moving = desk.case("P-1"), desk.case("P-2")
    for case, note in ((standing, "Ring after nine."), (moving, "Never write.")):
        desk.do(set_safe_contact_note, "ppu", reference=case.reference, note=note, seen_version=1)
    desk.do(restrict_case, "ppu", reference=moving.reference, reason="A colleague.", seen_version=2)
    desk.do(follow_merge, "operator", **ASKED)
    view = desk.ask(case_by_reference, "ppu", standing.reference, GEOGRAPHY)
    assert (view.is_restricted, view.safe_contact_note) == (True, "Ring after nine.\nNever write.")


@pytest.mark.parametrize("who", ["officer", "analyst", "auditor", "housing", "other_inspector"])
def test_role_or_area_without_the_right_is_refused(desk: Desk, who: str) -> None:
    desk.case("P-2")
    assert desk.is_refused(follow_merge, who, **ASKED)


def test_following_again_changes_nothing(desk: Desk) -> None:
    desk.case("P-1")
    desk.case("P-2")
    desk.do(follow_merge, "operator", **ASKED)
    before = desk.everything()
    assert desk.do(follow_merge, "operator", **ASKED) is None
    assert desk.everything() == before


def test_a_chain_of_merges_ends_at_the_oldest(desk: Desk) -> None:
    case = desk.case("P-3")
    desk.do(follow_merge, "operator", older="P-2", younger="P-3")
    desk.do(follow_merge, "operator", older="P-1", younger="P-2")
    for person in ("P-1", "P-2", "P-3"):
        assert desk.ask(case_for_person, "ppu", person, GEOGRAPHY).reference == case.reference


def test_links_of_a_chain_of_joined_cases_lead_to_the_one_that_stands(desk: Desk) -> None:
    standing, middle, last = desk.case("P-1"), desk.case("P-2"), desk.case("P-3")
    desk.do(follow_merge, "operator", older="P-2", younger="P-3")
    desk.do(follow_merge, "operator", older="P-1", younger="P-2")
    for link in (middle, last):
        assert desk.ask(case_by_reference, "ppu", link.reference, GEOGRAPHY).reference == standing.reference


def test_an_alias_is_noted_once(desk: Desk) -> None:
    assert desk.do(record_alias, "operator", alias="P-2", person_id="P-1")
    assert not desk.do(record_alias, "operator", alias="P-2", person_id="P-1")
