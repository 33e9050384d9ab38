"""Which share of an area's contacts is nobody's, because the caller could not be told?"""

from __future__ import annotations

import polars as pl

from analysis.demand.day_sums import REPEAT
from analysis.demand.windows import Window
from analysis.disclosure import Audience, Released
from analysis.disclosure.contract import Answer, AnswerColumn, Kind
from analysis.disclosure.release import release
from analysis.people.pools import Pool
from analysis.questions.area_days import area_days
from analysis.questions.view import View
from analysis.ranking.from_days import inside
from analysis.store import Build

UNRESOLVED_POOLS = tuple(pool.value for pool in (Pool.WITHHELD, Pool.SHARED, Pool.INSTITUTION))
"""Pools of callers who may be somebody; a witness, a third party and a professional are told apart by their role."""
_SHARE_COLUMNS = {"area_code": Kind.CODE, "unresolved": Kind.COUNT, "contacts": Kind.COUNT}


def unresolved_share(build: Build, view: View, audience: Audience) -> Released:
    """Contacts of the view's window that are nobody's, beside those of people, area by area.

    Returns:
        area_code, unresolved (incidents rung about by a caller in a pool of `UNRESOLVED_POOLS`, once a pool),
        contacts (those of people). Their share is unresolved / (unresolved + contacts).
    """
    window = Window(view.as_of, view.weeks, build.timezone)
    codes = view.in_scope(audience)
    days = area_days(build, codes, domestic_only=view.domestic_only, minimum_contacts=REPEAT)
    people = days.counted.sums.filter(inside(window)).group_by("area_code").agg(pl.col("contacts").sum())
    nobody = (
        days.pools.filter(
            inside(window),
            pl.col("pool").is_in(UNRESOLVED_POOLS),
            pl.col("day_before").is_null() | (pl.col("day_before") < window.first_day),
        )
        .group_by("area_code")
        .agg(unresolved=pl.len().cast(pl.Int64))
    )
    rows = people.join(nobody, on="area_code", how="full", coalesce=True).with_columns(
        pl.col("unresolved").fill_null(0), pl.col("contacts").fill_null(0).cast(pl.Int64)
    )
    answer = Answer(
        name="unresolved share",
        columns=tuple(AnswerColumn(name, kind) for name, kind in _SHARE_COLUMNS.items()),
        area_column="area_code",
    )
    return release(rows.sort("area_code").select(list(_SHARE_COLUMNS)), answer, audience)
