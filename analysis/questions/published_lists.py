"""What was published for a week, and what do the data say about that week now?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

import polars as pl

from analysis.assumptions import Assumptions
from analysis.demand.areas import UNLOCATED
from analysis.demand.windows import Window
from analysis.disclosure import Audience, Released
from analysis.disclosure.contract import Answer, AnswerColumn, Kind
from analysis.disclosure.release import release
from analysis.questions.area_days import area_days, check_build
from analysis.questions.ranking import area_names
from analysis.questions.view import AreaKind, Lens, View
from analysis.ranking.from_days import rank_days
from analysis.ranking.published import PUBLISHED_COLUMNS, compared
from analysis.ranking.published import Correction as Correction
from analysis.ranking.rank import UNITS_PER_HOUR
from analysis.store import Build
from analysis.store.published import PublishedSettings as PublishedSettings
from analysis.store.published import PublishedWeek, published_weeks, read_published, write_published

COMPARED_COLUMNS = {
    "lens": Kind.CODE,
    "area_code": Kind.CODE,
    "area_name": Kind.NAME,
    "key_id": Kind.PERSON,
    "published_key_id": Kind.PERSON,
    "change": Kind.CODE,
    "published_position": Kind.COUNT,
    "position_now": Kind.COUNT,
    "published_rank": Kind.COUNT,
    "rank_now": Kind.COUNT,
    "published_contacts": Kind.COUNT,
    "contacts_now": Kind.COUNT,
    "published_officer_hours": Kind.MEASURE,
    "officer_hours_now": Kind.MEASURE,
    "published_imputed_hours": Kind.MEASURE,
    "imputed_hours_now": Kind.MEASURE,
    "published_harm": Kind.MEASURE,
    "harm_now": Kind.MEASURE,
}


@dataclass(frozen=True)
class PublishedAgainstNow:
    """The lists of one week as published, beside the same lists made from the build of today.

    Attributes:
        rows: `COMPARED_COLUMNS`; see `analysis.ranking.published`.
        settings: of the published lists; today's are made with the same.
        build_id, assumptions: what the published lists were made from.
        is_same_build: nothing can have changed.
    """

    rows: Released
    as_of: date
    published_at: datetime
    build_id: str
    assumptions: str
    settings: PublishedSettings
    is_same_build: bool


def publish(build: Build, view: View, *, published_at: datetime, assumptions: Assumptions) -> None:
    """Freeze the lists of every neighbourhood of the force for a week, by each lens there is.

    Of the view its day, weeks and domestic setting count; it must not be narrowed to a part of the force, for a week is
    published once.

    Raises:
        StoreError: the week has been published before, or the store cannot be written.
        QuestionError: the build cannot answer: no domestic flag, no neighbourhoods.
    """
    settings = PublishedSettings(
        weeks=view.weeks,
        domestic_only=view.domestic_only,
        minimum_contacts=assumptions.whole("repeat_minimum_contacts"),
        length=assumptions.whole("top_ten_length"),
    )
    rows = _lists(build, view.as_of, settings, None).filter(pl.col("position") <= settings.length)
    week = PublishedWeek(
        as_of=view.as_of,
        published_at=published_at,
        build_id=build.id,
        code_version=build.manifest["code_version"],
        assumptions=assumptions.fingerprint,
        settings=settings,
        rows=rows,
    )
    write_published(build.path.parent, week)


def weeks_published(build: Build) -> list[date]:
    """The days for which lists were published, oldest first."""
    return published_weeks(build.path.parent)


def published_against_now(build: Build, view: View, audience: Audience) -> PublishedAgainstNow | None:
    """The lists published for `view.as_of` beside what they would be now; None where none were.

    Of the view only the day and the neighbourhoods count.

    Raises:
        StoreError: the published lists cannot be read.
        QuestionError: the build cannot answer.
    """
    week = read_published(build.path.parent, view.as_of)
    if week is None:
        return None
    codes = view.in_scope(audience)
    now = _lists(build, view.as_of, week.settings, codes)
    asked = pl.lit(True) if codes is None else pl.col("area_code").is_in(sorted(codes))
    rows = compared(
        week.rows.filter(asked, pl.col("lens") != Lens.HARM.value if not build.manifest["harm"] else pl.lit(True)),
        now.filter(pl.col("lens").is_in(week.rows["lens"].unique().implode())),
        build.frame("person_aliases"),
        length=week.settings.length,
    )
    named = (
        rows.join(area_names(build, AreaKind.NEIGHBOURHOOD), on="area_code", how="left", maintain_order="left")
        .with_columns(
            area_name=pl.coalesce("area_name", "area_code"),
            published_officer_hours=pl.col("published_units") / UNITS_PER_HOUR,
            officer_hours_now=pl.col("units_now") / UNITS_PER_HOUR,
            published_imputed_hours=pl.col("published_imputed_units") / UNITS_PER_HOUR,
            imputed_hours_now=pl.col("imputed_units_now") / UNITS_PER_HOUR,
        )
        .select(list(COMPARED_COLUMNS))
    )
    answer = Answer(
        name="published and now",
        columns=tuple(AnswerColumn(name, kind) for name, kind in COMPARED_COLUMNS.items()),
        area_column="area_code",
        person_column="key_id",
    )
    return PublishedAgainstNow(
        rows=release(named, answer, audience),
        as_of=week.as_of,
        published_at=week.published_at,
        build_id=week.build_id,
        assumptions=week.assumptions,
        settings=week.settings,
        is_same_build=week.build_id == build.id,
    )


def _lists(build: Build, as_of: date, settings: PublishedSettings, codes: frozenset[str] | None) -> pl.DataFrame:
    """`PUBLISHED_COLUMNS`: everyone listed in these neighbourhoods, by each lens there is."""
    check_build(build, AreaKind.NEIGHBOURHOOD, domestic_only=settings.domestic_only)
    least = settings.minimum_contacts
    days = area_days(
        build,
        codes,
        domestic_only=settings.domestic_only,
        minimum_contacts=least,
        wanted=("day_sums", "day_crimes"),
    ).counted
    window = Window(as_of, settings.weeks, build.timezone)
    lists = [
        rank_days(days, window, lens=lens, minimum_contacts=least).with_columns(lens=pl.lit(lens.value))
        for lens in Lens
        if lens is not Lens.HARM or days.has_harm
    ]
    return pl.concat(lists).filter(pl.col("area_code") != UNLOCATED).select(PUBLISHED_COLUMNS)
