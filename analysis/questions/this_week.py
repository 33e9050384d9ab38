"""What changed this week, and is it news? Totals against their usual range, and who is new, up, back or gone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np
import polars as pl

from analysis.demand.areas import UNLOCATED
from analysis.demand.arrays import Column, frame_of, gathered, whole
from analysis.demand.totals import FORCE, force_totals, usual_range, week_totals
from analysis.demand.windows import Window
from analysis.disclosure import Audience, Released
from analysis.disclosure.contract import Kind, answer_of
from analysis.disclosure.release import release
from analysis.questions.area_days import area_days, check_build
from analysis.questions.ranking import area_names, named
from analysis.questions.view import AreaKind, View
from analysis.ranking.from_days import Days, compared_days, in_order, is_inside, is_listed, pair_totals
from analysis.ranking.rank import UNITS_PER_HOUR
from analysis.store import Build

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
            contacts, officer_hours, their bounds (low, high), imputed_hours; null in a week the data does not hold.
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
_TIME = {
    "officer_hours": Kind.MEASURE,
    "officer_hours_low": Kind.MEASURE,
    "officer_hours_high": Kind.MEASURE,
    "imputed_hours": Kind.MEASURE,
}
WEEK_COLUMNS = {"week_start": Kind.TIME, "week_end": Kind.TIME, "contacts": Kind.COUNT, **_TIME}
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
    **_TIME,
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
        elsewhere=False,
        is_live=is_live,
    )
    window = Window(view.as_of, view.weeks, build.timezone)
    totals = pair_totals(days.counted, window)
    weeks, areas, ranges = _totals(build, view, codes, days.totals, usual)
    people = _people(build, view, days.counted, totals, minimum_contacts=minimum_contacts, length=length)
    shares = _shares(totals, people)

    def leave(
        name: str, frame: pl.DataFrame, columns: dict[str, Kind], *, area: str | None = None, person: str | None = None
    ) -> Released:
        answer = answer_of(
            name, tuple(columns.items()), area_column=area, person_column=person, timezone=build.timezone
        )
        return release(frame, answer, audience)

    return ThisWeek(
        weeks=leave("weeks of a scope", weeks, WEEK_COLUMNS),
        usual=leave("usual range of a scope", ranges, USUAL_COLUMNS),
        areas=leave("areas this week", areas, AREA_COLUMNS, area="area_code"),
        people=leave("lists this week", people, PEOPLE_COLUMNS, area="area_code", person="key_id"),
        shares=leave("shares of the listed", shares, SHARE_COLUMNS),
    )


def _totals(
    build: Build, view: View, codes: frozenset[str] | None, days: pl.DataFrame, usual: Usual
) -> tuple[pl.DataFrame, pl.DataFrame, pl.DataFrame]:
    """The weeks of the scope, its areas this week, and the usual range of the scope."""
    first_day = date.fromisoformat(build.manifest["facts"]["first_day"])
    names = area_names(build, AreaKind.NEIGHBOURHOOD)["area_code"]
    asked = names if codes is None else pl.Series(sorted(codes & frozenset(names)), dtype=pl.String)
    shown = pl.concat([asked, days["area_code"]])
    whole_force = _weeks(force_totals(days), view.as_of, first_day, pl.Series([FORCE]))
    by_area = _weeks(days, view.as_of, first_day, shown)
    ranges = _usual(by_area, usual)
    newest = by_area[WEEKS_BEFORE :: WEEKS_BEFORE + 1]
    standings = [
        ranges["standing"].filter(ranges["measure"] == measure).alias(f"{measure}_standing")
        for measure in MEASURES.values()
    ]
    areas = _hours(newest).hstack([named(build, newest["area_code"]), *standings])
    return _hours(whole_force)[list(WEEK_COLUMNS)], areas[list(AREA_COLUMNS)], _usual(whole_force, usual)


def _weeks(days: pl.DataFrame, as_of: date, first_day: date, codes: pl.Series) -> pl.DataFrame:
    return week_totals(days, as_of, weeks=WEEKS_BEFORE + 1, first_day=first_day, area_codes=codes)


def _hours(weeks: pl.DataFrame) -> pl.DataFrame:
    hours = dict(zip(_TIME, ("units", "units_low", "units_high", "imputed_units"), strict=True))
    return weeks.hstack([(weeks[units] / UNITS_PER_HOUR).alias(name) for name, units in hours.items()])


def _usual(weeks: pl.DataFrame, usual: Usual) -> pl.DataFrame:
    """The usual range of contacts and officer hours; without all of the 52 weeks before there is none."""
    ranges = usual_range(
        weeks,
        low_centile=usual.low_centile,
        high_centile=usual.high_centile,
        minimum_weeks=WEEKS_BEFORE,
        measures=tuple(MEASURES),
    )
    by = np.where((ranges["measure"] == "units").to_numpy(), UNITS_PER_HOUR, 1)
    numbers = [ranges[column] / pl.Series(by) for column in ("value", "usual_low", "usual_high")]
    words = pl.Series("measure", [MEASURES[measure] for measure in ranges["measure"]], dtype=pl.String)
    return pl.DataFrame([ranges["area_code"], words, *numbers, ranges["standing"]])


def _people(
    build: Build, view: View, days: Days, totals: pl.DataFrame, *, minimum_contacts: int, length: int
) -> pl.DataFrame:
    """Everyone on a list of the scope or gone from one, with why they are there."""
    window = Window(view.as_of, view.weeks, build.timezone)
    past = compared_days(
        days,
        window,
        lens=view.lens,
        minimum_contacts=minimum_contacts,
        first_day=date.fromisoformat(build.manifest["facts"]["first_day"]),
        length=length,
        lists_before=WEEKS_BEFORE,
    )
    placed = np.flatnonzero((past.moved["area_code"] != UNLOCATED).to_numpy())
    pair, moved, coded = past.pair[placed], past.moved[placed], days.coded
    often = np.flatnonzero(is_listed(totals, minimum_contacts=minimum_contacts))
    found = in_order(totals[often], view.lens)
    row = np.full(totals.height, -1)
    row[often[found.row]] = np.arange(found.row.size)
    own, now = totals[pair], row[pair]
    this_week = is_inside(coded.day, Window(view.as_of, 1, build.timezone))
    columns: dict[str, Column] = {
        "area_name": named(build, moved["area_code"]),
        "is_tied": gathered(pl.Series(found.is_tied), now),
        "position_now": gathered(pl.Series(found.position), now),
        **{name: own[name].set(pl.Series(now < 0), None) for name in ("contacts", *_TIME, "last_contact_at")},
        "contacts_this_week": coded.total(days.sums["contacts"], this_week)[pair],
        "assessments_missing": own["without_assessment"],
    }
    return moved.hstack(frame_of(columns))[list(PEOPLE_COLUMNS)]


def _shares(totals: pl.DataFrame, people: pl.DataFrame) -> pl.DataFrame:
    """How many callers are listed, and how many of the window's contacts are theirs where they are listed."""
    rung = whole(totals["contacts"]) > 0
    listed = people.filter(people["position"].is_not_null())
    return pl.DataFrame(
        {
            "people_listed": [listed["key_id"].n_unique()],
            "callers": [totals["key_id"].filter(pl.Series(rung)).n_unique()],
            "contacts_listed": [listed["contacts"].sum()],
            "contacts": [totals["contacts"].sum()],
        },
        schema=dict.fromkeys(SHARE_COLUMNS, pl.Int64),
    )
