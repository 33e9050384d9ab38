"""Arranging the next meeting of a series."""

from __future__ import annotations

import pytest

from partnership.errors import PartnershipError
from partnership.meetings import arrange_next_meeting
from tests.partnership.agenda_builders import record
from tests.partnership.builders import NEXT_WEEK, Desk


def test_it_is_held_a_week_later_in_the_same_sector(desk: Desk) -> None:
    found = record(desk, desk.do(arrange_next_meeting, "officer", meeting_id=desk.meeting().row_id))
    assert (found.sector, found.held_on) == ("SOUTH", NEXT_WEEK)


def test_arranging_it_again_changes_nothing(desk: Desk) -> None:
    number = desk.meeting().row_id
    desk.do(arrange_next_meeting, "ppu", meeting_id=number)
    assert desk.is_idle(arrange_next_meeting, "ppu", meeting_id=number)


@pytest.mark.parametrize("who", ["other_inspector", "analyst", "housing", "auditor", "operator"])
def test_role_or_sector_without_the_right_is_refused(desk: Desk, who: str) -> None:
    assert desk.is_refused(arrange_next_meeting, who, meeting_id=desk.meeting().row_id)


def test_the_next_meeting_is_later(desk: Desk) -> None:
    number = desk.meeting().row_id
    with pytest.raises(PartnershipError, match="later day"):
        desk.do(arrange_next_meeting, "ppu", meeting_id=number, days=0)
