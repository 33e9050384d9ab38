"""Signing in."""

from __future__ import annotations

from datetime import date

from partnership.members import add_member, sign_in, sign_in_choices
from partnership.vocabulary import Role
from tests.partnership.builders import STRANGER, TODAY, WHO, Desk


def test_a_stranger_is_nobody(desk: Desk) -> None:
    with desk.database.read() as session:
        assert sign_in(session, STRANGER, TODAY) is None


def test_a_membership_ends_with_its_last_day(desk: Desk) -> None:
    guest = {"email": "guest@example.org", "name": "Guest", "role": Role.ANALYST, "until": TODAY}
    desk.do(add_member, "operator", **guest)
    with desk.database.read() as session:
        assert sign_in(session, "guest@example.org", TODAY) is not None
        assert sign_in(session, "guest@example.org", date(2013, 12, 3)) is None


def test_the_choice_of_people_is_everyone_who_may_sign_in(desk: Desk) -> None:
    with desk.database.read() as session:
        assert {actor.email.removesuffix("@example.org") for actor in sign_in_choices(session, TODAY)} == set(WHO)
