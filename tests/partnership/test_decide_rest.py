"""Saying once of everybody else in a top ten that nothing more is done this week."""

from __future__ import annotations

from typing import Any

import pytest

from partnership.errors import PartnershipError
from partnership.meetings import close_meeting, decide_rest
from partnership.vocabulary import DecisionKind, MeetingState
from tests.partnership.agenda_builders import decide, drawn, fact, record
from tests.partnership.builders import Desk

ASKED: dict[str, Any] = {"reason": "The calls were answered well."}


def test_everybody_waiting_gets_a_decision_of_their_own_and_the_meeting_can_be_closed(desk: Desk) -> None:
    meeting = drawn(desk, fact("P-1", 1), fact("P-2", 2), fact("P-3", 3))
    decide(desk, meeting, "P-1", DecisionKind.REFER)
    desk.plan(desk.case("P-2"))
    desk.do(decide_rest, "inspector", meeting_id=meeting.row_id, **ASKED)
    made = {case.person_id: case.decision for case in record(desk, meeting).every_case}
    assert made["P-2"] is None
    assert made["P-1"] is not None and made["P-1"].what is DecisionKind.REFER
    assert made["P-3"] is not None and (made["P-3"].what, made["P-3"].reason) == (
        DecisionKind.NO_ACTION,
        ASKED["reason"],
    )
    desk.do(close_meeting, "inspector", meeting_id=meeting.row_id, seen_version=meeting.version)
    assert record(desk, meeting).state is MeetingState.CLOSED


def test_a_reason_is_needed(desk: Desk) -> None:
    meeting = drawn(desk, fact("P-1", 1))
    with pytest.raises(PartnershipError, match="reason"):
        desk.do(decide_rest, "inspector", meeting_id=meeting.row_id, reason=" ")


def test_a_closed_meeting_stays_as_it_is(desk: Desk) -> None:
    meeting = drawn(desk, fact("P-1", 1))
    desk.do(decide_rest, "ppu", meeting_id=meeting.row_id, **ASKED)
    desk.do(close_meeting, "ppu", meeting_id=meeting.row_id, seen_version=meeting.version)
    assert desk.is_idle(decide_rest, "ppu", meeting_id=meeting.row_id, **ASKED)


@pytest.mark.parametrize("who", ["other_inspector", "analyst", "housing", "auditor", "operator"])
def test_role_area_or_agency_without_the_right_is_refused(desk: Desk, who: str) -> None:
    meeting = drawn(desk, fact("P-1", 1))
    assert desk.is_refused(decide_rest, who, meeting_id=meeting.row_id, **ASKED)


def test_who_does_not_see_a_case_leaves_it_undecided(desk: Desk) -> None:
    meeting = drawn(desk, fact("P-1", 1))
    assert desk.is_idle(decide_rest, "other_officer", meeting_id=meeting.row_id, **ASKED)


def test_saving_the_same_again_changes_nothing(desk: Desk) -> None:
    meeting = drawn(desk, fact("P-1", 1))
    desk.do(decide_rest, "ppu", meeting_id=meeting.row_id, **ASKED)
    assert desk.is_idle(decide_rest, "ppu", meeting_id=meeting.row_id, **ASKED)
