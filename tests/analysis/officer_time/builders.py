"""Rows of deployments and incidents for one day, with only the columns that a test is about."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

import polars as pl

from analysis.officer_time import OfficerTime, split_officer_time

MONDAY = datetime(2024, 3, 4, tzinfo=UTC)
TIME = pl.Datetime("us", "UTC")
DEPLOYMENTS: dict[str, Any] = {
    "incident_id": pl.String,
    "officer_id": pl.String,
    "callsign": pl.String,
    "crew": pl.Int64,
    "assigned_at": TIME,
    "at_scene_at": TIME,
    "cleared_at": TIME,
    "read_order": pl.Int64,
}


def at(clock: str) -> datetime:
    """'10:30', '10:30:05.001' on the Monday; hours from 24 on are Tuesday's."""
    hours, minutes, *seconds = clock.split(":")
    return MONDAY + timedelta(hours=int(hours), minutes=int(minutes), seconds=float(seconds[0]) if seconds else 0)


def row(incident: str, assigned: str, cleared: str | None, officer: str | None = "PC1", **more: Any) -> dict[str, Any]:
    """One deployment. `scene` is a clock time, `unit` the callsign."""
    scene = more.pop("scene", None)
    return {
        "incident_id": incident,
        "officer_id": officer,
        "callsign": more.pop("unit", None),
        "crew": more.pop("crew", None),
        "assigned_at": at(assigned),
        "at_scene_at": at(scene) if scene else None,
        "cleared_at": at(cleared) if cleared else None,
        **more,
    }


def table(rows: list[dict[str, Any]]) -> pl.DataFrame:
    """The rows as the table that ingest makes, read in the order given."""
    return pl.DataFrame([{"read_order": place, **given} for place, given in enumerate(rows)], schema=DEPLOYMENTS)


def log_table(grades: Mapping[str, str | None]) -> pl.DataFrame:
    return pl.DataFrame(
        {"incident_id": list(grades), "grade": list(grades.values())},
        schema={"incident_id": pl.String, "grade": pl.String},
    )


def split(
    *rows: dict[str, Any], grades: Mapping[str, str | None] | None = None, cap_hours: float = 12, minimum: int = 30
) -> OfficerTime:
    """The split of the rows over incidents A, B and C, all of grade immediate unless said otherwise."""
    logs = log_table(dict.fromkeys("ABC", "immediate") if grades is None else grades)
    return split_officer_time(table(list(rows)), logs, cap_hours=cap_hours, minimum_for_grade_median=minimum)
