"""San Francisco's unit-level extract, built through a sources.toml alone."""

from __future__ import annotations

import csv
import re
from collections import Counter, defaultdict
from datetime import UTC, date, datetime

import polars as pl
import pytest

from analysis import assumptions
from analysis.build import make_build
from analysis.disclosure import police
from analysis.errors import QuestionError
from analysis.questions.ranking import AreaKind, KeyType, RankingFilters, ranking
from analysis.store import Build
from tests.analysis.officer_time.oracles import slow_officer_time
from tests.real.extracts import SAN_FRANCISCO, SAN_FRANCISCO_SOURCES, lay_out, needs_extracts

pytestmark = needs_extracts
AS_OF = date(2020, 4, 20)


@pytest.fixture(scope="module")
def build(tmp_path_factory: pytest.TempPathFactory) -> Build:
    folder = tmp_path_factory.mktemp("san_francisco")
    sources = lay_out(folder, SAN_FRANCISCO, SAN_FRANCISCO_SOURCES)
    return make_build(sources, folder / "store", assumptions=assumptions.load(), built_at=datetime.now(UTC)).build


@pytest.fixture(scope="module")
def rows() -> list[dict[str, str]]:
    with SAN_FRANCISCO.open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def test_every_row_is_read_and_rows_of_one_call_are_one_incident(build: Build, rows: list[dict[str, str]]) -> None:
    incidents, deployments = build.manifest["feeds"]
    assert (incidents["read"], incidents["accepted"], incidents["rejected"]) == (10_410, 10_410, 0)
    assert build.manifest["rows"]["incidents"] == len({row["Call Number"] for row in rows}) == 5_292
    assert incidents["accepted"] - incidents["repeated"] - incidents["corrected"] == 5_292
    assert (deployments["read"], deployments["accepted"]) == (10_410, 10_410)


def test_addresses_ranked_in_each_neighbourhood_agree_with_an_independent_count(
    build: Build, rows: list[dict[str, str]]
) -> None:
    filters = RankingFilters(AS_OF, 2, key_type=KeyType.ADDRESS, domestic_only=False, top=0)
    released = ranking(build, filters, police(None), minimum_contacts=2, with_identities=True)
    found = {(row["area_code"], row["key_id"]): row["contacts"] for row in released.rows.iter_rows(named=True)}
    assert found == _counted_by_hand(rows)
    positions = released.rows.filter(pl.col("position") == 1).select("area_code", "contacts")
    assert positions.height > 30


def _counted_by_hand(rows: list[dict[str, str]]) -> dict[tuple[str, str], int]:
    calls: dict[tuple[str, str], set[str]] = defaultdict(set)
    for row in rows:
        received = datetime.strptime(row["Received DtTm"], "%m/%d/%Y %I:%M:%S %p")
        if datetime(2020, 4, 6) <= received < datetime(2020, 4, 20):
            text = f"{row['Address']} {row['Zipcode of Incident']}".upper()
            text = re.sub(r"\s+", " ", re.sub(r"[^\w\s]", "", text)).strip()
            calls[row["Neighborhooods - Analysis Boundaries"] or "unlocated", text].add(row["Call Number"])
    return {key: len(found) for key, found in calls.items() if len(found) >= 2}


def test_minutes_are_conserved_over_all_units(build: Build) -> None:
    deployments = build.frame("deployments")
    intervals: dict[str, list[tuple[datetime, datetime]]] = defaultdict(list)
    for unit, begin, end in deployments.select("callsign", "assigned_at", "end_at").iter_rows():
        intervals[unit].append((begin, end))
    committed = sum(_seconds_covered(own) for own in intervals.values())
    assert deployments["units"].sum() == round(committed * 1000) * 720_720
    assert build.frame("incidents")["officer_units"].sum() == deployments["units"].sum()


def _seconds_covered(intervals: list[tuple[datetime, datetime]]) -> float:
    """Length of the union of intervals, one after the other."""
    total, reached = 0.0, datetime.min.replace(tzinfo=UTC)
    for begin, end in sorted(intervals):
        total += max(0.0, (end - max(begin, reached)).total_seconds())
        reached = max(reached, end)
    return total


def test_ten_units_agree_with_a_slow_count_instant_by_instant(build: Build) -> None:
    deployments = build.frame("deployments")
    busiest = [name for name, _ in Counter(deployments["callsign"].to_list()).most_common(10)]
    settings = assumptions.load()
    slow = slow_officer_time(
        deployments,
        build.frame("incidents"),
        cap_hours=settings.number("never_cleared_cap_hours"),
        minimum=settings.whole("grade_median_minimum_deployments"),
    )
    units = {row.place: row.units["imputed"] * row.crew for row in slow.rows}
    chosen = deployments.with_row_index("place").filter(pl.col("callsign").is_in(busiest))
    assert chosen.height > 500
    assert [units[place] for place in chosen["place"]] == chosen["units"].to_list()


def test_a_list_that_the_extract_cannot_answer_says_what_is_missing(build: Build) -> None:
    with pytest.raises(QuestionError, match="domestic"):
        ranking(build, RankingFilters(AS_OF), police(None), minimum_contacts=2)
    with pytest.raises(QuestionError, match="ward"):
        ranking(build, RankingFilters(AS_OF, area=AreaKind.WARD, domestic_only=False), police(None), minimum_contacts=2)
