"""Changing what a member is."""

from __future__ import annotations

from typing import Any

import pytest

from partnership.members import change_member
from partnership.vocabulary import Role
from tests.partnership.builders import STRANGER, WHO, Desk

ASKED: dict[str, Any] = {
    "email": "officer@example.org",
    "name": "Officer",
    "role": Role.NEIGHBOURHOOD_OFFICER,
    "areas": ["CEDAR"],
}


def test_the_new_area_counts_at_the_next_step(desk: Desk) -> None:
    desk.do(change_member, "operator", seen_version=1, **ASKED)
    assert desk.actor("officer").areas == {"CEDAR"}


@pytest.mark.parametrize("who", WHO)
def test_no_member_administers_members(desk: Desk, who: str) -> None:
    assert desk.is_refused(change_member, who, seen_version=1, **ASKED)


def test_a_member_that_does_not_exist_is_refused_alike(desk: Desk) -> None:
    assert desk.is_refused(change_member, "operator", seen_version=1, **{**ASKED, "email": STRANGER})


def test_saving_the_same_again_changes_nothing(desk: Desk) -> None:
    desk.do(change_member, "operator", seen_version=1, **ASKED)
    assert desk.is_idle(change_member, "operator", seen_version=1, **ASKED)


def test_the_second_of_two_saves_is_told_who_was_first(desk: Desk) -> None:
    desk.do(change_member, "operator", seen_version=1, **ASKED)
    refused = desk.stale(change_member, "operator", seen_version=1, **{**ASKED, "areas": ["BROOK"]})
    assert (refused.first_by, refused.theirs["areas"], refused.yours["areas"]) == ("Operator", "['CEDAR']", "['BROOK']")
