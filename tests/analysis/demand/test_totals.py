"""Do areas add up to the force, and does a quiet week stay visible?"""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.demand.areas import AreaKind
from analysis.demand.contacts import KeyType, contacts
from analysis.demand.totals import MEASURES, day_totals, force_totals, usual_range, week_totals
from tests.analysis.ranking import oracles
from tests.analysis.ranking.builders import (
    WINDOWS,
    Extract,
    Log,
    concerned_frame,
    extracts,
    group_frame,
    log_frame,
    rings,
)

LONDON = "Europe/London"
MONDAY = date(2013, 12, 2)
LONG_AGO = date(2012, 1, 2)


def days_of(logs: list[Log], timezone: str = LONDON, **asked: Any) -> pl.DataFrame:
    frames = log_frame(logs), group_frame(logs), concerned_frame(logs)
    callers = contacts(*frames).filter(pl.col("key_type") == "caller")
    settings_asked = {"area": AreaKind.NEIGHBOURHOOD, "domestic_only": True, **asked}
    return day_totals(frames[1], callers, timezone=timezone, **settings_asked)


def test_two_callers_about_one_job_are_two_contacts_and_one_incident() -> None:
    logs = rings("P1", "2013-11-26T10:00", minutes=30) + rings("P2", "2013-11-26T10:05", group_id="P1-N1-0")
    assert days_of(logs).select("contacts", "incidents").rows() == [(2, 1)]


def test_officer_time_is_summed_over_incidents_not_people() -> None:
    logs = rings("P1", "2013-11-26T10:00", minutes=30) + rings("P2", "2013-11-26T10:05", group_id="P1-N1-0")
    assert days_of(logs)["units"].to_list() == [logs[0].units]


def test_an_incident_nobody_made_a_contact_still_counts() -> None:
    logs = rings("P1", "2013-11-26T10:00", source="officer")
    assert days_of(logs).select("contacts", "incidents").rows() == [(0, 1)]


def test_a_day_is_a_local_day() -> None:
    assert days_of(rings("P1", "2013-07-01T23:30:00"))["day"].to_list() == [date(2013, 7, 2)]


@settings(max_examples=25, deadline=None)
@given(st.data(), st.sampled_from(WINDOWS), st.sampled_from(AreaKind), st.booleans())
def test_areas_and_unlocated_add_up_to_the_force(
    data: st.DataObject, window: Any, area: AreaKind, domestic_only: bool
) -> None:
    logs = list(data.draw(extracts(window, window.weeks)).logs)
    areas = days_of(logs, window.timezone, area=area, domestic_only=domestic_only)
    nowhere = [Log(**{**vars(log), "ward_code": None, "neighbourhood_code": None}) for log in logs]
    force = days_of(nowhere, window.timezone, area=area, domestic_only=domestic_only)
    whole = force_totals(areas).group_by("day").agg(pl.col(MEASURES).sum()).sort("day")
    assert whole.equals(force.drop("area_code"))


@settings(max_examples=25, deadline=None)
@given(st.data(), st.sampled_from(WINDOWS))
def test_every_days_contacts_are_the_clerks(data: st.DataObject, window: Any) -> None:
    extract: Extract = data.draw(extracts(window, window.weeks))
    zone = ZoneInfo(window.timezone)
    clerk = Counter(
        (contact.area(AreaKind.WARD), contact.at.astimezone(zone).date())
        for contact in oracles.contacts(extract, KeyType.CALLER)
    )
    days = days_of(list(extract.logs), window.timezone, area=AreaKind.WARD, domestic_only=False)
    found = days.filter(pl.col("contacts") > 0).select("area_code", "day", "contacts").rows()
    assert {(area, day): count for area, day, count in found} == dict(clerk)


def weeks_of(logs: list[Log], *, first_day: date = LONG_AGO, **asked: Any) -> list[tuple[Any, ...]]:
    weeks = week_totals(days_of(logs), MONDAY, weeks=3, first_day=first_day, **asked)
    return weeks.select("area_code", "week_start", "week_end", "contacts").rows()


def test_a_quiet_week_is_a_true_nought() -> None:
    logs = rings("P1", "2013-11-11T00:00", "2013-11-17T23:59", "2013-12-01T23:59", "2013-12-02T00:00")
    assert weeks_of(logs) == [
        ("N1", date(2013, 11, 11), date(2013, 11, 17), 2),
        ("N1", date(2013, 11, 18), date(2013, 11, 24), 0),
        ("N1", date(2013, 11, 25), date(2013, 12, 1), 1),
    ]


def test_a_week_that_begins_before_the_data_is_unknown() -> None:
    found = weeks_of(rings("P1", "2013-11-13T10:00"), first_day=date(2013, 11, 12))
    assert [row[-1] for row in found] == [None, 0, 0]


def test_an_area_without_any_record_is_shown_where_asked_for() -> None:
    found = weeks_of([], area_codes=pl.Series(["N7"]))
    assert [(row[0], row[-1]) for row in found] == [("N7", 0)] * 3


def series(*contacts_a_week: int | None) -> pl.DataFrame:
    starts = pl.date_range(date(2013, 1, 7), date(2013, 12, 30), "1w", eager=True).head(len(contacts_a_week))
    counts = pl.Series(contacts_a_week, dtype=pl.Int64)
    sums = dict.fromkeys(MEASURES, counts)
    return pl.DataFrame({"area_code": ["N1"] * len(starts), "week_start": starts, **sums})


def standing(*contacts_a_week: int | None, minimum_weeks: int = 1) -> tuple[Any, ...]:
    found = usual_range(series(*contacts_a_week), low_centile=10, high_centile=90, minimum_weeks=minimum_weeks)
    kept = found.filter(pl.col("measure") == "contacts")
    return kept.select("value", "usual_low", "usual_high", "weeks_compared", "standing").row(0)


TEN_TO_TWENTY = tuple(range(10, 21))


@pytest.mark.parametrize(("count", "word"), [(10, "below"), (11, "within"), (19, "within"), (20, "above")])
def test_only_a_week_outside_the_middle_eighty_in_a_hundred_is_news(count: int, word: str) -> None:
    assert standing(*TEN_TO_TWENTY, count) == (count, 11.0, 19.0, 11, word)


def test_with_too_few_weeks_to_compare_there_is_no_usual_range() -> None:
    assert standing(5, 5, 9, minimum_weeks=3) == (9.0, None, None, 2, "unknown")


def test_an_unknown_week_is_not_compared_with() -> None:
    assert standing(None, 5, 5, 9) == (9.0, 5.0, 5.0, 2, "above")
