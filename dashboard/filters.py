"""Which part of the force, which weeks, which lens? One bar over every page, kept in the address."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from urllib.parse import urlencode, urlsplit, urlunsplit

import streamlit as st

from dashboard.build_facts import BuildFacts, Neighbourhood
from dashboard.sign_in import Viewer
from dashboard.text import day, plain_line

ALL = "all"
WINDOWS = (13, 26, 52, 104)
DEFAULT_WINDOW = 52
WEEK = timedelta(days=7)


class Lens(StrEnum):
    """What a list is ordered by."""

    CONTACTS = "contacts"
    OFFICER_HOURS = "officer_hours"
    HARM = "harm"


class Calls(StrEnum):
    """Which incidents count."""

    DOMESTIC = "domestic"
    ALL = "all"


# What the bar shows of each choice, and so what the address carries.
ALL_SECTORS, ALL_NEIGHBOURHOODS = "All sectors", "All neighbourhoods"
LENS_LABELS = {Lens.CONTACTS: "Contacts", Lens.OFFICER_HOURS: "Officer hours", Lens.HARM: "Harm"}
CALLS_LABELS = {Calls.DOMESTIC: "Domestic", Calls.ALL: "All incidents"}


def window_label(weeks: int | str) -> str:
    """A window as the bar shows it."""
    return f"{weeks} weeks"


def area_labels(areas: tuple[Neighbourhood, ...]) -> dict[str, str]:
    """A label for each neighbourhood code: its name, with the code where two bear one name."""
    names = [area.name for area in areas]
    return {area.code: area.name if names.count(area.name) == 1 else f"{area.name} ({area.code})" for area in areas}


@dataclass(frozen=True)
class Filters:
    """What the bar says; hashable, for cache keys.

    None as sector or neighbourhood is every one in the viewer's scope; `as_of` is the Monday after the window.
    """

    sector: str | None
    neighbourhood: str | None
    as_of: date
    weeks: int
    lens: Lens
    domestic_only: bool

    @property
    def first_day(self) -> date:
        """The first day of the window."""
        return self.as_of - WEEK * self.weeks

    @property
    def week_ending(self) -> date:
        """The Sunday the newest week ends on."""
        return self.as_of - timedelta(days=1)


@dataclass(frozen=True)
class FilterOptions:
    """What may be chosen: nothing outside the viewer's scope, no lens the build cannot answer."""

    neighbourhoods: tuple[Neighbourhood, ...]
    weeks_ending: tuple[date, ...]
    default_week: date
    lenses: tuple[Lens, ...]
    calls: tuple[Calls, ...]

    @property
    def sectors(self) -> tuple[str, ...]:
        """The sectors in scope, by name."""
        return tuple(sorted({area.sector for area in self.neighbourhoods}))

    def within(self, sector: str | None, neighbourhood: str | None = None) -> tuple[Neighbourhood, ...]:
        """The neighbourhoods in scope that a sector, and if given a neighbourhood, leaves."""
        return tuple(
            area for area in self.neighbourhoods if sector in (None, area.sector) and neighbourhood in (None, area.code)
        )


def filter_options(facts: BuildFacts, viewer: Viewer) -> FilterOptions:
    """What a viewer may choose from in a build."""
    scope = viewer.neighbourhoods(facts.geography)
    sundays = (facts.default_as_of - facts.first_day).days // 7
    newest = facts.default_as_of - timedelta(days=1)
    return FilterOptions(
        neighbourhoods=tuple(area for area in facts.neighbourhoods if scope is None or area.code in scope),
        weeks_ending=tuple(newest - WEEK * back for back in range(max(sundays, 1))),
        default_week=newest,
        lenses=tuple(lens for lens in Lens if lens is not Lens.HARM or facts.has_harm),
        calls=tuple(Calls) if facts.has_domestic else (Calls.ALL,),
    )


def described(filters: Filters, options: FilterOptions) -> str:
    """What is set, in one line, for the folded bar and for titles."""
    labels = area_labels(options.neighbourhoods)
    where = labels.get(filters.neighbourhood or "") or (
        f"{filters.sector} sector" if filters.sector else "every neighbourhood"
    )
    return " · ".join(
        (
            plain_line(where),
            f"week ending {day(filters.week_ending)}",
            window_label(filters.weeks),
            LENS_LABELS[filters.lens].lower(),
            CALLS_LABELS[_calls(filters)].lower(),
        )
    )


def link_to_view(url: str, filters: Filters, options: FilterOptions) -> str:
    """An address that opens this view for anyone who may see it: every choice is spelt out, defaults too."""
    labels = area_labels(options.within(filters.sector))
    chosen = {
        "sector": filters.sector or ALL_SECTORS,
        "neighbourhood": labels.get(filters.neighbourhood or "", ALL_NEIGHBOURHOODS),
        "week": day(filters.week_ending),
        "window": window_label(filters.weeks),
        "lens": LENS_LABELS[filters.lens],
        "calls": CALLS_LABELS[_calls(filters)],
    }
    parts = urlsplit(url)
    return urlunsplit((parts.scheme, parts.netloc, parts.path, urlencode(chosen), ""))


def _calls(filters: Filters) -> Calls:
    return Calls.DOMESTIC if filters.domestic_only else Calls.ALL


def current_filters(options: FilterOptions) -> Filters:
    """What was last chosen, from the address or the bar; anything out of scope falls back to the default."""
    state = st.session_state
    sector = _one_of(state.get("sector"), options.sectors) or (
        options.sectors[0] if len(options.sectors) == 1 else None
    )
    codes = tuple(area.code for area in options.within(sector))
    weeks = {week.isoformat(): week for week in options.weeks_ending}
    return Filters(
        sector=sector,
        neighbourhood=_one_of(state.get("neighbourhood"), codes) or (codes[0] if len(codes) == 1 else None),
        as_of=weeks.get(state.get("week", ""), options.default_week) + timedelta(days=1),
        weeks=int(_one_of(state.get("window"), tuple(map(str, WINDOWS))) or DEFAULT_WINDOW),
        lens=Lens(_one_of(state.get("lens"), options.lenses) or Lens.CONTACTS),
        domestic_only=(_one_of(state.get("calls"), options.calls) or options.calls[0]) == Calls.DOMESTIC,
    )


def _one_of(value: str | None, allowed: tuple[str, ...]) -> str | None:
    return value if value in allowed else None
