"""What there is to know of a meeting, and that a closed one stays as it was."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from partnership.actions import carry_forward, change_action, complete_action
from partnership.cases import change_owning_neighbourhood, restrict_case
from partnership.changes import Saved
from partnership.errors import NoSuchRecord
from partnership.joining import follow_merge
from partnership.meeting_reading import meeting_record, record_for_pack
from partnership.meeting_record import MeetingRecord
from partnership.meetings import close_meeting
from partnership.plans import change_plan
from partnership.vocabulary import ActionState, DecisionKind
from tests.partnership.agenda_builders import decide, drawn, fact, item, record, reference
from tests.partnership.builders import CHANGED, GEOGRAPHY, LATER, NEXT_WEEK, TODAY, Desk


def close(desk: Desk, meeting: Saved) -> None:
    desk.do(close_meeting, "ppu", meeting_id=meeting.row_id, seen_version=2)


def planned(desk: Desk) -> tuple[Saved, Saved, Saved]:
    """An open meeting, a plan and an action agreed in it."""
    meeting = drawn(desk)
    plan = desk.plan(desk.case())
    return meeting, plan, desk.action(plan, meeting_id=meeting.row_id)


def test_a_case_has_its_decision_its_plan_and_its_actions(desk: Desk) -> None:
    meeting, _, _ = planned(desk)
    decide(desk, meeting, what=DecisionKind.CONTINUE_PLAN)
    found = item(desk, meeting)
    assert found.decision is not None
    assert found.plan is not None
    assert (found.decision.what, found.plan.objective) == (DecisionKind.CONTINUE_PLAN, "She is safe at home.")
    assert [(one.action.what, one.agreed_in) for one in found.actions] == [("Change the locks.", TODAY)]


def test_last_weeks_actions_come_with_their_status(desk: Desk) -> None:
    first, _, action = planned(desk)
    close(desk, first)
    desk.do(complete_action, "ppu", action_id=action.row_id, seen_version=1, at=LATER)
    second = drawn(desk, fact(), held_on=NEXT_WEEK)
    assert [one.action.status for one in item(desk, second).actions] == [ActionState.DONE]


def test_what_was_reported_before_the_last_meeting_closed_is_not_told_again(desk: Desk) -> None:
    first, _, action = planned(desk)
    desk.do(complete_action, "ppu", action_id=action.row_id, seen_version=1)
    desk.do(close_meeting, "ppu", meeting_id=first.row_id, seen_version=2, at=LATER)
    second = drawn(desk, fact(), held_on=NEXT_WEEK)
    assert item(desk, second).actions == ()


def test_a_closed_record_stays_whatever_happens_to_actions_plans_and_areas(desk: Desk) -> None:
    meeting, plan, action = planned(desk)
    close(desk, meeting)
    before = record(desk, meeting)
    other = {"what": "Fit a camera.", "owner_agency": "HEALTH", "owner_name": "A. Roy"}
    desk.do(change_action, "ppu", action_id=action.row_id, seen_version=1, **other)
    desk.do(carry_forward, "ppu", action_id=action.row_id, seen_version=2, due_on=date(2013, 12, 16))
    desk.do(complete_action, "ppu", action_id=action.row_id, seen_version=3, note="Fitted.")
    desk.do(change_plan, "ppu", plan_id=plan.row_id, seen_version=1, **CHANGED)
    desk.action(plan, what="Ring her.")
    desk.plan(desk.case("P-8"))
    moved = {"neighbourhood": "BROOK", "reason": "Moved.", "seen_version": 1}
    desk.do(change_owning_neighbourhood, "ppu", reference=reference(desk), **moved)
    assert without_versions(record(desk, meeting)) == without_versions(before)


def without_versions(found: MeetingRecord) -> list[object]:
    """What a reader sees of the cases; versions are for the next save."""
    return [
        replace(
            case,
            plan=None if case.plan is None else replace(case.plan, version=0, actions=()),
            actions=tuple(replace(one, action=replace(one.action, version=0)) for one in case.actions),
        )
        for case in found.every_case
    ]


def test_a_decision_on_a_case_that_was_never_on_the_agenda_is_in_the_record(desk: Desk) -> None:
    meeting = desk.meeting()
    desk.case()
    decide(desk, meeting)
    (only,) = record(desk, meeting).on_the_books
    assert only.decision is not None


def test_an_action_ended_with_its_plan_since_the_last_meeting_is_still_told(desk: Desk) -> None:
    meeting = desk.meeting()
    plan = desk.plan()
    action = desk.action(plan)
    desk.do(complete_action, "ppu", action_id=action.row_id, seen_version=1)
    desk.close(plan)
    (only,) = record(desk, meeting).on_the_books
    assert [one.action.status for one in only.actions] == [ActionState.DONE]


def test_a_case_joined_since_is_read_with_the_one_that_stands(desk: Desk) -> None:
    meeting = drawn(desk, fact("P-1"), fact("P-2"))
    decide(desk, meeting, "P-2")
    desk.do(follow_merge, "operator", older="P-1", younger="P-2")
    (only,) = record(desk, meeting).every_case
    assert (only.person_id, only.decision is not None) == ("P-1", True)


def test_a_restricted_case_is_not_in_an_officers_record(desk: Desk) -> None:
    meeting = drawn(desk)
    restricted = {"reason": "Family on the force.", "seen_version": 1}
    desk.do(restrict_case, "ppu", reference=reference(desk), **restricted)
    assert record(desk, meeting, "officer").every_case == ()
    assert len(record(desk, meeting, "inspector").every_case) == 1


@pytest.mark.parametrize("who", ["other_inspector", "housing", "auditor", "operator"])
def test_role_or_sector_without_the_right_is_refused(desk: Desk, who: str) -> None:
    meeting = drawn(desk)
    with pytest.raises(NoSuchRecord):
        desk.ask(meeting_record, who, meeting.row_id, GEOGRAPHY)


def test_a_meeting_that_does_not_exist_is_refused_alike(desk: Desk) -> None:
    with pytest.raises(NoSuchRecord):
        desk.ask(meeting_record, "ppu", 999, GEOGRAPHY)


def test_the_command_line_makes_the_pack_of_the_whole_meeting(desk: Desk) -> None:
    meeting = drawn(desk)
    restricted = {"reason": "Family on the force.", "seen_version": 1}
    desk.do(restrict_case, "ppu", reference=reference(desk), **restricted)
    found = desk.ask(record_for_pack, "operator", meeting.row_id, GEOGRAPHY)
    assert found == record(desk, meeting, "ppu")


@pytest.mark.parametrize("who", ["ppu", "inspector", "officer", "analyst", "housing", "auditor"])
def test_nobody_reads_past_their_own_scope_by_asking_for_the_pack(desk: Desk, who: str) -> None:
    meeting = drawn(desk)
    with pytest.raises(NoSuchRecord):
        desk.ask(record_for_pack, who, meeting.row_id, GEOGRAPHY)
