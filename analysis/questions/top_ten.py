"""Who are the ten repeat callers of a neighbourhood, why is each of them here, and who nearly is?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import polars as pl

from analysis.assumptions import Assumptions
from analysis.demand.windows import DAYS_A_WEEK, Window
from analysis.disclosure import Audience, Released
from analysis.disclosure.contract import Answer, AnswerColumn, Kind
from analysis.disclosure.release import release
from analysis.questions.area_days import area_days, check_build
from analysis.questions.lenses import Lenses, released_lenses
from analysis.questions.person_incidents import FEEDS, has_feed
from analysis.questions.top_ten_facts import marks_of
from analysis.questions.unresolved import released_pools
from analysis.questions.view import AreaKind, View
from analysis.ranking.from_days import compared_days, inside, key_totals
from analysis.ranking.lenses import Place as Standing
from analysis.ranking.lenses import side_by_side
from analysis.ranking.movement import ComparedLists, Movement
from analysis.ranking.rank import UNITS_PER_HOUR, check_harm, with_measures
from analysis.store import Build

__all__ = ["PEOPLE_COLUMNS", "Standing", "TopTen", "top_ten"]

_KEY = ["area_code", "key_id"]


@dataclass(frozen=True)
class TopTen:
    """The list of one neighbourhood, all of it released.

    Attributes:
        people: `PEOPLE_COLUMNS`, by position: who is listed, who shares the last place, who is near.
        weeks: area_code, key_id, week_start, contacts: the last weeks of everyone in `people`, quiet weeks included.
        lenses: the list by each lens there is side by side; see `analysis.questions.lenses`.
        history: area_code, key_id, week_ending, position, rank, contacts: the places of the listed on the lists of the
            last year that lie wholly in the data; no row where they were not listed.
        left: area_code, key_id, earlier_position, earlier_rank, contacts: on the list a week ago and not now.
        unresolved: see `analysis.questions.unresolved`.
        counts: area_code; people and contacts of the window, and how many people have contacts enough to be listed.
        feeds: which feeds the force gave, so that what is not known is not said to be missing.
    """

    people: Released
    weeks: Released
    lenses: Lenses
    history: Released
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
_HISTORY = {
    "area_code": Kind.CODE,
    "key_id": Kind.PERSON,
    "week_ending": Kind.TIME,
    "position": Kind.COUNT,
    "rank": Kind.COUNT,
    "contacts": Kind.COUNT,
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
    build: Build, view: View, audience: Audience, *, area: str, assumptions: Assumptions, is_live: bool = False
) -> TopTen:
    """The list of one neighbourhood under a page's filters, added up from stored days.

    Args:
        area: the neighbourhood's code; nothing is released where it is not in the audience's scope.
        assumptions: how long a list is, from how many contacts, how far back is looked.
        is_live: make the days anew from the contacts of the area.

    Raises:
        QuestionError: the build cannot answer: no domestic flag, no neighbourhoods, no harm table for that lens.
    """
    check_build(build, AreaKind.NEIGHBOURHOOD, domestic_only=view.domestic_only)
    if not build.manifest["harm"]:
        check_harm(view.lens)
    length, minimum = assumptions.whole("top_ten_length"), assumptions.whole("repeat_minimum_contacts")
    window = Window(view.as_of, view.weeks, build.timezone)
    days = area_days(
        build,
        {area},
        domestic_only=view.domestic_only,
        minimum_contacts=minimum,
        wanted=("day_sums", "day_crimes", "day_marks", "day_pools"),
        is_live=is_live,
    )
    counted = days.counted.sums.filter(inside(window), pl.col("contacts") > 0)
    keys = with_measures(key_totals(days.counted, window, minimum_contacts=minimum))
    lists = side_by_side(keys, has_harm=days.counted.has_harm, length=length, near=assumptions.whole("near_misses"))
    past = compared_days(
        days.counted,
        window,
        lens=view.lens,
        minimum_contacts=minimum,
        first_day=date.fromisoformat(build.manifest["facts"]["first_day"]),
        length=length,
        lists_before=assumptions.whole("movement_weeks"),
    )
    recent = Window(view.as_of, assumptions.whole("recent_weeks"), build.timezone)
    marks = marks_of(days.marks, window, marac_months=assumptions.whole("marac_repeat_months"))
    people = (
        lists.places.lazy()
        .filter(pl.col("lens") == view.lens.value)
        .select(*_KEY, "position", "rank", "is_tied", standing="place")
        .join(keys.lazy(), on=_KEY, how="left")
        .join(past.moved.lazy().drop("position", "rank"), on=_KEY, how="left")
        .join(_recent(counted.lazy(), recent), on=_KEY, how="left")
        .join(marks.lazy(), on=_KEY, how="left")
        .with_columns(
            pl.col("recent_contacts", "weeks_on_list").fill_null(0),
            pl.col("is_victim_of_crime").fill_null(False),
            imputed_hours=pl.col("imputed_units") / UNITS_PER_HOUR,
            missing_assessments="without_assessment",
            has_children=pl.col("with_children") > 0,
        )
        .sort("position")
        .collect()
    )
    spark = _weeks(days.counted.sums, people, view.as_of, assumptions.whole("spark_weeks"))
    return TopTen(
        people=_released(build, "top ten", people, PEOPLE_COLUMNS, audience),
        weeks=_released(build, "weeks of the top ten", spark, _WEEKS, audience),
        lenses=released_lenses(build, lists, audience),
        history=_released(
            build, "weeks on the list", _history(past, people, assumptions.whole("movement_weeks")), _HISTORY, audience
        ),
        left=_released(build, "left the top ten", _left(past, keys), _LEFT, audience),
        unresolved=released_pools(days.pools, window, audience),
        counts=_released(build, "callers of an area", _counts(counted, keys.height, area), _COUNTS, audience),
        feeds=frozenset(table for table in FEEDS if has_feed(build, table)),
    )


def _recent(counted: pl.LazyFrame, recent: Window) -> pl.LazyFrame:
    return counted.filter(inside(recent)).group_by(_KEY).agg(recent_contacts=pl.col("contacts").sum())


def _weeks(sums: pl.DataFrame, people: pl.DataFrame, as_of: date, weeks: int) -> pl.DataFrame:
    """Contacts of each person in each of the last weeks, quiet weeks included."""
    back = ((pl.lit(as_of) - pl.col("day")).dt.total_days() + DAYS_A_WEEK - 1) // DAYS_A_WEEK
    found = (
        sums.lazy()
        .filter(pl.col("day") < as_of)
        .with_columns(back=back)
        .filter(pl.col("back") <= weeks)
        .group_by("key_id", "back")
        .agg(pl.col("contacts").sum())
    )
    each = pl.LazyFrame({"back": range(weeks, 0, -1)}, schema={"back": pl.Int64})
    grid = people.lazy().select(_KEY).join(each, how="cross")
    start = (pl.lit(as_of) - pl.duration(days=pl.col("back") * DAYS_A_WEEK)).cast(pl.Date)
    return (
        grid.join(found, on=["key_id", "back"], how="left")
        .with_columns(pl.col("contacts").fill_null(0), week_start=start)
        .sort("key_id", "week_start")
        .collect()
    )


def _history(past: ComparedLists, people: pl.DataFrame, weeks: int) -> pl.DataFrame:
    """Where the people listed today stood in the lists of the last year."""
    listed = people.filter(pl.col("standing") == Standing.LISTED.value).select("key_id")
    end = (pl.col("as_of") - pl.duration(days=1)).cast(pl.Date).alias("week_ending")
    lists = past.lists.filter(pl.col("weeks_ago") < weeks)
    return lists.join(listed, on="key_id", how="semi").with_columns(end).sort("week_ending", "position")


def _left(past: ComparedLists, keys: pl.DataFrame) -> pl.DataFrame:
    gone = past.moved.filter(pl.col("movement") == Movement.LEFT.value)
    return gone.join(keys.select("key_id", "contacts"), on="key_id", how="left", maintain_order="left")


def _counts(counted: pl.DataFrame, people_listed: int, area: str) -> pl.DataFrame:
    if counted.is_empty():
        return pl.DataFrame(schema={"area_code": pl.String} | dict.fromkeys(list(_COUNTS)[1:], pl.Int64))
    return counted.select(
        area_code=pl.lit(area),
        people_listed=pl.lit(people_listed, pl.Int64),
        contacts=pl.col("contacts").sum(),
        people=pl.col("key_id").n_unique().cast(pl.Int64),
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
