"""Saying how a person can be reached safely."""

from __future__ import annotations

import pytest

from partnership.cases import set_safe_contact_note
from partnership.reading import case_by_reference
from tests.partnership.builders import GEOGRAPHY, Desk

ASKED = {"note": "Ring after nine."}


def test_the_note_is_there_for_the_next_who_opens_the_case(desk: Desk) -> None:
    case = desk.case()
    desk.do(set_safe_contact_note, "officer", reference=case.reference, seen_version=1, **ASKED)
    assert desk.ask(case_by_reference, "inspector", case.reference, GEOGRAPHY).safe_contact_note == "Ring after nine."


def test_an_empty_note_takes_it_away(desk: Desk) -> None:
    case = desk.case()
    desk.do(set_safe_contact_note, "officer", reference=case.reference, seen_version=1, **ASKED)
    desk.do(set_safe_contact_note, "officer", reference=case.reference, seen_version=2, note=" ")
    assert desk.ask(case_by_reference, "inspector", case.reference, GEOGRAPHY).safe_contact_note is None


def test_hidden_characters_are_not_kept(desk: Desk) -> None:
    case = desk.case()
    desk.do(
        set_safe_contact_note, "officer", reference=case.reference, seen_version=1, note="Ring\u202e at\u200b nine."
    )
    assert desk.ask(case_by_reference, "inspector", case.reference, GEOGRAPHY).safe_contact_note == "Ring at nine."


@pytest.mark.parametrize("who", ["analyst", "auditor", "operator", "other_inspector", "other_officer", "housing"])
def test_role_area_or_agency_without_the_right_is_refused(desk: Desk, who: str) -> None:
    case = desk.case()
    desk.share(case)
    assert desk.is_refused(set_safe_contact_note, who, reference=case.reference, seen_version=1, **ASKED)


def test_a_case_that_does_not_exist_is_refused_alike(desk: Desk) -> None:
    assert desk.is_refused(set_safe_contact_note, "ppu", reference="absent", seen_version=1, **ASKED)


def test_saving_the_same_again_changes_nothing(desk: Desk) -> None:
    case = desk.case()
    desk.do(set_safe_contact_note, "ppu", reference=case.reference, seen_version=1, **ASKED)
    assert desk.is_idle(set_safe_contact_note, "ppu", reference=case.reference, seen_version=1, **ASKED)


def test_the_second_of_two_saves_is_told_who_was_first(desk: Desk) -> None:
    case = desk.case()
    desk.do(set_safe_contact_note, "inspector", reference=case.reference, seen_version=1, **ASKED)
    refused = desk.stale(set_safe_contact_note, "ppu", reference=case.reference, seen_version=1, note="Never ring.")
    assert (refused.first_by, refused.theirs["safe_contact_note"], refused.yours["safe_contact_note"]) == (
        "Inspector",
        "Ring after nine.",
        "Never ring.",
    )
