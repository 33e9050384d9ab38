"""Who are the ten repeat callers of a neighbourhood, why is each of them here, and who nearly is?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np
import polars as pl

from analysis.assumptions import Assumptions
from analysis.demand.arrays import Column, Whole, day_number, frame_of, gathered, known, whole
from analysis.demand.windows import DAYS_A_WEEK, Window
from analysis.disclosure import Audience, Released
from analysis.disclosure.contract import Kind, answer_of
from analysis.disclosure.release import release
from analysis.questions.area_days import area_days, check_build
from analysis.questions.lenses import Lenses, released_lenses
from analysis.questions.person_incidents import FEEDS, has_feed
from analysis.questions.top_ten_facts import marks_of
from analysis.questions.unresolved import released_pools
from analysis.questions.view import AreaKind, View
from analysis.ranking.from_days import Days, compared_days, is_inside, is_listed, pair_totals
from analysis.ranking.lenses import Place as Standing
from analysis.ranking.lenses import side_by_side
from analysis.ranking.movement import ComparedLists, Movement
from analysis.ranking.rank import check_harm
from analysis.store import Build

__all__ = ["PEOPLE_COLUMNS", "Standing", "TopTen", "top_ten"]


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
    totals = pair_totals(days.counted, window)
    often = np.flatnonzero(is_listed(totals, minimum_contacts=minimum))
    keys = totals[often]
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
    asked = np.flatnonzero((lists.places["lens"] == view.lens.value).to_numpy())
    listed, pair = lists.places[asked], often[lists.row[asked]]
    recent = Window(view.as_of, assumptions.whole("recent_weeks"), build.timezone)
    marks = marks_of(days.marks, listed["key_id"], window, marac_months=assumptions.whole("marac_repeat_months"))
    shown = _Shown(listed, pair, past, days.counted)
    people = _people(shown, totals, recent, marks)
    spark = _weeks(shown, view.as_of, assumptions.whole("spark_weeks"))
    weeks = assumptions.whole("movement_weeks")

    def leave(name: str, frame: pl.DataFrame, columns: dict[str, Kind]) -> Released:
        return _released(build, name, frame, columns, audience)

    return TopTen(
        people=leave("top ten", people, PEOPLE_COLUMNS),
        weeks=leave("weeks of the top ten", spark, _WEEKS),
        lenses=released_lenses(build, lists, audience),
        history=leave("weeks on the list", _history(shown, weeks), _HISTORY),
        left=leave("left the top ten", _left(past, totals, often), _LEFT),
        unresolved=released_pools(days.pools, window, audience),
        counts=leave("callers of an area", _counts(totals, keys.height, area), _COUNTS),
        feeds=frozenset(table for table in FEEDS if has_feed(build, table)),
    )


@dataclass(frozen=True, eq=False)
class _Shown:
    """Who is shown by the lens asked for, one row each, by position.

    Attributes:
        places: their places; see `analysis.ranking.lenses`.
        pair: their numbers in `days.coded.pairs`.
        past: this week's list against those before.
        days: the days that were counted.
    """

    places: pl.DataFrame
    pair: Whole
    past: ComparedLists
    days: Days

    @property
    def moved(self) -> Whole:
        """Which row of `past.moved` is theirs; -1 for who was on neither list."""
        row = np.full(len(self.days.coded.pairs), -1)
        row[self.past.pair] = np.arange(self.past.pair.size)
        return row[self.pair]


def _people(shown: _Shown, totals: pl.DataFrame, recent: Window, marks: pl.DataFrame) -> pl.DataFrame:
    coded, moved, own = shown.days.coded, shown.past.moved, totals[shown.pair]
    row = shown.moved
    columns: dict[str, Column] = {
        "standing": shown.places["place"],
        **{name: shown.places[name] for name in ("position", "rank", "is_tied")},
        **{name: gathered(moved[name], row) for name in ("movement", "earlier_rank")},
        "weeks_on_list": np.where(row < 0, 0, np.append(whole(moved["weeks_on_list"]), 0)[row]),
        "recent_contacts": coded.total(shown.days.sums["contacts"], is_inside(coded.day, recent))[shown.pair],
        "missing_assessments": own["without_assessment"],
        "has_children": own["with_children"] > 0,
    }
    return own.hstack(frame_of(columns)).hstack(marks)


def _weeks(shown: _Shown, as_of: date, weeks: int) -> pl.DataFrame:
    """Contacts of each person in each of the last weeks, quiet weeks included."""
    coded, pair = shown.days.coded, np.sort(shown.pair)
    back = (day_number(as_of) - coded.day + DAYS_A_WEEK - 1) // DAYS_A_WEEK
    rows = np.flatnonzero((back > 0) & (back <= weeks) & np.isin(coded.pair, pair))
    contacts = np.zeros((pair.size, weeks), dtype=np.int64)
    of_row = np.searchsorted(pair, coded.pair[rows]), weeks - back[rows]
    np.add.at(contacts, of_row, whole(shown.days.sums["contacts"])[rows])
    starts = day_number(as_of) - DAYS_A_WEEK * np.arange(weeks, 0, -1)
    each = np.repeat(pair, weeks)
    return frame_of(
        {
            "area_code": coded.pairs.area_code[each],
            "key_id": coded.pairs.key_id[each],
            "week_start": pl.Series(np.tile(starts, pair.size)).cast(pl.Date),
            "contacts": contacts.ravel(),
        }
    )


def _history(shown: _Shown, weeks: int) -> pl.DataFrame:
    """Where the people listed today stood in the lists of the last year."""
    lists = shown.past.lists
    listed = shown.pair[(shown.places["place"] == Standing.LISTED.value).to_numpy()]
    rows = np.flatnonzero((lists.weeks_ago < weeks) & np.isin(lists.pair, listed))
    found = lists.only(rows[np.lexsort((lists.position[rows], -lists.weeks_ago[rows]))]).frame()
    return found.hstack([(found["as_of"].cast(pl.Int32) - 1).cast(pl.Date).alias("week_ending")])


def _left(past: ComparedLists, totals: pl.DataFrame, often: Whole) -> pl.DataFrame:
    rows = np.flatnonzero((past.moved["movement"] == Movement.LEFT.value).to_numpy())
    pair = past.pair[rows]
    contacts = known(whole(totals["contacts"])[pair], np.isin(pair, often))
    return past.moved[rows].hstack([contacts.alias("contacts")])


def _counts(totals: pl.DataFrame, people_listed: int, area: str) -> pl.DataFrame:
    contacts = whole(totals["contacts"])
    people = int((contacts > 0).sum())
    if not people:
        return pl.DataFrame(schema={"area_code": pl.String} | dict.fromkeys(list(_COUNTS)[1:], pl.Int64))
    return pl.DataFrame(
        {"area_code": [area], "people_listed": [people_listed], "contacts": [int(contacts.sum())], "people": [people]}
    )


def _released(build: Build, name: str, frame: pl.DataFrame, columns: dict[str, Kind], audience: Audience) -> Released:
    person = "key_id" if "key_id" in columns else None
    answer = answer_of(
        name, tuple(columns.items()), area_column="area_code", person_column=person, timezone=build.timezone
    )
    return release(frame[list(columns)], answer, audience)
