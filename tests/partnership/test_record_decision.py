"""Recording what a meeting decides."""

from __future__ import annotations

from typing import Any

import pytest

from partnership.errors import PartnershipError
from partnership.meetings import record_decision
from partnership.reading import meetings_for
from partnership.vocabulary import DecisionKind
from tests.partnership.builders import GEOGRAPHY, Desk

ASKED: dict[str, Any] = {"what": DecisionKind.REFER, "reason": "High risk: to MARAC.", "seen_version": 0}


def test_the_decision_is_in_the_minutes(desk: Desk) -> None:
    meeting, case = desk.meeting(), desk.case()
    desk.do(record_decision, "inspector", meeting_id=meeting.row_id, reference=case.reference, **ASKED)
    (read,) = desk.ask(meetings_for, "officer", GEOGRAPHY)
    assert [(line.what, line.reason, line.recorded_by) for line in read.decisions] == [
        (DecisionKind.REFER, "High risk: to MARAC.", "Inspector")
    ]


@pytest.mark.parametrize("who", ["other_inspector", "other_officer", "analyst", "housing", "auditor", "operator"])
def test_role_area_or_agency_without_the_right_is_refused(desk: Desk, who: str) -> None:
    meeting, case = desk.meeting(), desk.case()
    desk.share(case)
    assert desk.is_refused(record_decision, who, meeting_id=meeting.row_id, reference=case.reference, **ASKED)


def test_recording_the_same_again_changes_nothing(desk: Desk) -> None:
    meeting, case = desk.meeting(), desk.case()
    desk.do(record_decision, "ppu", meeting_id=meeting.row_id, reference=case.reference, **ASKED)
    assert desk.is_idle(record_decision, "ppu", meeting_id=meeting.row_id, reference=case.reference, **ASKED)


def test_the_second_of_two_decisions_is_told_who_was_first(desk: Desk) -> None:
    meeting, case = desk.meeting(), desk.case()
    desk.do(record_decision, "officer", meeting_id=meeting.row_id, reference=case.reference, **ASKED)
    other = {**ASKED, "what": DecisionKind.OPEN_PLAN}
    refused = desk.stale(record_decision, "ppu", meeting_id=meeting.row_id, reference=case.reference, **other)
    assert (refused.first_by, refused.theirs["what"], refused.yours["what"]) == ("Officer", "refer", "open_plan")


def test_a_decision_can_be_corrected_while_the_meeting_is_open(desk: Desk) -> None:
    meeting, case = desk.meeting(), desk.case()
    desk.do(record_decision, "ppu", meeting_id=meeting.row_id, reference=case.reference, **ASKED)
    other = {"what": DecisionKind.OPEN_PLAN, "reason": None, "seen_version": 1}
    desk.do(record_decision, "ppu", meeting_id=meeting.row_id, reference=case.reference, **other)
    assert desk.ask(meetings_for, "ppu", GEOGRAPHY)[0].decisions[0].what is DecisionKind.OPEN_PLAN


@pytest.mark.parametrize("what", [DecisionKind.NO_ACTION, DecisionKind.REFER, DecisionKind.CLOSE_PLAN])
def test_doing_nothing_referring_and_closing_need_a_reason(desk: Desk, what: DecisionKind) -> None:
    meeting, case = desk.meeting(), desk.case()
    asked = {"what": what, "reason": None, "seen_version": 0}
    with pytest.raises(PartnershipError, match="reason"):
        desk.do(record_decision, "ppu", meeting_id=meeting.row_id, reference=case.reference, **asked)


def test_a_case_of_another_sector_is_for_that_sectors_meeting(desk: Desk) -> None:
    meeting, case = desk.meeting("NORTH"), desk.case()
    with pytest.raises(PartnershipError, match="another sector"):
        desk.do(record_decision, "ppu", meeting_id=meeting.row_id, reference=case.reference, **ASKED)


def test_only_an_open_plan_is_continued(desk: Desk) -> None:
    meeting, case = desk.meeting(), desk.case()
    asked = {"reference": case.reference, "what": DecisionKind.CONTINUE_PLAN, "reason": None, "seen_version": 0}
    with pytest.raises(PartnershipError, match="no open plan"):
        desk.do(record_decision, "ppu", meeting_id=meeting.row_id, **asked)
    desk.plan(case)
    assert desk.do(record_decision, "ppu", meeting_id=meeting.row_id, **asked).is_changed
