"""Putting something right after a meeting was closed."""

from __future__ import annotations

from typing import Any

import pytest

from partnership.changes import Saved
from partnership.errors import PartnershipError
from partnership.meetings import close_meeting
from partnership.minutes import write_addendum
from tests.partnership.agenda_builders import record
from tests.partnership.builders import NOW, Desk

ASKED: dict[str, Any] = {"reference": None, "text": "Health sent apologies."}


def closed(desk: Desk) -> Saved:
    meeting = desk.meeting()
    done: Saved = desk.do(close_meeting, "ppu", meeting_id=meeting.row_id, seen_version=2)
    return done


def test_the_addendum_stands_beside_the_record_with_who_and_when(desk: Desk) -> None:
    meeting = closed(desk)
    case = desk.case()
    about = {"reference": case.reference, "text": "The visit was on Tuesday."}
    desk.do(write_addendum, "inspector", meeting_id=meeting.row_id, **about)
    (line,) = record(desk, meeting).addenda
    assert (line.reference, line.text, line.written_at, line.written_by) == (
        case.reference,
        "The visit was on Tuesday.",
        NOW,
        "Inspector",
    )


def test_what_is_not_closed_is_corrected_itself(desk: Desk) -> None:
    meeting = desk.meeting()
    with pytest.raises(PartnershipError, match="not closed"):
        desk.do(write_addendum, "ppu", meeting_id=meeting.row_id, **ASKED)


@pytest.mark.parametrize("who", ["other_inspector", "analyst", "housing", "auditor", "operator"])
def test_role_or_sector_without_the_right_is_refused(desk: Desk, who: str) -> None:
    assert desk.is_refused(write_addendum, who, meeting_id=closed(desk).row_id, **ASKED)


def test_an_addendum_about_a_case_is_for_those_it_is_open_to(desk: Desk) -> None:
    meeting = closed(desk)
    about = {"reference": desk.case("P-1", "BROOK").reference, "text": "Brook End."}
    assert desk.is_refused(write_addendum, "officer", meeting_id=meeting.row_id, **about)
    desk.do(write_addendum, "ppu", meeting_id=meeting.row_id, **about)
    assert record(desk, meeting, "officer").addenda == ()


def test_writing_the_same_again_changes_nothing(desk: Desk) -> None:
    meeting = closed(desk)
    desk.do(write_addendum, "ppu", meeting_id=meeting.row_id, **ASKED)
    assert desk.is_idle(write_addendum, "ppu", meeting_id=meeting.row_id, **ASKED)
