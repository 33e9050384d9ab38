"""Adding an agency."""

from __future__ import annotations

import pytest

from partnership.agencies import add_agency, agencies
from tests.partnership.builders import WHO, Desk

ASKED = {"code": "FIRE", "name": "Fire Service"}


def test_the_agency_is_listed(desk: Desk) -> None:
    desk.do(add_agency, "operator", **ASKED)
    with desk.database.read() as session:
        assert [line.code for line in agencies(session)] == ["FIRE", "HEALTH", "HOUSING"]


@pytest.mark.parametrize("who", WHO)
def test_no_member_adds_one(desk: Desk, who: str) -> None:
    assert desk.is_refused(add_agency, who, **ASKED)


def test_adding_the_same_again_changes_nothing(desk: Desk) -> None:
    desk.do(add_agency, "operator", **ASKED)
    assert desk.is_idle(add_agency, "operator", **ASKED)


def test_a_code_that_is_taken_is_refused_with_both_names(desk: Desk) -> None:
    refused = desk.stale(add_agency, "operator", code="HOUSING", name="Fire Service")
    assert (refused.theirs["name"], refused.yours["name"]) == ("Housing", "Fire Service")
