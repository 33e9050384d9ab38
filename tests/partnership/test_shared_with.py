"""What a partner sees of a shared case, and what never."""

from __future__ import annotations

import pytest

from partnership.cases import set_safe_contact_note
from partnership.partner_reading import persons_shared_with, shared_with
from partnership.reading import plan_board
from partnership.vocabulary import ShareLevel
from tests.partnership.builders import GEOGRAPHY, WHO, Desk

CANARIES = ("P-CANARY", "canary-note", "canary-problem", "canary-analysis", "canary-health")


def planted(desk: Desk, level: ShareLevel) -> str:
    case = desk.case("P-CANARY")
    note = {"reference": case.reference, "note": "canary-note", "seen_version": 1}
    desk.do(set_safe_contact_note, "ppu", **note)
    plan = desk.plan(case, objective="The aim.", problem="canary-problem", analysis="canary-analysis")
    desk.action(plan, what="Change the locks.")
    desk.action(plan, what="canary-health", owner_agency="HEALTH", owner_name="canary-health")
    desk.share(case, "HOUSING", level)
    return str(case.reference)


@pytest.mark.parametrize("level", list(ShareLevel))
def test_person_note_analysis_and_other_agencies_words_never_reach_a_partner(desk: Desk, level: ShareLevel) -> None:
    planted(desk, level)
    seen = repr(desk.ask(shared_with, "housing")) + repr(desk.ask(plan_board, "housing", GEOGRAPHY))
    assert "Change the locks." in seen
    assert not [canary for canary in CANARIES if canary in seen]


def test_level_actions_is_the_reference_and_the_own_actions_alone(desk: Desk) -> None:
    reference = planted(desk, ShareLevel.ACTIONS)
    (case,) = desk.ask(shared_with, "housing")
    assert (case.reference, [action.what for action in case.own_actions]) == (reference, ["Change the locks."])
    assert (case.objective, case.plan_owner, case.review_on, case.other_actions) == (None, None, None, ())


def test_level_case_tells_the_aim_and_how_far_the_others_are(desk: Desk) -> None:
    planted(desk, ShareLevel.CASE)
    (case,) = desk.ask(shared_with, "housing")
    assert (case.objective, case.plan_owner) == ("The aim.", "PC Shah")
    assert [(action.owner_agency, action.what) for action in case.other_actions] == [("HEALTH", None)]


def test_only_level_case_opens_the_person_to_the_analysis(desk: Desk) -> None:
    desk.share(desk.case("P-1"), "HOUSING", ShareLevel.CASE)
    desk.share(desk.case("P-2"), "HOUSING", ShareLevel.ACTIONS)
    assert desk.ask(persons_shared_with, "housing") == frozenset({"P-1"})


@pytest.mark.parametrize("who", [who for who in WHO if who != "housing"])
def test_nobody_else_has_cases_shared_with_them(desk: Desk, who: str) -> None:
    planted(desk, ShareLevel.CASE)
    assert desk.ask(shared_with, who) == ()
