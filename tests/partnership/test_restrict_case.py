"""Restricting a case."""

from __future__ import annotations

import pytest

from partnership.cases import restrict_case, set_safe_contact_note
from partnership.errors import NoSuchRecord
from partnership.reading import case_by_reference
from tests.partnership.builders import GEOGRAPHY, Desk

ASKED = {"reason": "A colleague is involved."}


@pytest.mark.parametrize("who", ["officer", "analyst"])
def test_a_restricted_case_is_gone_for_those_without_need(desk: Desk, who: str) -> None:
    case = desk.case()
    desk.do(restrict_case, "inspector", reference=case.reference, seen_version=1, **ASKED)
    with pytest.raises(NoSuchRecord):
        desk.ask(case_by_reference, who, case.reference, GEOGRAPHY)


@pytest.mark.parametrize("who", ["inspector", "ppu"])
def test_the_inspector_and_the_ppu_still_see_it(desk: Desk, who: str) -> None:
    case = desk.case()
    desk.do(restrict_case, "inspector", reference=case.reference, seen_version=1, **ASKED)
    assert desk.ask(case_by_reference, who, case.reference, GEOGRAPHY).is_restricted


@pytest.mark.parametrize(
    "who", ["officer", "analyst", "auditor", "operator", "other_inspector", "other_officer", "housing"]
)
def test_role_area_or_agency_without_the_right_is_refused(desk: Desk, who: str) -> None:
    case = desk.case()
    desk.share(case)
    assert desk.is_refused(restrict_case, who, reference=case.reference, seen_version=1, **ASKED)


def test_a_case_that_does_not_exist_is_refused_alike(desk: Desk) -> None:
    assert desk.is_refused(restrict_case, "ppu", reference="absent", seen_version=1, **ASKED)


def test_saving_the_same_again_changes_nothing(desk: Desk) -> None:
    case = desk.case()
    desk.do(restrict_case, "ppu", reference=case.reference, seen_version=1, **ASKED)
    assert desk.is_idle(restrict_case, "ppu", reference=case.reference, seen_version=1, **ASKED)


def test_the_second_of_two_saves_is_told_who_was_first(desk: Desk) -> None:
    case = desk.case()
    desk.do(set_safe_contact_note, "officer", reference=case.reference, seen_version=1, note="Ring after nine.")
    refused = desk.stale(restrict_case, "ppu", reference=case.reference, seen_version=1, **ASKED)
    assert refused.first_by == "Officer"
