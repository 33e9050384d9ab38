"""Worked examples: elapsed minutes and unit minutes beside officer minutes."""

from __future__ import annotations

from tests.analysis.officer_time.builders import row, split


def test_elapsed_is_from_the_first_assignment_to_the_last_end() -> None:
    time = split(row("A", "10:00", "10:30"), row("A", "11:00", "11:10", "PC2"))
    assert time.incidents["elapsed_minutes"].to_list() == [70, None, None]


def test_unit_minutes_are_neither_shared_nor_times_crew() -> None:
    rows = [row("A", "10:00", "11:00", None, unit="BX1", crew=2), row("B", "10:30", "11:00", None, unit="BX1", crew=2)]
    assert split(*rows).incidents["unit_minutes"].to_list() == [60, 30, None]


def test_officers_under_one_callsign_are_one_unit() -> None:
    rows = [row("A", "10:00", "11:00", "PC1", unit="BX1"), row("A", "10:30", "11:30", "PC2", unit="BX1")]
    assert split(*rows).incidents["unit_minutes"].to_list()[0] == 90


def test_of_officers_under_one_callsign_the_later_code_may_be_assigned_first() -> None:
    rows = [row("A", "10:30", "11:30", "PC1", unit="BX1"), row("A", "10:00", "11:00", "PC2", unit="BX1")]
    assert split(*rows).incidents["unit_minutes"].to_list()[0] == 90


def test_officers_without_a_callsign_are_units_of_their_own() -> None:
    rows = [row("A", "10:00", "11:00", "PC1"), row("A", "10:30", "11:30", "PC2")]
    assert split(*rows).incidents["unit_minutes"].to_list()[0] == 120


def test_an_officer_named_like_a_callsign_is_a_unit_of_its_own() -> None:
    rows = [row("A", "10:00", "11:00", "BX1"), row("A", "10:00", "11:00", "PC2", unit="BX1")]
    assert split(*rows).incidents["unit_minutes"].to_list()[0] == 120


def test_uncleared_rows_end_as_imputed_in_both_measures() -> None:
    time = split(row("A", "10:00", None, scene="10:20"))
    assert time.incidents.select("elapsed_minutes", "unit_minutes").row(0) == (20, 20)
