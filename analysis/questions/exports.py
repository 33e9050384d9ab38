"""Which of a build's tables can be taken away, and with which columns?"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import polars as pl

from analysis.disclosure import Audience, Released
from analysis.disclosure.contract import Answer, AnswerColumn, Kind
from analysis.disclosure.release import release
from analysis.errors import QuestionError
from analysis.store import Build

_OWN = Kind.CODE


@dataclass(frozen=True)
class _Table:
    """Columns that are always given, and the identifying ones given only on request with a purpose."""

    read: Callable[[Build], pl.DataFrame]
    columns: dict[str, Kind]
    identities: dict[str, Kind]


def _named(kind: Kind, *names: str) -> dict[str, Kind]:
    return dict.fromkeys(names, kind)


def _incidents(build: Build) -> pl.DataFrame:
    return build.frame("incidents").sort("received_at", "incident_id")


def _deployments(build: Build) -> pl.DataFrame:
    return build.frame("deployments").sort("assigned_at", "incident_id", "read_order")


def _persons(build: Build) -> pl.DataFrame:
    records = build.frame("person_records", ["person_id", "record_id", "phone"])
    numbers = (
        records.drop_nulls(["person_id", "phone"])
        .group_by("person_id")
        .agg(telephone_numbers=pl.col("phone").unique().sort().str.join("; "))
    )
    return build.frame("persons").join(numbers, on="person_id", how="left").sort("person_id")


def _person_records(build: Build) -> pl.DataFrame:
    records = build.frame("person_records")
    caller = build.frame(
        "incidents", ["incident_id", "caller_name", "caller_date_of_birth", "caller_address"]
    ).with_columns(role=pl.lit("caller"))
    people = build.frame("people", ["source_file", "source_line", "name", "date_of_birth", "address"])
    joined = records.join(caller, on=["incident_id", "role"], how="left").join(
        people.with_columns(is_people=pl.lit(True)), on=["source_file", "source_line"], how="left"
    )
    is_caller = pl.col("role") == "caller"
    return joined.with_columns(
        name=pl.when(is_caller).then("caller_name").otherwise("name"),
        date_of_birth=pl.when(is_caller).then("caller_date_of_birth").otherwise("date_of_birth"),
        address=pl.when(is_caller).then("caller_address").otherwise("address"),
    ).sort("incident_id", "role", "source_file", "source_line")


def _rejects(build: Build) -> pl.DataFrame:
    return build.frame("rejects").sort("table", "file", "line", "column", nulls_last=True)


_TABLES: dict[str, _Table] = {
    "incidents": _Table(
        _incidents,
        columns={
            **_named(_OWN, "incident_id"),
            **_named(Kind.TIME, "received_at"),
            **_named(_OWN, "ward_code", "neighbourhood_code", "source", "grade"),
            **_named(Kind.FLAG, "is_domestic"),
            **_named(Kind.PERSON, "caller_id"),
            **_named(_OWN, "caller_role", "caller_pool"),
            **_named(Kind.PERSON, "concerned_id"),
            **_named(_OWN, "group_id"),
            **_named(Kind.FLAG, "is_link_broken", "is_clock_changed"),
            **_named(_OWN, "unlocated_reason"),
            **_named(
                Kind.MEASURE,
                "officer_minutes",
                "officer_minutes_low",
                "officer_minutes_high",
                "elapsed_minutes",
                "unit_minutes",
            ),
        },
        identities={
            **_named(Kind.IDENTITY, "caller_name", "caller_phone", "caller_date_of_birth"),
            **_named(Kind.PLACE, "address", "postcode", "uprn", "caller_address", "caller_postcode"),
        },
    ),
    "deployments": _Table(
        _deployments,
        columns={
            **_named(_OWN, "incident_id", "officer_id", "callsign"),
            **_named(Kind.TIME, "assigned_at", "cleared_at", "end_at"),
            **_named(Kind.MEASURE, "minutes"),
            **_named(Kind.FLAG, "is_imputed", "is_orphaned", "is_over_cap", "is_crew_assumed"),
        },
        identities={},
    ),
    "persons": _Table(
        _persons,
        columns={
            **_named(Kind.PERSON, "person_id"),
            **_named(Kind.COUNT, "contacts"),
            **_named(Kind.TIME, "first_contact_at", "last_contact_at"),
        },
        identities=_named(Kind.IDENTITY, "telephone_numbers"),
    ),
    "person_records": _Table(
        _person_records,
        columns={
            **_named(_OWN, "incident_id", "role", "source_file"),
            **_named(Kind.COUNT, "source_line"),
            **_named(Kind.PERSON, "person_id"),
            **_named(_OWN, "pool"),
        },
        identities={**_named(Kind.IDENTITY, "name", "date_of_birth", "phone"), **_named(Kind.PLACE, "address")},
    ),
    "rejects": _Table(
        _rejects,
        columns={
            **_named(_OWN, "table", "file"),
            **_named(Kind.COUNT, "line"),
            **_named(_OWN, "column", "rule"),
            **_named(Kind.FLAG, "is_row_refused"),
        },
        identities={},
    ),
}
TABLE_NAMES = (*_TABLES, "ranking")
_PERSON_COLUMN = {"incidents": "caller_id", "persons": "person_id", "person_records": "person_id"}


def export_table(build: Build, table: str, audience: Audience, *, with_identities: bool = False) -> Released:
    """One table of a build, without names, numbers, dates of birth and addresses unless asked for.

    Raises:
        QuestionError: there is no such table.
    """
    if table not in _TABLES:
        raise QuestionError(f"there is no table {table}. Choose one of {', '.join(TABLE_NAMES)}.")
    wanted = _TABLES[table]
    columns = wanted.columns | (wanted.identities if with_identities else {})
    answer = Answer(
        name=f"export of {table}",
        columns=tuple(AnswerColumn(name, kind) for name, kind in columns.items()),
        person_column=_PERSON_COLUMN.get(table),
        timezone=build.timezone,
        is_whole_force_only=True,
    )
    return release(wanted.read(build), answer, audience)
