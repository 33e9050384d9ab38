"""Do the lists really move in the last week?"""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import datetime, timedelta

import polars as pl
import pytest

from tests.dashboard.sample.conftest import Extracts

MONDAY = datetime(2013, 12, 2)


def lists_at(calls: list[tuple[str, int, datetime]], as_of: datetime) -> dict[str, dict[int, int]]:
    """The ten of each neighbourhood with their ranks, by plain counting of logs."""
    counts: dict[str, Counter[int]] = defaultdict(Counter)
    for area, person, at in calls:
        if as_of - timedelta(weeks=52) <= at < as_of:
            counts[area][person] += 1
    lists = {}
    for area, each in counts.items():
        repeat = sorted((-n, person) for person, n in each.items() if n >= 2)[:10]
        lists[area] = {person: 1 + sum(m > -n for m in each.values()) for n, person in repeat}
    return lists


@pytest.fixture(scope="module")
def calls(committed: Extracts) -> list[tuple[str, int, datetime]]:
    known = committed.incidents.filter("is_domestic", pl.col("duplicate_of").is_null()).join(
        committed.callers, on="incident_id"
    )
    return known.select("neighbourhood_code", "person", "received_at").drop_nulls().rows()


def test_someone_is_new_and_someone_has_left_each_sectors_lists(calls: list[tuple[str, int, datetime]]) -> None:
    now, before = lists_at(calls, MONDAY), lists_at(calls, MONDAY - timedelta(weeks=1))
    for codes in (range(1, 5), range(5, 9), range(9, 13)):
        areas = [f"S-N{code:02d}" for code in codes]
        assert any(set(now[area]) - set(before[area]) for area in areas)
        assert any(set(before[area]) - set(now[area]) for area in areas)


def test_people_go_up_and_down(calls: list[tuple[str, int, datetime]]) -> None:
    now, before = lists_at(calls, MONDAY), lists_at(calls, MONDAY - timedelta(weeks=1))
    steps = [before[area][p] - rank for area in now for p, rank in now[area].items() if p in before[area]]
    assert any(step > 0 for step in steps)
    assert any(step < 0 for step in steps)


def test_someone_has_returned(calls: list[tuple[str, int, datetime]]) -> None:
    now, before = lists_at(calls, MONDAY), lists_at(calls, MONDAY - timedelta(weeks=1))
    earlier = [lists_at(calls, MONDAY - timedelta(weeks=week)) for week in range(2, 53)]
    new = [(area, person) for area in now for person in now[area] if person not in before[area]]
    assert any(person in old.get(area, {}) for area, person in new for old in earlier)
