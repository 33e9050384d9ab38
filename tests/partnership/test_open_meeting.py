"""Beginning a meeting."""

from __future__ import annotations

import pytest

from partnership.changes import Saved
from partnership.errors import PartnershipError
from partnership.meetings import arrange_meeting, close_meeting, open_meeting, record_decision
from partnership.vocabulary import DecisionKind
from tests.partnership.builders import TODAY, Desk


def begun(desk: Desk) -> Saved:
    return desk.do(arrange_meeting, "ppu", sector="SOUTH", held_on=TODAY)


def test_an_open_meeting_takes_decisions(desk: Desk) -> None:
    meeting = begun(desk)
    desk.do(open_meeting, "inspector", meeting_id=meeting.row_id, seen_version=1)
    case = desk.case()
    rest = {"reference": case.reference, "what": DecisionKind.OPEN_PLAN, "reason": None, "seen_version": 0}
    assert desk.do(record_decision, "inspector", meeting_id=meeting.row_id, **rest).is_changed


def test_a_closed_meeting_is_not_opened_again(desk: Desk) -> None:
    meeting = begun(desk)
    desk.do(open_meeting, "ppu", meeting_id=meeting.row_id, seen_version=1)
    desk.do(close_meeting, "ppu", meeting_id=meeting.row_id, seen_version=2)
    with pytest.raises(PartnershipError, match="closed"):
        desk.do(open_meeting, "ppu", meeting_id=meeting.row_id, seen_version=3)


def test_the_second_of_two_saves_is_told_who_was_first(desk: Desk) -> None:
    meeting = begun(desk)
    desk.do(open_meeting, "officer", meeting_id=meeting.row_id, seen_version=1)
    desk.do(close_meeting, "officer", meeting_id=meeting.row_id, seen_version=2)
    assert desk.stale(open_meeting, "inspector", meeting_id=meeting.row_id, seen_version=1).first_by == "Officer"


@pytest.mark.parametrize("who", ["other_inspector", "analyst", "housing", "auditor", "operator"])
def test_role_or_sector_without_the_right_is_refused(desk: Desk, who: str) -> None:
    assert desk.is_refused(open_meeting, who, meeting_id=begun(desk).row_id, seen_version=1)


def test_a_meeting_that_does_not_exist_is_refused_alike(desk: Desk) -> None:
    assert desk.is_refused(open_meeting, "ppu", meeting_id=999, seen_version=1)


def test_saving_the_same_again_changes_nothing(desk: Desk) -> None:
    meeting = begun(desk)
    desk.do(open_meeting, "ppu", meeting_id=meeting.row_id, seen_version=1)
    assert desk.is_idle(open_meeting, "ppu", meeting_id=meeting.row_id, seen_version=1)
