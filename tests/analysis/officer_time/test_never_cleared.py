"""Worked examples: when a deployment ended that was never cleared, and how sure its minutes are."""

from __future__ import annotations

from typing import Any

import polars as pl
import pytest

from analysis.officer_time import UNITS_PER_MINUTE, OfficerTime
from tests.analysis.officer_time.builders import at, row, split


def ends(time: OfficerTime) -> list[str]:
    return [end.strftime("%H:%M") for end in time.deployments["end_at"]]


def bounds(time: OfficerTime, incident: str = "A") -> list[float]:
    """Low, used and high minutes of the incident."""
    chosen = time.incidents.row(by_predicate=pl.col("incident_id") == incident, named=True)
    names = ("officer_units_low", "officer_units", "officer_units_high")
    return [chosen[name] / UNITS_PER_MINUTE for name in names]


# Complete deployments of 20, 40 and 60 minutes elsewhere: the median is 40. Rows that are added keep it there.
OTHERS = [
    row("B", "06:00", "06:20", "PC7"),
    row("B", "06:00", "06:40", "PC8"),
    row("B", "06:00", "07:00", "PC9"),
]


def test_an_uncleared_unit_leaves_after_the_median_length() -> None:
    assert ends(split(row("A", "10:00", None), *OTHERS))[0] == "10:40"


def test_an_uncleared_unit_leaves_at_its_next_assignment_when_that_is_earlier() -> None:
    assert ends(split(row("A", "10:00", None), row("B", "10:25", "10:30"), *OTHERS))[0] == "10:25"


def test_the_next_assignment_is_to_another_incident() -> None:
    assert ends(split(row("A", "10:00", None), row("A", "10:05", "10:45"), *OTHERS))[0] == "10:40"


def test_the_next_assignment_is_found_behind_one_to_the_same_incident() -> None:
    rows = [row("A", "10:00", None), row("A", "10:05", "10:10"), row("C", "10:15", "10:20")]
    assert ends(split(*rows, *OTHERS))[0] == "10:15"


def test_the_next_assignment_is_strictly_later() -> None:
    assert ends(split(row("A", "10:00", None), row("B", "10:00", "10:40"), *OTHERS))[0] == "10:40"


def test_the_next_assignment_is_the_same_officers() -> None:
    assert ends(split(row("A", "10:00", None), row("B", "10:05", "10:45", "PC2"), *OTHERS))[0] == "10:40"


def test_an_assignment_to_a_log_outside_the_extract_is_a_next_one() -> None:
    assert ends(split(row("A", "10:00", None), row("elsewhere", "10:25", "10:30"), *OTHERS))[0] == "10:25"


def test_an_uncleared_unit_was_there_at_least_until_it_arrived() -> None:
    rows = [row("A", "10:00", None, scene="11:30"), row("B", "10:25", "10:30")]
    assert ends(split(*rows, *OTHERS))[0] == "11:30"


def test_an_arrival_before_the_assignment_counts_as_the_assignment() -> None:
    assert bounds(split(row("A", "10:00", None, scene="09:00"), *OTHERS))[0] == 0


def test_the_low_end_is_the_arrival_and_the_high_end_the_cap() -> None:
    assert bounds(split(row("A", "10:00", None, scene="10:10"), *OTHERS, cap_hours=2)) == [10, 40, 120]


def test_the_high_end_is_the_next_assignment_when_that_is_before_the_cap() -> None:
    rows = [row("A", "10:00", None), row("B", "11:00", "11:40")]
    assert bounds(split(*rows, *OTHERS, cap_hours=2)) == [0, 40, 60]


def test_the_high_end_is_never_before_the_imputed_end() -> None:
    rows = split(row("A", "10:00", None, scene="10:30"), *OTHERS, cap_hours=0.25).deployments
    assert rows["units_high"][0] == 40 * UNITS_PER_MINUTE


def test_without_any_complete_deployment_the_imputed_end_is_the_low_end() -> None:
    assert bounds(split(row("A", "10:00", None, scene="10:10"), cap_hours=2)) == [10, 10, 120]


@pytest.mark.parametrize(("minimum", "end"), [(3, "10:20"), (4, "10:40")])
def test_below_the_minimum_the_median_of_all_grades_is_used(minimum: int, end: str) -> None:
    grades = {"A": "routine", "B": "immediate", "C": "routine"}
    routine = [row("C", "06:00", "06:20", f"PC{number}") for number in range(20, 23)]
    longer = [row("B", "07:00", "07:40", f"PC{number}") for number in range(30, 37)]
    assert ends(split(row("A", "10:00", None), *routine, *longer, grades=grades, minimum=minimum))[0] == end


@pytest.mark.parametrize("given", [{"incident": "A"}, {"incident": "elsewhere"}])
def test_an_ungraded_or_unknown_log_uses_the_median_of_all_grades(given: dict[str, Any]) -> None:
    grades = {"A": None, "B": "immediate", "C": None}
    ungraded = [row("C", "06:00", "09:00", f"PC{number}") for number in range(20, 22)]
    # Lengths 20, 40, 60, 180, 180.
    rows = [row(given["incident"], "10:00", None), *OTHERS, *ungraded]
    assert ends(split(*rows, grades=grades, minimum=1))[0] == "11:00"


def test_deployments_to_logs_outside_the_extract_are_not_in_the_median() -> None:
    outside = [row("elsewhere", "06:00", "06:01", f"PC{number}") for number in range(20, 30)]
    assert ends(split(row("A", "10:00", None), *OTHERS, *outside))[0] == "10:40"


def test_the_median_is_of_raw_lengths_before_sharing() -> None:
    # PC2 shares an hour between B and C: half an hour each, but the median is of the hour.
    rows = [row("B", "06:00", "07:00", "PC2"), row("C", "06:00", "07:00", "PC2")]
    assert ends(split(row("A", "10:00", None), *rows))[0] == "11:00"


def test_another_incident_gains_when_the_uncleared_one_is_short() -> None:
    # PC1 on B 10:00-11:00. A ends at 10:00 (low), 10:40 (imputed), 11:00 (next assignment, to C; high).
    rows = [row("A", "10:00", None), row("B", "10:00", "11:00"), row("C", "11:00", "11:10")]
    assert bounds(split(*rows, *OTHERS, grades=dict.fromkeys("ABC", "early")), "B") == [150, 160, 180]


def test_the_share_imputed_stands_beside_the_total() -> None:
    time = split(row("A", "10:00", None), row("A", "10:00", "10:40", "PC2"), *OTHERS)
    first = time.incidents.row(0, named=True)
    assert (first["officer_units"] / UNITS_PER_MINUTE, first["imputed_units"] / UNITS_PER_MINUTE) == (80, 40)


def test_only_uncleared_rows_are_marked_imputed() -> None:
    marked = split(row("A", "10:00", None), row("A", "10:00", "10:30", "PC2")).deployments["is_imputed"]
    assert marked.to_list() == [True, False]


def test_a_complete_row_longer_than_the_cap_is_marked_and_not_cut() -> None:
    rows = split(row("A", "06:00", "20:00"), row("B", "06:00", "18:00", "PC2")).deployments
    assert rows.select("minutes", "is_over_cap").rows() == [(840, True), (720, False)]


def test_the_end_used_for_a_complete_row_is_its_clearance() -> None:
    assert split(row("A", "10:00", "10:45")).deployments["end_at"].to_list() == [at("10:45")]


def test_where_everything_is_cleared_low_and_high_are_the_minutes() -> None:
    assert bounds(split(row("A", "10:00", "11:00"), row("B", "10:30", "11:30"))) == [45, 45, 45]
