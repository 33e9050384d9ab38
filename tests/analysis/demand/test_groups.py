"""Worked examples: logs of one job, and what the job adds up to."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import polars as pl
import pytest

from analysis.demand.groups import group_facts, incident_groups

MONDAY = datetime(2024, 3, 4, tzinfo=UTC)


def logs(**duplicate_of: str | None) -> pl.DataFrame:
    return pl.DataFrame(
        {"incident_id": list(duplicate_of), "duplicate_of": list(duplicate_of.values())},
        schema={"incident_id": pl.String, "duplicate_of": pl.String},
    )


def ends(**duplicate_of: str | None) -> dict[str, str]:
    return dict(incident_groups(logs(**duplicate_of)).select("incident_id", "group_id").iter_rows())


def broken(**duplicate_of: str | None) -> set[str]:
    return set(incident_groups(logs(**duplicate_of)).filter("is_link_broken")["incident_id"])


def test_logs_without_links_stand_alone() -> None:
    assert ends(A=None, B=None) == {"A": "A", "B": "B"}


def test_a_link_is_followed() -> None:
    assert ends(A=None, B="A") == {"A": "A", "B": "A"}


def test_a_chain_is_followed_to_its_end() -> None:
    assert ends(A="B", B="C", C="D", D=None, E="C") == dict.fromkeys("ABCDE", "D")


def test_a_chain_of_a_thousand_logs_is_followed_to_its_end() -> None:
    chain = {f"L{number}": f"L{number + 1}" for number in range(1000)}
    assert set(ends(**chain, L1000=None).values()) == {"L1000"}


def test_a_log_whose_target_is_unknown_stands_alone() -> None:
    assert ends(A="gone", B=None) == {"A": "A", "B": "B"}


def test_logs_that_point_to_a_log_with_an_unknown_target_follow_to_it() -> None:
    assert ends(A="gone", B="A", C="B") == dict.fromkeys("ABC", "A")


def test_only_the_log_with_the_unknown_target_is_marked() -> None:
    assert broken(A="gone", B="A", C=None) == {"A"}


@pytest.mark.parametrize("cycle", [{"A": "A"}, {"A": "B", "B": "A"}, {"A": "B", "B": "C", "C": "A"}])
def test_logs_in_a_cycle_stand_alone(cycle: dict[str, str]) -> None:
    assert ends(**cycle) == {log: log for log in cycle}


@pytest.mark.parametrize("cycle", [{"A": "A"}, {"A": "B", "B": "A"}, {"A": "B", "B": "C", "C": "A"}])
def test_logs_in_a_cycle_are_marked(cycle: dict[str, str]) -> None:
    assert broken(**cycle, Z=None) == set(cycle)


def test_a_log_whose_chain_runs_into_a_cycle_stands_alone() -> None:
    assert ends(A="B", B="A", C="A", D="C") == {log: log for log in "ABCD"}


def test_a_log_whose_chain_runs_into_a_cycle_is_marked() -> None:
    assert broken(A="B", B="A", C="A", D=None) == {"A", "B", "C"}


def test_a_cycle_elsewhere_leaves_a_sound_chain_alone() -> None:
    assert ends(A="B", B="A", C="D", D=None) == {"A": "A", "B": "B", "C": "D", "D": "D"}


def test_no_logs_make_no_groups() -> None:
    assert incident_groups(logs()).is_empty()


def job(incident: str, clock: int, duplicate_of: str | None = None, **facts: Any) -> dict[str, Any]:
    """A log at `clock` minutes past midnight; units of its officer time are 10, 9, 12 and 1 times `time`."""
    time = facts.pop("time", 0)
    return {
        "incident_id": incident,
        "duplicate_of": duplicate_of,
        "received_at": MONDAY + timedelta(minutes=clock),
        "ward_code": facts.get("ward"),
        "neighbourhood_code": facts.get("neighbourhood"),
        "is_domestic": facts.get("is_domestic"),
        "officer_units": 10 * time,
        "officer_units_low": 9 * time,
        "officer_units_high": 12 * time,
        "imputed_units": time,
    }


def facts(*jobs: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """The facts of each group, by group id."""
    frame = pl.DataFrame(
        list(jobs),
        schema_overrides={
            "duplicate_of": pl.String,
            "received_at": pl.Datetime("us", "UTC"),
            "ward_code": pl.String,
            "neighbourhood_code": pl.String,
            "is_domestic": pl.Boolean,
        },
    )
    groups = incident_groups(frame)
    found = group_facts(frame.select(pl.exclude("^.*units.*$")), groups, frame.select("incident_id", "^.*units.*$"))
    return {row["group_id"]: row for row in found.iter_rows(named=True)}


def test_a_groups_time_is_that_of_its_first_log() -> None:
    assert facts(job("A", 20), job("B", 10, "A"))["A"]["received_at"] == MONDAY + timedelta(minutes=10)


def test_a_groups_first_log_is_named() -> None:
    assert facts(job("A", 20), job("B", 10, "A"))["A"]["first_incident_id"] == "B"


def test_of_logs_received_together_the_lower_id_is_first() -> None:
    assert facts(job("B", 10), job("A", 10, "B"))["B"]["first_incident_id"] == "A"


@pytest.mark.parametrize(
    ("column", "first", "later"),
    [("ward", "W1", "W2"), ("neighbourhood", "N1", "N2"), ("is_domestic", True, False), ("ward", None, "W2")],
)
def test_a_groups_area_and_domestic_flag_are_those_of_its_first_log(column: str, first: Any, later: Any) -> None:
    found = facts(job("A", 20, **{column: later}), job("B", 10, "A", **{column: first}))["A"]
    assert found[{"ward": "ward_code", "neighbourhood": "neighbourhood_code"}.get(column, column)] == first


def test_a_groups_units_are_the_sums_over_all_its_logs() -> None:
    found = facts(job("A", 20, time=1), job("B", 10, "A", time=2), job("C", 30, "B", time=4), job("Z", 5, time=8))["A"]
    assert [found[name] for name in ("units", "units_low", "units_high", "imputed_units")] == [70, 63, 84, 7]


def test_a_group_counts_its_logs() -> None:
    found = facts(job("A", 20), job("B", 10, "A"), job("C", 30, "B"), job("Z", 5))
    assert {group: row["logs"] for group, row in found.items()} == {"A": 3, "Z": 1}


def test_a_log_alone_is_a_group_with_its_own_facts() -> None:
    found = facts(job("A", 20, ward="W1", is_domestic=True, time=1))["A"]
    assert (found["first_incident_id"], found["ward_code"], found["is_domestic"], found["units"]) == (
        "A",
        "W1",
        True,
        10,
    )
