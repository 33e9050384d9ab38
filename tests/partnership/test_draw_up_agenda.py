"""Drawing up a meeting's agenda."""

from __future__ import annotations

from datetime import timedelta

import pytest

from partnership.agenda_drawing import DrawnUp, draw_up_agenda
from partnership.agenda_items import add_item, carry_item, drop_item
from partnership.cases import change_owning_neighbourhood
from partnership.errors import PartnershipError
from partnership.meetings import close_meeting
from partnership.reading import cases_for
from partnership.vocabulary import AgendaState
from tests.partnership.agenda_builders import agenda, decide, drawn, fact, item, record, reference
from tests.partnership.builders import GEOGRAPHY, NEXT_WEEK, TODAY, Desk


def test_everybody_gets_a_case_and_the_agenda_its_order(desk: Desk) -> None:
    meeting = drawn(desk, fact("P-2", 2), fact("P-1", 1), fact("P-9", None))
    found = record(desk, meeting)
    assert [case.person_id for case in found.agenda] == ["P-1", "P-2"]
    assert [case.person_id for case in found.whole_list] == ["P-9"]
    assert len(desk.ask(cases_for, "ppu", GEOGRAPHY)) == 3


def test_the_reasons_are_on_the_agenda_in_words(desk: Desk) -> None:
    meeting = drawn(desk, fact(lacks_mandatory_dash=True))
    assert item(desk, meeting).reasons == (
        "No DASH (risk assessment) where one is mandatory",
        "In a top ten and no plan",
    )


@pytest.mark.parametrize("who", ["other_inspector", "officer", "analyst", "housing", "auditor", "operator"])
def test_role_or_sector_without_the_right_is_refused(desk: Desk, who: str) -> None:
    meeting = desk.meeting()
    assert desk.is_refused(draw_up_agenda, who, meeting_id=meeting.row_id, agenda=agenda(fact()))


def test_drawing_up_the_same_again_changes_nothing(desk: Desk) -> None:
    meeting = drawn(desk)
    before = desk.everything()
    again = desk.do(draw_up_agenda, "ppu", meeting_id=meeting.row_id, agenda=agenda(fact()))
    assert (again, desk.everything()) == (DrawnUp(0, 0, 0), before)


def test_what_the_chair_dropped_or_added_stays_so_when_it_is_drawn_up_again(desk: Desk) -> None:
    meeting = drawn(desk, fact("P-1"), fact("P-9", None))
    desk.do(drop_item, "ppu", item_id=item(desk, meeting).item_id, reason="Heard at MARAC.", seen_version=1)
    added = {"reference": reference(desk, "P-9"), "reason": "Asked for by housing.", "seen_version": 1}
    desk.do(add_item, "ppu", meeting_id=meeting.row_id, **added)
    desk.do(draw_up_agenda, "ppu", meeting_id=meeting.row_id, agenda=agenda(fact("P-1", 1)))
    assert [case.person_id for case in record(desk, meeting).dropped] == ["P-1"]
    assert [case.person_id for case in record(desk, meeting).agenda] == ["P-9"]


def test_who_is_proposed_no_longer_goes_to_the_whole_list(desk: Desk) -> None:
    meeting = drawn(desk, fact("P-1"), fact("P-2"))
    desk.do(draw_up_agenda, "ppu", meeting_id=meeting.row_id, agenda=agenda(fact("P-2")))
    assert item(desk, meeting).state is AgendaState.WHOLE_LIST


def test_what_was_carried_heads_the_next_agenda_with_the_reason(desk: Desk) -> None:
    first = drawn(desk, fact("P-5", None, moved_from="Brook End"))
    rest = {"reason": "Waiting for health.", "seen_version": 1}
    desk.do(carry_item, "ppu", item_id=item(desk, first, "P-5").item_id, **rest)
    desk.do(close_meeting, "ppu", meeting_id=first.row_id, seen_version=2)
    second = drawn(desk, fact("P-1"), held_on=NEXT_WEEK)
    (carried, _) = record(desk, second).agenda
    assert (carried.person_id, carried.times_carried) == ("P-5", 1)
    assert carried.reasons == ("Carried from Mon 2 Dec 2013: Waiting for health.",)


def test_what_was_not_reached_comes_back(desk: Desk) -> None:
    first = drawn(desk, fact("P-5", None, moved_from="Brook End"))
    desk.do(close_meeting, "ppu", meeting_id=first.row_id, seen_version=2)
    second = drawn(desk, fact("P-1"), held_on=NEXT_WEEK)
    assert item(desk, second, "P-5").reasons == ("On the agenda of Mon 2 Dec 2013 and not decided",)


def test_what_was_decided_does_not_come_back_by_itself(desk: Desk) -> None:
    first = drawn(desk)
    decide(desk, first)
    desk.do(close_meeting, "ppu", meeting_id=first.row_id, seen_version=2)
    second = drawn(desk, fact("P-2"), held_on=NEXT_WEEK)
    assert [case.person_id for case in record(desk, second).every_case] == ["P-2"]


def test_what_was_carried_twice_is_counted_twice(desk: Desk) -> None:
    for week in range(2):
        meeting = drawn(desk, fact("P-5", None, moved_from="Brook End"), held_on=TODAY + timedelta(weeks=week))
        desk.do(carry_item, "ppu", item_id=item(desk, meeting, "P-5").item_id, reason=None, seen_version=1)
    third = drawn(desk, fact("P-1"), held_on=TODAY + timedelta(weeks=2))
    assert item(desk, third, "P-5").times_carried == 2


def test_a_case_of_another_sector_is_left_to_that_sectors_meeting(desk: Desk) -> None:
    desk.case("P-1", "CEDAR")
    meeting = desk.meeting()
    found = desk.do(draw_up_agenda, "inspector", meeting_id=meeting.row_id, agenda=agenda(fact("P-1"), fact("P-2")))
    assert found.owned_elsewhere == 1
    assert [case.person_id for case in record(desk, meeting).every_case] == ["P-2"]


def test_a_carried_case_that_moved_is_carried_to_its_new_sector(desk: Desk) -> None:
    first = drawn(desk, fact("P-5", None, moved_from="Brook End"))
    desk.do(carry_item, "ppu", item_id=item(desk, first, "P-5").item_id, reason=None, seen_version=1)
    moved = {"neighbourhood": "CEDAR", "reason": "Moved.", "seen_version": 1}
    desk.do(change_owning_neighbourhood, "ppu", reference=reference(desk, "P-5"), **moved)
    north = desk.meeting("NORTH", NEXT_WEEK)
    desk.do(draw_up_agenda, "ppu", meeting_id=north.row_id, agenda=agenda())
    assert [case.person_id for case in record(desk, north).agenda] == ["P-5"]


def test_a_person_of_another_sector_is_not_put_on_this_ones_agenda(desk: Desk) -> None:
    meeting = desk.meeting()
    stray = agenda(fact(neighbourhood="CEDAR"))
    with pytest.raises(PartnershipError, match="another sector"):
        desk.do(draw_up_agenda, "ppu", meeting_id=meeting.row_id, agenda=stray)


def test_a_closed_meetings_agenda_stays_as_it_is(desk: Desk) -> None:
    meeting = desk.meeting()
    desk.do(close_meeting, "ppu", meeting_id=meeting.row_id, seen_version=2)
    with pytest.raises(PartnershipError, match="closed"):
        desk.do(draw_up_agenda, "ppu", meeting_id=meeting.row_id, agenda=agenda(fact()))
