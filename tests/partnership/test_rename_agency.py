"""Correcting an agency's name."""

from __future__ import annotations

import pytest

from partnership.agencies import agencies, rename_agency
from tests.partnership.builders import WHO, Desk

ASKED = {"code": "HOUSING", "name": "City Housing"}


def test_the_new_name_is_listed(desk: Desk) -> None:
    desk.do(rename_agency, "operator", seen_version=1, **ASKED)
    with desk.database.read() as session:
        assert {line.code: line.name for line in agencies(session)}["HOUSING"] == "City Housing"


@pytest.mark.parametrize("who", WHO)
def test_no_member_renames_one(desk: Desk, who: str) -> None:
    assert desk.is_refused(rename_agency, who, seen_version=1, **ASKED)


def test_saving_the_same_again_changes_nothing(desk: Desk) -> None:
    desk.do(rename_agency, "operator", seen_version=1, **ASKED)
    assert desk.is_idle(rename_agency, "operator", seen_version=1, **ASKED)


def test_the_second_of_two_saves_is_told_who_was_first(desk: Desk) -> None:
    desk.do(rename_agency, "operator", seen_version=1, **ASKED)
    assert desk.stale(rename_agency, "operator", seen_version=1, code="HOUSING", name="Homes").first_by == "Operator"
