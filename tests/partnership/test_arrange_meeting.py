"""Arranging a meeting."""

from __future__ import annotations

import pytest

from partnership.errors import PartnershipError
from partnership.meetings import arrange_meeting
from partnership.reading import meetings_for
from partnership.vocabulary import MeetingState
from tests.partnership.builders import GEOGRAPHY, NEXT_WEEK, Desk

ASKED = {"sector": "SOUTH", "held_on": NEXT_WEEK}


@pytest.mark.parametrize("who", ["inspector", "officer", "ppu"])
def test_police_of_the_sector_arrange_its_meeting(desk: Desk, who: str) -> None:
    desk.do(arrange_meeting, who, **ASKED)
    (meeting,) = desk.ask(meetings_for, "inspector", GEOGRAPHY)
    assert (meeting.sector, meeting.held_on, meeting.state) == ("SOUTH", NEXT_WEEK, MeetingState.DRAFT)


@pytest.mark.parametrize("who", ["other_inspector", "analyst", "housing", "auditor", "operator"])
def test_role_or_sector_without_the_right_is_refused(desk: Desk, who: str) -> None:
    assert desk.is_refused(arrange_meeting, who, **ASKED)


def test_the_same_day_is_the_same_meeting(desk: Desk) -> None:
    desk.do(arrange_meeting, "ppu", **ASKED)
    assert desk.is_idle(arrange_meeting, "inspector", **ASKED)


def test_a_sector_that_is_none_is_refused(desk: Desk) -> None:
    with pytest.raises(PartnershipError, match="sector"):
        desk.do(arrange_meeting, "ppu", sector="WEST", held_on=NEXT_WEEK)
