"""Do the joins find the same people as the slow register?"""

from __future__ import annotations

from itertools import combinations

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.people.clusters import cluster_records
from tests.analysis.people.oracles import Said, is_full, people_of
from tests.analysis.people.strategies import said


def clustered(records: list[Said]) -> set[frozenset[int]]:
    frame = pl.DataFrame(
        {
            "place": range(len(records)),
            "own_phone": [one.phone for one in records],
            "name": [one.name for one in records],
            "is_full": [is_full(one.name) for one in records],
            "date_of_birth": [one.birth for one in records],
            "nominal_id": [one.nominal for one in records],
        },
        schema_overrides={"own_phone": pl.String, "name": pl.String, "date_of_birth": pl.Date, "nominal_id": pl.String},
    )
    groups = cluster_records(frame).group_by("cluster").agg("place")["place"].to_list()
    return {frozenset(group) for group in groups}


@given(st.lists(said, min_size=1, max_size=12))
@settings(max_examples=60, deadline=None)
def test_people_are_those_of_the_slow_register(records: list[Said]) -> None:
    assert clustered(records) == people_of(records)


@given(st.lists(said, min_size=1, max_size=12))
@settings(max_examples=40, deadline=None)
def test_nobody_has_two_nominal_ids(records: list[Said]) -> None:
    assert all(len({records[r].nominal for r in group} - {None}) <= 1 for group in clustered(records))


@given(st.lists(said, min_size=1, max_size=12))
@settings(max_examples=40, deadline=None)
def test_nobody_has_two_dates_of_birth_unless_a_nominal_id_bears_both(records: list[Said]) -> None:
    for group in clustered(records):
        births = {records[r].birth for r in group} - {None}
        borne = {records[r].birth for r in group if records[r].nominal} - {None}
        assert len(births) <= 1 or births == borne


@given(st.lists(said, min_size=1, max_size=12))
@settings(max_examples=40, deadline=None)
def test_different_full_names_meet_only_through_a_nominal_id(records: list[Said]) -> None:
    for group in clustered(records):
        names = {records[r].name for r in group if is_full(records[r].name)}
        listed = {records[r].name for r in group if records[r].nominal}
        if len(names) > 1:
            assert any(records[r].nominal for r in group), names
            births = {records[r].birth for r in group if records[r].nominal}
            unlisted = [records[r] for r in group if is_full(records[r].name) and records[r].name not in listed]
            assert all(one.birth in births for one in unlisted)


@given(st.lists(said, min_size=2, max_size=12))
@settings(max_examples=40, deadline=None)
def test_one_nominal_id_is_one_person(records: list[Said]) -> None:
    of = {record: group for group in clustered(records) for record in group}
    for one, other in combinations(range(len(records)), 2):
        if records[one].nominal and records[one].nominal == records[other].nominal:
            assert of[one] is of[other]
