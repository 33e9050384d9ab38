"""Do cases go where a build's ids go, when two prove to be one and when one proves to be two?"""

from __future__ import annotations

import pytest

from partnership.cases import set_safe_contact_note
from partnership.errors import NoSuchRecord
from partnership.history import history
from partnership.parting import follow_ids, follow_split
from partnership.partner_reading import shared_with
from partnership.reading import case_by_reference, case_for_person
from partnership.vocabulary import PlanState, ShareLevel
from tests.partnership.builders import GEOGRAPHY, Desk

JOINED = {"P-2": "P-1", "P-8": "P-7"}


def test_only_the_ids_that_have_a_case_are_followed(desk: Desk) -> None:
    case = desk.case("P-2")
    assert desk.do(follow_ids, "operator", aliases=JOINED) == 1
    assert desk.ask(case_for_person, "ppu", "P-1", GEOGRAPHY).reference == case.reference
    assert desk.do(follow_ids, "operator", aliases=JOINED) == 0


def test_who_is_a_person_again_has_the_own_case_again(desk: Desk) -> None:
    case = desk.case("P-2")
    plan = desk.plan(case)
    desk.do(follow_ids, "operator", aliases=JOINED)
    assert desk.do(follow_ids, "operator", aliases={}) == 1
    back = desk.ask(case_for_person, "ppu", "P-2", GEOGRAPHY)
    assert (back.reference, [one.plan_id for one in back.plans]) == (case.reference, [plan.row_id])
    assert desk.ask(case_for_person, "ppu", "P-1", GEOGRAPHY) is None
    verbs = [line.verb for line in desk.ask(history, "ppu", case.reference, GEOGRAPHY)]
    assert {"follow_merge", "follow_split", "open_plan"} <= set(verbs)


def test_of_two_cases_each_has_its_own_plans_and_actions_again(desk: Desk) -> None:
    first, second = desk.case("P-1"), desk.case("P-2")
    plans = {"P-1": desk.plan(first), "P-2": desk.plan(second)}
    actions = {person: desk.action(plan) for person, plan in plans.items()}
    desk.do(follow_ids, "operator", aliases=JOINED)
    desk.do(follow_ids, "operator", aliases={})
    for person, plan in plans.items():
        view = desk.ask(case_for_person, "ppu", person, GEOGRAPHY)
        assert [(one.plan_id, one.state) for one in view.plans] == [(plan.row_id, PlanState.OPEN)]
        assert [one.action_id for one in view.plans[0].actions] == [actions[person].row_id]


def notes(desk: Desk, *people: str) -> list[str | None]:
    return [desk.ask(case_for_person, "ppu", person, GEOGRAPHY).safe_contact_note for person in people]


def note(desk: Desk, person: str, words: str) -> None:
    case = desk.ask(case_for_person, "ppu", person, GEOGRAPHY)
    desk.do(set_safe_contact_note, "ppu", reference=case.reference, note=words, seen_version=case.version)


def test_the_safe_contact_note_of_one_does_not_stay_with_the_other(desk: Desk) -> None:
    for person, words in (("P-1", "ring the sister"), ("P-2", "never ring\nafter six"), ("P-7", "by letter")):
        desk.case(person)
        note(desk, person, words)
    three = {"P-2": "P-1", "P-7": "P-1"}
    desk.do(follow_ids, "operator", aliases=three)
    assert notes(desk, "P-1") == ["ring the sister\nnever ring\nafter six\nby letter"]
    desk.do(follow_ids, "operator", aliases={"P-7": "P-1"})
    assert notes(desk, "P-1", "P-2") == ["ring the sister\nby letter", "never ring\nafter six"]


def test_a_note_written_since_the_joining_stays_where_it_was_written(desk: Desk) -> None:
    for person in ("P-1", "P-2"):
        desk.case(person)
    note(desk, "P-2", "by letter")
    desk.do(follow_ids, "operator", aliases=JOINED)
    note(desk, "P-1", "by letter, to work")
    desk.do(follow_ids, "operator", aliases={})
    assert notes(desk, "P-1", "P-2") == ["by letter, to work", "by letter"]


def test_a_note_both_had_stays_with_both(desk: Desk) -> None:
    for person in ("P-1", "P-2"):
        desk.case(person)
        note(desk, person, "by letter")
    desk.do(follow_ids, "operator", aliases=JOINED)
    desk.do(follow_ids, "operator", aliases={})
    assert notes(desk, "P-1", "P-2") == ["by letter", "by letter"]


def test_no_agency_keeps_what_the_joining_let_it_see(desk: Desk) -> None:
    desk.case("P-1")
    shared = desk.case("P-2")
    desk.share(shared, "HOUSING", ShareLevel.CASE)
    desk.do(follow_ids, "operator", aliases=JOINED)
    assert desk.ask(shared_with, "housing")
    desk.do(follow_ids, "operator", aliases={})
    assert not desk.ask(shared_with, "housing")


def test_an_id_that_was_never_joined_stays_as_it_is(desk: Desk) -> None:
    case = desk.case("P-1")
    assert desk.do(follow_split, "operator", alias="P-1") is False
    assert desk.ask(case_by_reference, "ppu", case.reference, GEOGRAPHY).reference == case.reference


@pytest.mark.parametrize("who", ["officer", "analyst", "housing", "auditor"])
def test_nobody_else_moves_cases(desk: Desk, who: str) -> None:
    desk.case("P-2")
    with pytest.raises(NoSuchRecord):
        desk.do(follow_ids, who, aliases=JOINED)
