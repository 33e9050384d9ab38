"""The fast split beside one worked out slowly, stretch by stretch."""

from __future__ import annotations

from fractions import Fraction

import polars as pl
import pytest
from hypothesis import given, settings

from analysis.officer_time import UNITS_PER_MILLISECOND, split_officer_time
from tests.analysis.officer_time.oracles import EPOCH, UNITS, SlowTime, slow_officer_time
from tests.analysis.officer_time.strategies import crowds, extracts

CAP_HOURS = 1.5
MINIMUM = 3

type_of_extract = tuple[pl.DataFrame, pl.DataFrame]


def both(extract: type_of_extract) -> tuple[pl.DataFrame, pl.DataFrame, SlowTime]:
    fast = split_officer_time(*extract, cap_hours=CAP_HOURS, minimum_for_grade_median=MINIMUM)
    return fast.deployments, fast.incidents, slow_officer_time(*extract, cap_hours=CAP_HOURS, minimum=MINIMUM)


def assert_same_rows(extract: type_of_extract) -> None:
    rows, _, slow = both(extract)
    expected = [(r.units["imputed"], r.units["low"], r.units["high"]) for r in slow.rows]
    assert rows.select("units", "units_low", "units_high").rows() == expected


def assert_same_incidents(extract: type_of_extract) -> None:
    _, incidents, slow = both(extract)
    columns = ("officer_units", "officer_units_low", "officer_units_high", "imputed_units")
    expected = [(name, t.units, t.low, t.high, t.imputed) for name, t in slow.incidents.items()]
    assert incidents.select("incident_id", *columns).rows() == expected


@settings(max_examples=60, deadline=None)
@given(extracts())
def test_each_deployments_units_and_bounds_are_the_oracles(extract: type_of_extract) -> None:
    assert_same_rows(extract)


@settings(max_examples=60, deadline=None)
@given(extracts())
def test_each_incidents_units_and_bounds_are_the_oracles(extract: type_of_extract) -> None:
    assert_same_incidents(extract)


@settings(max_examples=40, deadline=None)
@given(extracts())
def test_each_end_used_is_the_oracles(extract: type_of_extract) -> None:
    rows, _, slow = both(extract)
    ends = [(end - EPOCH).total_seconds() * 1000 for end in rows["end_at"]]
    assert ends == pytest.approx([r.ends["imputed"] for r in slow.rows], abs=1e-3)


@settings(max_examples=40, deadline=None)
@given(extracts())
def test_elapsed_and_unit_minutes_are_the_oracles(extract: type_of_extract) -> None:
    _, incidents, slow = both(extract)
    expected = [
        (None, None)
        if time.elapsed is None or time.unit_minutes is None
        else (float(time.elapsed), float(time.unit_minutes))
        for time in slow.incidents.values()
    ]
    assert incidents.select("elapsed_minutes", "unit_minutes").rows() == expected


@settings(max_examples=30, deadline=None)
@given(crowds())
def test_units_of_a_crowd_of_incidents_are_the_oracles(extract: type_of_extract) -> None:
    assert_same_rows(extract)


@settings(max_examples=30, deadline=None)
@given(crowds())
def test_incidents_of_a_crowd_are_the_oracles(extract: type_of_extract) -> None:
    assert_same_incidents(extract)


@settings(max_examples=40, deadline=None)
@given(extracts())
def test_up_to_sixteen_at_once_every_share_is_exact(extract: type_of_extract) -> None:
    rows, _, slow = both(extract)
    assert UNITS == UNITS_PER_MILLISECOND
    assert [Fraction(units, UNITS) for units in rows["units"]] == [r.exact["imputed"] for r in slow.rows]
