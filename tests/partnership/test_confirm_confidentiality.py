"""Confirming the confidentiality statement."""

from __future__ import annotations

from typing import Any

import pytest

from partnership.attendance import confirm_confidentiality, name_chair
from partnership.errors import PartnershipError
from partnership.meetings import arrange_meeting, close_meeting
from partnership.minutes import write_notes
from tests.partnership.agenda_builders import record
from tests.partnership.builders import NEXT_WEEK, NOW, Desk

ASKED: dict[str, Any] = {"seen_version": 2}


def begun(desk: Desk) -> int:
    number = desk.meeting().row_id
    assert number is not None
    return number


def test_the_record_says_when(desk: Desk) -> None:
    meeting = desk.meeting()
    desk.do(confirm_confidentiality, "officer", meeting_id=meeting.row_id, **ASKED)
    assert record(desk, meeting).confidentiality_confirmed_at == NOW


def test_nobody_has_heard_it_before_the_meeting_begins(desk: Desk) -> None:
    meeting = desk.do(arrange_meeting, "ppu", sector="SOUTH", held_on=NEXT_WEEK)
    with pytest.raises(PartnershipError, match="not begun"):
        desk.do(confirm_confidentiality, "ppu", meeting_id=meeting.row_id, seen_version=1)


@pytest.mark.parametrize("who", ["other_inspector", "analyst", "housing", "auditor", "operator"])
def test_role_or_sector_without_the_right_is_refused(desk: Desk, who: str) -> None:
    assert desk.is_refused(confirm_confidentiality, who, meeting_id=begun(desk), **ASKED)


def test_saving_the_same_again_changes_nothing(desk: Desk) -> None:
    number = begun(desk)
    desk.do(confirm_confidentiality, "ppu", meeting_id=number, **ASKED)
    assert desk.is_idle(confirm_confidentiality, "ppu", meeting_id=number, **ASKED)


def test_a_closed_meeting_stays_as_it_is(desk: Desk) -> None:
    number = begun(desk)
    desk.do(close_meeting, "ppu", meeting_id=number, seen_version=2)
    with pytest.raises(PartnershipError, match="closed"):
        desk.do(confirm_confidentiality, "ppu", meeting_id=number, **{**ASKED, "seen_version": 3})


def test_what_somebody_wrote_into_another_field_meanwhile_is_no_clash(desk: Desk) -> None:
    number = begun(desk)
    desk.do(name_chair, "ppu", meeting_id=number, chair_name="Insp. Rao", seen_version=2)
    assert desk.do(confirm_confidentiality, "officer", meeting_id=number, seen_version=2).is_changed
    assert desk.do(write_notes, "inspector", meeting_id=number, notes="Fire service.", seen_version=2).is_changed
