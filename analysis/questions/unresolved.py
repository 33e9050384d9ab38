"""Which contacts of an area could not be counted for any person, and why?"""

from __future__ import annotations

import polars as pl

from analysis.demand.areas import AreaKind, area_code
from analysis.demand.contacts import OFFICER_SOURCE
from analysis.demand.windows import Window
from analysis.disclosure import Audience, Released
from analysis.disclosure.contract import Answer, AnswerColumn, Kind
from analysis.disclosure.release import release
from analysis.officer_time import minutes
from analysis.questions.view import View
from analysis.store import Build

UNRESOLVED_COLUMNS = {
    "area_code": Kind.CODE,
    "pool": Kind.CODE,
    "incidents": Kind.COUNT,
    "officer_hours": Kind.MEASURE,
}


def unresolved(build: Build, view: View, audience: Audience) -> Released:
    """Incidents reported by a caller who is set apart, by the pool they stand in.

    An incident is a group of linked logs with at least one log of a caller in the pool; one with callers in two pools
    stands in both. Logs an officer raised are left out, as from contacts.

    Returns:
        Rows area_code, pool, incidents, officer_hours (of the whole group); by area and most incidents first.
    """
    window = Window(view.as_of, view.weeks, build.timezone)
    groups = build.frame("groups", ["group_id", "neighbourhood_code", "is_domestic", "units"])
    logs = build.frame("incidents", ["group_id", "received_at", "source", "caller_pool"])
    pooled = (
        logs.filter(
            pl.col("caller_pool").is_not_null()
            & pl.col("source").ne_missing(OFFICER_SOURCE)
            & window.contains(pl.col("received_at"))
        )
        .select("group_id", pool="caller_pool")
        .unique()
        .join(groups, on="group_id")
    )
    if view.domestic_only:
        pooled = pooled.filter(pl.col("is_domestic"))
    counted = (
        pooled.group_by(area_code(AreaKind.NEIGHBOURHOOD), "pool")
        .agg(incidents=pl.len().cast(pl.Int64), officer_hours=minutes(pl.col("units").sum()) / 60)
        .sort("area_code", "incidents", "pool", descending=[False, True, False])
    )
    scope = view.in_scope(audience)
    if scope is not None:
        counted = counted.filter(pl.col("area_code").is_in(sorted(scope)))
    answer = Answer(
        name="unresolved",
        columns=tuple(AnswerColumn(name, kind) for name, kind in UNRESOLVED_COLUMNS.items()),
        area_column="area_code",
    )
    return release(counted.select(list(UNRESOLVED_COLUMNS)), answer, audience)
