"""Do medians and centiles stand beside means, and is what is not known left out of them?"""

from __future__ import annotations

from statistics import fmean, median, quantiles

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.officer_time import UNITS_PER_MINUTE
from analysis.officer_time.spread import spread


def described(*minutes: int | None, centile: float = 90) -> dict[str, object]:
    units = [None if value is None else value * UNITS_PER_MINUTE for value in minutes]
    incidents = pl.DataFrame({"units": units}, schema={"units": pl.Int64})
    return spread(incidents, ["units"], by=[], high_centile=centile).to_dicts()[0]


def test_one_long_incident_lifts_the_mean_and_not_the_median() -> None:
    found = described(10, 20, 30, 40, 900)
    assert (found["mean_minutes"], found["median_minutes"]) == (200, 30)


def test_the_ninetieth_centile_lies_between_two_incidents() -> None:
    # Of five values the ninetieth centile lies at place 3.6 of 0 to 4: 40 + 0.6 * (900 - 40).
    assert described(10, 20, 30, 40, 900)["high_minutes"] == pytest.approx(556)


def test_what_is_not_known_is_left_out_and_not_taken_as_nothing() -> None:
    found = described(10, None, 30)
    assert (found["incidents"], found["mean_minutes"]) == (2, 20)


def test_of_nothing_there_is_no_sum_and_no_mean() -> None:
    found = described(None)
    assert (found["incidents"], found["units"], found["mean_minutes"], found["median_minutes"]) == (0, None, None, None)


def test_each_area_is_described_apart() -> None:
    incidents = pl.DataFrame({"area": ["N1", "N1", "N2"], "units": [UNITS_PER_MINUTE * m for m in (1, 3, 9)]})
    found = spread(incidents, ["units"], by=["area"], high_centile=90)
    assert found.select("area", "incidents", "mean_minutes").rows() == [("N1", 2, 2.0), ("N2", 1, 9.0)]


@settings(max_examples=40, deadline=None)
@given(st.lists(st.integers(0, 5000), min_size=2, max_size=30))
def test_the_spread_is_that_of_the_standard_library(minutes: list[int]) -> None:
    found = described(*minutes)
    expected = fmean(minutes), median(minutes), quantiles(minutes, n=10, method="inclusive")[-1]
    assert (found["mean_minutes"], found["median_minutes"], found["high_minutes"]) == pytest.approx(expected)
