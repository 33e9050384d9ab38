"""What changed this week, and is it news? Totals against their usual range, and who is new, up, back or gone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import polars as pl

from analysis.demand.areas import UNLOCATED
from analysis.demand.totals import force_totals, usual_range, week_totals
from analysis.demand.windows import Window
from analysis.disclosure import Audience, Released
from analysis.disclosure.contract import Answer, AnswerColumn, Kind
from analysis.disclosure.release import release
from analysis.questions.area_days import AreaDays, area_days, check_build
from analysis.questions.ranking import area_names
from analysis.questions.view import AreaKind, View
from analysis.ranking.from_days import Days, compared_days, inside, key_totals
from analysis.ranking.order import ordered
from analysis.ranking.rank import UNITS_PER_HOUR, with_measures
from analysis.store import Build

_KEY = ["area_code", "key_id"]

WEEKS_BEFORE = 52
"""The year of weeks that the newest one is compared with, and of lists that a person can return from."""


@dataclass(frozen=True)
class Usual:
    """Where the usual range ends: centiles (0 to 100) of the 52 weeks before."""

    low_centile: float
    high_centile: float


@dataclass(frozen=True)
class ThisWeek:
    """The newest week of a view, through the gate.

    Attributes:
        weeks: the scope as a whole, a row a week, oldest first (52 before and the newest): week_start, week_end,
            contacts, officer_hours, imputed_hours; null in a week the data does not hold.
        usual: a row for `contacts` and for `officer_hours`: measure, value, usual_low, usual_high, standing.
        areas: a row an area: area_code, area_name, contacts, officer_hours, imputed_hours, contacts_standing,
            officer_hours_standing.
        people: who is on a list or left it: see `PEOPLE_COLUMNS`.
        shares: one row: people_listed, callers, contacts_listed, contacts (of the window).
    """

    weeks: Released
    usual: Released
    areas: Released
    people: Released
    shares: Released


MEASURES = {"contacts": "contacts", "units": "officer_hours"}
WEEK_COLUMNS = {
    "week_start": Kind.TIME,
    "week_end": Kind.TIME,
    "contacts": Kind.COUNT,
    "officer_hours": Kind.MEASURE,
    "imputed_hours": Kind.MEASURE,
}
USUAL_COLUMNS = {
    "measure": Kind.CODE,
    "value": Kind.MEASURE,
    "usual_low": Kind.MEASURE,
    "usual_high": Kind.MEASURE,
    "standing": Kind.CODE,
}
AREA_COLUMNS = {
    "area_code": Kind.CODE,
    "area_name": Kind.NAME,
    "contacts": Kind.COUNT,
    "officer_hours": Kind.MEASURE,
    "imputed_hours": Kind.MEASURE,
    "contacts_standing": Kind.CODE,
    "officer_hours_standing": Kind.CODE,
}
PEOPLE_COLUMNS = {
    "area_code": Kind.CODE,
    "area_name": Kind.NAME,
    "key_id": Kind.PERSON,
    "movement": Kind.CODE,
    "position": Kind.COUNT,
    "rank": Kind.COUNT,
    "is_tied": Kind.FLAG,
    "earlier_rank": Kind.COUNT,
    "position_now": Kind.COUNT,
    "weeks_on_list": Kind.COUNT,
    "contacts": Kind.COUNT,
    "contacts_this_week": Kind.COUNT,
    "officer_hours": Kind.MEASURE,
    "assessments_missing": Kind.COUNT,
    "last_contact_at": Kind.TIME,
}
SHARE_COLUMNS = {
    "people_listed": Kind.COUNT,
    "callers": Kind.COUNT,
    "contacts_listed": Kind.COUNT,
    "contacts": Kind.COUNT,
}


def this_week(
    build: Build,
    view: View,
    audience: Audience,
    *,
    minimum_contacts: int,
    length: int,
    usual: Usual,
    is_live: bool = False,
) -> ThisWeek:
    """The week before `view.as_of`, against the 52 before it, and the lists against those of a week earlier.

    Contacts and hours are sums over incidents at the time of their first log, never over people. Lists are those of
    the neighbourhoods; what could not be placed counts in the totals of the whole force and has no list here.

    Args:
        minimum_contacts: contacts in the area and window from which a person is listed.
        length: positions of a list.
        usual: where the usual range ends.
        is_live: make the days anew from the contacts of the areas instead of reading those stored.

    Raises:
        QuestionError: the build cannot answer: no domestic flag, no neighbourhoods, no harm table.
    """
    check_build(build, AreaKind.NEIGHBOURHOOD, domestic_only=view.domestic_only)
    codes = view.in_scope(audience)
    days = area_days(
        build,
        codes,
        domestic_only=view.domestic_only,
        minimum_contacts=minimum_contacts,
        wanted=("day_sums", "day_crimes", "day_totals"),
        is_live=is_live,
    )
    weeks, areas, ranges = _totals(build, view, codes, days.totals, usual)
    people = _people(build, view, days.counted, minimum_contacts=minimum_contacts, length=length)
    shares = _shares(build, view, days, people)
    return ThisWeek(
        weeks=release(weeks, _answer("weeks of a scope", WEEK_COLUMNS, build), audience),
        usual=release(ranges, _answer("usual range of a scope", USUAL_COLUMNS, build), audience),
        areas=release(areas, _answer("areas this week", AREA_COLUMNS, build, area="area_code"), audience),
        people=release(
            people,
            _answer("lists this week", PEOPLE_COLUMNS, build, area="area_code", person="key_id"),
            audience,
        ),
        shares=release(shares, _answer("shares of the listed", SHARE_COLUMNS, build), audience),
    )


def _answer(
    name: str, columns: dict[str, Kind], build: Build, *, area: str | None = None, person: str | None = None
) -> Answer:
    return Answer(
        name=name,
        columns=tuple(AnswerColumn(column, kind) for column, kind in columns.items()),
        area_column=area,
        person_column=person,
        timezone=build.timezone,
    )


def _in(codes: frozenset[str] | None, column: str) -> pl.Expr:
    return pl.lit(True) if codes is None else pl.col(column).is_in(sorted(codes))


def _totals(
    build: Build, view: View, codes: frozenset[str] | None, days: pl.DataFrame, usual: Usual
) -> tuple[pl.DataFrame, pl.DataFrame, pl.DataFrame]:
    """The weeks of the scope, its areas this week, and the usual range of the scope."""
    names = area_names(build, AreaKind.NEIGHBOURHOOD).filter(_in(codes, "area_code"))
    first_day = date.fromisoformat(build.manifest["facts"]["first_day"])
    known = pl.concat([names["area_code"], days["area_code"]]).unique()
    whole = _weeks(force_totals(days), view.as_of, first_day, pl.Series(["force"]))
    by_area = _weeks(days, view.as_of, first_day, known)
    newest = by_area.filter(pl.col("week_start") == pl.col("week_start").max())
    ranges = _usual(by_area, usual)
    areas = (
        newest.join(_standing(ranges, "contacts"), on="area_code", how="left")
        .join(_standing(ranges, "officer_hours"), on="area_code", how="left")
        .join(names, on="area_code", how="left")
        .with_columns(pl.coalesce("area_name", "area_code").alias("area_name"))
    )
    return _hours(whole).select(*WEEK_COLUMNS), _areas(areas), _usual(whole, usual).select(*USUAL_COLUMNS)


def _weeks(days: pl.DataFrame, as_of: date, first_day: date, codes: pl.Series) -> pl.DataFrame:
    return week_totals(days, as_of, weeks=WEEKS_BEFORE + 1, first_day=first_day, area_codes=codes)


def _standing(ranges: pl.DataFrame, measure: str) -> pl.DataFrame:
    return ranges.filter(pl.col("measure") == measure).select(
        "area_code", pl.col("standing").alias(f"{measure}_standing")
    )


def _hours(weeks: pl.DataFrame) -> pl.DataFrame:
    return weeks.with_columns(
        officer_hours=pl.col("units") / UNITS_PER_HOUR, imputed_hours=pl.col("imputed_units") / UNITS_PER_HOUR
    )


def _areas(areas: pl.DataFrame) -> pl.DataFrame:
    return _hours(areas).select(*AREA_COLUMNS).sort("area_code")


def _usual(weeks: pl.DataFrame, usual: Usual) -> pl.DataFrame:
    """The usual range of contacts and officer hours; without all of the 52 weeks before there is none."""
    ranges = usual_range(
        weeks, low_centile=usual.low_centile, high_centile=usual.high_centile, minimum_weeks=WEEKS_BEFORE
    ).filter(pl.col("measure").is_in(list(MEASURES)))
    by = pl.when(pl.col("measure") == "units").then(UNITS_PER_HOUR).otherwise(1)
    return ranges.with_columns(
        *(pl.col(column) / by for column in ("value", "usual_low", "usual_high")),
        pl.col("measure").replace_strict(MEASURES),
    )


def _people(build: Build, view: View, days: Days, *, minimum_contacts: int, length: int) -> pl.DataFrame:
    """Everyone on a list of the scope or gone from one, with why they are there."""
    placed = Days(
        days.sums.filter(pl.col("area_code") != UNLOCATED),
        days.crimes.filter(pl.col("area_code") != UNLOCATED),
        days.has_harm,
    )
    window = Window(view.as_of, view.weeks, build.timezone)
    moved = compared_days(
        placed,
        window,
        lens=view.lens,
        minimum_contacts=minimum_contacts,
        first_day=date.fromisoformat(build.manifest["facts"]["first_day"]),
        length=length,
        lists_before=WEEKS_BEFORE,
    ).moved
    keys = with_measures(key_totals(placed, window, minimum_contacts=minimum_contacts))
    facts = ordered(keys, view.lens, lists=["area_code"]).select(
        *_KEY, "is_tied", "contacts", "officer_hours", "last_contact_at", position_now="position"
    )
    return (
        moved.join(facts, on=_KEY, how="left", maintain_order="left")
        .join(_recent(placed, view, build), on=_KEY, how="left", maintain_order="left")
        .join(_missing(placed, window), on=_KEY, how="left", maintain_order="left")
        .join(area_names(build, AreaKind.NEIGHBOURHOOD), on="area_code", how="left", maintain_order="left")
        .with_columns(
            pl.coalesce("area_name", "area_code").alias("area_name"),
            pl.col("contacts_this_week", "assessments_missing").fill_null(0),
        )
        .select(*PEOPLE_COLUMNS)
    )


def _recent(days: Days, view: View, build: Build) -> pl.DataFrame:
    """area_code, key_id, contacts_this_week."""
    week = days.sums.filter(inside(Window(view.as_of, 1, build.timezone)))
    return week.group_by(_KEY).agg(contacts_this_week=pl.col("contacts").sum())


def _missing(days: Days, window: Window) -> pl.DataFrame:
    """area_code, key_id, assessments_missing: jobs of the window with a mandatory assessment that nobody recorded."""
    return days.sums.filter(inside(window)).group_by(_KEY).agg(assessments_missing=pl.col("without_assessment").sum())


def _shares(build: Build, view: View, days: AreaDays, people: pl.DataFrame) -> pl.DataFrame:
    """How many callers are listed, and how many of the window's contacts are theirs where they are listed."""
    window = Window(view.as_of, view.weeks, build.timezone)
    counted = days.counted.sums.filter(inside(window), pl.col("contacts") > 0)
    listed = people.filter(pl.col("position").is_not_null(), pl.col("area_code") != UNLOCATED)
    return pl.DataFrame(
        {
            "people_listed": [listed["key_id"].n_unique()],
            "callers": [counted["key_id"].n_unique()],
            "contacts_listed": [listed["contacts"].sum()],
            "contacts": [counted["contacts"].sum()],
        },
        schema=dict.fromkeys(SHARE_COLUMNS, pl.Int64),
    )
