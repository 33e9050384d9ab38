"""The action-tracking form."""

from __future__ import annotations

from dataclasses import astuple
from datetime import UTC, date, datetime
from typing import Any

from partnership.action_tracking import HEADINGS, action_tracking
from partnership.actions import carry_forward, mark_not_done
from partnership.agency_edition import agency_edition
from partnership.vocabulary import NotDoneBecause, ShareLevel
from tests.partnership.agenda_builders import drawn, fact, record, reference
from tests.partnership.builders import NEXT_WEEK, TODAY, Desk

SHOWN: dict[str, Any] = {"agencies": {"HOUSING": "Housing"}, "timezone": "Europe/London"}


def test_an_action_fills_the_columns_of_the_form(desk: Desk) -> None:
    meeting = drawn(desk)
    action = desk.action(desk.plan(desk.case()), meeting_id=meeting.row_id)
    carried = {"due_on": date(2013, 12, 16), "because": NotDoneBecause.AGENCY_DID_NOT}
    desk.do(carry_forward, "ppu", action_id=action.row_id, seen_version=1, **carried)
    why = {"which": NotDoneBecause.CIRCUMSTANCES_CHANGED, "note": "She moved."}
    reported = datetime(2013, 12, 12, 9, tzinfo=UTC)
    desk.do(mark_not_done, "ppu", action_id=action.row_id, seen_version=2, at=reported, **why)
    (row,) = action_tracking(record(desk, meeting), names={reference(desk): "Ann Example"}, **SHOWN)
    assert len(HEADINGS) == 7
    assert astuple(row) == (
        TODAY,
        reference(desk),
        "Ann Example",
        "Change the locks.",
        "Housing/J. Doe",
        date(2013, 12, 12),
        "Not completed: circumstances changed (carried forward once)",
    )


def test_the_days_are_the_forces_own(desk: Desk) -> None:
    late = datetime(2013, 7, 1, 23, 30, tzinfo=UTC)
    desk.action(at=late)
    (row,) = action_tracking(record(desk, desk.meeting(held_on=NEXT_WEEK)), names={}, **SHOWN)
    assert row.marac_date == date(2013, 7, 2)


def test_an_agencys_form_has_its_own_actions_of_shared_cases_alone(desk: Desk) -> None:
    meeting = drawn(desk, fact("P-1"), fact("P-2"))
    for person in ("P-1", "P-2"):
        plan = desk.plan(desk.case(person))
        desk.action(plan)
        desk.action(plan, owner_agency="HEALTH", what="Ring her.")
    desk.share(desk.case("P-1"), "HOUSING", ShareLevel.CASE)
    edition = agency_edition(record(desk, meeting), "HOUSING")
    rows = action_tracking(edition, names={}, **SHOWN)
    assert [(row.case_number, row.action) for row in rows] == [(reference(desk, "P-1"), "Change the locks.")]
