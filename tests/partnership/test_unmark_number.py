"""Taking the mark off a telephone number."""

from __future__ import annotations

from typing import Any

import pytest

from partnership.identity_numbers import unmark_number
from partnership.identity_reading import identity_history, number_marks, numbers_in_force
from partnership.vocabulary import IdentityReason, NumberKind
from tests.partnership.builders import GEOGRAPHY, Desk
from tests.partnership.identity_builders import marked

UNMARK: dict[str, Any] = {"reference": "T-1", "why": IdentityReason.MISTAKE, "seen_version": 1}


def test_an_unmarked_number_is_no_longer_given_to_the_build(desk: Desk) -> None:
    marked(desk)
    desk.do(unmark_number, "inspector", **UNMARK)
    with desk.database.read() as session:
        assert numbers_in_force(session) == ()
    assert [(mark.kind, mark.version) for mark in desk.ask(number_marks, "analyst", GEOGRAPHY)] == [(None, 2)]
    assert desk.ask(identity_history, "analyst", GEOGRAPHY)[0].verb == "unmark_number"


@pytest.mark.parametrize("who", ["other_inspector", "officer", "ppu", "housing", "auditor", "operator"])
def test_another_role_or_sector_is_refused(desk: Desk, who: str) -> None:
    marked(desk)
    assert desk.is_refused(unmark_number, who, **UNMARK)


def test_a_number_nobody_marked_is_refused_alike(desk: Desk) -> None:
    assert desk.is_refused(unmark_number, "analyst", **UNMARK)


def test_unmarking_again_changes_nothing(desk: Desk) -> None:
    marked(desk)
    desk.do(unmark_number, "analyst", **UNMARK)
    assert desk.is_idle(unmark_number, "analyst", **UNMARK)


def test_unmarking_what_somebody_has_changed_since_is_refused(desk: Desk) -> None:
    marked(desk)
    marked(desk, kind=NumberKind.SHARED, who="inspector", seen_version=1)
    assert desk.stale(unmark_number, "analyst", **UNMARK).first_by == "Inspector"
