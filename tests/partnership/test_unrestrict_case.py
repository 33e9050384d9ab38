"""Lifting a restriction."""

from __future__ import annotations

import pytest

from partnership.cases import restrict_case, set_safe_contact_note, unrestrict_case
from partnership.changes import Saved
from partnership.reading import case_by_reference
from tests.partnership.builders import GEOGRAPHY, Desk

ASKED = {"reason": "The colleague has left."}


def restricted(desk: Desk) -> Saved:
    case = desk.case()
    desk.do(restrict_case, "ppu", reference=case.reference, seen_version=1, reason="A colleague is involved.")
    return case


def test_the_officer_sees_the_case_again(desk: Desk) -> None:
    case = restricted(desk)
    desk.do(unrestrict_case, "inspector", reference=case.reference, seen_version=2, **ASKED)
    assert not desk.ask(case_by_reference, "officer", case.reference, GEOGRAPHY).is_restricted


@pytest.mark.parametrize("who", ["officer", "analyst", "auditor", "operator", "other_inspector", "housing"])
def test_role_area_or_agency_without_the_right_is_refused(desk: Desk, who: str) -> None:
    assert desk.is_refused(unrestrict_case, who, reference=restricted(desk).reference, seen_version=2, **ASKED)


def test_saving_the_same_again_changes_nothing(desk: Desk) -> None:
    assert desk.is_idle(unrestrict_case, "ppu", reference=desk.case().reference, seen_version=1, **ASKED)


def test_the_second_of_two_saves_is_told_who_was_first(desk: Desk) -> None:
    case = restricted(desk)
    desk.do(set_safe_contact_note, "inspector", reference=case.reference, seen_version=2, note="Ring after nine.")
    assert desk.stale(unrestrict_case, "ppu", reference=case.reference, seen_version=2, **ASKED).first_by == "Inspector"
