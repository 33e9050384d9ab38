"""Do the median and the busy day count every day of a weekday, the quiet ones too?"""

from __future__ import annotations

from datetime import date, timedelta
from statistics import median

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.officer_time import UNITS_PER_MINUTE
from analysis.officer_time.typical import hours_of_a_day

MONDAY = date(2013, 11, 4)
FOUR_WEEKS = MONDAY + timedelta(weeks=4)
TWO_HOURS = pl.DataFrame({"hour": [9, 10]}, schema={"hour": pl.Int64})
UNITS_AN_HOUR = 60 * UNITS_PER_MINUTE
Row = tuple[date, int, int]


def worked(*rows: Row) -> pl.DataFrame:
    """Day, hour of the day, and minutes."""
    return pl.DataFrame(
        [(day, hour, minutes * UNITS_PER_MINUTE) for day, hour, minutes in rows],
        schema={"day": pl.Date, "hour": pl.Int64, "units": pl.Int64},
        orient="row",
    )


def found(rows: pl.DataFrame, parts: pl.DataFrame | None = None) -> dict[tuple[int, ...], tuple[float, float]]:
    answer = hours_of_a_day(rows, parts, MONDAY, FOUR_WEEKS, day="day", high_centile=90)
    return {tuple(row[:-2]): row[-2:] for row in answer.rows()}


def a_monday(week: int, hour: int, minutes: int) -> Row:
    return MONDAY + timedelta(weeks=week), hour, minutes


def test_of_four_mondays_two_were_quiet() -> None:
    # 0, 0, 60 and 120 minutes: half an hour in the middle; the 90th centile lies 0.7 of the way from 60 to 120.
    rows = worked(a_monday(0, 9, 60), a_monday(2, 9, 90), a_monday(2, 10, 30))
    assert found(rows)[1,] == pytest.approx((0.5, 1.7))


def test_an_hour_worked_on_one_monday_of_four_has_a_median_of_nothing() -> None:
    assert found(worked(a_monday(3, 10, 60)), TWO_HOURS)[1, 10] == pytest.approx((0.0, 0.7))


def test_what_was_worked_after_the_period_is_no_day_of_it() -> None:
    assert set(found(worked((FOUR_WEEKS, 9, 600))).values()) == {(0.0, 0.0)}


def test_a_period_of_three_days_has_three_weekdays() -> None:
    short = hours_of_a_day(worked(), None, MONDAY, MONDAY + timedelta(days=3), day="day", high_centile=90)
    assert short["weekday"].to_list() == [1, 2, 3]


def slow(rows: list[Row], weekday: int, hour: int) -> tuple[float, float]:
    """Day after day with a pencil: the hours of each, in order; the middle, and the place 90 hundredths along."""
    days = [MONDAY + timedelta(days=at) for at in range(28)]
    hours = sorted(
        sum(minutes for on, at, minutes in rows if on == day and at == hour) / 60
        for day in days
        if day.isoweekday() == weekday
    )
    place = (len(hours) - 1) * 0.9
    below, above = hours[int(place)], hours[min(int(place) + 1, len(hours) - 1)]
    return median(hours), below + (place - int(place)) * (above - below)


@settings(max_examples=40, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.dates(MONDAY - timedelta(days=3), FOUR_WEEKS + timedelta(days=3)),
            st.sampled_from([9, 10]),
            st.integers(1, 900),
        ),
        max_size=40,
    )
)
def test_every_hour_of_the_week_is_as_somebody_would_work_it_out(rows: list[Row]) -> None:
    answer = found(worked(*rows), TWO_HOURS)
    assert list(answer) == [(weekday, hour) for weekday in range(1, 8) for hour in (9, 10)]
    for (weekday, hour), said in answer.items():
        assert said == pytest.approx(slow(rows, weekday, hour))
