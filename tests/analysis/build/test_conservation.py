"""Does nothing get lost between the rows of an extract and the totals of the force?"""

from __future__ import annotations

from datetime import timedelta

import polars as pl
import pytest

from analysis.store import Build
from tests.dashboard.built import built


@pytest.fixture(scope="module")
def build() -> Build:
    """The small sample: every kind of row a force has."""
    return built()


@pytest.mark.parametrize("area", ["ward_code", "neighbourhood_code"])
def test_incidents_and_minutes_of_areas_and_unlocated_add_up_to_the_force(build: Build, area: str) -> None:
    logs = build.frame("incidents", [area, "officer_units"])
    parts = logs.group_by(area).agg(pl.len(), pl.col("officer_units").sum())
    assert (parts["len"].sum(), parts["officer_units"].sum()) == (logs.height, logs["officer_units"].sum())
    assert parts["len"].sum() == build.manifest["rows"]["incidents"]


def test_minutes_of_deployments_add_up_to_those_of_their_incidents_exactly(build: Build) -> None:
    rows = build.frame("deployments").filter(~pl.col("is_orphaned"))
    assert rows["units"].sum() == build.frame("incidents", ["officer_units"])["officer_units"].sum()


def test_every_minute_an_officer_was_committed_is_counted_once(build: Build) -> None:
    """An officer's shares add up to the union of the officer's rows, by a slow sweep over the officer's rows."""
    rows = build.frame("deployments").drop_nulls("officer_id")
    some = rows["officer_id"].unique().sort().head(20)
    for officer in some:
        mine = rows.filter(pl.col("officer_id") == officer).sort("assigned_at")
        union, until = 0, None
        for start, end in mine.select("assigned_at", "end_at").iter_rows():
            begins = start if until is None or start > until else until
            if end > begins:
                union += (end - begins) // timedelta(microseconds=1)
                until = end
        assert mine["units"].sum() == union * 720_720 // 1_000, officer


def test_every_incident_stands_in_one_group_and_groups_hold_all_minutes(build: Build) -> None:
    groups = build.frame("groups")
    logs = build.frame("incidents", ["group_id", "officer_units"])
    assert groups["logs"].sum() == logs.height
    assert groups["units"].sum() == logs["officer_units"].sum()


def test_every_caller_on_record_is_a_person_or_in_a_named_pool(build: Build) -> None:
    records = build.frame("person_records", ["person_id", "pool"])
    assert records.filter(pl.col("person_id").is_null() == pl.col("pool").is_null()).is_empty()


def test_contacts_of_persons_are_those_of_the_contacts_table(build: Build) -> None:
    callers = build.frame("contacts", ["key_type"]).filter(key_type="caller").height
    assert build.frame("persons", ["contacts"])["contacts"].sum() == callers
