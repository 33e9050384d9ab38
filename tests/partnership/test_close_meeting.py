"""Ending a meeting."""

from __future__ import annotations

import pytest

from partnership.changes import Saved
from partnership.errors import PartnershipError
from partnership.meetings import arrange_meeting, close_meeting, record_decision
from partnership.vocabulary import DecisionKind
from tests.partnership.builders import NEXT_WEEK, Desk


def begun(desk: Desk) -> Saved:
    return desk.meeting()


def test_a_closed_meeting_takes_no_decision(desk: Desk) -> None:
    meeting = begun(desk)
    desk.do(close_meeting, "inspector", meeting_id=meeting.row_id, seen_version=2)
    case = desk.case()
    rest = {"reference": case.reference, "what": DecisionKind.OPEN_PLAN, "reason": None, "seen_version": 0}
    with pytest.raises(PartnershipError, match="stays as it is"):
        desk.do(record_decision, "inspector", meeting_id=meeting.row_id, **rest)


def test_a_meeting_that_was_not_opened_is_not_closed(desk: Desk) -> None:
    meeting = desk.do(arrange_meeting, "ppu", sector="SOUTH", held_on=NEXT_WEEK)
    with pytest.raises(PartnershipError, match="not opened"):
        desk.do(close_meeting, "ppu", meeting_id=meeting.row_id, seen_version=1)


def test_the_second_of_two_saves_is_told_who_was_first(desk: Desk) -> None:
    meeting = begun(desk)
    assert desk.stale(close_meeting, "inspector", meeting_id=meeting.row_id, seen_version=1).first_by == "Ppu"


@pytest.mark.parametrize("who", ["other_inspector", "analyst", "housing", "auditor", "operator"])
def test_role_or_sector_without_the_right_is_refused(desk: Desk, who: str) -> None:
    assert desk.is_refused(close_meeting, who, meeting_id=begun(desk).row_id, seen_version=2)


def test_a_meeting_that_does_not_exist_is_refused_alike(desk: Desk) -> None:
    assert desk.is_refused(close_meeting, "ppu", meeting_id=999, seen_version=1)


def test_saving_the_same_again_changes_nothing(desk: Desk) -> None:
    meeting = begun(desk)
    desk.do(close_meeting, "ppu", meeting_id=meeting.row_id, seen_version=2)
    assert desk.is_idle(close_meeting, "ppu", meeting_id=meeting.row_id, seen_version=2)
