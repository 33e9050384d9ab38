"""Which contacts of an area could not be counted for any person, and why?"""

from __future__ import annotations

import polars as pl

from analysis.demand.day_sums import REPEAT
from analysis.demand.windows import Window
from analysis.disclosure import Audience, Released
from analysis.disclosure.contract import Answer, AnswerColumn, Kind
from analysis.disclosure.release import release
from analysis.officer_time import minutes
from analysis.questions.area_days import area_days
from analysis.questions.view import View
from analysis.ranking.from_days import inside
from analysis.store import Build

UNRESOLVED_COLUMNS = {
    "area_code": Kind.CODE,
    "pool": Kind.CODE,
    "incidents": Kind.COUNT,
    "officer_hours": Kind.MEASURE,
    "imputed_hours": Kind.MEASURE,
}


def unresolved(build: Build, view: View, audience: Audience) -> Released:
    """Incidents reported by a caller who is set apart, by the pool they stand in.

    An incident is a group of linked logs with at least one log of a caller in the pool; one with callers in two pools
    stands in both. Logs an officer raised are left out, as from contacts.

    Returns:
        Rows area_code, pool, incidents, officer_hours and imputed_hours (of the whole group; imputed null in a build
        from before its share was stored); by area and most incidents first.
    """
    codes = view.in_scope(audience)
    days = area_days(build, codes, domestic_only=view.domestic_only, minimum_contacts=REPEAT, wanted=("day_pools",))
    return released_pools(days.pools, Window(view.as_of, view.weeks, build.timezone), audience)


def released_pools(pools: pl.DataFrame, window: Window, audience: Audience) -> Released:
    """What the stored days of some areas say of callers set apart, through the gate; see `unresolved`.

    An incident rung about on several days is counted on the first of them in the window.
    """
    is_known = "imputed_units" in pools.columns
    imputed = minutes(pl.col("imputed_units").sum()) / 60 if is_known else pl.lit(None, pl.Float64)
    counted = (
        pools.filter(inside(window), pl.col("day_before").is_null() | (pl.col("day_before") < window.first_day))
        .group_by("area_code", "pool")
        .agg(
            incidents=pl.len().cast(pl.Int64), officer_hours=minutes(pl.col("units").sum()) / 60, imputed_hours=imputed
        )
        .sort("area_code", "incidents", "pool", descending=[False, True, False])
    )
    answer = Answer(
        name="unresolved",
        columns=tuple(AnswerColumn(name, kind) for name, kind in UNRESOLVED_COLUMNS.items()),
        area_column="area_code",
    )
    return release(counted.select(list(UNRESOLVED_COLUMNS)), answer, audience)
