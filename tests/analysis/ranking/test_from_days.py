"""Do lists added up from stored days equal those made from the contacts one by one?"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.demand.areas import AreaKind
from analysis.demand.contacts import KeyType, contacts
from analysis.demand.day_sums import DayTables, day_tables
from analysis.demand.totals import MEASURES, day_totals
from analysis.ranking.from_days import Days, compared_days, rank_days, weekly_day_lists
from analysis.ranking.movement import movement
from analysis.ranking.rank import rank
from analysis.ranking.weekly import weekly_lists
from tests.analysis.ranking.builders import (
    WINDOWS,
    Extract,
    Settings,
    concerned_frame,
    crime_frame,
    extracts,
    group_frame,
    log_frame,
    rings,
    settings_asked,
)

FIRST_DAY = date(2013, 1, 7)
NOBODY_ASSESSED = pl.DataFrame(schema={"incident_id": pl.String})
NOTHING_DONE = pl.DataFrame(
    schema={"incident_id": pl.String, "event": pl.String, "at": pl.Datetime("us", "UTC")},
)
NO_CRIMES = pl.DataFrame(
    schema={
        "crime_ref": pl.String,
        "incident_id": pl.String,
        "is_domestic": pl.Boolean,
        "relationship": pl.String,
    }
)


def stored(extract: Extract, timezone: str, *, repeat: int = 2) -> DayTables:
    logs, groups, concerned = log_frame(extract.logs), group_frame(extract.logs), concerned_frame(extract.logs)
    facts = pl.DataFrame(
        [(log.is_domestic, None, None, None) for log in extract.logs],
        schema={
            "is_domestic": pl.Boolean,
            "crime_ref": pl.String,
            "children_present": pl.Boolean,
            "caller_pool": pl.String,
        },
        orient="row",
    )
    return day_tables(
        contacts(logs, groups, concerned),
        groups,
        incidents=pl.concat([logs, facts], how="horizontal"),
        concerned=concerned,
        crimes=NO_CRIMES,
        group_crimes=crime_frame(extract),
        assessments=NOBODY_ASSESSED,
        safeguarding=NOTHING_DONE,
        timezone=timezone,
        repeat=repeat,
    )


def counting(tables: DayTables, asked: Settings) -> Days:
    taken = pl.col("is_domestic") if asked.domestic_only else pl.lit(True)
    return Days(tables.sums.filter(taken), tables.crimes.filter(taken), has_harm=True)


def own_contacts(extract: Extract) -> pl.DataFrame:
    frames = log_frame(extract.logs), group_frame(extract.logs), concerned_frame(extract.logs)
    return contacts(*frames).filter(pl.col("key_type") == KeyType.CALLER.value)


@given(data=st.data(), window=st.sampled_from(WINDOWS), asked=settings_asked)
@settings(max_examples=60, deadline=None)
def test_a_list_added_up_from_days_is_the_list(data: st.DataObject, window: Any, asked: Settings) -> None:
    asked = replace(asked, area=AreaKind.NEIGHBOURHOOD)
    extract = data.draw(extracts(window, window.weeks + 1))
    days = counting(stored(extract, window.timezone, repeat=asked.minimum_contacts), asked)
    quick = rank_days(days, window, lens=asked.lens, minimum_contacts=asked.minimum_contacts)
    plain = rank(own_contacts(extract), window, **asked.asked(), group_crimes=crime_frame(extract))
    assert quick.equals(plain)


@given(data=st.data(), window=st.sampled_from(WINDOWS), asked=settings_asked, length=st.sampled_from([1, 2, None]))
@settings(max_examples=40, deadline=None)
def test_weekly_lists_added_up_from_days_are_those_lists(
    data: st.DataObject, window: Any, asked: Settings, length: int | None
) -> None:
    asked = replace(asked, area=AreaKind.NEIGHBOURHOOD)
    extract = data.draw(extracts(window, window.weeks + 6))
    days = counting(stored(extract, window.timezone), asked)
    bounds: dict[str, Any] = {"first_day": FIRST_DAY, "lists": 6, "length": length}
    quick = weekly_day_lists(days, window, lens=asked.lens, minimum_contacts=asked.minimum_contacts, **bounds)
    plain = weekly_lists(own_contacts(extract), window, **asked.asked(), group_crimes=crime_frame(extract), **bounds)
    assert quick.frame().equals(plain.frame())


@given(data=st.data(), window=st.sampled_from(WINDOWS), asked=settings_asked)
@settings(max_examples=30, deadline=None)
def test_movement_added_up_from_days_is_the_movement(data: st.DataObject, window: Any, asked: Settings) -> None:
    asked = replace(asked, area=AreaKind.NEIGHBOURHOOD)
    extract = data.draw(extracts(window, window.weeks + 5))
    days = counting(stored(extract, window.timezone), asked)
    bounds: dict[str, Any] = {"first_day": FIRST_DAY, "length": 2, "lists_before": 2}
    quick = compared_days(days, window, lens=asked.lens, minimum_contacts=asked.minimum_contacts, **bounds)
    plain = movement(own_contacts(extract), window, **asked.asked(), group_crimes=crime_frame(extract), **bounds)
    assert quick.moved.equals(plain)


@given(data=st.data(), window=st.sampled_from(WINDOWS), domestic_only=st.booleans())
@settings(max_examples=25, deadline=None)
def test_stored_totals_of_a_day_are_those_of_its_incidents(
    data: st.DataObject, window: Any, domestic_only: bool
) -> None:
    extract = data.draw(extracts(window, window.weeks + 1))
    totals = stored(extract, window.timezone).totals
    taken = totals.filter(pl.col("is_domestic") if domestic_only else pl.lit(True))
    quick = taken.group_by("area_code", "day").agg(pl.col(MEASURES).sum()).sort("area_code", "day")
    plain = day_totals(
        group_frame(extract.logs),
        own_contacts(extract),
        area=AreaKind.NEIGHBOURHOOD,
        timezone=window.timezone,
        domestic_only=domestic_only,
    )
    assert quick.select(plain.columns).equals(plain)


def test_two_calls_on_one_local_day_are_one_row_and_the_hour_after_midnight_is_the_next_day() -> None:
    logs = rings("P1", "2013-07-01T10:00", "2013-07-01T12:00", "2013-07-01T23:30")
    sums = stored(Extract(tuple(logs)), "Europe/London").sums
    assert sums.select("day", "contacts").rows() == [(date(2013, 7, 1), 2), (date(2013, 7, 2), 1)]


def test_what_was_rung_about_elsewhere_stands_beside_on_a_row_of_its_own() -> None:
    here = rings("P1", "2013-07-01T10:00", "2013-07-02T10:00", neighbourhood_code="N1")
    there = rings("P1", "2013-07-03T10:00", neighbourhood_code="N2")
    sums = stored(Extract((*here, *there)), "Europe/London").sums
    of_the_third = sums.filter(pl.col("day") == date(2013, 7, 3)).select("area_code", "contacts", "contacts_elsewhere")
    assert of_the_third.rows() == [("N1", 0, 1), ("N2", 1, 0)]
