"""Worked examples: units as minutes."""

from __future__ import annotations

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.officer_time import UNITS_PER_MILLISECOND, UNITS_PER_MINUTE, minutes


def as_minutes(units: list[int]) -> list[float]:
    return pl.DataFrame({"units": units}).select(minutes(pl.col("units"))).to_series().to_list()


def test_a_minute_is_sixty_thousand_milliseconds_of_720720_units() -> None:
    assert UNITS_PER_MINUTE == 60_000 * UNITS_PER_MILLISECOND == 43_243_200_000


def test_half_a_minute_is_half() -> None:
    assert as_minutes([21_621_600_000]) == [0.5]


@settings(max_examples=60, deadline=None)
@given(st.lists(st.integers(0, 10**7), min_size=1))
def test_whole_minutes_come_out_whole(whole: list[int]) -> None:
    assert as_minutes([minute * 43_243_200_000 for minute in whole]) == whole
