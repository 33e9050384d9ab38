"""Letting a person sign in."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from partnership.errors import PartnershipError
from partnership.members import add_member, remove_member, sign_in
from partnership.vocabulary import Role
from tests.partnership.builders import TODAY, WHO, Desk

ASKED: dict[str, Any] = {
    "email": "new@example.org",
    "name": "New Officer",
    "role": Role.NEIGHBOURHOOD_OFFICER,
    "areas": ["ALDER"],
}


def test_the_member_can_sign_in_whatever_the_case_of_the_letters(desk: Desk) -> None:
    desk.do(add_member, "operator", **{**ASKED, "email": "New@Example.org"})
    with desk.database.read() as session:
        actor = sign_in(session, " NEW@example.ORG ", TODAY)
    assert actor is not None
    assert (actor.name, actor.role, actor.areas) == ("New Officer", Role.NEIGHBOURHOOD_OFFICER, frozenset({"ALDER"}))


def test_a_sector_of_several_words_is_one_area(desk: Desk) -> None:
    desk.do(add_member, "operator", **{**ASKED, "role": Role.SECTOR_INSPECTOR, "areas": ["Birmingham South"]})
    assert desk.actor("new").areas == {"Birmingham South"}


@pytest.mark.parametrize("who", WHO)
def test_no_member_administers_members(desk: Desk, who: str) -> None:
    assert desk.is_refused(add_member, who, **ASKED)


def test_adding_the_same_again_changes_nothing(desk: Desk) -> None:
    desk.do(add_member, "operator", **ASKED)
    assert desk.is_idle(add_member, "operator", **ASKED)


def test_an_address_taken_by_another_is_refused(desk: Desk) -> None:
    desk.do(add_member, "operator", **ASKED)
    with pytest.raises(PartnershipError, match="member already"):
        desk.do(add_member, "operator", **{**ASKED, "name": "Someone Else"})


def test_the_last_day_may_be_today_and_is_never_over(desk: Desk) -> None:
    with pytest.raises(PartnershipError, match="until"):
        desk.do(add_member, "operator", **ASKED, until=TODAY - timedelta(days=1))
    desk.do(add_member, "operator", **ASKED, until=TODAY)
    assert desk.actor("new").name == "New Officer"


def test_a_removed_member_can_come_back(desk: Desk) -> None:
    desk.do(add_member, "operator", **ASKED)
    desk.do(remove_member, "operator", email="new@example.org", seen_version=1)
    assert desk.do(add_member, "operator", **ASKED).is_changed
    assert desk.actor("new").name == "New Officer"


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"role": Role.OPERATOR}, "role"),
        ({"areas": []}, "areas"),
        ({"role": Role.PARTNER}, "agency"),
        ({"agency": "NONE"}, "no agency"),
        ({"email": "nobody"}, "email"),
    ],
)
def test_what_would_give_no_or_too_much_right_is_refused(desk: Desk, change: dict[str, Any], said: str) -> None:
    with pytest.raises(PartnershipError, match=said):
        desk.do(add_member, "operator", **{**ASKED, **change})
