"""Ending a meeting."""

from __future__ import annotations

import pytest

from partnership.carrying_over import CasesUndecided
from partnership.cases import change_owning_neighbourhood
from partnership.changes import Saved
from partnership.errors import PartnershipError
from partnership.joining import follow_merge
from partnership.meetings import arrange_meeting, close_meeting, record_decision
from partnership.vocabulary import DecisionKind
from tests.partnership.agenda_builders import decide, drawn, fact, record, reference
from tests.partnership.builders import NEXT_WEEK, NOW, Desk


def begun(desk: Desk) -> Saved:
    return desk.meeting()


def test_a_closed_meeting_takes_no_decision(desk: Desk) -> None:
    meeting = begun(desk)
    desk.do(close_meeting, "inspector", meeting_id=meeting.row_id, seen_version=2)
    case = desk.case()
    rest = {"reference": case.reference, "what": DecisionKind.OPEN_PLAN, "reason": None, "seen_version": 0}
    with pytest.raises(PartnershipError, match="stays as it is"):
        desk.do(record_decision, "inspector", meeting_id=meeting.row_id, **rest)


def test_a_meeting_that_was_not_opened_is_not_closed(desk: Desk) -> None:
    meeting = desk.do(arrange_meeting, "ppu", sector="SOUTH", held_on=NEXT_WEEK)
    with pytest.raises(PartnershipError, match="not opened"):
        desk.do(close_meeting, "ppu", meeting_id=meeting.row_id, seen_version=1)


def test_the_second_of_two_saves_is_told_who_was_first(desk: Desk) -> None:
    meeting = begun(desk)
    assert desk.stale(close_meeting, "inspector", meeting_id=meeting.row_id, seen_version=1).first_by == "Ppu"


@pytest.mark.parametrize("who", ["other_inspector", "analyst", "housing", "auditor", "operator"])
def test_role_or_sector_without_the_right_is_refused(desk: Desk, who: str) -> None:
    assert desk.is_refused(close_meeting, who, meeting_id=begun(desk).row_id, seen_version=2)


def test_a_meeting_that_does_not_exist_is_refused_alike(desk: Desk) -> None:
    assert desk.is_refused(close_meeting, "ppu", meeting_id=999, seen_version=1)


def test_saving_the_same_again_changes_nothing(desk: Desk) -> None:
    meeting = begun(desk)
    desk.do(close_meeting, "ppu", meeting_id=meeting.row_id, seen_version=2)
    assert desk.is_idle(close_meeting, "ppu", meeting_id=meeting.row_id, seen_version=2)


def closing(desk: Desk, meeting: Saved, who: str = "inspector", **rest: object) -> Saved:
    done: Saved = desk.do(close_meeting, who, meeting_id=meeting.row_id, seen_version=2, **rest)
    return done


def test_the_record_says_when_it_was_opened_and_closed(desk: Desk) -> None:
    found = record(desk, closing(desk, begun(desk)))
    assert (found.opened_at, found.closed_at) == (NOW, NOW)


def test_somebody_in_a_top_ten_without_decision_or_plan_keeps_it_open_and_is_named(desk: Desk) -> None:
    meeting = drawn(desk, fact("P-1"), fact("P-2"))
    decide(desk, meeting, "P-2")
    with pytest.raises(CasesUndecided, match="Decide each") as refused:
        closing(desk, meeting)
    assert (refused.value.references, refused.value.hidden) == ((reference(desk, "P-1"),), 0)


def test_the_whole_list_counts_as_much_as_the_agenda(desk: Desk) -> None:
    meeting = drawn(desk, *(fact(f"P-{place}", place) for place in range(1, 18)))
    for person in [case.person_id for case in record(desk, meeting).agenda]:
        decide(desk, meeting, person)
    with pytest.raises(CasesUndecided) as refused:
        closing(desk, meeting)
    assert refused.value.references == (reference(desk, "P-17"),)


def test_a_decision_or_an_open_plan_is_enough(desk: Desk) -> None:
    meeting = drawn(desk, fact("P-1"), fact("P-2"), fact("P-3", None, moved_from="Brook End"))
    decide(desk, meeting, "P-1")
    desk.plan(desk.case("P-2"))
    assert closing(desk, meeting).is_changed


def test_those_in_a_top_ten_can_be_named_beside_the_agenda(desk: Desk) -> None:
    meeting, case = begun(desk), desk.case()
    with pytest.raises(CasesUndecided, match=str(case.reference)):
        closing(desk, meeting, top_ten=[case.reference])


def test_cases_not_open_to_the_reader_are_counted_and_not_named(desk: Desk) -> None:
    meeting = drawn(desk, fact("P-1"), fact("P-2", neighbourhood="BROOK"))
    with pytest.raises(CasesUndecided) as refused:
        closing(desk, meeting, "officer")
    assert (refused.value.references, refused.value.hidden) == ((reference(desk, "P-1"),), 1)
    assert reference(desk, "P-2") not in str(refused.value)


def test_a_case_handed_to_another_sector_is_decided_there(desk: Desk) -> None:
    meeting = drawn(desk)
    moved = {"neighbourhood": "CEDAR", "reason": "Moved.", "seen_version": 1}
    desk.do(change_owning_neighbourhood, "ppu", reference=reference(desk), **moved)
    assert closing(desk, meeting).is_changed


def test_a_decision_on_a_case_joined_since_counts_for_the_one_that_stands(desk: Desk) -> None:
    meeting = drawn(desk, fact("P-1"), fact("P-2"))
    decide(desk, meeting, "P-2")
    desk.do(follow_merge, "operator", older="P-1", younger="P-2")
    assert closing(desk, meeting).is_changed
