"""Saying whose a telephone number is."""

from __future__ import annotations

import pytest

from partnership.identity_numbers import mark_number
from partnership.identity_reading import identity_history, number_marks, numbers_in_force
from partnership.vocabulary import NumberKind
from tests.partnership.builders import GEOGRAPHY, Desk
from tests.partnership.identity_builders import NUMBER, marked


@pytest.mark.parametrize("kind", list(NumberKind))
def test_a_marked_number_is_given_to_the_build(desk: Desk, kind: NumberKind) -> None:
    marked(desk, kind=kind, who="inspector")
    with desk.database.read() as session:
        assert numbers_in_force(session) == (("T-1", kind.value),)


@pytest.mark.parametrize("who", ["other_inspector", "officer", "ppu", "housing", "auditor", "operator"])
def test_another_role_or_sector_is_refused(desk: Desk, who: str) -> None:
    assert desk.is_refused(mark_number, who, **NUMBER)


def test_marking_the_same_again_changes_nothing(desk: Desk) -> None:
    marked(desk)
    assert desk.is_idle(mark_number, "inspector", **NUMBER)


def test_the_second_of_two_marks_is_told_who_was_first(desk: Desk) -> None:
    marked(desk, who="inspector")
    refused = desk.stale(mark_number, "analyst", **{**NUMBER, "kind": NumberKind.PERSONAL})
    assert (refused.first_by, refused.theirs["kind"]) == ("Inspector", "institution")


def test_a_mark_and_its_change_are_history(desk: Desk) -> None:
    marked(desk)
    marked(desk, kind=NumberKind.SHARED, seen_version=1)
    assert [line.decided for line in desk.ask(identity_history, "inspector", GEOGRAPHY)] == [
        NumberKind.SHARED,
        NumberKind.INSTITUTION,
    ]


@pytest.mark.parametrize("who", ["other_inspector", "officer", "housing"])
def test_who_may_not_decide_reads_no_mark(desk: Desk, who: str) -> None:
    marked(desk)
    assert desk.ask(number_marks, who, GEOGRAPHY) == ()
