"""Opening a case."""

from __future__ import annotations

import re

import pytest

from partnership.cases import open_case
from partnership.errors import PartnershipError
from partnership.reading import case_for_person
from tests.partnership.builders import GEOGRAPHY, Desk


@pytest.mark.parametrize("who", ["inspector", "officer", "ppu"])
def test_police_open_a_case_in_their_own_area(desk: Desk, who: str) -> None:
    opened = desk.do(open_case, who, person_id="P-1", neighbourhood="ALDER")
    assert desk.ask(case_for_person, who, "P-1", GEOGRAPHY).reference == opened.reference


def test_a_neighbourhoods_code_may_be_of_several_words(desk: Desk) -> None:
    desk.do(open_case, "ppu", person_id="P-1", neighbourhood="BE 12")
    assert desk.ask(case_for_person, "ppu", "P-1", GEOGRAPHY).neighbourhood == "BE 12"


@pytest.mark.parametrize("who", ["analyst", "housing", "auditor", "operator"])
def test_a_role_without_the_right_opens_none(desk: Desk, who: str) -> None:
    assert desk.is_refused(open_case, who, person_id="P-1", neighbourhood="ALDER")


@pytest.mark.parametrize("who", ["other_inspector", "other_officer"])
def test_nobody_opens_a_case_in_another_area(desk: Desk, who: str) -> None:
    assert desk.is_refused(open_case, who, person_id="P-1", neighbourhood="ALDER")


def test_opening_again_gives_the_case_that_is_there(desk: Desk) -> None:
    desk.case()
    assert desk.is_idle(open_case, "officer", person_id="P-1", neighbourhood="ALDER")


def test_a_case_of_another_area_is_not_given_away(desk: Desk) -> None:
    desk.case("P-1", "CEDAR")
    assert desk.is_refused(open_case, "officer", person_id="P-1", neighbourhood="ALDER")


def test_the_reference_is_long_random_and_fit_for_a_link(desk: Desk) -> None:
    references = {desk.case(f"P-{number}").reference for number in range(20)}
    assert len(references) == 20
    assert all(re.fullmatch(r"[A-Za-z0-9_-]{22}", str(reference)) for reference in references)


def test_the_event_says_who_opened_it(desk: Desk) -> None:
    desk.case(who="officer")
    assert [event.actor_name for event in desk.events("open_case")] == ["Officer"]


def test_a_case_without_a_person_is_refused(desk: Desk) -> None:
    with pytest.raises(PartnershipError, match="nothing is written"):
        desk.case(" ")
