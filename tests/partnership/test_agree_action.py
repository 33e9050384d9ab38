"""Agreeing an action."""

from __future__ import annotations

from datetime import date

import pytest

from partnership.actions import agree_action, complete_action
from partnership.errors import PartnershipError
from partnership.meetings import arrange_meeting
from partnership.reading import plan_board, plans_for
from tests.partnership.builders import ACTION, GEOGRAPHY, Desk


@pytest.mark.parametrize("who", ["inspector", "officer", "ppu"])
def test_police_agree_what_who_and_by_when(desk: Desk, who: str) -> None:
    desk.do(agree_action, who, plan_id=desk.plan().row_id, **ACTION)
    (line,) = desk.ask(plan_board, who, GEOGRAPHY)
    assert (line.what, line.owner_agency, line.owner_name, line.due_on) == tuple(ACTION.values())


@pytest.mark.parametrize("who", ["analyst", "auditor", "operator", "other_inspector", "other_officer", "housing"])
def test_role_area_or_agency_without_the_right_is_refused(desk: Desk, who: str) -> None:
    case = desk.case()
    desk.share(case)
    assert desk.is_refused(agree_action, who, plan_id=desk.plan(case).row_id, **ACTION)


def test_agreeing_the_same_again_changes_nothing(desk: Desk) -> None:
    plan = desk.plan()
    desk.action(plan)
    assert desk.is_idle(agree_action, "ppu", plan_id=plan.row_id, **ACTION)


def test_the_same_may_be_agreed_anew_once_it_was_done(desk: Desk) -> None:
    plan = desk.plan()
    action = desk.action(plan)
    desk.do(complete_action, "ppu", action_id=action.row_id, seen_version=1)
    assert desk.action(plan).row_id != action.row_id


def test_a_day_in_the_past_is_refused(desk: Desk) -> None:
    plan = desk.plan()
    with pytest.raises(PartnershipError, match="past"):
        desk.action(plan, due_on=date(2013, 12, 1))


def test_an_agency_that_is_none_is_refused(desk: Desk) -> None:
    plan = desk.plan()
    with pytest.raises(PartnershipError, match="no agency"):
        desk.action(plan, owner_agency="NONE")


def test_the_kind_and_the_meeting_it_was_agreed_in_are_kept(desk: Desk) -> None:
    meeting = desk.meeting()
    desk.action(kind="sanctuary_scheme", meeting_id=meeting.row_id)
    (plan,) = desk.ask(plans_for, "ppu", GEOGRAPHY)
    assert [(one.kind, one.meeting_id) for one in plan.actions] == [("sanctuary_scheme", meeting.row_id)]


@pytest.mark.parametrize(("kind", "what"), [("dogs", "Change the locks."), ("housing", "housing")])
def test_a_kind_is_on_the_list_and_does_not_stand_for_the_action(desk: Desk, kind: str, what: str) -> None:
    plan = desk.plan()
    with pytest.raises(PartnershipError, match="kind"):
        desk.action(plan, kind=kind, what=what)


def test_an_action_is_agreed_in_an_open_meeting_of_its_sector(desk: Desk) -> None:
    plan = desk.plan()
    draft = desk.do(arrange_meeting, "ppu", sector="SOUTH", held_on=date(2013, 12, 9))
    with pytest.raises(PartnershipError, match="not open"):
        desk.action(plan, meeting_id=draft.row_id)
    with pytest.raises(PartnershipError, match="another sector"):
        desk.action(plan, meeting_id=desk.meeting("NORTH").row_id)
