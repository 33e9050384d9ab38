"""Do the lists, the risk and MARAC become the facts an agenda is made from, as a clerk would read them?"""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from dashboard.view_models.meeting import next_monday
from dashboard.view_models.meeting_case import counted_area
from dashboard.view_models.meeting_facts import agenda_of, marac_eligibility
from partnership.agenda import AgendaFact
from partnership.agenda_facts import Reason
from partnership.agenda_words import in_words
from partnership.views import MeetingView
from partnership.vocabulary import ListMovement, MeetingState

MONDAY = date(2013, 12, 2)
VERSION = "SafeLives 2014"


def at(day: int, month: int = 11) -> datetime:
    return datetime(2013, month, day, 12, tzinfo=UTC)


def high(day: int) -> dict[str, object]:
    return {"person_id": "P-1", "risk": "high", "assessed_at": at(day)}


def test_high_risk_without_a_marac_belongs_at_marac_and_the_criteria_bear_their_version() -> None:
    found = marac_eligibility({"marac_on": None, "last_contact_at": at(20)}, high(18), version=VERSION)
    assert found is not None and found.version == VERSION
    assert found.criteria == ("high risk on DASH of Mon 18 Nov 2013, and no MARAC since",)


def test_high_risk_that_a_marac_has_heard_since_is_no_new_reason() -> None:
    assert (
        marac_eligibility({"marac_on": date(2013, 11, 19), "last_contact_at": at(18)}, high(18), version=VERSION)
        is None
    )


def test_a_contact_since_the_marac_is_a_repeat() -> None:
    found = marac_eligibility({"marac_on": date(2013, 11, 4), "last_contact_at": at(20)}, None, version=VERSION)
    assert found is not None and found.criteria == ("repeat: a contact since the MARAC of Mon 4 Nov 2013",)


@pytest.mark.parametrize("risk", ["medium", "standard"])
def test_a_lower_risk_alone_is_no_reason(risk: str) -> None:
    row = {"marac_on": None, "last_contact_at": at(20)}
    assert marac_eligibility(row, {"person_id": "P-1", "risk": risk, "assessed_at": at(18)}, version=VERSION) is None


def test_who_moved_is_said_with_the_names_of_both_neighbourhoods() -> None:
    fact = AgendaFact("P-1", "N2", "N2", ListMovement.NEW, position=4, contacts=6, moved_from="N1")
    names = {"N1": "Alder Park", "N2": "Kiln Green"}
    agenda = agenda_of([fact], [], names, held_on=MONDAY, places=16, sharp_rise=3)
    assert "Moved from Alder Park to Kiln Green" in agenda.items[0].reasons
    assert "New in the top ten of Kiln Green, at position 4 (6 contacts)" in agenda.items[0].reasons


def test_a_new_decision_on_who_somebody_is_is_a_reason() -> None:
    fact = AgendaFact("P-1", "N1", "N1", ListMovement.SAME, position=4, plan=None)
    said = {"P-1": "two records are one person", "P-2": "two records are two people"}
    agenda = agenda_of([fact], [], {}, held_on=MONDAY, places=16, sharp_rise=3, identities=said)
    assert "New decision on who this is: two records are one person" in agenda.items[0].reasons


def test_no_more_cases_are_proposed_than_the_hour_holds() -> None:
    facts = [AgendaFact(f"P-{n}", "N1", "N1", ListMovement.NEW, position=n) for n in range(1, 6)]
    agenda = agenda_of(facts, [], {}, held_on=MONDAY, places=3, sharp_rise=3)
    assert (len(agenda.items), len(agenda.others)) == (3, 2)


def held(on: date) -> MeetingView:
    return MeetingView(1, "South", on, MeetingState.CLOSED, 1, ())


@pytest.mark.parametrize(
    ("meetings", "today", "expected"),
    [
        ([], MONDAY, MONDAY),
        ([held(MONDAY)], MONDAY, date(2013, 12, 9)),
        ([held(date(2013, 12, 3))], MONDAY, date(2013, 12, 9)),
        ([held(date(2013, 1, 7))], date(2013, 12, 4), date(2013, 12, 9)),
    ],
)
def test_the_next_meeting_is_on_the_monday_after_the_newest(
    meetings: list[MeetingView], today: date, expected: date
) -> None:
    assert next_monday(meetings, "South", today) == expected


@pytest.mark.parametrize("reason", Reason)
def test_the_area_a_reason_counts_contacts_in_is_read_from_its_words(reason: Reason) -> None:
    fact = AgendaFact(
        person_id="P-1",
        neighbourhood="N1",
        area="Park in the Fold",
        movement=ListMovement.NEW,
        position=2,
        earlier_position=7,
        contacts=1006,
        officer_hours=14.5,
        overdue_actions=1,
        days_overdue=3,
        marac=marac_eligibility({"marac_on": None, "last_contact_at": at(20)}, high(18), version=VERSION),
    )
    counts = reason in (Reason.NEW, Reason.RETURNED, Reason.RISEN)
    assert counted_area(in_words(reason, fact)) == ("Park in the Fold" if counts else None)
