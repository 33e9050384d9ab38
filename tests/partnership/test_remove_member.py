"""Taking the right to sign in away."""

from __future__ import annotations

from typing import Any

import pytest

from partnership.members import change_member, remove_member, sign_in
from partnership.vocabulary import Role
from tests.partnership.builders import TODAY, WHO, Desk

ASKED: dict[str, Any] = {"email": "officer@example.org"}


def test_a_removed_member_is_nobody_at_the_next_step(desk: Desk) -> None:
    desk.do(remove_member, "operator", seen_version=1, **ASKED)
    with desk.database.read() as session:
        assert sign_in(session, "officer@example.org", TODAY) is None


@pytest.mark.parametrize("who", WHO)
def test_no_member_administers_members(desk: Desk, who: str) -> None:
    assert desk.is_refused(remove_member, who, seen_version=1, **ASKED)


def test_removing_again_changes_nothing(desk: Desk) -> None:
    desk.do(remove_member, "operator", seen_version=1, **ASKED)
    assert desk.is_idle(remove_member, "operator", seen_version=1, **ASKED)


def test_who_would_remove_a_changed_member_is_told(desk: Desk) -> None:
    change = {"name": "Officer", "role": Role.NEIGHBOURHOOD_OFFICER, "areas": ["CEDAR"], "seen_version": 1}
    desk.do(change_member, "operator", **ASKED, **change)
    assert desk.stale(remove_member, "operator", seen_version=1, **ASKED).first_by == "Operator"
