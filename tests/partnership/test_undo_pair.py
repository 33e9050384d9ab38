"""Taking back what was decided about a pair."""

from __future__ import annotations

import pytest

from partnership.identity import undo_pair
from partnership.identity_reading import decisions_in_force, identity_history, pair_decisions
from partnership.vocabulary import IdentityReason, Verdict
from tests.partnership.builders import GEOGRAPHY, LATER, Desk
from tests.partnership.identity_builders import PAIR, decided

UNDO = {"pair_reference": "D-AB", "why": IdentityReason.MISTAKE, "seen_version": 1}


def test_an_undone_decision_is_out_of_force_and_stays_in_the_history(desk: Desk) -> None:
    decided(desk, "A", "B", Verdict.SAME)
    desk.do(undo_pair, "inspector", at=LATER, **UNDO)
    with desk.database.read() as session:
        assert decisions_in_force(session) == ()
    history = desk.ask(identity_history, "analyst", GEOGRAPHY)
    assert [(line.verb, line.decided, line.why) for line in history] == [
        ("undo_pair", None, IdentityReason.MISTAKE),
        ("decide_pair", Verdict.SAME, PAIR["why"]),
    ]


def test_an_undone_decision_contradicts_nothing(desk: Desk) -> None:
    decided(desk, "A", "B", Verdict.SAME)
    decided(desk, "B", "C", Verdict.SAME)
    desk.do(undo_pair, "analyst", **UNDO)
    assert decided(desk, "A", "C", Verdict.DIFFERENT).is_changed


@pytest.mark.parametrize("who", ["officer", "ppu", "housing", "auditor", "operator"])
def test_another_role_is_refused(desk: Desk, who: str) -> None:
    decided(desk, "A", "B", Verdict.SAME)
    assert desk.is_refused(undo_pair, who, **UNDO)


def test_an_inspector_of_another_sector_is_refused(desk: Desk) -> None:
    decided(desk, "A", "B", Verdict.SAME, neighbourhoods=["ALDER"])
    assert desk.is_refused(undo_pair, "other_inspector", **UNDO)


def test_a_pair_nobody_decided_is_refused_alike(desk: Desk) -> None:
    assert desk.is_refused(undo_pair, "analyst", **UNDO)


def test_undoing_again_changes_nothing(desk: Desk) -> None:
    decided(desk, "A", "B", Verdict.SAME)
    desk.do(undo_pair, "analyst", **UNDO)
    assert desk.is_idle(undo_pair, "analyst", **UNDO)


def test_undoing_what_somebody_has_changed_since_is_refused(desk: Desk) -> None:
    decided(desk, "A", "B", Verdict.SAME)
    decided(desk, "A", "B", Verdict.DIFFERENT, who="inspector", seen_version=1)
    assert desk.stale(undo_pair, "analyst", **UNDO).first_by == "Inspector"


def test_other_inspectors_do_not_read_of_it(desk: Desk) -> None:
    decided(desk, "A", "B", Verdict.SAME, neighbourhoods=["ALDER"])
    assert desk.ask(pair_decisions, "other_inspector", GEOGRAPHY) == ()
    assert desk.ask(identity_history, "other_inspector", GEOGRAPHY) == ()


@pytest.mark.parametrize("who", ["officer", "ppu", "housing", "auditor"])
def test_another_role_reads_nothing(desk: Desk, who: str) -> None:
    decided(desk, "A", "B", Verdict.SAME)
    assert desk.ask(pair_decisions, who, GEOGRAPHY) == () == desk.ask(identity_history, who, GEOGRAPHY)
