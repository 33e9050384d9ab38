"""Who is among the ten of each neighbourhood by contacts, by officer hours and by harm, and where do they disagree?"""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from analysis.demand.areas import UNLOCATED
from analysis.demand.windows import Window
from analysis.disclosure import Audience, Released
from analysis.disclosure.contract import Kind, answer_of
from analysis.disclosure.release import release
from analysis.questions.area_days import area_days, check_build
from analysis.questions.ranking import named
from analysis.questions.view import AreaKind, View
from analysis.ranking.from_days import key_totals
from analysis.ranking.lenses import HarmKnown as HarmKnown
from analysis.ranking.lenses import Place as Place
from analysis.ranking.lenses import ThreeLenses, side_by_side
from analysis.ranking.rank import UNITS_PER_HOUR
from analysis.store import Build

PLACE_COLUMNS = {
    "area_code": Kind.CODE,
    "lens": Kind.CODE,
    "position": Kind.COUNT,
    "rank": Kind.COUNT,
    "is_tied": Kind.FLAG,
    "key_id": Kind.PERSON,
    "place": Kind.CODE,
    "contacts": Kind.COUNT,
    "officer_hours": Kind.MEASURE,
    "officer_hours_low": Kind.MEASURE,
    "officer_hours_high": Kind.MEASURE,
    "imputed_hours": Kind.MEASURE,
    "harm": Kind.MEASURE,
    "crimes": Kind.COUNT,
    "harm_known": Kind.CODE,
    "last_contact_at": Kind.TIME,
}
PEOPLE_COLUMNS = {
    "area_code": Kind.CODE,
    "key_id": Kind.PERSON,
    "by_contacts": Kind.FLAG,
    "by_officer_hours": Kind.FLAG,
    "by_harm": Kind.FLAG,
    "lenses": Kind.COUNT,
    "rank_by_contacts": Kind.COUNT,
    "rank_by_officer_hours": Kind.COUNT,
    "rank_by_harm": Kind.COUNT,
}
AGREEMENT_COLUMNS = {
    "area_code": Kind.CODE,
    "area_name": Kind.NAME,
    "people": Kind.COUNT,
    "in_all": Kind.COUNT,
    "in_two": Kind.COUNT,
    "in_one": Kind.COUNT,
    "only_contacts": Kind.COUNT,
    "only_officer_hours": Kind.COUNT,
    "only_harm": Kind.COUNT,
}
SHARED_COLUMNS = {"area_code": Kind.CODE, "lens": Kind.CODE, "sharing": Kind.COUNT}
_HOURS = {
    "units": "officer_hours",
    "units_low": "officer_hours_low",
    "units_high": "officer_hours_high",
    "imputed_units": "imputed_hours",
}


@dataclass(frozen=True)
class HarmSource:
    """Which harm table the force named: its source and year, to stand on the page."""

    source: str
    year: int


@dataclass(frozen=True)
class Lenses:
    """The lists of each neighbourhood of the scope side by side; contacts leads. See `analysis.ranking.lenses`.

    Attributes:
        places: `PLACE_COLUMNS`, by neighbourhood, lens and position: listed, sharing the last place, or near.
        people: `PEOPLE_COLUMNS`: on which lists each person is; null where the force gave no harm table.
        agreement: `AGREEMENT_COLUMNS`, one row a neighbourhood with anyone listed.
        shared: `SHARED_COLUMNS`: how many more share the last place.
        harm: None without a harm table; then there are two lenses.
    """

    places: Released
    people: Released
    agreement: Released
    shared: Released
    harm: HarmSource | None


def lenses(build: Build, view: View, audience: Audience, *, minimum_contacts: int, length: int, near: int) -> Lenses:
    """The three lists of every neighbourhood asked about; the view's own lens does not matter.

    Args:
        minimum_contacts: contacts in the area and window from which a key is listed.
        length: positions of a list.
        near: how many behind the last place are given.

    Raises:
        QuestionError: the build cannot answer: no domestic flag, no neighbourhoods.
    """
    check_build(build, AreaKind.NEIGHBOURHOOD, domestic_only=view.domestic_only)
    codes = view.in_scope(audience)
    days = area_days(
        build,
        codes,
        domestic_only=view.domestic_only,
        minimum_contacts=minimum_contacts,
        wanted=("day_sums", "day_crimes"),
    ).counted
    window = Window(view.as_of, view.weeks, build.timezone)
    keys = key_totals(days, window, minimum_contacts=minimum_contacts).filter(pl.col("area_code") != UNLOCATED)
    found = side_by_side(keys, has_harm=days.has_harm, length=length, near=near)
    return released_lenses(build, found, audience)


def released_lenses(build: Build, found: ThreeLenses, audience: Audience) -> Lenses:
    """Lists side by side, through the gate."""
    hours = [(found.places[units] / UNITS_PER_HOUR).alias(name) for units, name in _HOURS.items()]
    agreement = found.agreement.hstack([named(build, found.agreement["area_code"])])
    harm = build.manifest["harm"]

    def leave(name: str, frame: pl.DataFrame, columns: dict[str, Kind]) -> Released:
        return _released(build, name, frame, columns, audience)

    return Lenses(
        places=leave("three lenses", found.places.hstack(hours), PLACE_COLUMNS),
        people=leave("people of the three lenses", found.people, PEOPLE_COLUMNS),
        agreement=leave("agreement of the three lenses", agreement, AGREEMENT_COLUMNS),
        shared=leave("shared last places", found.shared, SHARED_COLUMNS),
        harm=HarmSource(harm["source"], harm["year"]) if harm else None,
    )


def _released(build: Build, name: str, frame: pl.DataFrame, columns: dict[str, Kind], audience: Audience) -> Released:
    person = "key_id" if "key_id" in columns else None
    answer = answer_of(
        name, tuple(columns.items()), area_column="area_code", person_column=person, timezone=build.timezone
    )
    return release(frame[list(columns)], answer, audience)
