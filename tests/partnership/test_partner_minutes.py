"""What an agency reads of the meetings it sat at."""

from __future__ import annotations

from typing import Any

import pytest

from partnership.agency_edition import AgencyRecord
from partnership.attendance import record_attendance
from partnership.changes import Saved
from partnership.errors import NoSuchRecord
from partnership.meetings import close_meeting
from partnership.partner_minutes import meetings_attended, minutes_for
from partnership.vocabulary import DecisionKind, Presence
from tests.partnership.agenda_builders import decide, drawn, fact
from tests.partnership.builders import GEOGRAPHY, TODAY, Desk


def held(desk: Desk, presence: Presence = Presence.PRESENT, *, is_closed: bool = True) -> Saved:
    """A meeting on two cases, the first shared with Housing, whose member was there."""
    meeting = drawn(desk, fact("P-1", 1), fact("P-2", 2))
    for person in ("P-1", "P-2"):
        decide(desk, meeting, person, DecisionKind.REFER)
    desk.share(desk.case("P-1"))
    said: dict[str, Any] = {"agency": "HOUSING", "name": "J. Doe", "presence": presence, "seen_version": 0}
    desk.do(record_attendance, "ppu", meeting_id=meeting.row_id, **said)
    if is_closed:
        desk.do(close_meeting, "ppu", meeting_id=meeting.row_id, seen_version=meeting.version)
    return meeting


def read(desk: Desk, meeting: Saved, who: str = "housing") -> AgencyRecord:
    found: AgencyRecord = desk.ask(minutes_for, who, meeting.row_id, GEOGRAPHY)
    return found


def test_the_agency_reads_its_edition_of_a_meeting_it_sat_at(desk: Desk) -> None:
    meeting = held(desk)
    (listed,) = desk.ask(meetings_attended, "housing")
    assert (listed.meeting_id, listed.sector, listed.held_on) == (meeting.row_id, "SOUTH", TODAY)
    found = read(desk, meeting)
    assert [case.decision for case in found.every_case] == [DecisionKind.REFER]
    assert [line.name for line in found.attendance] == ["J. Doe"]
    said = repr(found)
    for case in found.every_case:  # whose reference is random letters, digits and hyphens
        said = said.replace(case.reference, "")
    assert "P-" not in said and "Seen by IDVA" not in said


@pytest.mark.parametrize("presence", [Presence.APOLOGIES, Presence.ABSENT])
def test_who_was_not_there_reads_nothing(desk: Desk, presence: Presence) -> None:
    meeting = held(desk, presence)
    assert desk.ask(meetings_attended, "housing") == ()
    with pytest.raises(NoSuchRecord):
        read(desk, meeting)


def test_nothing_is_read_before_the_meeting_is_closed(desk: Desk) -> None:
    meeting = held(desk, is_closed=False)
    assert desk.ask(meetings_attended, "housing") == ()
    with pytest.raises(NoSuchRecord):
        read(desk, meeting)


@pytest.mark.parametrize("who", ["health", "ppu", "inspector", "auditor", "operator"])
def test_another_agency_and_everybody_else_is_refused(desk: Desk, who: str) -> None:
    meeting = held(desk)
    assert desk.ask(meetings_attended, who) == ()
    with pytest.raises(NoSuchRecord):
        read(desk, meeting, who)
