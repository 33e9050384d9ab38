"""How is a meeting with an agenda set up for a test? Facts with defaults, and a meeting drawn up from them."""

from __future__ import annotations

from datetime import date
from typing import Any

from partnership.agenda import AgendaFact, ProposedAgenda, proposed_agenda
from partnership.agenda_drawing import draw_up_agenda
from partnership.changes import Saved
from partnership.meeting_reading import meeting_record
from partnership.meeting_record import CaseRecord, MeetingRecord
from partnership.meetings import record_decision
from partnership.reading import case_for_person
from partnership.vocabulary import DecisionKind, ListMovement
from tests.partnership.builders import GEOGRAPHY, TODAY, Desk


def fact(person: str = "P-1", position: int | None = 3, **rest: Any) -> AgendaFact:
    """Somebody on the list of Alder Park for a while, with no plan."""
    movement = ListMovement.NONE if position is None else ListMovement.SAME
    known = {"neighbourhood": "ALDER", "area": "Alder Park", "movement": movement, "position": position}
    return AgendaFact(**{"person_id": person, **known, **rest})


def agenda(*facts: AgendaFact, today: date = TODAY, places: int = 16, sharp_rise: int = 3) -> ProposedAgenda:
    """The proposal of sixteen places."""
    return proposed_agenda(facts, today=today, places=places, sharp_rise=sharp_rise)


def drawn(desk: Desk, *facts: AgendaFact, held_on: date = TODAY, who: str = "inspector") -> Saved:
    """An open meeting of the South with its agenda drawn up."""
    meeting = desk.meeting(held_on=held_on)
    desk.do(draw_up_agenda, who, meeting_id=meeting.row_id, agenda=agenda(*(facts or (fact(),)), today=held_on))
    return meeting


def record(desk: Desk, meeting: Saved, who: str = "ppu") -> MeetingRecord:
    """The meeting's record."""
    found: MeetingRecord = desk.ask(meeting_record, who, meeting.row_id, GEOGRAPHY)
    return found


def item(desk: Desk, meeting: Saved, person: str = "P-1") -> CaseRecord:
    """The case of a person in the meeting's record."""
    return next(case for case in record(desk, meeting).every_case if case.person_id == person)


def reference(desk: Desk, person: str = "P-1") -> str:
    """The reference of a person's case."""
    return str(desk.ask(case_for_person, "ppu", person, GEOGRAPHY).reference)


def decide(desk: Desk, meeting: Saved, person: str = "P-1", what: DecisionKind = DecisionKind.NO_ACTION) -> Saved:
    """The meeting's decision on a person's case."""
    rest = {"reference": reference(desk, person), "what": what, "reason": "Seen by IDVA.", "seen_version": 0}
    done: Saved = desk.do(record_decision, "inspector", meeting_id=meeting.row_id, **rest)
    return done
