from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

from dashboard.today import local_day, now, said_today, today
from tests.dashboard.frame.builders import a_build


def test_an_invented_force_lives_on_the_monday_after_its_newest_week() -> None:
    assert today(a_build()) == date(2013, 12, 2)


def test_what_is_saved_in_an_invented_force_bears_its_own_day() -> None:
    saved_at = now(a_build())
    assert (saved_at.date(), saved_at.tzinfo) == (date(2013, 12, 2), UTC)


def test_what_a_real_force_saves_bears_the_real_day() -> None:
    assert now(replace(a_build(), is_synthetic=False)).date() > date(2020, 1, 1)


def test_an_hour_before_midnight_in_summer_time_is_the_next_day() -> None:
    assert local_day(datetime(2013, 6, 30, 23, 30, tzinfo=UTC), "Europe/London") == date(2013, 7, 1)


def test_the_header_says_that_the_day_is_the_samples() -> None:
    assert said_today(a_build()) == "Invented data, today Mon 2 Dec 2013"
