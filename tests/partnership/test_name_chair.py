"""Naming the chair."""

from __future__ import annotations

from typing import Any

import pytest

from partnership.attendance import name_chair
from partnership.errors import PartnershipError
from partnership.meetings import close_meeting
from tests.partnership.agenda_builders import record
from tests.partnership.builders import Desk

ASKED: dict[str, Any] = {"chair_name": "Sgt Mills", "seen_version": 2}


def begun(desk: Desk) -> int:
    number = desk.meeting().row_id
    assert number is not None
    return number


def test_the_chair_is_in_the_record(desk: Desk) -> None:
    meeting = desk.meeting()
    desk.do(name_chair, "officer", meeting_id=meeting.row_id, **ASKED)
    assert record(desk, meeting).chair_name == "Sgt Mills"


def test_somebody_has_to_be_named(desk: Desk) -> None:
    number = begun(desk)
    with pytest.raises(PartnershipError, match="chair"):
        desk.do(name_chair, "ppu", meeting_id=number, chair_name=" ", seen_version=2)


@pytest.mark.parametrize("who", ["other_inspector", "analyst", "housing", "auditor", "operator"])
def test_role_or_sector_without_the_right_is_refused(desk: Desk, who: str) -> None:
    assert desk.is_refused(name_chair, who, meeting_id=begun(desk), **ASKED)


def test_saving_the_same_again_changes_nothing(desk: Desk) -> None:
    number = begun(desk)
    desk.do(name_chair, "ppu", meeting_id=number, **ASKED)
    assert desk.is_idle(name_chair, "ppu", meeting_id=number, **ASKED)


def test_a_closed_meeting_stays_as_it_is(desk: Desk) -> None:
    number = begun(desk)
    desk.do(close_meeting, "ppu", meeting_id=number, seen_version=2)
    with pytest.raises(PartnershipError, match="closed"):
        desk.do(name_chair, "ppu", meeting_id=number, **{**ASKED, "seen_version": 3})


def test_the_second_of_two_saves_is_told_who_was_first(desk: Desk) -> None:
    number = begun(desk)
    desk.do(name_chair, "officer", meeting_id=number, **ASKED)
    other = {**ASKED, "chair_name": "Insp. Rao"}
    assert desk.stale(name_chair, "ppu", meeting_id=number, **other).first_by == "Officer"
