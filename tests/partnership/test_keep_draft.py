"""What is typed and not saved."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest

from partnership.actions import agree_action
from partnership.changes import Saved
from partnership.drafts import DraftView, drafts_of, keep_draft
from partnership.meetings import record_decision
from partnership.minutes import write_notes
from partnership.vocabulary import DecisionKind, DraftField
from tests.partnership.builders import ACTION, GEOGRAPHY, LATER, NOW, Desk


def keep(desk: Desk, meeting: Saved, case: Saved | None, text: str, who: str = "ppu", **rest: Any) -> None:
    reference = None if case is None else case.reference
    asked = {"field": DraftField.DECISION_REASON, "text": text, "kept_days": 14, **rest}
    desk.do(keep_draft, who, meeting_id=meeting.row_id, reference=reference, **asked)


def texts(desk: Desk, meeting: Saved, who: str = "ppu") -> list[str]:
    return [draft.text for draft in offered(desk, meeting, who)]


def offered(desk: Desk, meeting: Saved, who: str = "ppu", *, since: datetime = NOW) -> tuple[DraftView, ...]:
    with desk.database.read() as session:
        return drafts_of(session, desk.actor(who), int(meeting.row_id or 0), GEOGRAPHY, kept_since=since)


def test_what_was_typed_last_is_offered_again(desk: Desk) -> None:
    meeting, case = desk.meeting(), desk.case()
    keep(desk, meeting, case, "Refer to")
    keep(desk, meeting, case, "Refer to MARAC", at=LATER)
    (draft,) = offered(desk, meeting)
    assert (draft.reference, draft.text, draft.kept_at) == (case.reference, "Refer to MARAC", LATER)


def test_a_draft_kept_too_long_is_offered_no_more(desk: Desk) -> None:
    meeting = desk.meeting()
    keep(desk, meeting, None, "Old.")
    assert offered(desk, meeting, since=LATER) == ()


def test_whoever_keeps_a_draft_sweeps_away_those_kept_too_long(desk: Desk) -> None:
    meeting, case = desk.meeting(), desk.case()
    keep(desk, meeting, case, "Two weeks old.", who="inspector")
    keep(desk, meeting, None, "New.", at=NOW + timedelta(days=14, minutes=1))
    assert [row[5] for row in desk.everything()["drafts"]] == ["New."]


def test_a_draft_is_its_writers_alone(desk: Desk) -> None:
    meeting, case = desk.meeting(), desk.case()
    keep(desk, meeting, case, "Mine.")
    keep(desk, meeting, case, "Yours.", who="inspector")
    assert (texts(desk, meeting), texts(desk, meeting, "inspector")) == (["Mine."], ["Yours."])


def test_an_emptied_field_has_no_draft(desk: Desk) -> None:
    meeting, case = desk.meeting(), desk.case()
    keep(desk, meeting, case, "Hm.")
    keep(desk, meeting, case, " ")
    assert texts(desk, meeting) == []


def test_a_saved_decision_takes_its_draft_away_and_leaves_the_others(desk: Desk) -> None:
    meeting, case = desk.meeting(), desk.case()
    keep(desk, meeting, case, "Refer to MARAC")
    keep(desk, meeting, case, "Change", field=DraftField.ACTION_WHAT)
    keep(desk, meeting, desk.case("P-2"), "Another case")
    keep(desk, meeting, case, "The inspector's", who="inspector")
    asked = {"what": DecisionKind.REFER, "reason": "Refer to MARAC.", "seen_version": 0}
    desk.do(record_decision, "ppu", meeting_id=meeting.row_id, reference=case.reference, **asked)
    assert texts(desk, meeting) == ["Change", "Another case"]
    assert texts(desk, meeting, "inspector") == ["The inspector's"]


def test_an_agreed_action_takes_its_drafts_away(desk: Desk) -> None:
    meeting, case = desk.meeting(), desk.case()
    keep(desk, meeting, case, "Change the", field=DraftField.ACTION_WHAT)
    desk.do(agree_action, "ppu", plan_id=desk.plan(case).row_id, **ACTION)
    assert texts(desk, meeting) == []


def test_saved_notes_take_the_meetings_own_draft_away(desk: Desk) -> None:
    meeting = desk.meeting()
    keep(desk, meeting, None, "Fire", field=DraftField.MEETING_NOTES)
    assert texts(desk, meeting) == ["Fire"]
    desk.do(write_notes, "ppu", meeting_id=meeting.row_id, notes="Fire service.", seen_version=2)
    assert texts(desk, meeting) == []


def test_a_draft_is_no_event(desk: Desk) -> None:
    meeting, case = desk.meeting(), desk.case()
    before = desk.everything()["events"]
    keep(desk, meeting, case, "Hm.")
    assert desk.everything()["events"] == before


def test_keeping_the_same_again_keeps_one(desk: Desk) -> None:
    meeting = desk.meeting()
    keep(desk, meeting, None, "Hm.")
    keep(desk, meeting, None, "Hm.")
    assert texts(desk, meeting) == ["Hm."]


@pytest.mark.parametrize("who", ["other_inspector", "other_officer", "analyst", "housing", "auditor", "operator"])
def test_role_area_or_agency_without_the_right_is_refused(desk: Desk, who: str) -> None:
    meeting, case = desk.meeting(), desk.case()
    desk.share(case)
    rest = {"field": DraftField.DECISION_REASON, "text": "Hm.", "kept_days": 14}
    assert desk.is_refused(keep_draft, who, meeting_id=meeting.row_id, reference=case.reference, **rest)
