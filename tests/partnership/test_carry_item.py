"""A case left for next week."""

from __future__ import annotations

from typing import Any

import pytest

from partnership.agenda_items import add_item, carry_item
from partnership.errors import PartnershipError
from partnership.meetings import close_meeting
from partnership.vocabulary import AgendaState
from tests.partnership.agenda_builders import drawn, fact, item, reference
from tests.partnership.builders import Desk

ASKED: dict[str, Any] = {"reason": "MARAC hears it on Thursday.", "seen_version": 1}


def an_item(desk: Desk) -> int:
    number = item(desk, drawn(desk, fact(position=None, moved_from="Brook End"))).item_id
    assert number is not None
    return number


def test_the_record_says_so_and_why(desk: Desk) -> None:
    meeting = drawn(desk)
    desk.do(carry_item, "officer", item_id=item(desk, meeting).item_id, **ASKED)
    found = item(desk, meeting)
    assert (found.state, found.state_reason) == (AgendaState.CARRIED, "MARAC hears it on Thursday.")


@pytest.mark.parametrize("who", ["other_inspector", "other_officer", "analyst", "housing", "auditor", "operator"])
def test_role_area_or_agency_without_the_right_is_refused(desk: Desk, who: str) -> None:
    assert desk.is_refused(carry_item, who, item_id=an_item(desk), **ASKED)


def test_an_item_that_does_not_exist_is_refused_alike(desk: Desk) -> None:
    assert desk.is_refused(carry_item, "ppu", item_id=999, **ASKED)


def test_saving_the_same_again_changes_nothing(desk: Desk) -> None:
    number = an_item(desk)
    desk.do(carry_item, "ppu", item_id=number, **ASKED)
    assert desk.is_idle(carry_item, "ppu", item_id=number, **ASKED)


def test_the_second_of_two_saves_is_told_who_was_first(desk: Desk) -> None:
    meeting = drawn(desk)
    again = {"reference": reference(desk), "reason": "Urgent.", "seen_version": 1}
    desk.do(add_item, "officer", meeting_id=meeting.row_id, **again)
    assert desk.stale(carry_item, "ppu", item_id=item(desk, meeting).item_id, **ASKED).first_by == "Officer"


def test_a_closed_meetings_agenda_stays_as_it_is(desk: Desk) -> None:
    meeting = drawn(desk, fact(position=None, moved_from="Brook End"))
    desk.do(close_meeting, "ppu", meeting_id=meeting.row_id, seen_version=2)
    with pytest.raises(PartnershipError, match="closed"):
        desk.do(carry_item, "ppu", item_id=item(desk, meeting).item_id, **ASKED)
