"""Is officer time put into the local hours and shifts in which it was worked, and none of it lost?"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.errors import AnalysisError
from analysis.officer_time import UNITS_PER_MINUTE, OfficerTime, split_officer_time
from analysis.officer_time.by_hour import by_shift, by_weekday, read_shifts, worked_hours
from tests.analysis.officer_time.builders import row, split
from tests.analysis.officer_time.part_oracles import slow_hours
from tests.analysis.officer_time.strategies import crowds, extracts

SHIFTS = read_shifts(["early 07:00-15:00", "late 15:00-23:00", "night 23:00-07:00"])
LONDON = "Europe/London"


def between(assigned: str, cleared: str) -> OfficerTime:
    """One officer on incident A between two instants of UTC."""
    begun, done = (datetime.fromisoformat(text).replace(tzinfo=UTC) for text in (assigned, cleared))
    return split({**row("A", "10:00", "11:00"), "assigned_at": begun, "cleared_at": done})


def hours_of(time: OfficerTime, timezone: str = LONDON) -> dict[tuple[int, int], float]:
    """Minutes by day of the month and hour."""
    worked = worked_hours(time.deployments, timezone=timezone, shifts=SHIFTS)
    return {
        (day.day, hour): units / UNITS_PER_MINUTE
        for day, hour, units in worked.select("day", "hour", "units").iter_rows()
    }


def test_a_deployment_is_split_over_the_hours_it_covers() -> None:
    assert hours_of(split(row("A", "10:40", "13:10"))) == {(4, 10): 20, (4, 11): 60, (4, 12): 60, (4, 13): 10}


def test_a_deployment_over_midnight_is_put_on_both_days() -> None:
    assert hours_of(split(row("A", "23:45", "24:30"))) == {(4, 23): 15, (5, 0): 30}


def test_the_hour_told_twice_in_october_holds_two_hours() -> None:
    night = between("2013-10-26T23:40", "2013-10-27T02:20")
    assert hours_of(night) == {(27, 0): 20, (27, 1): 120, (27, 2): 20}


@pytest.mark.parametrize(
    ("assigned", "cleared", "expected"),
    [
        ("2013-10-26T23:40", "2013-10-27T00:20", {(27, 0): 20, (27, 1): 20}),
        ("2013-10-26T23:40", "2013-10-27T01:20", {(27, 0): 20, (27, 1): 80}),
        ("2013-10-27T00:50", "2013-10-27T01:10", {(27, 1): 20}),
    ],
)
def test_other_hours_of_the_night_in_october(assigned: str, cleared: str, expected: dict[tuple[int, int], int]) -> None:
    assert hours_of(between(assigned, cleared)) == expected


def test_the_hour_that_is_skipped_in_march_holds_nothing() -> None:
    assert hours_of(between("2014-03-30T00:40", "2014-03-30T01:20")) == {(30, 0): 20, (30, 2): 20}


def test_the_day_of_25_hours_holds_them_all() -> None:
    worked = hours_of(between("2013-10-26T23:00", "2013-10-28T00:00"))
    assert (sum(worked.values()), worked[27, 1]) == (25 * 60, 120)


def test_the_day_of_23_hours_holds_no_more() -> None:
    worked = hours_of(between("2014-03-30T00:00", "2014-03-30T23:00"))
    assert (sum(worked.values()), (30, 1) in worked) == (23 * 60, False)


def test_a_zone_of_three_quarters_of_an_hour_has_its_own_hours() -> None:
    # 10:00 to 11:00 UTC is 15:45 to 16:45 in Nepal.
    assert hours_of(split(row("A", "10:00", "11:00")), "Asia/Kathmandu") == {(4, 15): 15, (4, 16): 45}


def test_an_hour_on_two_incidents_is_shared() -> None:
    assert hours_of(split(row("A", "10:00", "11:00"), row("B", "10:00", "12:00")))[4, 10] == 30


def shifts_of(time: OfficerTime, *texts: str) -> dict[tuple[str, date], float]:
    worked = worked_hours(time.deployments, timezone=LONDON, shifts=read_shifts(texts) if texts else SHIFTS)
    sums = worked.group_by("shift", "shift_day").agg(pl.col("units").sum())
    return {(shift, day): units / UNITS_PER_MINUTE for shift, day, units in sums.iter_rows()}


def test_a_night_shift_belongs_to_the_day_on_which_it_began() -> None:
    monday, tuesday = date(2024, 3, 4), date(2024, 3, 5)
    found = shifts_of(split(row("A", "22:30", "31:30")))
    assert found == {("late", monday): 30, ("night", monday): 480, ("early", tuesday): 30}


def test_shifts_may_change_within_an_hour() -> None:
    found = shifts_of(split(row("A", "06:00", "07:00")), "day 06:45-18:45", "night 18:45-06:45")
    assert found == {("night", date(2024, 3, 3)): 45, ("day", date(2024, 3, 4)): 15}


@pytest.mark.parametrize(
    "texts",
    [
        [],
        ["early"],
        ["early 07:00-15:00"],
        ["early 07:00-15:00", "late 14:00-07:00"],
        ["early 07:00-15:00", "early 15:00-07:00"],
        ["early 07:00-15:00", "late 15:00-29:00"],
    ],
)
def test_a_pattern_that_does_not_cover_the_day_once_is_refused(texts: list[str]) -> None:
    with pytest.raises(AnalysisError, match="shift_pattern"):
        read_shifts(texts)


@settings(max_examples=40, deadline=None)
@given(extracts(), st.sampled_from([LONDON, "Asia/Kathmandu", "Australia/Lord_Howe"]), st.sampled_from([0, 1, 2]))
def test_hours_are_those_worked_out_slowly(
    extract: tuple[pl.DataFrame, pl.DataFrame], timezone: str, which_night: int
) -> None:
    deployments, logs = extract
    # The Monday of the generated rows, or a night in which the clocks of London change.
    moved = [timedelta(0), timedelta(days=-3781, hours=-1), timedelta(days=-3627)][which_night]
    moments = ("assigned_at", "at_scene_at", "cleared_at")
    deployments = deployments.with_columns(pl.col(moments) + moved)
    time = split_officer_time(deployments, logs, cap_hours=1, minimum_for_grade_median=3)
    worked = worked_hours(time.deployments, timezone=timezone, shifts=SHIFTS)
    fast = {
        (incident, (day, hour)): units
        for incident, day, hour, units in worked.group_by("incident_id", "day", "hour")
        .agg(pl.col("units").sum())
        .iter_rows()
    }
    assert fast == slow_hours(time.deployments.to_dicts(), ZoneInfo(timezone))


@settings(max_examples=25, deadline=None)
@given(extracts() | crowds())
def test_hours_add_up_to_the_officer_minutes_of_each_incident(extract: tuple[pl.DataFrame, pl.DataFrame]) -> None:
    time = split_officer_time(*extract, cap_hours=1, minimum_for_grade_median=3)
    worked = worked_hours(time.deployments, timezone=LONDON, shifts=SHIFTS)
    sums = worked.group_by("incident_id").agg(pl.col("units", "imputed_units").sum())
    expected = time.incidents.filter(pl.col("officer_units") > 0).select(
        "incident_id", units="officer_units", imputed_units="imputed_units"
    )
    assert sums.sort("incident_id").rows() == expected.sort("incident_id").rows()


def rows_worked(*rows: tuple[date, int, str, date, int]) -> pl.DataFrame:
    schema = {"day": pl.Date, "hour": pl.Int64, "shift": pl.String, "shift_day": pl.Date, "units": pl.Int64}
    return pl.DataFrame(list(rows), schema=schema, orient="row").with_columns(imputed_units=pl.lit(0, pl.Int64))


MONDAY, TUESDAY, NEXT_MONDAY = date(2013, 11, 18), date(2013, 11, 19), date(2013, 11, 25)


def test_an_average_is_divided_by_how_many_of_that_weekday_the_period_has() -> None:
    # Ten days from a Monday: two Mondays, Tuesdays and Wednesdays, one of every other day.
    week = by_weekday(rows_worked(), MONDAY, MONDAY + timedelta(days=10))
    assert week.filter(pl.col("hour") == 0)["days"].to_list() == [2, 2, 2, 1, 1, 1, 1]


def test_hours_of_both_mondays_are_added() -> None:
    worked = rows_worked((MONDAY, 9, "early", MONDAY, 5), (NEXT_MONDAY, 9, "early", NEXT_MONDAY, 7))
    week = by_weekday(worked, MONDAY, MONDAY + timedelta(days=14))
    assert week.filter(pl.col("units") > 0).rows() == [(1, 9, 12, 0, 2)]


def test_the_week_has_every_hour() -> None:
    assert by_weekday(rows_worked(), MONDAY, NEXT_MONDAY).height == 7 * 24


def test_a_night_counts_for_the_weekday_on_which_it_began() -> None:
    nights = by_shift(rows_worked((TUESDAY, 2, "night", MONDAY, 5)), MONDAY, NEXT_MONDAY, shifts=SHIFTS)
    assert nights.filter(pl.col("units") > 0).select("shift", "weekday").rows() == [("night", 1)]


def test_shifts_stand_in_the_force_s_order() -> None:
    names = by_shift(rows_worked(), MONDAY, NEXT_MONDAY, shifts=SHIFTS)["shift"].unique(maintain_order=True)
    assert names.to_list() == ["early", "late", "night"]


@settings(max_examples=30, deadline=None)
@given(st.dates(date(2013, 1, 1), date(2014, 12, 31)), st.integers(1, 40))
def test_weekdays_are_those_of_the_calendar(first_day: date, length: int) -> None:
    calendar = [(first_day + timedelta(days=number)).isoweekday() for number in range(length)]
    week = by_weekday(rows_worked(), first_day, first_day + timedelta(days=length))
    counted = dict(week.filter(pl.col("hour") == 0).select("weekday", "days").iter_rows())
    assert counted == {weekday: calendar.count(weekday) for weekday in range(1, 8)}
