"""Where exactly did the incidents of a week lie? For the police in their own area; never at a listed place."""

from __future__ import annotations

from datetime import date, timedelta

import polars as pl

from analysis.demand.windows import DAYS_A_WEEK, Window
from analysis.disclosure import Audience, Released
from analysis.disclosure.contract import Answer, AnswerColumn, Kind
from analysis.disclosure.release import release
from analysis.questions.view import View
from analysis.store import Build

POINT_COLUMNS = {
    "neighbourhood_code": Kind.CODE,
    "longitude": Kind.POINT,
    "latitude": Kind.POINT,
    "received_at": Kind.TIME,
    "grade": Kind.CODE,
}


def incident_points(build: Build, view: View, audience: Audience, *, week_ending: date) -> Released:
    """The first log of each incident of one week of the view, with its point in degrees, in order of time.

    What lies at a refuge, a hospital or any other place of the places feed is left out: by its address, by the number
    that rang, and by any point at which such a log was ever taken. So is what lies in no neighbourhood, for it is in
    nobody's scope.

    Args:
        week_ending: the Sunday the week ends on; a week outside the view's window holds nothing.
    """
    window = Window(view.as_of, view.weeks, build.timezone)
    is_in_window = window.first_day <= week_ending - timedelta(days=DAYS_A_WEEK - 1) and week_ending < view.as_of
    week = Window(week_ending + timedelta(days=1), 1, build.timezone)
    logs = build.table("incidents").select(
        "incident_id", "lon", "lat", "received_at", "grade", "neighbourhood_code", "is_domestic", _is_place()
    )
    at_place = logs.filter("is_place").select("lon", "lat").drop_nulls().unique()
    scope = view.in_scope(audience)
    located = logs.filter(
        pl.lit(is_in_window),
        week.contains(pl.col("received_at")),
        pl.col("lon").is_not_null() & pl.col("neighbourhood_code").is_not_null(),
        pl.col("is_domestic") if view.domestic_only else pl.lit(True),
        ~pl.col("is_place"),
        pl.lit(True) if scope is None else pl.col("neighbourhood_code").is_in(sorted(scope or ())),
    )
    first = build.table("groups").select(incident_id="first_incident_id")
    rows = (
        located.join(at_place, on=["lon", "lat"], how="anti")
        .join(first, on="incident_id", how="semi")
        .sort("received_at", "incident_id")
        .select("neighbourhood_code", "received_at", "grade", longitude="lon", latitude="lat")
        .collect()
    )
    answer = Answer(
        name="points of incidents",
        columns=tuple(AnswerColumn(name, kind) for name, kind in POINT_COLUMNS.items()),
        area_column="neighbourhood_code",
        timezone=build.timezone,
    )
    return release(rows.select(*POINT_COLUMNS), answer, audience)


def _is_place() -> pl.Expr:
    """Whether a log was taken at, or rung from, a listed place."""
    flags = (pl.col(name).fill_null(False) for name in ("is_address_of_place", "is_phone_of_place"))
    return pl.any_horizontal(*flags).alias("is_place")
