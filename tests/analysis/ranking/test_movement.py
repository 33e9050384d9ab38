"""Is every move since last week's list the one the clerk would note, and do the quick lists equal the plain ones?"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.demand.contacts import KeyType, contacts
from analysis.demand.windows import Window
from analysis.errors import QuestionError
from analysis.ranking.movement import movement
from analysis.ranking.order import Lens
from analysis.ranking.rank import rank
from analysis.ranking.weekly import LIST_COLUMNS, weekly_lists
from tests.analysis.ranking import oracles
from tests.analysis.ranking.builders import (
    WINDOWS,
    Extract,
    Log,
    Settings,
    concerned_frame,
    crime_frame,
    extracts,
    group_frame,
    log_frame,
    rings,
    settings_asked,
)

BEFORE_ALL_DATA = date(2013, 1, 7)
ONE_WEEK = Window(date(2013, 12, 2), 1, "Europe/London")


def contacts_of(extract: Extract, key_type: KeyType = KeyType.CALLER) -> pl.DataFrame:
    frames = log_frame(extract.logs), group_frame(extract.logs), concerned_frame(extract.logs)
    return contacts(*frames).filter(pl.col("key_type") == key_type.value)


def moved(
    logs: list[Log],
    *,
    first_day: date = BEFORE_ALL_DATA,
    length: int = 10,
    lists_before: int = 52,
    **facts: Any,
) -> dict[str, Any]:
    extract = Extract(tuple(logs), facts.pop("days", {}))
    found = movement(
        contacts_of(extract),
        facts.pop("window", ONE_WEEK),
        **Settings(**facts).asked(),
        group_crimes=crime_frame(extract),
        first_day=first_day,
        length=length,
        lists_before=lists_before,
    )
    return {row["key_id"]: row for row in found.to_dicts()}


def twice(person: str, day: str) -> list[Log]:
    return rings(person, f"{day}T10:00", f"{day}T11:00", name=f"{person}-{day}")


def test_who_was_on_no_list_is_new() -> None:
    assert moved(twice("P1", "2013-11-26"))["P1"]["movement"] == "new"


def test_who_was_on_a_list_before_last_weeks_has_returned() -> None:
    assert moved(twice("P1", "2013-11-12") + twice("P1", "2013-11-26"))["P1"]["movement"] == "returned"


def test_who_was_on_the_list_fifty_three_weeks_ago_has_returned() -> None:
    first_day = date(2012, 11, 1)
    logs = twice("P1", "2012-11-20") + twice("P1", "2013-11-26")
    assert moved(logs, first_day=first_day)["P1"]["movement"] == "returned"


def test_who_was_last_on_the_list_fifty_four_weeks_ago_is_new_again() -> None:
    logs = twice("P1", "2012-11-13") + twice("P1", "2013-11-26")
    assert moved(logs, first_day=date(2012, 1, 2))["P1"]["movement"] == "new"


def test_who_is_no_longer_on_the_list_has_left() -> None:
    left = moved(twice("P1", "2013-11-19"))["P1"]
    assert (left["movement"], left["position"], left["earlier_rank"], left["weeks_on_list"]) == ("left", None, 1, 0)


def test_a_better_rank_is_up_a_worse_one_down_and_an_equal_one_the_same() -> None:
    logs = [
        *rings("P1", "2013-11-19T10:00", "2013-11-19T11:00", "2013-11-19T12:00", name="a"),
        *twice("P2", "2013-11-20"),
        *twice("P3", "2013-11-21"),
        *twice("P1", "2013-11-26"),
        *rings("P2", "2013-11-26T10:00", "2013-11-26T11:00", "2013-11-26T12:00", name="b"),
        *twice("P3", "2013-11-26"),
    ]
    assert {key: row["movement"] for key, row in moved(logs).items()} == {"P1": "down", "P2": "up", "P3": "same"}


def test_a_contact_on_the_stroke_of_the_weeks_midnight_is_of_the_new_week() -> None:
    logs = rings("P1", "2013-11-25T00:00:00", "2013-11-25T10:00:00")
    assert moved(logs)["P1"]["movement"] == "new"


def test_who_was_alone_on_last_weeks_list_has_left_however_busy_this_week_is() -> None:
    busy = [f"2013-11-26T1{hour}:00" for hour in range(5)]
    crowd_now = [log for person in range(8) for log in rings(f"P{person}", *busy)]
    assert moved(crowd_now + twice("P9", "2013-11-19"), length=1)["P9"]["movement"] == "left"


def test_a_crime_of_two_weeks_counts_once_in_a_list_of_both() -> None:
    days = {"C1": 10.0, "C2": 15.0}
    logs = rings("P1", "2013-11-19T10:00", "2013-11-26T10:00", crimes=("C1",))
    logs += rings("P2", "2013-11-26T10:00", crimes=("C2",)) + rings("P2", "2013-11-26T11:00", name="later")
    two_weeks = Window(ONE_WEEK.as_of, 2, ONE_WEEK.timezone)
    found = moved(logs, window=two_weeks, lens=Lens.HARM, days=days)
    assert [found[key]["rank"] for key in ("P1", "P2")] == [2, 1]


def test_without_a_whole_earlier_window_in_the_data_there_is_no_earlier_list() -> None:
    logs = twice("P1", "2013-11-19") + twice("P2", "2013-11-26")
    found = moved(logs, first_day=date(2013, 11, 19))
    assert {key: row["movement"] for key, row in found.items()} == {"P2": "no_earlier_list"}


def test_an_earlier_window_that_begins_on_the_first_day_is_whole() -> None:
    assert moved(twice("P2", "2013-11-26"), first_day=date(2013, 11, 18))["P2"]["movement"] == "new"


def test_weeks_on_the_list_are_counted_as_far_back_as_the_data_goes() -> None:
    mondays = [date(2013, 11, 25) - timedelta(days=7 * week) for week in range(130)]
    logs = [log for monday in mondays for log in twice("P1", monday.isoformat())]
    assert moved(logs, first_day=date(2010, 1, 4))["P1"]["weeks_on_list"] == 130


def test_weeks_on_the_list_are_the_persons_own_where_the_weeks_before_bring_others_into_sight() -> None:
    three_weeks = Window(ONE_WEEK.as_of, 3, ONE_WEEK.timezone)
    logs = rings("P2", "2013-11-15T10:00") + rings("P1", "2013-10-28T10:00")
    found = moved(logs, first_day=date(2013, 10, 21), window=three_weeks, minimum_contacts=1, length=1, lists_before=0)
    assert {key: row["weeks_on_list"] for key, row in found.items()} == {"P2": 3}


def test_a_known_harm_is_better_than_none() -> None:
    logs = twice("P1", "2013-11-19") + twice("P1", "2013-11-26")
    harmed = [Log(**{**vars(log), "crimes": ("C1",)}) if "11-26" in log.incident_id else log for log in logs]
    assert moved(harmed, lens=Lens.HARM, days={"C1": 10.0})["P1"]["movement"] == "up"


def test_a_list_by_harm_without_a_harm_table_says_what_to_mend() -> None:
    with pytest.raises(QuestionError, match=r"\[harm\]"):
        weekly_lists(
            contacts_of(Extract(())),
            ONE_WEEK,
            **Settings(lens=Lens.HARM).asked(),
            group_crimes=None,
            first_day=BEFORE_ALL_DATA,
            lists=2,
            length=10,
        )


@settings(max_examples=40, deadline=None)
@given(st.data(), st.sampled_from(WINDOWS), st.sampled_from(KeyType), settings_asked)
def test_every_move_is_the_one_the_clerk_notes(
    data: st.DataObject, window: Window, key_type: KeyType, asked: Settings
) -> None:
    extract = data.draw(extracts(window, window.weeks + 5))
    weeks_of_data = data.draw(st.integers(0, 6)) + window.weeks
    first_day = window.as_of - timedelta(days=7 * weeks_of_data - data.draw(st.integers(-1, 1)))
    length, lists_before = data.draw(st.integers(1, 3)), data.draw(st.integers(0, 3))
    bounds: dict[str, Any] = {"first_day": first_day, "length": length, "lists_before": lists_before}
    found = movement(
        contacts_of(extract, key_type), window, **asked.asked(), group_crimes=crime_frame(extract), **bounds
    )
    expected = oracles.movement(extract, key_type, window, asked, **bounds)
    assert sorted(found.rows(), key=lambda row: row[:2]) == [tuple(vars(line).values()) for line in expected]


@settings(max_examples=25, deadline=None)
@given(st.data(), st.sampled_from(WINDOWS), settings_asked)
def test_the_lists_of_the_weeks_are_those_of_plain_calls(data: st.DataObject, window: Window, asked: Settings) -> None:
    extract = data.draw(extracts(window, window.weeks + 6, most=60))
    length = data.draw(st.sampled_from([1, 2, None]))
    own, crimes = contacts_of(extract), crime_frame(extract)
    quick = weekly_lists(
        own, window, **asked.asked(), group_crimes=crimes, first_day=BEFORE_ALL_DATA, lists=6, length=length
    )
    assert quick.frame().equals(pl.concat(plain_list(own, window, asked, crimes, week, length) for week in range(6)))


def plain_list(
    own: pl.DataFrame, window: Window, asked: Settings, crimes: pl.DataFrame, weeks_ago: int, length: int | None
) -> pl.DataFrame:
    then = window.weeks_before(weeks_ago)
    lines = rank(own, then, **asked.asked(), group_crimes=crimes)
    return (
        lines.filter(pl.col("position") <= (length or lines.height))
        .with_columns(pl.lit(weeks_ago, pl.Int64).alias("weeks_ago"), pl.lit(then.as_of).alias("as_of"))
        .select(LIST_COLUMNS)
    )


def crowd(people: int, jobs: int, seed: int) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Contacts of a crowd over two years and their crimes, spread by a fixed multiplication so that many tie."""
    number = pl.int_range(jobs, dtype=pl.Int64)
    mixed = (number * 2_654_435_761 + seed) % 4_294_967_296
    person = (mixed % people) * (mixed // 65_536 % people) // people
    start = Window(ONE_WEEK.as_of, 104, ONE_WEEK.timezone).start
    frame = pl.DataFrame().select(
        pl.format("P{}", person).alias("key_id"),
        pl.format("I{}", number).alias("group_id"),
        (pl.lit(start) + pl.duration(minutes=mixed // 7 % (104 * 7 * 24 * 60))).cast(INSTANT).alias("contact_at"),
        pl.lit(True).alias("is_domestic"),
        pl.lit(None, pl.String).alias("ward_code"),
        pl.format("N{}", mixed // 11 % 3).alias("neighbourhood_code"),
        *((mixed // 13 % 4).alias(unit) for unit in ("units", "units_low", "units_high", "imputed_units")),
    )
    crimes = frame.filter(pl.col("units") == 1).select(
        "group_id", pl.format("C{}", pl.int_range(pl.len()) // 2).alias("crime_ref")
    )
    days = pl.col("crime_ref").str.slice(1).cast(pl.Int64) % 5
    return frame, crimes.with_columns(pl.when(days > 0).then(days.cast(pl.Float64)).alias("days"))


INSTANT = pl.Datetime("us", "UTC")


@pytest.mark.parametrize("lens", Lens)
def test_leaving_out_who_cannot_reach_the_list_changes_no_list_of_a_year(
    lens: Lens, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("analysis.ranking.weekly._FEW", 100)
    own, crimes = crowd(people=400, jobs=6_000, seed=7)
    window = Window(ONE_WEEK.as_of, 52, ONE_WEEK.timezone)
    asked = Settings(lens=lens)
    quick = weekly_lists(
        own, window, **asked.asked(), group_crimes=crimes, first_day=date(2011, 12, 5), lists=53, length=10
    )
    assert quick.frame().equals(pl.concat(plain_list(own, window, asked, crimes, week, 10) for week in range(53)))
