"""Notes that belong to no case."""

from __future__ import annotations

from typing import Any

import pytest

from partnership.errors import PartnershipError
from partnership.meetings import close_meeting
from partnership.minutes import write_notes
from tests.partnership.agenda_builders import record
from tests.partnership.builders import Desk

ASKED: dict[str, Any] = {"notes": "Fire service: six smoke alarms fitted.", "seen_version": 2}


def begun(desk: Desk) -> int:
    number = desk.meeting().row_id
    assert number is not None
    return number


def test_the_notes_are_in_the_record(desk: Desk) -> None:
    meeting = desk.meeting()
    desk.do(write_notes, "officer", meeting_id=meeting.row_id, **ASKED)
    assert record(desk, meeting).notes == "Fire service: six smoke alarms fitted."


@pytest.mark.parametrize("who", ["other_inspector", "analyst", "housing", "auditor", "operator"])
def test_role_or_sector_without_the_right_is_refused(desk: Desk, who: str) -> None:
    assert desk.is_refused(write_notes, who, meeting_id=begun(desk), **ASKED)


def test_saving_the_same_again_changes_nothing(desk: Desk) -> None:
    number = begun(desk)
    desk.do(write_notes, "ppu", meeting_id=number, **ASKED)
    assert desk.is_idle(write_notes, "ppu", meeting_id=number, **ASKED)


def test_a_closed_meeting_stays_as_it_is(desk: Desk) -> None:
    number = begun(desk)
    desk.do(close_meeting, "ppu", meeting_id=number, seen_version=2)
    with pytest.raises(PartnershipError, match="closed"):
        desk.do(write_notes, "ppu", meeting_id=number, **{**ASKED, "seen_version": 3})


def test_the_second_of_two_saves_is_told_who_was_first(desk: Desk) -> None:
    number = begun(desk)
    desk.do(write_notes, "officer", meeting_id=number, **ASKED)
    other = {**ASKED, "notes": "None."}
    assert desk.stale(write_notes, "ppu", meeting_id=number, **other).first_by == "Officer"
