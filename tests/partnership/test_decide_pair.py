"""Deciding whether two records are of one person."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from partnership.identity import ContradictsEarlier, decide_pair
from partnership.identity_conflicts import Stated, contradicted
from partnership.identity_reading import decisions_in_force, identity_history, pair_decisions
from partnership.vocabulary import IdentityReason, Operation, Verdict
from tests.partnership.builders import GEOGRAPHY, KEY, LATER, NOW, Desk
from tests.partnership.identity_builders import PAIR, decided


def in_force(desk: Desk) -> tuple[tuple[str, str, str], ...]:
    with desk.database.read() as session:
        return decisions_in_force(session)


@pytest.mark.parametrize("who", ["inspector", "other_inspector", "analyst"])
def test_a_decision_of_an_analyst_or_of_either_sectors_inspector_stands_for_the_build(desk: Desk, who: str) -> None:
    desk.do(decide_pair, who, **PAIR)
    assert in_force(desk) == (("R-1", "R-2", "same"),)


def test_not_sure_is_kept_and_changes_no_build(desk: Desk) -> None:
    desk.do(decide_pair, "analyst", **{**PAIR, "verdict": Verdict.NOT_SURE, "why": IdentityReason.TOO_LITTLE})
    kept = desk.ask(pair_decisions, "analyst", GEOGRAPHY)
    assert in_force(desk) == () and [pair.verdict for pair in kept] == [Verdict.NOT_SURE]


@pytest.mark.parametrize("who", ["officer", "ppu", "housing", "auditor", "operator"])
def test_another_role_is_refused(desk: Desk, who: str) -> None:
    assert desk.is_refused(decide_pair, who, **PAIR)


def test_an_inspector_of_neither_sector_is_refused(desk: Desk) -> None:
    assert desk.is_refused(decide_pair, "other_inspector", **{**PAIR, "neighbourhoods": ["ALDER", "BROOK"]})


def test_whose_the_pair_is_stays_as_it_was_at_the_first_decision(desk: Desk) -> None:
    desk.do(decide_pair, "inspector", **{**PAIR, "neighbourhoods": ["ALDER"]})
    again = {**PAIR, "neighbourhoods": ["CEDAR"], "verdict": Verdict.DIFFERENT, "seen_version": 1}
    assert desk.is_refused(decide_pair, "other_inspector", **again)


def test_a_pair_without_a_place_is_the_analysts(desk: Desk) -> None:
    nowhere = {**PAIR, "neighbourhoods": []}
    assert desk.is_refused(decide_pair, "inspector", **nowhere)
    assert desk.do(decide_pair, "analyst", **nowhere).is_changed


def test_saving_the_same_again_changes_nothing(desk: Desk) -> None:
    desk.do(decide_pair, "analyst", **PAIR)
    assert desk.is_idle(decide_pair, "inspector", **PAIR)


def test_the_second_of_two_decisions_is_told_who_was_first(desk: Desk) -> None:
    desk.do(decide_pair, "inspector", **PAIR)
    refused = desk.stale(decide_pair, "analyst", **{**PAIR, "verdict": Verdict.DIFFERENT})
    assert (refused.first_by, refused.theirs["verdict"]) == ("Inspector", "same")


def test_a_changed_mind_stands_and_both_decisions_are_history(desk: Desk) -> None:
    desk.do(decide_pair, "inspector", **PAIR)
    changed = {**PAIR, "verdict": Verdict.DIFFERENT, "seen_version": 1}
    desk.do(decide_pair, "analyst", at=LATER, **changed)
    history = desk.ask(identity_history, "analyst", GEOGRAPHY)
    assert in_force(desk) == (("R-1", "R-2", "different"),)
    assert [(line.actor_name, line.decided, line.at, line.why) for line in history] == [
        ("Analyst", Verdict.DIFFERENT, LATER, IdentityReason.RECORDS_SHOW_IT),
        ("Inspector", Verdict.SAME, NOW, IdentityReason.RECORDS_SHOW_IT),
    ]


def test_a_decision_is_logged_as_a_combination(own_desk: Desk) -> None:
    own_desk.database.log_key = KEY
    own_desk.do(decide_pair, "analyst", **PAIR)
    logged = own_desk.everything()["access_log"]
    assert Operation.COMBINATION in logged[-1]


def test_difference_after_sameness_through_a_third_is_refused_naming_the_decision(desk: Desk) -> None:
    decided(desk, "A", "B", Verdict.SAME)
    decided(desk, "B", "C", Verdict.SAME, who="inspector", at=LATER)
    with pytest.raises(ContradictsEarlier, match=r"Inspector decided on 02/12/2013 about pair D-BC: same person"):
        decided(desk, "A", "C", Verdict.DIFFERENT)
    assert len(in_force(desk)) == 2


def test_sameness_that_would_join_who_was_told_apart_is_refused_naming_the_decision(desk: Desk) -> None:
    decided(desk, "A", "C", Verdict.DIFFERENT)
    decided(desk, "A", "B", Verdict.SAME)
    with pytest.raises(ContradictsEarlier, match=r"about pair D-AC: different people"):
        decided(desk, "B", "C", Verdict.SAME)


def test_decisions_on_different_records_of_one_person_meet(desk: Desk) -> None:
    decided(desk, "A", "B", Verdict.SAME)
    decided(desk, "B", "C", Verdict.SAME, reference_a="R-B2")
    persons = {"R-B": "P-B", "R-B2": "P-B"}
    with pytest.raises(ContradictsEarlier):
        decided(desk, "A", "C", Verdict.DIFFERENT, persons=persons)


def test_changing_a_decision_does_not_contradict_itself(desk: Desk) -> None:
    decided(desk, "A", "B", Verdict.SAME)
    changed = decided(desk, "A", "B", Verdict.DIFFERENT, seen_version=1, persons={"R-A": "P-1", "R-B": "P-1"})
    assert changed.is_changed


def test_not_sure_contradicts_nothing(desk: Desk) -> None:
    decided(desk, "A", "B", Verdict.SAME)
    decided(desk, "B", "C", Verdict.SAME)
    assert decided(desk, "A", "C", Verdict.NOT_SURE).is_changed


def classes(pairs: list[tuple[int, int, Verdict]]) -> list[set[int]]:
    """The oracle: everyone who is the same, joined until nothing changes."""
    groups = [{number} for number in range(6)]
    for a, b, verdict in pairs:
        if verdict is Verdict.SAME:
            ours, theirs = (next(group for group in groups if one in group) for one in (a, b))
            groups = [group for group in groups if group not in (ours, theirs)] + [ours | theirs]
    return groups


def is_consistent(pairs: list[tuple[int, int, Verdict]]) -> bool:
    """Whether nobody is at once the same and different."""
    apart = [(a, b) for a, b, verdict in pairs if verdict is Verdict.DIFFERENT]
    return not any({a, b} <= group for a, b in apart for group in classes(pairs))


PAIRS = st.lists(
    st.tuples(st.integers(0, 5), st.integers(0, 5), st.sampled_from([Verdict.SAME, Verdict.DIFFERENT])).filter(
        lambda pair: pair[0] < pair[1]
    ),
    max_size=9,
    unique_by=lambda pair: pair[:2],
)


@settings(max_examples=60, deadline=None)
@given(PAIRS)
def test_a_decision_is_refused_exactly_where_it_makes_the_decisions_impossible(
    pairs: list[tuple[int, int, Verdict]],
) -> None:
    kept: list[tuple[int, int, Verdict]] = []
    stated: list[Stated] = []
    for a, b, verdict in pairs:
        clash = contradicted(stated, f"R-{a}", f"R-{b}", verdict, persons={})
        assert (clash is None) == is_consistent([*kept, (a, b, verdict)])
        if clash is None:
            kept.append((a, b, verdict))
            at = NOW + timedelta(minutes=len(kept))
            stated.append(Stated(f"D-{a}{b}", f"R-{a}", f"R-{b}", verdict, "Analyst", at))
