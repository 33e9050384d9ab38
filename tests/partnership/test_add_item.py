"""A case on the agenda because the chair says so."""

from __future__ import annotations

from typing import Any

import pytest

from partnership.agenda_items import add_item, drop_item
from partnership.errors import PartnershipError
from partnership.meetings import close_meeting
from partnership.vocabulary import AgendaState
from tests.partnership.agenda_builders import drawn, fact, item, record
from tests.partnership.builders import Desk

ASKED: dict[str, Any] = {"reason": "Health asked for it.", "seen_version": 0}


def test_the_case_stands_last_with_the_chairs_reason(desk: Desk) -> None:
    meeting = drawn(desk)
    desk.do(add_item, "officer", meeting_id=meeting.row_id, reference=desk.case("P-7").reference, **ASKED)
    last = record(desk, meeting).agenda[-1]
    assert (last.person_id, last.reasons) == ("P-7", ("Health asked for it.",))


def test_a_dropped_case_comes_back(desk: Desk) -> None:
    meeting = drawn(desk)
    found = item(desk, meeting)
    desk.do(drop_item, "ppu", item_id=found.item_id, reason="A mistake.", seen_version=1)
    rest = {"reference": found.reference, "reason": "Not a mistake.", "seen_version": 2}
    desk.do(add_item, "ppu", meeting_id=meeting.row_id, **rest)
    back = item(desk, meeting)
    assert (back.state, back.state_reason) == (AgendaState.LISTED, None)
    assert back.reasons == ("In a top ten and no plan", "Not a mistake.")


@pytest.mark.parametrize("who", ["other_inspector", "other_officer", "analyst", "housing", "auditor", "operator"])
def test_role_area_or_agency_without_the_right_is_refused(desk: Desk, who: str) -> None:
    meeting, case = desk.meeting(), desk.case()
    desk.share(case)
    assert desk.is_refused(add_item, who, meeting_id=meeting.row_id, reference=case.reference, **ASKED)


def test_saving_the_same_again_changes_nothing(desk: Desk) -> None:
    meeting, case = desk.meeting(), desk.case()
    desk.do(add_item, "ppu", meeting_id=meeting.row_id, reference=case.reference, **ASKED)
    assert desk.is_idle(add_item, "ppu", meeting_id=meeting.row_id, reference=case.reference, **ASKED)


def test_the_second_of_two_saves_is_told_who_was_first(desk: Desk) -> None:
    meeting, case = desk.meeting(), desk.case()
    desk.do(add_item, "officer", meeting_id=meeting.row_id, reference=case.reference, **ASKED)
    other = {**ASKED, "reason": "Housing asked for it."}
    refused = desk.stale(add_item, "ppu", meeting_id=meeting.row_id, reference=case.reference, **other)
    assert (refused.theirs["added_because"], refused.yours["added_because"]) == (
        "Health asked for it.",
        "Housing asked for it.",
    )


def test_a_case_of_another_sector_is_for_that_sectors_meeting(desk: Desk) -> None:
    meeting, case = desk.meeting("NORTH"), desk.case()
    with pytest.raises(PartnershipError, match="another sector"):
        desk.do(add_item, "ppu", meeting_id=meeting.row_id, reference=case.reference, **ASKED)


def test_adding_needs_a_reason(desk: Desk) -> None:
    meeting, case = desk.meeting(), desk.case()
    rest = {"reference": case.reference, "reason": "", "seen_version": 0}
    with pytest.raises(PartnershipError, match="reason"):
        desk.do(add_item, "ppu", meeting_id=meeting.row_id, **rest)


def test_a_closed_meetings_agenda_stays_as_it_is(desk: Desk) -> None:
    meeting, case = desk.meeting(), desk.case()
    desk.do(close_meeting, "ppu", meeting_id=meeting.row_id, seen_version=2)
    with pytest.raises(PartnershipError, match="closed"):
        desk.do(add_item, "ppu", meeting_id=meeting.row_id, reference=case.reference, **ASKED)


def test_a_case_only_on_the_books_is_one_click_away(desk: Desk) -> None:
    meeting = drawn(desk, fact("P-2"))
    desk.plan(desk.case("P-7"))
    assert [case.person_id for case in record(desk, meeting).whole_list] == ["P-7"]
