"""What holds for every extract: nothing is lost, nothing counted twice, order never matters."""

from __future__ import annotations

import random

import numpy as np
import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.officer_time import OfficerTime, split_officer_time, united_minutes_by_officer
from analysis.officer_time.rows import places_in_order
from tests.analysis.officer_time.oracles import slow_officer_time, union_length
from tests.analysis.officer_time.strategies import crowds, extracts

UNITS = 720_720

type_of_extract = tuple[pl.DataFrame, pl.DataFrame]


def split(deployments: pl.DataFrame, incidents: pl.DataFrame) -> OfficerTime:
    return split_officer_time(deployments, incidents, cap_hours=1.5, minimum_for_grade_median=3)


@settings(max_examples=50, deadline=None)
@given(extracts() | crowds(), st.sampled_from(["imputed", "low", "high"]))
def test_an_officers_units_are_the_time_the_officer_was_committed(extract: type_of_extract, which: str) -> None:
    deployments, incidents = extract
    alone = deployments.with_columns(crew=pl.lit(1, pl.Int64))
    column = {"imputed": "units", "low": "units_low", "high": "units_high"}[which]
    units = split(alone, incidents).deployments[column].to_list()
    rows = slow_officer_time(alone, incidents, cap_hours=1.5, minimum=3).rows
    officers = {r.who for r in rows}
    shared = {who: sum(units[r.place] for r in rows if r.who == who) for who in officers}
    assert shared == {who: union_length([r for r in rows if r.who == who], which) * UNITS for who in officers}


@settings(max_examples=40, deadline=None)
@given(extracts() | crowds(), st.randoms(use_true_random=False))
def test_row_order_never_matters(extract: type_of_extract, order: random.Random) -> None:
    deployments, incidents = extract
    shuffled = deployments[order.sample(range(deployments.height), deployments.height)]
    reread = shuffled.with_columns(read_order=pl.int_range(deployments.height, dtype=pl.Int64))
    first, second = split(deployments, incidents), split(reread, incidents[::-1])
    assert second.incidents.sort("incident_id").equals(first.incidents.sort("incident_id"))
    key = ["incident_id", "officer_id", "callsign", "assigned_at"]
    columns = [*key, "units", "units_low", "units_high", "end_at"]
    assert second.deployments.select(columns).sort(key).equals(first.deployments.select(columns).sort(key))


@settings(max_examples=40, deadline=None)
@given(extracts() | crowds())
def test_minutes_of_deployments_are_those_of_incidents_and_orphans(extract: type_of_extract) -> None:
    time = split(*extract)
    of_incidents = time.deployments.filter(~pl.col("is_orphaned"))
    for column in ("units", "units_low", "units_high"):
        by_row = of_incidents.group_by("incident_id").agg(pl.col(column).sum())
        both = time.incidents.join(by_row, on="incident_id", how="left").with_columns(pl.col(column).fill_null(0))
        within = pl.col(column).is_between("officer_units_low", "officer_units_high")
        assert both.select(within.all()).item()
        if column == "units":
            assert both.select((pl.col("units") == pl.col("officer_units")).all()).item()


@settings(max_examples=40, deadline=None)
@given(extracts())
def test_the_units_imputed_are_part_of_the_total(extract: type_of_extract) -> None:
    incidents = split(*extract).incidents
    assert incidents.select(pl.col("imputed_units").is_between(0, "officer_units").all()).item()


@settings(max_examples=40, deadline=None)
@given(extracts())
def test_nothing_given_is_changed_or_left_out(extract: type_of_extract) -> None:
    time = split(*extract)
    assert time.deployments.select(extract[0].columns).equals(extract[0])
    assert time.incidents["incident_id"].equals(extract[1]["incident_id"])


@settings(max_examples=40, deadline=None)
@given(extracts() | crowds())
def test_shares_add_up_to_the_united_time_of_every_officer(extract: type_of_extract) -> None:
    # A unit whose crew changes within an hour keeps its time: the crew is counted out of each share again.
    united = united_minutes_by_officer(split(*extract).deployments)
    assert united["shared_units"].to_list() == united["united_units"].to_list()


@settings(max_examples=40, deadline=None)
@given(st.lists(st.integers(-5, 5) | st.integers(-(2**63), 2**63 - 1), max_size=12))
def test_equal_numbers_stay_in_the_order_given_however_far_the_others_lie(numbers: list[int]) -> None:
    in_order = places_in_order(np.array(numbers, dtype=np.int64))
    assert in_order.tolist() == sorted(range(len(numbers)), key=lambda place: numbers[place])
