"""Groups beside an oracle that walks each chain, and what holds for every extract."""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta
from typing import Any

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.demand.groups import group_facts, incident_groups

NAMES = [f"L{number}" for number in range(12)]
MONDAY = datetime(2024, 3, 4, tzinfo=UTC)


def _each(names: list[str], value: st.SearchStrategy[Any]) -> st.SearchStrategy[list[Any]]:
    return st.lists(value, min_size=len(names), max_size=len(names))


@st.composite
def linked_logs(draw: st.DrawFn) -> pl.DataFrame:
    names = draw(st.lists(st.sampled_from(NAMES), unique=True, min_size=1))
    target = st.none() | st.sampled_from([*NAMES, "gone"])
    whole = _each(names, st.integers(0, 5))
    return pl.DataFrame(
        {
            "incident_id": names,
            "duplicate_of": draw(_each(names, target)),
            "received_at": [MONDAY + timedelta(minutes=minute) for minute in draw(whole)],
            "ward_code": [f"W{code}" for code in draw(whole)],
            "neighbourhood_code": [f"N{code}" for code in draw(whole)],
            "is_domestic": draw(_each(names, st.none() | st.booleans())),
            "officer_units": draw(whole),
            "officer_units_low": draw(whole),
            "officer_units_high": draw(whole),
            "imputed_units": draw(whole),
        },
        schema_overrides={
            "duplicate_of": pl.String,
            "received_at": pl.Datetime("us", "UTC"),
            "is_domestic": pl.Boolean,
        },
    )


def walked(logs: pl.DataFrame) -> dict[str, tuple[str, bool]]:
    """Group and broken link of each log, by walking its chain one link at a time."""
    target = dict(logs.select("incident_id", "duplicate_of").iter_rows())
    found = {}
    for log in target:
        passed, here = {log}, log
        while target[here] in target and target[here] not in passed:
            here = target[here]
            passed.add(here)
        runs_round = target[here] in passed
        is_unknown = target[log] is not None and target[log] not in target
        found[log] = (log if runs_round else here, runs_round or is_unknown)
    return found


def walked_facts(logs: pl.DataFrame) -> set[tuple[object, ...]]:
    groups = walked(logs)
    rows = list(logs.iter_rows(named=True))
    found = set()
    for group in {group for group, _ in groups.values()}:
        own = [row for row in rows if groups[row["incident_id"]][0] == group]
        first = min(own, key=lambda row: (row["received_at"], row["incident_id"]))
        facts = ("incident_id", "received_at", "ward_code", "neighbourhood_code", "is_domestic")
        units = ("officer_units", "officer_units_low", "officer_units_high", "imputed_units")
        sums = (sum(row[name] for row in own) for name in units)
        found.add((group, *(first[name] for name in facts), len(own), *sums))
    return found


def facts_of(logs: pl.DataFrame) -> pl.DataFrame:
    return group_facts(logs.drop("^.*units.*$"), incident_groups(logs), logs.select("incident_id", "^.*units.*$"))


@settings(max_examples=60, deadline=None)
@given(linked_logs())
def test_each_logs_group_is_where_its_chain_ends(logs: pl.DataFrame) -> None:
    found = {log: (group, is_broken) for log, group, is_broken in incident_groups(logs).iter_rows()}
    assert found == walked(logs)


@settings(max_examples=60, deadline=None)
@given(linked_logs())
def test_each_groups_facts_are_the_oracles(logs: pl.DataFrame) -> None:
    found = facts_of(logs)
    assert (set(found.iter_rows()), found.height) == (walked_facts(logs), len(walked_facts(logs)))


@settings(max_examples=40, deadline=None)
@given(linked_logs(), st.randoms(use_true_random=False))
def test_row_order_never_matters(logs: pl.DataFrame, order: random.Random) -> None:
    shuffled = logs[order.sample(range(logs.height), logs.height)]
    assert facts_of(shuffled).sort("group_id").equals(facts_of(logs).sort("group_id"))


@settings(max_examples=40, deadline=None)
@given(linked_logs())
def test_every_log_is_in_one_group_that_is_a_log(logs: pl.DataFrame) -> None:
    groups = incident_groups(logs)
    assert groups["incident_id"].equals(logs["incident_id"])
    assert set(groups["group_id"]) <= set(logs["incident_id"])


@settings(max_examples=40, deadline=None)
@given(linked_logs())
def test_units_of_groups_add_up_to_those_of_logs(logs: pl.DataFrame) -> None:
    assert facts_of(logs)["units"].sum() == logs["officer_units"].sum()
