"""Worked examples: one officer on several incidents, rows per unit, orphans."""

from __future__ import annotations

from datetime import UTC, datetime

import polars as pl
import pytest

from analysis.errors import AnalysisError
from analysis.officer_time import UNITS_PER_MILLISECOND, UNITS_PER_MINUTE, OfficerTime, split_officer_time
from tests.analysis.officer_time.builders import log_table, row, split, table


def row_minutes(time: OfficerTime) -> list[float]:
    return time.deployments["minutes"].to_list()


def incident_minutes(time: OfficerTime) -> list[float]:
    return (time.incidents["officer_units"] / UNITS_PER_MINUTE).to_list()


def test_an_officer_on_one_incident_gives_it_the_whole_time() -> None:
    assert row_minutes(split(row("A", "10:00", "10:45"))) == [45]


def test_two_officers_on_one_incident_both_count() -> None:
    time = split(row("A", "10:00", "11:00", "PC1"), row("A", "10:30", "11:00", "PC2"))
    assert incident_minutes(time) == [90, 0, 0]


def test_an_instant_on_two_incidents_is_shared_equally() -> None:
    # Alone on A 10:00-10:30, both 10:30-11:00, alone on B 11:00-11:30: 30 + 15 and 15 + 30.
    assert row_minutes(split(row("A", "10:00", "11:00"), row("B", "10:30", "11:30"))) == [45, 45]


def test_three_incidents_at_once_get_a_third_each() -> None:
    time = split(row("A", "10:00", "10:30"), row("B", "10:00", "10:30"), row("C", "10:00", "10:30"))
    assert row_minutes(time) == [10, 10, 10]


def test_an_incident_that_begins_as_another_ends_shares_nothing() -> None:
    assert row_minutes(split(row("A", "10:00", "10:30"), row("B", "10:30", "11:00"))) == [30, 30]


def test_overlapping_rows_on_one_incident_are_united_for_the_row_assigned_first() -> None:
    assert row_minutes(split(row("A", "10:20", "11:00"), row("A", "10:00", "10:40"))) == [20, 40]


def test_a_row_inside_another_on_the_same_incident_holds_nothing() -> None:
    assert row_minutes(split(row("A", "10:00", "11:00"), row("A", "10:10", "10:20"))) == [60, 0]


def test_of_rows_assigned_together_the_one_read_first_holds_the_time() -> None:
    first, second = row("A", "10:00", "10:40", read_order=8), row("A", "10:00", "11:00", read_order=7)
    assert row_minutes(split(first, second)) == [0, 60]


def test_united_rows_count_once_when_the_time_is_shared() -> None:
    # A 10:00-11:00 (two rows), B 10:00-11:00: half an hour each, not a third.
    time = split(row("A", "10:00", "10:40"), row("A", "10:20", "11:00"), row("B", "10:00", "11:00"))
    assert incident_minutes(time) == [30, 30, 0]


def test_an_officer_and_a_unit_of_the_same_name_are_two() -> None:
    time = split(row("A", "10:00", "11:00", "PC1"), row("B", "10:00", "11:00", None, unit="PC1", crew=1))
    assert row_minutes(time) == [60, 60]


def test_a_units_row_counts_its_crew() -> None:
    assert row_minutes(split(row("A", "10:00", "11:00", None, unit="BX1", crew=2))) == [120]


def test_an_officers_row_is_one_officer_whatever_its_crew() -> None:
    assert row_minutes(split(row("A", "10:00", "11:00", "PC1", unit="BX1", crew=2))) == [60]


@pytest.mark.parametrize(
    ("officer", "crew", "is_assumed"),
    [(None, None, True), (None, 0, True), (None, 1, False), ("PC1", None, False)],
)
def test_a_unit_without_a_crew_counts_once_and_is_marked(
    officer: str | None, crew: int | None, is_assumed: bool
) -> None:
    rows = split(row("A", "10:00", "11:00", officer, unit="BX1", crew=crew)).deployments
    assert rows.select("minutes", "is_crew_assumed").row(0) == (60, is_assumed)


def test_an_orphan_shares_its_officers_time_and_is_marked() -> None:
    time = split(row("A", "10:00", "11:00"), row("elsewhere", "10:00", "11:00"))
    assert time.deployments.select("minutes", "is_orphaned").rows() == [(30, False), (30, True)]


def test_an_orphan_is_no_incident() -> None:
    time = split(row("elsewhere", "10:00", "11:00"))
    assert (time.incidents["incident_id"].to_list(), incident_minutes(time)) == (["A", "B", "C"], [0, 0, 0])


def test_an_incident_without_a_deployment_has_no_officer_time() -> None:
    totals = split().incidents.select(pl.col("^officer_units.*$"), "imputed_units")
    assert totals.rows() == [(0, 0, 0, 0)] * 3


def test_times_are_floored_to_the_millisecond() -> None:
    units = split(row("A", "10:00:00.0009", "10:00:01.0029")).deployments["units"].to_list()
    assert units == [1002 * UNITS_PER_MILLISECOND]


def test_a_deployment_over_midnight_is_one_length() -> None:
    assert row_minutes(split(row("A", "23:50", "24:20"))) == [30]


def test_with_seventeen_incidents_at_once_the_first_takes_what_does_not_divide() -> None:
    # 1 ms = 720720 units = 17 x 42395 + 5.
    names = [f"L{number:02}" for number in range(17)]
    rows = [row(name, "10:00:00.001" if place else "10:00", "10:00:00.002") for place, name in enumerate(names)]
    time = split(*rows, grades=dict.fromkeys(names))
    assert time.deployments["units"].to_list() == [720_720 + 42_400] + [42_395] * 16


def test_of_seventeen_assigned_together_the_lowest_log_takes_what_does_not_divide() -> None:
    names = [f"L{number:02}" for number in range(17)][::-1]
    time = split(*[row(name, "10:00", "10:00:00.001") for name in names], grades=dict.fromkeys(names))
    assert time.deployments["units"].to_list() == [42_395] * 16 + [42_400]


def test_other_columns_pass_through_in_the_order_given() -> None:
    rows = [row("A", "11:00", "12:00", "PC2"), row("B", "10:00", "11:00", "PC1")]
    given = split(*rows).deployments
    assert given.columns[:8] == [
        "incident_id",
        "officer_id",
        "callsign",
        "crew",
        "assigned_at",
        "at_scene_at",
        "cleared_at",
        "read_order",
    ]
    assert given["officer_id"].to_list() == ["PC2", "PC1"]


def test_a_placeholder_read_as_a_time_of_clearance_is_refused_without_quoting_it() -> None:
    endless = {**row("A", "10:00", None), "cleared_at": datetime(9999, 12, 31, tzinfo=UTC)}
    with pytest.raises(AnalysisError, match=r"cleared_at.*leave it empty") as refusal:
        split(endless)
    assert "9999" not in str(refusal.value)


def test_the_refusal_names_the_file_and_line() -> None:
    endless = {**row("A", "10:00", None), "cleared_at": datetime(9999, 12, 31, tzinfo=UTC)}
    rows = table([row("B", "10:00", "11:00"), endless])
    read = rows.with_columns(source_file=pl.lit("units.csv"), source_line=pl.Series([2, 3]))
    with pytest.raises(AnalysisError, match=r"file units\.csv, line 3, column cleared_at"):
        split_officer_time(read, log_table({"A": None, "B": None}), cap_hours=12, minimum_for_grade_median=30)


def test_what_does_not_divide_stays_with_its_own_unit() -> None:
    names = [f"L{number:02}" for number in range(17)]
    desks = [row(name, "10:00", "10:00:00.001", None, unit=desk, crew=1) for desk in ("D1", "D2") for name in names]
    time = split(*desks, grades=dict.fromkeys(names))
    assert time.deployments["units"].to_list() == [42_400, *[42_395] * 16] * 2
