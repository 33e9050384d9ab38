"""In which phases and hours was the officer time of some incidents worked?

Worked out when asked, from the deployments that can share time with theirs: stored for every incident of a force it
would cost a build more than sharing the time itself.
"""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from analysis.errors import QuestionError
from analysis.officer_time.by_hour import Shift, group_hours, worked_hours
from analysis.officer_time.phases import group_phases, incident_phases
from analysis.store import Build

NEEDED = frozenset({"overlap", "end_at", "en_route_at", "at_scene_at", "is_imputed", "is_orphaned"})
"""Columns of the deployments, without which nothing can be said of phases and hours."""


def phases_of(build: Build, groups: pl.Series) -> pl.DataFrame:
    """The officer units of these incident groups by phase; see `officer_time.phases.group_phases`."""
    logs, rows = _rows_of(build, groups)
    return group_phases(incident_phases(rows), logs).filter(pl.col("group_id").is_in(groups.implode()))


def hours_of(build: Build, groups: pl.Series, *, shifts: Sequence[Shift]) -> pl.DataFrame:
    """The officer units of these incident groups by local hour and shift; see `officer_time.by_hour.group_hours`."""
    logs, rows = _rows_of(build, groups)
    worked = worked_hours(rows, timezone=build.timezone, shifts=shifts)
    return group_hours(worked, logs).filter(pl.col("group_id").is_in(groups.implode()))


def _rows_of(build: Build, groups: pl.Series) -> tuple[pl.DataFrame, pl.DataFrame]:
    """The logs of the groups, and every deployment whose time may be shared with one of theirs.

    Raises:
        QuestionError: the build is older than what it needs.
    """
    deployments = build.table("deployments")
    if not set(deployments.collect_schema().names()) >= NEEDED:
        raise QuestionError(
            "This build was made before phases and hours worked could be told. Build again (repeat-demand build)."
        )
    logs = build.frame("incidents", ["incident_id", "group_id"])
    theirs = logs.filter(pl.col("group_id").is_in(groups.implode()))
    rows = deployments.collect()
    overlaps = rows.join(theirs, on="incident_id", how="semi")["overlap"].unique()
    return theirs, rows.filter(pl.col("overlap").is_in(overlaps.implode()))
