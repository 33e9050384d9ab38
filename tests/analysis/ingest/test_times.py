"""Times as suppliers write them, and the two nights a year when the clock changes."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.ingest.times import parse, parse_dates, to_utc
from tests.analysis.ingest.force import DEPLOYMENTS, LOG, ONE_LOG, read, write


def _minutes(folder: Path, assigned: str, cleared: str) -> float:
    rows = f"incident_id,callsign,assigned_at,cleared_at\nL1,A1,{assigned},{cleared}\n"
    tables = read(write(folder, LOG + DEPLOYMENTS, incidents__csv=ONE_LOG, deployments__csv=rows)).tables
    row = tables["deployments"].row(0, named=True)
    return float((row["cleared_at"] - row["assigned_at"]).total_seconds()) / 60


@pytest.mark.parametrize(
    ("assigned", "cleared", "minutes"),
    [
        ("2013-10-27 00:40", "2013-10-27 01:20", 40),
        ("2013-10-27 00:40", "2013-10-27 01:20+00:00", 100),
        ("2013-10-27 00:40", "2013-10-27T01:20:00Z", 100),
        ("2013-10-27 00:40", "2013-10-27 02:20", 160),
        ("2013-10-27 01:50", "2013-10-27 01:10", 20),
        ("2014-03-30 00:40", "2014-03-30 02:20", 40),
        ("2014-03-30 01:30", "2014-03-30 02:45", 15),
        ("2013-12-01 23:50", "2013-12-02 00:10", 20),
    ],
)
def test_a_deployment_over_a_clock_change_lasts_its_real_minutes(
    tmp_path: Path, assigned: str, cleared: str, minutes: float
) -> None:
    assert _minutes(tmp_path, assigned, cleared) == minutes


def test_a_time_in_a_repeated_or_missing_hour_is_marked() -> None:
    local = pl.Series([datetime(2013, 10, 27, 1, 20), datetime(2014, 3, 30, 1, 30), datetime(2013, 12, 2)])
    clock = to_utc(local, "Europe/London")
    assert clock.is_changed is not None and clock.is_changed.to_list() == [True, True, False]
    assert clock.utc.to_list()[:2] == [
        datetime(2013, 10, 27, 0, 20, tzinfo=UTC),
        datetime(2014, 3, 30, 1, 30, tzinfo=UTC),
    ]


@pytest.mark.parametrize("start", [datetime(2013, 3, 1), datetime(2013, 10, 1)])
@pytest.mark.parametrize("timezone", ["Europe/London", "America/New_York", "Australia/Lord_Howe"])
def test_a_long_list_of_times_is_read_by_the_rules_of_the_clock(timezone: str, start: datetime) -> None:
    times = [start + timedelta(minutes=50 * step) for step in range(45 * 28)]
    clock, zone = to_utc(pl.Series(times), timezone), ZoneInfo(timezone)
    expected, changed = [], []
    for local in times:
        aware = local.replace(tzinfo=zone)
        is_missing = aware.astimezone(UTC).astimezone(zone).replace(tzinfo=None) != local
        is_repeated = aware.utcoffset() != aware.replace(fold=1).utcoffset() and not is_missing
        moved = (local + timedelta(hours=1)).replace(tzinfo=zone) if is_missing else aware
        expected.append(moved.astimezone(UTC))
        changed.append(is_missing or is_repeated)
    assert clock.utc.to_list() == expected
    assert (clock.is_changed.to_list() if clock.is_changed is not None else [False] * len(times)) == changed


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("02/12/2013 10:15:30", datetime(2013, 12, 2, 10, 15, 30)),
        ("1/2/17 16:23", datetime(2017, 1, 2, 16, 23)),
        ("04/07/2020 11:53:08 PM", datetime(2020, 4, 7, 23, 53, 8)),
        ("2013-12-02T10:15", datetime(2013, 12, 2, 10, 15)),
        ("2013-12-02 10:15:30.250", datetime(2013, 12, 2, 10, 15, 30, 250_000)),
        ("20131202T101530", datetime(2013, 12, 2, 10, 15, 30)),
        ("31/02/2013 10:00:00", None),
        ("02/12/0013 10:15:30", None),
        ("soon", None),
        (None, None),
    ],
)
def test_formats_are_tried_in_turn_and_iso_8601_always(text: str | None, expected: datetime | None) -> None:
    formats = ["%d/%m/%Y %H:%M:%S", "%m/%d/%y %H:%M", "%m/%d/%Y %I:%M:%S %p"]
    assert parse(pl.Series([text], dtype=pl.String), formats).local.to_list() == [expected]


def test_an_offset_is_obeyed_in_any_format() -> None:
    texts = pl.Series(["27/10/2013 01:20:00+01:00", "2013-10-27T01:20:00-0500", "2013-12-02 10:00"])
    read_times = parse(texts, ["%d/%m/%Y %H:%M:%S"])
    assert read_times.utc.to_list() == [
        datetime(2013, 10, 27, 0, 20, tzinfo=UTC),
        datetime(2013, 10, 27, 6, 20, tzinfo=UTC),
        None,
    ]
    assert read_times.local.is_null().to_list() == [True, True, False]


def test_a_date_of_birth_is_read_by_the_day_part_of_the_formats() -> None:
    texts = pl.Series(["01/02/1980", "1980-02-01", "01/02/1980 00:00:00", "unknown"])
    dates = parse_dates(texts, ["%d/%m/%Y %H:%M:%S"]).to_list()
    assert [str(day) for day in dates] == ["1980-02-01", "1980-02-01", "1980-02-01", "None"]


@settings(max_examples=50, deadline=None)
@given(st.lists(st.datetimes(datetime(2010, 1, 1), datetime(2030, 1, 1)), min_size=1, max_size=6))
def test_local_times_agree_with_zoneinfo(times: list[datetime]) -> None:
    london = ZoneInfo("Europe/London")
    expected = [time.replace(tzinfo=london, fold=0).astimezone(UTC) for time in times]
    assert to_utc(pl.Series(times), "Europe/London").utc.to_list() == expected


@pytest.mark.parametrize(
    "written",
    [
        "20120601T100000Z",
        "20120601T1000Z",
        "20120601T110000+0100",
        "20120601T110000.000+01:00",
        "2012-06-01t10:00:00z",
        "2012-06-01T11:00:00,000+01",
        "2012-06-01 11:00:00,000",
        "20120601T110000",
        "20120601T1100",
    ],
)
def test_every_common_form_of_iso_8601_is_read(written: str) -> None:
    read = parse(pl.Series(["2012-06-01T10:00:00Z", written, None]), [])
    utc = read.utc.zip_with(read.utc.is_not_null(), to_utc(read.local, "Europe/London").utc)
    assert utc.to_list() == [datetime(2012, 6, 1, 10, tzinfo=UTC)] * 2 + [None]


def test_a_comma_stands_before_a_fraction_of_a_second() -> None:
    assert parse(pl.Series(["2012-06-01T10:00:00,25"]), []).local.to_list() == [datetime(2012, 6, 1, 10, 0, 0, 250_000)]
