"""San Francisco's fire and ambulance units: a real day's shape of officer time."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

from analysis.officer_time import OfficerTime, split_officer_time, united_minutes_by_officer
from tests.analysis.officer_time.oracles import slow_officer_time

EXTRACT = Path(__file__).parents[4] / "shared/data/calls/sf_fire_calls_for_service_2020_unit_level.csv"

pytestmark = [
    pytest.mark.real_data,
    pytest.mark.skipif(not EXTRACT.exists(), reason="the published extracts are not beside the project"),
]


@pytest.fixture(scope="module")
def deployments() -> pl.DataFrame:
    raw = pl.read_csv(EXTRACT, infer_schema_length=0)
    times = {"assigned_at": "Dispatch DtTm", "at_scene_at": "On Scene DtTm", "cleared_at": "Available DtTm"}
    read = raw.select(
        pl.col("Incident Number").alias("incident_id"),
        pl.lit(None, pl.String).alias("officer_id"),
        pl.col("Unit ID").alias("callsign"),
        pl.lit(None, pl.Int64).alias("crew"),
        *[
            pl.col(name).str.to_datetime("%m/%d/%Y %I:%M:%S %p", time_unit="us", time_zone="UTC").alias(column)
            for column, name in times.items()
        ],
        pl.int_range(pl.len(), dtype=pl.Int64).alias("read_order"),
    )
    return read.filter((pl.col("cleared_at") >= pl.col("assigned_at")).fill_null(True))


@pytest.fixture(scope="module")
def incidents() -> pl.DataFrame:
    calls = pl.read_csv(EXTRACT, infer_schema_length=0)
    return calls.select(incident_id="Incident Number", grade="Final Priority").unique("incident_id", keep="first")


@pytest.fixture(scope="module")
def time(deployments: pl.DataFrame, incidents: pl.DataFrame) -> OfficerTime:
    return split_officer_time(deployments, incidents, cap_hours=12, minimum_for_grade_median=30)


def test_minutes_are_conserved_over_all_units(time: OfficerTime) -> None:
    united = united_minutes_by_officer(time.deployments)
    assert united.height > 150
    assert united["shared_units"].to_list() == united["united_units"].to_list()
    assert time.incidents["officer_units"].sum() == united["united_units"].sum()


def test_ten_chosen_units_are_the_oracles(
    time: OfficerTime, incidents: pl.DataFrame, deployments: pl.DataFrame
) -> None:
    # The three that share most, two never cleared, and five of the busiest.
    shares = time.deployments.with_columns(
        lost=(pl.col("end_at") - pl.col("assigned_at")).dt.total_minutes() - pl.col("minutes")
    )
    by_unit = shares.group_by("callsign").agg(pl.col("lost").sum(), pl.col("is_imputed").any(), pl.len())
    sharing = by_unit.sort("lost", descending=True)["callsign"].head(3).to_list()
    open_units = by_unit.filter("is_imputed").sort("callsign")["callsign"].head(2).to_list()
    busiest = [unit for unit in by_unit.sort("len", "callsign", descending=True)["callsign"] if unit not in sharing]
    chosen = list(dict.fromkeys([*sharing, *open_units, *busiest]))[:10]
    rows = time.deployments.filter(pl.col("callsign").is_in(chosen))
    slow = slow_officer_time_of(chosen, deployments, incidents)
    assert len(chosen) == 10
    assert rows.select("units", "units_low", "units_high").rows() == slow


def slow_officer_time_of(
    units: list[str], deployments: pl.DataFrame, incidents: pl.DataFrame
) -> list[tuple[int, int, int]]:
    """The oracle on the units' rows; the other rows are given one unit each, so that medians stay those of all."""
    chosen = pl.col("callsign").is_in(units)
    apart = pl.when(chosen).then("callsign").otherwise(pl.format("other {}", "read_order"))
    slow = slow_officer_time(deployments.with_columns(callsign=apart), incidents, cap_hours=12, minimum=30)
    places = deployments.with_row_index("place").filter(chosen)["place"].to_list()
    return [(r.units["imputed"], r.units["low"], r.units["high"]) for r in (slow.rows[place] for place in places)]


def test_units_still_open_are_imputed_and_bounded(time: OfficerTime) -> None:
    imputed = time.deployments.filter("is_imputed")
    assert imputed.height == 2
    assert imputed.select((pl.col("units_low") <= pl.col("units_high")).all()).item()
