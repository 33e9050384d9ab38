"""Recording who was at the table."""

from __future__ import annotations

from typing import Any

import pytest

from partnership.attendance import record_attendance
from partnership.errors import PartnershipError
from partnership.meetings import close_meeting
from partnership.vocabulary import Presence
from tests.partnership.agenda_builders import record
from tests.partnership.builders import Desk

ASKED: dict[str, Any] = {"agency": "HOUSING", "name": "J. Doe", "presence": Presence.PRESENT, "seen_version": 0}


def test_attendance_is_listed_by_agency_the_police_first(desk: Desk) -> None:
    meeting = desk.meeting()
    desk.do(record_attendance, "ppu", meeting_id=meeting.row_id, **ASKED)
    apologies = {**ASKED, "agency": "HEALTH", "name": "A. Roy", "presence": Presence.APOLOGIES}
    desk.do(record_attendance, "ppu", meeting_id=meeting.row_id, **apologies)
    desk.do(record_attendance, "ppu", meeting_id=meeting.row_id, **{**ASKED, "agency": None, "name": "PC Shah"})
    assert [(line.agency, line.name, line.presence) for line in record(desk, meeting).attendance] == [
        (None, "PC Shah", Presence.PRESENT),
        ("HEALTH", "A. Roy", Presence.APOLOGIES),
        ("HOUSING", "J. Doe", Presence.PRESENT),
    ]


def test_an_entry_made_in_error_is_taken_back(desk: Desk) -> None:
    meeting = desk.meeting()
    desk.do(record_attendance, "ppu", meeting_id=meeting.row_id, **ASKED)
    withdrawn = {**ASKED, "presence": Presence.WITHDRAWN, "seen_version": 1}
    desk.do(record_attendance, "ppu", meeting_id=meeting.row_id, **withdrawn)
    assert record(desk, meeting).attendance == ()


@pytest.mark.parametrize("who", ["other_inspector", "analyst", "housing", "auditor", "operator"])
def test_role_or_sector_without_the_right_is_refused(desk: Desk, who: str) -> None:
    assert desk.is_refused(record_attendance, who, meeting_id=desk.meeting().row_id, **ASKED)


def test_what_was_never_entered_is_not_taken_back(desk: Desk) -> None:
    withdrawn = {**ASKED, "presence": Presence.WITHDRAWN}
    assert desk.is_refused(record_attendance, "ppu", meeting_id=desk.meeting().row_id, **withdrawn)


def test_saving_the_same_again_changes_nothing(desk: Desk) -> None:
    meeting = desk.meeting()
    desk.do(record_attendance, "ppu", meeting_id=meeting.row_id, **ASKED)
    assert desk.is_idle(record_attendance, "ppu", meeting_id=meeting.row_id, **ASKED)


def test_the_second_of_two_saves_is_told_who_was_first(desk: Desk) -> None:
    meeting = desk.meeting()
    desk.do(record_attendance, "officer", meeting_id=meeting.row_id, **ASKED)
    other = {**ASKED, "presence": Presence.ABSENT}
    assert desk.stale(record_attendance, "ppu", meeting_id=meeting.row_id, **other).first_by == "Officer"


def test_a_closed_meeting_stays_as_it_is(desk: Desk) -> None:
    meeting = desk.meeting()
    desk.do(close_meeting, "ppu", meeting_id=meeting.row_id, seen_version=2)
    with pytest.raises(PartnershipError, match="closed"):
        desk.do(record_attendance, "ppu", meeting_id=meeting.row_id, **ASKED)


def test_an_agency_that_is_none_is_refused(desk: Desk) -> None:
    meeting = desk.meeting()
    with pytest.raises(PartnershipError, match="no agency"):
        desk.do(record_attendance, "ppu", meeting_id=meeting.row_id, **{**ASKED, "agency": "FIRE"})
