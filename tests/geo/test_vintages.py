from __future__ import annotations

import datetime as dt

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.errors import GeoError
from geo.vintages import vintage_on
from tests.geo.oracles import vintage_of_day

OLD, NEW = dt.date(2004, 6, 10), dt.date(2018, 5, 3)


def held(valid_from: list[dt.date | None], *days: str) -> list[int]:
    return vintage_on(valid_from, np.array(days, dtype="datetime64[D]")).tolist()


def test_new_wards_hold_from_their_first_day() -> None:
    assert held([OLD, NEW], "2018-05-02", "2018-05-03", "2024-12-02") == [0, 1, 1]


def test_before_the_first_vintage_the_earliest_holds() -> None:
    assert held([NEW, OLD], "1999-01-01") == [1]


def test_a_vintage_without_a_date_is_the_earliest() -> None:
    assert held([NEW, None], "1999-01-01", "2018-05-02", "2018-05-03") == [1, 1, 0]


def test_a_single_vintage_always_holds() -> None:
    assert held([NEW], "1999-01-01", "2024-12-02") == [0, 0]


def test_times_are_taken_by_their_day() -> None:
    assert vintage_on([OLD, NEW], np.array(["2018-05-02T23:59:59"], dtype="datetime64[us]")).tolist() == [0]


@pytest.mark.parametrize("valid_from", [[], [NEW, NEW], [None, OLD, None]])
def test_no_vintage_or_two_of_one_day_is_an_error(valid_from: list[dt.date | None]) -> None:
    with pytest.raises(GeoError, match=r"vintages|no boundaries"):
        held(valid_from, "2024-12-02")


def test_a_missing_day_is_our_own_fault() -> None:
    with pytest.raises(ValueError, match="a day is missing"):
        held([OLD], "NaT")


days = st.dates(dt.date(2000, 1, 1), dt.date(2000, 3, 1))


@settings(max_examples=60, deadline=None)
@given(st.lists(st.none() | days, min_size=1, max_size=5, unique=True), st.lists(days, max_size=10))
def test_every_day_has_the_vintage_that_a_plain_search_finds(
    valid_from: list[dt.date | None], asked: list[dt.date]
) -> None:
    found = vintage_on(valid_from, np.array(asked, dtype="datetime64[D]")).tolist()
    assert found == [vintage_of_day(valid_from, day) for day in asked]
