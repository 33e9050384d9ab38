"""What the meeting is asked to look at: the exceptions, in words and in a stable order."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from partnership.agenda import AgendaFact, MaracEligibility, with_area_names, with_plans
from partnership.reading import plans_for
from partnership.vocabulary import ListMovement, PlanState
from tests.partnership.agenda_builders import agenda, fact
from tests.partnership.builders import GEOGRAPHY, NEXT_WEEK, TODAY, Desk
from tests.partnership.oracles import reasons_for

PLANNED: dict[str, Any] = {"plan": PlanState.OPEN, "review_on": NEXT_WEEK}
MARAC = MaracEligibility(("three incidents in twelve months", "high risk"), "v4")


@pytest.mark.parametrize(
    ("said", "facts"),
    [
        ("New in the top ten of Alder Park, at position 3 (6 contacts, 14 h)",
         {"movement": ListMovement.NEW, "contacts": 6, "officer_hours": 14.0}),
        ("Returned to the top ten of Alder Park, at position 3 (1 contact, 0.5 h)",
         {"movement": ListMovement.RETURNED, "contacts": 1, "officer_hours": 0.5}),
        ("Risen from position 6 in Alder Park, now at position 3",
         {"movement": ListMovement.UP, "earlier_position": 6}),
        ("An action 9 days overdue", {"overdue_actions": 1, "days_overdue": 9}),
        ("2 actions overdue, the longest by 1 day", {"overdue_actions": 2, "days_overdue": 1}),
        ("Plan due for review since Mon 2 Dec 2013", {"review_on": TODAY}),
        ("Moved from Brook End to Alder Park", {"moved_from": "Brook End"}),
        ("Belongs at MARAC: three incidents in twelve months; high risk (criteria v4)", {"marac": MARAC}),
        ("No DASH (risk assessment) where one is mandatory", {"lacks_mandatory_dash": True}),
        ("New decision on who this is: joined with P-9", {"identity_decision": "joined with P-9"}),
    ],
)  # fmt: skip
def test_each_reason_is_said_in_words(said: str, facts: dict[str, Any]) -> None:
    (only,) = agenda(fact(**{**PLANNED, **facts})).items
    assert only.reasons == (said,)


def test_a_person_in_a_top_ten_without_a_plan_must_be_decided() -> None:
    (only,) = agenda(fact()).items
    assert (only.reasons, only.needs_decision) == (("In a top ten and no plan",), True)


def test_a_closed_plan_is_no_plan() -> None:
    (only,) = agenda(fact(plan=PlanState.CLOSED)).items
    assert only.reasons == ("In a top ten and no plan; the last one is closed",)


@pytest.mark.parametrize(("earlier", "is_on"), [(5, False), (6, True)])
def test_only_a_sharp_rise_is_an_exception(earlier: int, is_on: bool) -> None:
    facts = fact(movement=ListMovement.UP, earlier_position=earlier, **PLANNED)
    assert bool(agenda(facts, sharp_rise=3).items) is is_on


def test_who_stands_where_they_stood_with_a_plan_on_track_is_one_click_away() -> None:
    found = agenda(fact(**PLANNED))
    assert (found.items, [item.person_id for item in found.others]) == ((), ["P-1"])


def test_who_finds_no_place_heads_the_whole_list() -> None:
    found = agenda(*(fact(f"P-{place}", place) for place in range(1, 19)), fact("P-99", 10, **PLANNED))
    assert len(found.items) == 16
    assert [item.person_id for item in found.others] == ["P-17", "P-18", "P-99"]


def test_a_person_on_two_lists_is_one_item_with_both_reasons() -> None:
    brook: dict[str, Any] = {"neighbourhood": "BROOK", "area": "Brook End", "movement": ListMovement.NEW, **PLANNED}
    (only,) = agenda(fact(position=4, movement=ListMovement.NEW, **PLANNED), fact(position=2, **brook)).items
    assert only.reasons == (
        "New in the top ten of Alder Park, at position 4",
        "New in the top ten of Brook End, at position 2",
    )
    assert (only.neighbourhood, only.top_ten_position) == ("BROOK", 2)


def test_the_most_pressing_reason_comes_first() -> None:
    found = agenda(fact("P-1", 1), fact("P-2", 9, marac=MARAC), fact("P-3", 2, movement=ListMovement.NEW))
    assert [item.person_id for item in found.items] == ["P-2", "P-3", "P-1"]


def test_who_left_the_top_ten_stays_on_the_books_until_the_plan_is_closed(desk: Desk) -> None:
    desk.plan()
    plans = desk.ask(plans_for, "ppu", GEOGRAPHY)
    known = with_plans([], plans, today=TODAY)
    assert [(one.person_id, one.is_in_top_ten) for one in known] == [("P-1", False)]
    assert with_plans([], [replace(plans[0], state=PlanState.CLOSED)], today=TODAY) == ()


def test_what_the_plan_says_is_joined_to_what_the_list_says(desk: Desk) -> None:
    desk.action(due_on=TODAY)
    plans = desk.ask(plans_for, "ppu", GEOGRAPHY)
    (known,) = with_plans([fact()], plans, today=TODAY + timedelta(days=9))
    assert (known.plan, known.overdue_actions, known.days_overdue) == (PlanState.OPEN, 1, 9)


def test_a_neighbourhood_is_named_where_its_name_is_known() -> None:
    named = with_area_names([fact(), fact(neighbourhood="BROOK", area="BROOK")], {"ALDER": "The Alders"})
    assert [one.area for one in named] == ["The Alders", "BROOK"]


DAYS = st.none() | st.integers(-3, 3).map(lambda days: TODAY + timedelta(days=days))
FACTS = st.lists(
    st.builds(
        AgendaFact,
        person_id=st.sampled_from([f"P-{number}" for number in range(8)]),
        neighbourhood=st.sampled_from(["ALDER", "BROOK"]),
        area=st.just("Alder Park"),
        movement=st.sampled_from(list(ListMovement)),
        position=st.none() | st.integers(1, 10),
        earlier_position=st.none() | st.integers(1, 10),
        plan=st.none() | st.sampled_from(list(PlanState)),
        overdue_actions=st.integers(0, 2),
        review_on=DAYS,
        moved_from=st.none() | st.just("Brook End"),
        marac=st.none() | st.just(MARAC),
        lacks_mandatory_dash=st.booleans(),
    ),
    max_size=12,
)


@settings(max_examples=60, deadline=None)
@given(FACTS, st.integers(0, 5), st.randoms())
def test_the_order_of_the_facts_changes_nothing(facts: list[AgendaFact], places: int, chance: random.Random) -> None:
    shuffled = chance.sample(facts, len(facts))
    assert agenda(*shuffled, places=places) == agenda(*facts, places=places)


@settings(max_examples=60, deadline=None)
@given(FACTS, st.integers(0, 5))
def test_everybody_is_listed_once_and_places_go_to_exceptions_alone(facts: list[AgendaFact], places: int) -> None:
    found = agenda(*facts, places=places)
    everybody = [item.person_id for item in (*found.items, *found.others)]
    assert sorted(everybody) == sorted({one.person_id for one in facts})
    exceptions = sum(bool(item.reasons) for item in (*found.items, *found.others))
    assert len(found.items) == min(places, exceptions)
    assert all(item.reasons for item in found.items)


@settings(max_examples=60, deadline=None)
@given(FACTS)
def test_a_careful_clerk_finds_the_same_exceptions(facts: list[AgendaFact]) -> None:
    found = agenda(*facts)
    for item in (*found.items, *found.others):
        own = [one for one in facts if one.person_id == item.person_id]
        assert bool(item.reasons) == any(reasons_for(one, today=TODAY, sharp_rise=3) for one in own)
        assert item.needs_decision == (
            any("no plan" in reasons_for(one, today=TODAY, sharp_rise=3) for one in own)
            and not any(one.plan is PlanState.OPEN for one in own)
        )


@settings(max_examples=25, deadline=None)
@given(FACTS, st.dates(date(2013, 1, 1), date(2014, 1, 1)))
def test_somebody_without_a_reason_moves_nobody(facts: list[AgendaFact], today: date) -> None:
    quiet = fact("P-Q", None)
    assert agenda(*facts, quiet, today=today).items == agenda(*facts, today=today).items
