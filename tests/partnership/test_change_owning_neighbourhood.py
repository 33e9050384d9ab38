"""Handing a case to another neighbourhood."""

from __future__ import annotations

import pytest

from partnership.cases import change_owning_neighbourhood
from partnership.errors import PartnershipError
from partnership.history import history
from partnership.reading import case_by_reference
from tests.partnership.builders import GEOGRAPHY, Desk

ASKED = {"neighbourhood": "BROOK", "reason": "She moved."}


def test_the_case_is_the_new_neighbourhoods_from_then_on(desk: Desk) -> None:
    case = desk.case()
    desk.do(change_owning_neighbourhood, "officer", reference=case.reference, seen_version=1, **ASKED)
    assert desk.ask(case_by_reference, "other_officer", case.reference, GEOGRAPHY).neighbourhood == "BROOK"


def test_the_reason_is_in_the_history(desk: Desk) -> None:
    case = desk.case()
    desk.do(change_owning_neighbourhood, "officer", reference=case.reference, seen_version=1, **ASKED)
    assert desk.ask(history, "ppu", case.reference, GEOGRAPHY)[0].reason == "She moved."


def test_a_neighbourhood_that_is_none_is_refused(desk: Desk) -> None:
    case = desk.case()
    with pytest.raises(PartnershipError, match="none of that code"):
        desk.do(
            change_owning_neighbourhood,
            "ppu",
            reference=case.reference,
            seen_version=1,
            neighbourhood="ELM",
            reason="She moved.",
        )


@pytest.mark.parametrize("who", ["analyst", "auditor", "operator", "other_inspector", "other_officer", "housing"])
def test_role_area_or_agency_without_the_right_is_refused(desk: Desk, who: str) -> None:
    case = desk.case()
    desk.share(case)
    assert desk.is_refused(change_owning_neighbourhood, who, reference=case.reference, seen_version=1, **ASKED)


def test_a_case_that_does_not_exist_is_refused_alike(desk: Desk) -> None:
    assert desk.is_refused(change_owning_neighbourhood, "ppu", reference="absent", seen_version=1, **ASKED)


def test_saving_the_same_again_changes_nothing(desk: Desk) -> None:
    case = desk.case()
    desk.do(change_owning_neighbourhood, "ppu", reference=case.reference, seen_version=1, **ASKED)
    assert desk.is_idle(change_owning_neighbourhood, "ppu", reference=case.reference, seen_version=1, **ASKED)


def test_the_second_of_two_saves_is_told_who_was_first(desk: Desk) -> None:
    case = desk.case()
    desk.do(change_owning_neighbourhood, "inspector", reference=case.reference, seen_version=1, **ASKED)
    refused = desk.stale(
        change_owning_neighbourhood,
        "ppu",
        reference=case.reference,
        seen_version=1,
        neighbourhood="CEDAR",
        reason="She moved.",
    )
    assert (refused.first_by, refused.theirs["neighbourhood"], refused.yours["neighbourhood"]) == (
        "Inspector",
        "BROOK",
        "CEDAR",
    )
