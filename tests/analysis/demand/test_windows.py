"""Does a window hold exactly the local days it names?"""

from __future__ import annotations

from datetime import date, datetime, timedelta

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.demand.windows import Window, default_as_of, local_midnight
from analysis.errors import AnalysisError, QuestionError
from tests.analysis.ranking.builders import at
from tests.analysis.ranking.oracles import day_begins

LONDON = "Europe/London"


def test_the_week_ending_sunday_begins_and_ends_on_mondays() -> None:
    window = Window(date(2013, 12, 2), 1, LONDON)
    assert (window.start, window.end) == (at("2013-11-25T00:00"), at("2013-12-02T00:00"))


def test_the_week_of_the_spring_change_is_an_hour_short() -> None:
    window = Window(date(2013, 4, 1), 1, LONDON)
    assert (window.start, window.end) == (at("2013-03-25T00:00"), at("2013-03-31T23:00"))


def test_the_week_of_the_autumn_change_is_an_hour_long() -> None:
    window = Window(date(2013, 10, 28), 1, LONDON)
    assert window.end - window.start == timedelta(days=7, hours=1)


def test_the_day_of_the_list_itself_is_outside() -> None:
    instants = pl.Series([at("2013-12-01T23:59:59.999999"), at("2013-12-02T00:00:00")], dtype=pl.Datetime("us", "UTC"))
    inside = pl.DataFrame({"at": instants}).select(Window(date(2013, 12, 2), 1, LONDON).contains(pl.col("at")))
    assert inside["at"].to_list() == [True, False]


def test_where_the_clocks_skip_midnight_the_day_begins_when_they_land() -> None:
    assert local_midnight(date(2013, 10, 20), "America/Sao_Paulo") == at("2013-10-20T03:00")


def test_where_the_clocks_show_midnight_twice_the_day_begins_with_the_first() -> None:
    assert local_midnight(date(2013, 11, 3), "America/Havana") == at("2013-11-03T04:00")


def test_where_the_clocks_turn_back_at_midnight_the_day_begins_after_the_hour_told_twice() -> None:
    assert local_midnight(date(2013, 2, 17), "America/Sao_Paulo") == at("2013-02-17T03:00")


def test_a_day_the_calendar_left_out_begins_with_the_next() -> None:
    assert local_midnight(date(2011, 12, 30), "Pacific/Apia") == local_midnight(date(2011, 12, 31), "Pacific/Apia")


@settings(max_examples=60, deadline=None)
@given(
    st.dates(date(2010, 1, 1), date(2030, 12, 31)),
    st.sampled_from([LONDON, "America/Sao_Paulo", "America/Havana", "Asia/Beirut", "Africa/Cairo", "Asia/Kathmandu"]),
)
def test_a_day_begins_with_the_first_minute_the_wall_shows_it(day: date, timezone: str) -> None:
    assert local_midnight(day, timezone) == day_begins(day, timezone)


def test_a_window_of_no_week_is_refused() -> None:
    with pytest.raises(QuestionError, match="at least one"):
        Window(date(2013, 12, 2), 0, LONDON)


def test_a_window_before_the_calendar_is_refused() -> None:
    with pytest.raises(QuestionError, match="fewer weeks"):
        Window(date(2013, 12, 2), 200_000, LONDON)


@pytest.mark.parametrize("timezone", ["Nowhere/Else", "../zone", ""])
def test_an_unknown_time_zone_says_what_to_mend(timezone: str) -> None:
    with pytest.raises(AnalysisError, match="timezone"):
        Window(date(2013, 12, 2), 1, timezone)


@pytest.mark.parametrize(
    ("newest", "as_of"),
    [
        ("2013-12-01T00:00:00", date(2013, 12, 2)),
        ("2013-11-30T23:59:59", date(2013, 11, 25)),
        ("2013-12-02T00:00:00", date(2013, 12, 2)),
        ("2013-12-07T23:00:00", date(2013, 12, 2)),
        ("2013-07-06T23:30:00", date(2013, 7, 8)),
    ],
)
def test_the_list_is_made_for_the_monday_after_the_newest_complete_week(newest: str, as_of: date) -> None:
    assert default_as_of(at(newest), LONDON) == as_of


def test_a_newest_record_without_offset_is_a_mistake_of_ours() -> None:
    with pytest.raises(ValueError, match="offset"):
        default_as_of(datetime(2013, 12, 1), LONDON)
