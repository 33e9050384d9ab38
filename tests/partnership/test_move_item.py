"""The agenda in another order."""

from __future__ import annotations

import math

import pytest

from partnership.agenda_items import add_item, drop_item, move_item
from partnership.changes import Saved
from partnership.errors import NoSuchRecord, PartnershipError
from partnership.models import AgendaItem
from tests.partnership.agenda_builders import drawn, fact, item, record, reference
from tests.partnership.builders import Desk

PEOPLE = ("P-1", "P-2", "P-3")


def three(desk: Desk) -> Saved:
    return drawn(desk, *(fact(person, place) for place, person in enumerate(PEOPLE, start=1)))


def number(desk: Desk, meeting: Saved, person: str) -> int | None:
    return item(desk, meeting, person).item_id


def order(desk: Desk, meeting: Saved) -> list[str]:
    return [case.person_id[-1] for case in record(desk, meeting).agenda]


@pytest.mark.parametrize(
    ("moved", "before", "expected"), [("P-3", "P-1", "312"), ("P-1", "P-3", "213"), ("P-1", None, "231")]
)
def test_a_case_is_put_before_another_or_last(desk: Desk, moved: str, before: str | None, expected: str) -> None:
    meeting = three(desk)
    target = None if before is None else number(desk, meeting, before)
    asked = {"item_id": number(desk, meeting, moved), "before_item_id": target, "seen_version": 1}
    desk.do(move_item, "officer", **asked)
    assert order(desk, meeting) == list(expected)


def test_where_the_numbers_leave_no_room_the_order_asked_for_is_kept(desk: Desk) -> None:
    meeting = three(desk)
    with desk.database.write() as session:
        for person, place in (("P-1", 1.0), ("P-2", math.nextafter(1.0, 2.0))):
            session.get_one(AgendaItem, number(desk, meeting, person)).place = place
    asked = {"item_id": number(desk, meeting, "P-3"), "before_item_id": number(desk, meeting, "P-2"), "seen_version": 1}
    desk.do(move_item, "ppu", **asked)
    assert order(desk, meeting) == ["1", "3", "2"]


@pytest.mark.parametrize("who", ["other_inspector", "other_officer", "analyst", "housing", "auditor", "operator"])
def test_role_area_or_agency_without_the_right_is_refused(desk: Desk, who: str) -> None:
    meeting = three(desk)
    asked = {"item_id": number(desk, meeting, "P-1"), "before_item_id": None, "seen_version": 1}
    assert desk.is_refused(move_item, who, **asked)


def test_staying_in_its_place_changes_nothing(desk: Desk) -> None:
    meeting = three(desk)
    asked = {"item_id": number(desk, meeting, "P-3"), "before_item_id": None, "seen_version": 1}
    assert desk.is_idle(move_item, "ppu", **asked)


def test_the_second_of_two_moves_is_told_who_was_first(desk: Desk) -> None:
    meeting = three(desk)
    again = {"reference": reference(desk, "P-1"), "reason": "Urgent.", "seen_version": 1}
    desk.do(add_item, "officer", meeting_id=meeting.row_id, **again)
    asked = {"item_id": number(desk, meeting, "P-1"), "before_item_id": None, "seen_version": 1}
    assert desk.stale(move_item, "ppu", **asked).first_by == "Officer"


def test_a_case_moves_only_before_one_of_the_same_agenda(desk: Desk) -> None:
    meeting = three(desk)
    asked = {"item_id": number(desk, meeting, "P-1"), "before_item_id": 999, "seen_version": 1}
    with pytest.raises(NoSuchRecord):
        desk.do(move_item, "ppu", **asked)


def test_a_dropped_case_has_no_place(desk: Desk) -> None:
    meeting = three(desk)
    target = number(desk, meeting, "P-1")
    desk.do(drop_item, "ppu", item_id=target, reason="Moved away.", seen_version=1)
    with pytest.raises(PartnershipError, match="not on the agenda"):
        desk.do(move_item, "ppu", item_id=target, before_item_id=None, seen_version=2)
