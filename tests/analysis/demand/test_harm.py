"""Which crimes belong to which job, and what do they weigh?"""

from __future__ import annotations

from typing import Any

import polars as pl
import pytest

from analysis.demand.harm import group_crimes, incident_crimes, links
from analysis.errors import AnalysisError

Row = tuple[str | None, ...]


def table(names: str, *rows: tuple[Any, ...]) -> pl.DataFrame:
    schema = {name: pl.Float64 if name == "days" else pl.String for name in names.split()}
    return pl.DataFrame(rows, schema=schema, orient="row")


def incidents(*rows: Row) -> pl.DataFrame:
    return table("incident_id crime_ref", *rows)


def groups(*rows: Row) -> pl.DataFrame:
    return table("incident_id group_id", *rows)


def crimes(*rows: Row) -> pl.DataFrame:
    return table("crime_ref incident_id offence_code", *rows)


def of_groups(
    logs: pl.DataFrame, groups: pl.DataFrame, crimes: pl.DataFrame, harm: pl.DataFrame | None
) -> pl.DataFrame:
    return group_crimes(links(logs, crimes), groups, crimes, harm)


HARM = table("offence_code days", ("8N", 10.0), ("105A", 1.5))


def test_a_crime_is_linked_by_the_reference_on_the_log() -> None:
    found = of_groups(incidents(("I1", "C1")), groups(("I1", "I1")), crimes(("C1", None, "8N")), HARM)
    assert found.rows() == [("I1", "C1", 10.0)]


def test_a_crime_is_linked_by_the_incident_number_on_the_crime() -> None:
    found = of_groups(incidents(("I1", None)), groups(("I1", "I1")), crimes(("C1", "I1", "8N")), HARM)
    assert found.rows() == [("I1", "C1", 10.0)]


def test_a_crime_linked_both_ways_and_by_two_logs_of_a_job_stands_once() -> None:
    logs = incidents(("I1", "C1"), ("I2", "C1"))
    found = of_groups(logs, groups(("I1", "I1"), ("I2", "I1")), crimes(("C1", "I1", "8N")), HARM)
    assert found.rows() == [("I1", "C1", 10.0)]


def test_a_crime_of_two_jobs_stands_with_each() -> None:
    logs = incidents(("I1", "C1"), ("I2", "C1"))
    found = of_groups(logs, groups(("I1", "I1"), ("I2", "I2")), crimes(("C1", None, "8N")), HARM)
    assert found["group_id"].to_list() == ["I1", "I2"]


@pytest.mark.parametrize("code", ["999", None])
def test_an_offence_without_a_score_is_unknown_not_zero(code: str | None) -> None:
    found = of_groups(incidents(("I1", "C1")), groups(("I1", "I1")), crimes(("C1", None, code)), HARM)
    assert found["days"].to_list() == [None]


def test_without_a_harm_table_every_score_is_unknown() -> None:
    found = of_groups(incidents(("I1", "C1")), groups(("I1", "I1")), crimes(("C1", None, "8N")), None)
    assert found["days"].to_list() == [None]


def test_a_reference_no_crime_bears_links_nothing() -> None:
    assert incident_crimes(incidents(("I1", "C9")), crimes(("C1", "I8", "8N"))).is_empty()


def test_a_harm_table_with_a_code_twice_says_what_to_mend() -> None:
    twice = table("offence_code days", ("8N", 10.0), ("8N", 11.0))
    with pytest.raises(AnalysisError, match="one line for each code"):
        of_groups(incidents(("I1", "C1")), groups(("I1", "I1")), crimes(("C1", None, "8N")), twice)
