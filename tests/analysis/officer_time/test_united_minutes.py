"""Worked examples: how long each officer was committed."""

from __future__ import annotations

import polars as pl

from analysis.officer_time import united_minutes_by_officer
from tests.analysis.officer_time.builders import row, split


def test_overlapping_deployments_of_an_officer_are_committed_once() -> None:
    rows = split(row("A", "10:00", "11:00"), row("B", "10:30", "11:30"), row("C", "12:00", "12:10")).deployments
    assert united_minutes_by_officer(rows).select("officer_id", "rows", "minutes").rows() == [("PC1", 3, 100)]


def test_a_units_time_is_not_times_its_crew() -> None:
    rows = split(row("A", "10:00", "11:00", None, unit="BX1", crew=3)).deployments
    assert united_minutes_by_officer(rows).select("officer_id", "callsign", "minutes").rows() == [(None, "BX1", 60)]


def test_an_officer_is_one_whatever_the_callsign() -> None:
    rows = split(row("A", "10:00", "11:00", unit="BX1"), row("B", "10:30", "11:30", unit="BX2")).deployments
    assert united_minutes_by_officer(rows).select("officer_id", "callsign", "minutes").rows() == [("PC1", None, 90)]


def test_shares_that_were_changed_by_hand_do_not_add_up() -> None:
    rows = split(row("A", "10:00", "11:00")).deployments.with_columns(pl.col("units") + 1)
    united = united_minutes_by_officer(rows)
    assert united["shared_units"].to_list() != united["united_units"].to_list()
