"""Erasing a person."""

from __future__ import annotations

import pytest

from partnership import access_log
from partnership.access_log import LogSearch
from partnership.agenda_items import add_item, carry_item
from partnership.cases import set_safe_contact_note
from partnership.closing import record_positive_contact
from partnership.drafts import keep_draft
from partnership.erasure import erase_person
from partnership.errors import NoSuchRecord
from partnership.joining import follow_merge
from partnership.meetings import close_meeting, record_decision
from partnership.minutes import write_addendum
from partnership.partner_reading import shared_with
from partnership.reading import case_by_reference, case_for_person, cases_for
from partnership.upkeep import scrub
from partnership.vocabulary import DecisionKind, DraftField, Operation
from tests.partnership.builders import GEOGRAPHY, KEY, TODAY, WHO, Desk

CANARY = "Zebedee"


def erase(desk: Desk, person: str = "P-1", who: str = "operator") -> object:
    return desk.do(
        lambda session, actor, at: erase_person(session, actor, person, reason="Retention ended.", at=at, key=KEY), who
    )


def written(desk: Desk) -> str:
    case = desk.case("P-1")
    desk.do(set_safe_contact_note, "ppu", reference=case.reference, note=CANARY, seen_version=1)
    plan = desk.plan(case, objective=CANARY, problem=CANARY, analysis=CANARY, owner_name=CANARY)
    action = desk.action(plan, what=CANARY, owner_name=CANARY)
    desk.progress(action, CANARY)
    desk.share(case)
    meeting = desk.meeting()
    decided = {"what": DecisionKind.REFER, "reason": CANARY, "seen_version": 0}
    desk.do(record_decision, "ppu", meeting_id=meeting.row_id, reference=case.reference, **decided)
    said = {"contacted_on": TODAY, "note": CANARY, "seen_version": 1}
    desk.do(record_positive_contact, "ppu", plan_id=plan.row_id, **said)
    before_them = {"meeting_id": meeting.row_id, "reference": case.reference}
    item = desk.do(add_item, "ppu", reason=CANARY, seen_version=0, **before_them)
    desk.do(carry_item, "ppu", item_id=item.row_id, reason=CANARY, seen_version=1)
    desk.do(keep_draft, "ppu", field=DraftField.DECISION_REASON, text=CANARY, kept_days=14, **before_them)
    desk.do(close_meeting, "ppu", meeting_id=meeting.row_id, seen_version=2)
    desk.do(write_addendum, "ppu", text=CANARY, **before_them)
    desk.case("P-9")
    return str(case.reference)


def test_nothing_that_was_written_is_left_in_any_table(desk: Desk) -> None:
    reference = written(desk)
    assert CANARY in repr(desk.everything())
    erase(desk)
    left = repr(desk.everything())
    assert not [trace for trace in (CANARY, "'P-1'", reference) if trace in left]


def test_nothing_is_left_in_the_file_once_it_is_scrubbed(own_desk: Desk) -> None:
    written(own_desk)
    erase(own_desk)
    scrub(own_desk.database)
    assert own_desk.database.file is not None
    for file in own_desk.database.file.parent.glob("partnership.sqlite*"):
        assert CANARY.encode() not in file.read_bytes()


def test_that_something_was_done_and_by_whom_stays(desk: Desk) -> None:
    written(desk)
    before = len(desk.events("open_plan")), len(desk.events("record_progress"))
    erase(desk)
    assert (len(desk.events("open_plan")), len(desk.events("record_progress"))) == before
    assert [event.actor_name for event in desk.events("erase_person")] == ["Operator"]


def test_the_log_keeps_a_keyed_reference(desk: Desk) -> None:
    written(desk)
    erase(desk)
    auditor = desk.actor("auditor")
    with desk.database.read() as session:
        (line,) = access_log.search(session, auditor, LogSearch(subject="P-1"), key=KEY, limit=5)
    assert (line.operation, line.purpose) == (Operation.ERASURE, "Retention ended.")


def test_nobody_finds_the_case_again(desk: Desk) -> None:
    reference = written(desk)
    erase(desk)
    with pytest.raises(NoSuchRecord):
        desk.ask(case_by_reference, "ppu", reference, GEOGRAPHY)
    assert desk.ask(case_for_person, "ppu", "P-1", GEOGRAPHY) is None
    assert [line.person_id for line in desk.ask(cases_for, "ppu", GEOGRAPHY)] == ["P-9"]
    assert desk.ask(shared_with, "housing") == ()


def test_every_id_of_the_person_and_every_joined_case_goes(desk: Desk) -> None:
    desk.plan(desk.case("P-1"), objective=CANARY)
    desk.plan(desk.case("P-2"), objective=CANARY)
    desk.do(follow_merge, "operator", older="P-1", younger="P-2")
    erase(desk, "P-2")
    left = repr(desk.everything())
    assert not [trace for trace in (CANARY, "'P-1'", "'P-2'") if trace in left]


def test_erasing_again_finds_nothing(desk: Desk) -> None:
    written(desk)
    erase(desk)
    before = desk.everything()
    erase(desk)
    assert desk.everything() == before


@pytest.mark.parametrize("who", WHO)
def test_no_member_erases(desk: Desk, who: str) -> None:
    written(desk)
    with pytest.raises(NoSuchRecord):
        erase(desk, who=who)
