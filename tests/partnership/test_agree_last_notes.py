"""Agreeing the notes of the last meeting."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from partnership.errors import PartnershipError
from partnership.meetings import close_meeting
from partnership.minutes import agree_last_notes
from tests.partnership.agenda_builders import record
from tests.partnership.builders import NOW, TODAY, Desk

ASKED: dict[str, Any] = {"remarks": "Health was there too.", "seen_version": 2}


def begun(desk: Desk) -> int:
    last = desk.meeting(held_on=TODAY - timedelta(days=7))
    desk.do(close_meeting, "ppu", meeting_id=last.row_id, seen_version=2)
    number = desk.meeting().row_id
    assert number is not None
    return number


def test_the_record_says_when_and_what_was_remarked(desk: Desk) -> None:
    number = begun(desk)
    saved = desk.do(agree_last_notes, "officer", meeting_id=number, **ASKED)
    found = record(desk, saved)
    assert (found.last_meeting, found.last_notes_agreed_at) == (TODAY - timedelta(days=7), NOW)
    assert found.last_notes_remarks == "Health was there too."


def test_the_first_meeting_has_no_notes_to_agree(desk: Desk) -> None:
    meeting = desk.meeting()
    with pytest.raises(PartnershipError, match="no earlier"):
        desk.do(agree_last_notes, "ppu", meeting_id=meeting.row_id, **ASKED)


@pytest.mark.parametrize("who", ["other_inspector", "analyst", "housing", "auditor", "operator"])
def test_role_or_sector_without_the_right_is_refused(desk: Desk, who: str) -> None:
    assert desk.is_refused(agree_last_notes, who, meeting_id=begun(desk), **ASKED)


def test_saving_the_same_again_changes_nothing(desk: Desk) -> None:
    number = begun(desk)
    desk.do(agree_last_notes, "ppu", meeting_id=number, **ASKED)
    assert desk.is_idle(agree_last_notes, "ppu", meeting_id=number, **ASKED)


def test_a_closed_meeting_stays_as_it_is(desk: Desk) -> None:
    number = begun(desk)
    desk.do(close_meeting, "ppu", meeting_id=number, seen_version=2)
    with pytest.raises(PartnershipError, match="closed"):
        desk.do(agree_last_notes, "ppu", meeting_id=number, **{**ASKED, "seen_version": 3})


def test_the_second_of_two_saves_is_told_who_was_first(desk: Desk) -> None:
    number = begun(desk)
    desk.do(agree_last_notes, "officer", meeting_id=number, **ASKED)
    other = {**ASKED, "remarks": None}
    assert desk.stale(agree_last_notes, "ppu", meeting_id=number, **other).first_by == "Officer"
