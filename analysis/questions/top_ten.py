"""Who are the ten repeat callers of a neighbourhood, why is each of them here, and who nearly is?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

import polars as pl

from analysis.assumptions import Assumptions
from analysis.demand.areas import AreaKind
from analysis.demand.contacts import KeyType
from analysis.demand.windows import DAYS_A_WEEK, Window
from analysis.disclosure import Audience, Released
from analysis.disclosure.contract import Answer, AnswerColumn, Kind
from analysis.disclosure.release import release
from analysis.questions.person_incidents import FEEDS, has_feed
from analysis.questions.ranking import ranked
from analysis.questions.top_ten_facts import badge_facts
from analysis.questions.unresolved import unresolved
from analysis.questions.view import Lens, View
from analysis.ranking.movement import Movement, movement
from analysis.ranking.rank import UNITS_PER_HOUR
from analysis.store import Build

LISTS_BEFORE = 52
"""Lists looked through for who returned; the design's definition of movement."""


class Standing(StrEnum):
    """Where a person stands to the list."""

    LISTED = "listed"
    SHARES_LAST_PLACE = "shares_last_place"
    NEAR = "near"


@dataclass(frozen=True)
class TopTen:
    """The list of one neighbourhood, all of it released.

    Attributes:
        people: `PEOPLE_COLUMNS`, by position: who is listed, who shares the last place, who is near.
        weeks: area_code, key_id, week_start, contacts: the last weeks of everyone in `people`, quiet weeks included.
        lenses: area_code, lens, position, rank, key_id, contacts, officer_hours, harm: the list by each lens there is.
        left: area_code, key_id, earlier_position, earlier_rank, contacts: on the list a week ago and not now.
        unresolved: see `analysis.questions.unresolved`.
        counts: area_code; people and contacts of the window, and how many people have contacts enough to be listed.
        feeds: which feeds the force gave, so that what is not known is not said to be missing.
    """

    people: Released
    weeks: Released
    lenses: Released
    left: Released
    unresolved: Released
    counts: Released
    feeds: frozenset[str]


PEOPLE_COLUMNS: dict[str, Kind] = {
    "area_code": Kind.CODE,
    "key_id": Kind.PERSON,
    "standing": Kind.CODE,
    "position": Kind.COUNT,
    "rank": Kind.COUNT,
    "is_tied": Kind.FLAG,
    "movement": Kind.CODE,
    "earlier_rank": Kind.COUNT,
    "weeks_on_list": Kind.COUNT,
    "contacts": Kind.COUNT,
    "recent_contacts": Kind.COUNT,
    "contacts_elsewhere": Kind.COUNT,
    "officer_hours": Kind.MEASURE,
    "officer_hours_low": Kind.MEASURE,
    "officer_hours_high": Kind.MEASURE,
    "imputed_hours": Kind.MEASURE,
    "harm": Kind.MEASURE,
    "crimes": Kind.COUNT,
    "first_contact_at": Kind.TIME,
    "last_contact_at": Kind.TIME,
    "missing_assessments": Kind.COUNT,
    "marac_on": Kind.TIME,
    "has_children": Kind.FLAG,
    "is_victim_of_crime": Kind.FLAG,
}
_WEEKS = {"area_code": Kind.CODE, "key_id": Kind.PERSON, "week_start": Kind.TIME, "contacts": Kind.COUNT}
_LENSES = {
    "area_code": Kind.CODE,
    "lens": Kind.CODE,
    "position": Kind.COUNT,
    "rank": Kind.COUNT,
    "key_id": Kind.PERSON,
    "contacts": Kind.COUNT,
    "officer_hours": Kind.MEASURE,
    "harm": Kind.MEASURE,
}
_LEFT = {
    "area_code": Kind.CODE,
    "key_id": Kind.PERSON,
    "earlier_position": Kind.COUNT,
    "earlier_rank": Kind.COUNT,
    "contacts": Kind.COUNT,
}
_COUNTS = {
    "area_code": Kind.CODE,
    "people_listed": Kind.COUNT,
    "contacts": Kind.COUNT,
    "people": Kind.COUNT,
}


def top_ten(
    build: Build,
    view: View,
    audience: Audience,
    *,
    area: str,
    assumptions: Assumptions,
    recent_weeks: int,
    spark_weeks: int,
    near: int,
) -> TopTen:
    """The list of one neighbourhood under a page's filters.

    Args:
        area: the neighbourhood's code; nothing is released where it is not in the audience's scope.
        assumptions: length of a list, contacts to be listed, months of a MARAC.
        recent_weeks: the newest weeks whose contacts are counted apart, to say why somebody is here.
        spark_weeks: how many single weeks are given.
        near: how many people behind the last place are given.

    Raises:
        QuestionError: the build cannot answer: no domestic flag, no neighbourhoods, no harm table for that lens.
    """
    length, minimum = assumptions.whole("top_ten_length"), assumptions.whole("repeat_minimum_contacts")
    window = Window(view.as_of, view.weeks, build.timezone)
    here = _contacts_of_area(build, area, view.domestic_only)
    lists = {lens: _list(build, view, lens, area, minimum) for lens in _lenses(build, view)}
    ordered = lists[view.lens]
    moves = _moves(build, here, view, length=length, minimum=minimum)
    counted = here.filter(window.contains(pl.col("contact_at")))
    people = (
        _standing(ordered, length=length, near=near)
        .join(moves.drop("position", "rank"), on=["area_code", "key_id"], how="left")
        .join(_recent(counted, Window(view.as_of, recent_weeks, build.timezone)), on="key_id", how="left")
        .join(
            badge_facts(build, counted, window, marac_months=assumptions.whole("marac_repeat_months")),
            on="key_id",
            how="left",
        )
        .with_columns(
            pl.col("recent_contacts", "weeks_on_list").fill_null(0),
            imputed_hours=pl.col("imputed_units") / UNITS_PER_HOUR,
        )
        .sort("position")
    )
    left = moves.filter(pl.col("movement") == Movement.LEFT.value).join(
        ordered.select("key_id", "contacts"), on="key_id", how="left"
    )
    totals = counted.select(
        area_code=pl.lit(area),
        people_listed=pl.lit(ordered.height, pl.Int64),
        contacts=pl.len().cast(pl.Int64),
        people=pl.col("key_id").n_unique().cast(pl.Int64),
    )
    return TopTen(
        people=_released(build, "top ten", people, PEOPLE_COLUMNS, audience),
        weeks=_released(
            build, "weeks of the top ten", _weeks(here, people, view.as_of, spark_weeks, build), _WEEKS, audience
        ),
        lenses=_released(build, "three lenses", _side_by_side(lists, length), _LENSES, audience),
        left=_released(build, "left the top ten", left, _LEFT, audience),
        unresolved=unresolved(build, _only(view, area), audience),
        counts=_released(build, "callers of an area", totals.head(1), _COUNTS, audience),
        feeds=frozenset(table for table in FEEDS if has_feed(build, table)),
    )


def _only(view: View, area: str) -> View:
    return View(view.as_of, view.weeks, view.lens, view.domestic_only, (area,))


def _lenses(build: Build, view: View) -> list[Lens]:
    """The lenses the build can answer; the page's own always, so that asking for the impossible says why not."""
    return [lens for lens in Lens if lens is view.lens or lens is not Lens.HARM or build.manifest["harm"]]


def _list(build: Build, view: View, lens: Lens, area: str, minimum: int) -> pl.DataFrame:
    filters = View(view.as_of, view.weeks, lens, view.domestic_only).ranking_filters(top=0)
    return ranked(build, filters, minimum_contacts=minimum).filter(pl.col("area_code") == area)


def _contacts_of_area(build: Build, area: str, domestic_only: bool) -> pl.DataFrame:
    """Every contact of a caller in the area, over the whole build."""
    taken = (pl.col("key_type") == KeyType.CALLER.value) & (pl.col("neighbourhood_code") == area)
    if domestic_only:
        taken &= pl.col("is_domestic")
    return build.table("contacts").filter(taken).collect()


def _moves(build: Build, here: pl.DataFrame, view: View, *, length: int, minimum: int) -> pl.DataFrame:
    return movement(
        here,
        Window(view.as_of, view.weeks, build.timezone),
        lens=view.lens,
        area=AreaKind.NEIGHBOURHOOD,
        domestic_only=view.domestic_only,
        minimum_contacts=minimum,
        group_crimes=build.frame("group_crimes") if build.manifest["harm"] else None,
        first_day=date.fromisoformat(build.manifest["facts"]["first_day"]),
        length=length,
        lists_before=LISTS_BEFORE,
    )


def _standing(ordered: pl.DataFrame, *, length: int, near: int) -> pl.DataFrame:
    """The listed, then whoever has the last listed rank too, then the next few."""
    last_rank = ordered.filter(pl.col("position") <= length)["rank"].max()
    shares = (pl.col("position") > length) & (pl.col("rank") == pl.lit(last_rank, pl.Int64)).fill_null(False)
    last_shared = pl.col("position").filter(shares).max().fill_null(length)
    standing = (
        pl.when(pl.col("position") <= length)
        .then(pl.lit(Standing.LISTED.value))
        .when(shares)
        .then(pl.lit(Standing.SHARES_LAST_PLACE.value))
        .when(pl.col("position") <= last_shared + near)
        .then(pl.lit(Standing.NEAR.value))
    )
    return ordered.with_columns(standing=standing).filter(pl.col("standing").is_not_null())


def _recent(counted: pl.DataFrame, recent: Window) -> pl.DataFrame:
    return (
        counted.filter(recent.contains(pl.col("contact_at")))
        .group_by("key_id")
        .agg(recent_contacts=pl.len().cast(pl.Int64))
    )


def _weeks(here: pl.DataFrame, people: pl.DataFrame, as_of: date, weeks: int, build: Build) -> pl.DataFrame:
    """Contacts of each person in each of the last weeks."""
    day = pl.col("contact_at").dt.convert_time_zone(build.timezone).dt.date()
    back = ((pl.lit(as_of) - day).dt.total_days() + DAYS_A_WEEK - 1) // DAYS_A_WEEK
    span = Window(as_of, weeks, build.timezone)
    found = (
        here.filter(span.contains(pl.col("contact_at")))
        .with_columns(back=back)
        .group_by("key_id", "back")
        .agg(contacts=pl.len().cast(pl.Int64))
    )
    grid = people.select("area_code", "key_id").join(
        pl.DataFrame({"back": range(weeks, 0, -1)}, schema={"back": pl.Int64}), how="cross"
    )
    start = (pl.lit(as_of) - pl.duration(days=pl.col("back") * DAYS_A_WEEK)).cast(pl.Date)
    return (
        grid.join(found, on=["key_id", "back"], how="left")
        .with_columns(pl.col("contacts").fill_null(0), week_start=start)
        .sort("key_id", "week_start")
    )


def _side_by_side(lists: dict[Lens, pl.DataFrame], length: int) -> pl.DataFrame:
    return pl.concat(
        [
            listed.filter(pl.col("position") <= length).with_columns(lens=pl.lit(lens.value))
            for lens, listed in lists.items()
        ]
    )


def _released(build: Build, name: str, frame: pl.DataFrame, columns: dict[str, Kind], audience: Audience) -> Released:
    answer = Answer(
        name=name,
        columns=tuple(AnswerColumn(column, kind) for column, kind in columns.items()),
        area_column="area_code",
        person_column="key_id" if "key_id" in columns else None,
        timezone=build.timezone,
    )
    return release(frame.select(list(columns)), answer, audience)
