"""What does the page of a top ten say? Every word and number of it, ready to be shown."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

from analysis.questions.figures import OfCallers
from analysis.questions.top_ten import Standing, TopTen
from dashboard.charts.palette import Palette
from dashboard.components.figure import FigureView
from dashboard.components.notes import SourceLine
from dashboard.components.people_rows import PersonRow
from dashboard.components.table import Table
from dashboard.open_incidents import Opening
from dashboard.text import as_at, count, day, listing, ordinal, percent, plural, plural_words, sentence
from dashboard.view_models.openings import opening
from dashboard.view_models.plan_words import NO_PLAN
from dashboard.view_models.published import PublishedWords
from dashboard.view_models.top_ten_history import history_figure
from dashboard.view_models.top_ten_lenses import lens_figure
from dashboard.view_models.top_ten_lists import (
    left_table,
    twin_table,
    unresolved_table,
)
from dashboard.view_models.top_ten_rows import person_row
from dashboard.view_models.top_ten_setting import TopTenSetting


@dataclass(frozen=True)
class Part:
    """A further table with its title, and what is said where it is empty."""

    key: str
    title: str
    table: Table
    none: str
    source: SourceLine


@dataclass(frozen=True)
class TopTenView:
    """The page, finished. `tied` and `near`: people behind the last place, as rows that open like the others."""

    sentence: str
    share: str
    rows: tuple[PersonRow, ...]
    tied_title: str
    tied: tuple[PersonRow, ...]
    near: tuple[PersonRow, ...]
    twin: Table
    figures: tuple[tuple[str, FigureView], ...]
    published: PublishedWords
    parts: tuple[Part, ...]
    source: SourceLine


def top_ten_view(answer: TopTen, setting: TopTenSetting, palette: Palette, published: PublishedWords) -> TopTenView:
    """Put the answer into words."""
    people = answer.people.rows.to_dicts()
    weeks: dict[str, list[int]] = {}
    for row in answer.weeks.rows.sort("key_id", "week_start").iter_rows(named=True):
        weeks.setdefault(row["key_id"], []).append(row["contacts"])
    most = max((row["officer_hours"] for row in people), default=0.0)
    rows = [person_row(person, weeks.get(person["key_id"], []), most, answer, setting, palette) for person in people]
    by = {
        standing: tuple(row for row, person in zip(rows, people, strict=True) if person["standing"] == standing.value)
        for standing in Standing
    }
    listed = [person for person in people if person["standing"] == Standing.LISTED.value]
    tied = by[Standing.SHARES_LAST_PLACE]
    source = _source(answer, setting)
    figures = (
        ("history", history_figure(answer, setting, source, palette)),
        ("lenses", lens_figure(answer, setting, source, palette)),
    )
    return TopTenView(
        sentence=_sentence(listed, answer, setting),
        share=_share(listed, answer),
        rows=by[Standing.LISTED],
        tied_title=_tied_title(len(tied), listed),
        tied=tied,
        near=by[Standing.NEAR],
        twin=twin_table(people, setting, _everyone(answer, setting)),
        published=published,
        figures=tuple((name, drawn) for name, drawn in figures if drawn is not None),
        parts=(
            Part(
                "left",
                "Left since last week",
                left_table(answer, setting),
                "Nobody left the list since last week.",
                source,
            ),
            Part(
                "unresolved",
                "Institutions, and contacts that name nobody",
                unresolved_table(answer, setting),
                "Every contact of these weeks could be counted for a person.",
                replace(
                    source,
                    definition="incidents with such a caller, one with callers of two kinds in both rows; officer "
                    "hours of the whole incident",
                    left_out="left out: logs an officer raised",
                ),
            ),
        ),
        source=source,
    )


def _sentence(listed: list[dict[str, Any]], answer: TopTen, setting: TopTenSetting) -> str:
    if not listed:
        return f"Nobody in {setting.area_name} has contacted the police repeatedly in these weeks."
    moved = [person["movement"] for person in listed]
    parts = [
        f"{plural_words(moved.count('new'), 'person is', 'people are')} new" if "new" in moved else "",
        f"{plural_words(moved.count('returned'), 'has', 'have')} returned" if "returned" in moved else "",
        f"{plural_words(answer.left.rows.height, 'has', 'have')} left" if answer.left.rows.height else "",
    ]
    changes = listing([part for part in parts if part])
    if "no_earlier_list" in moved:
        changes = "There is no earlier list to compare with"
    without = sum(person["key_id"] not in setting.plans for person in listed)
    plans = "everyone has a plan" if not without else f"{plural_words(without, 'person has', 'people have')} {NO_PLAN}"
    first = f"{setting.area_name}: {changes or 'the same people as last week'}"
    which = (
        ""
        if setting.is_chosen or setting.areas_in_scope < 2
        else f"This is the first of the {count(setting.areas_in_scope)} neighbourhoods in view; choose another above"
    )
    return sentence(first, plans, which)


def _share(listed: list[dict[str, Any]], answer: TopTen) -> str:
    if answer.counts.rows.is_empty() or not listed:
        return ""
    counts = answer.counts.rows.row(0, named=True)
    contacts = sum(person["contacts"] for person in listed)
    of_contacts = f"{percent(contacts / counts['contacts'])} of their {plural(counts['contacts'], 'contact')}"
    who = f"The {plural_words(len(listed), 'person', 'people')} listed"
    return (
        f"{who} are {percent(len(listed) / counts['people'])} of the {count(counts['people'])} callers who could be "
        f"told apart, and made {of_contacts}. "
        "People who never rang are not seen here."
    )


def _everyone(answer: TopTen, setting: TopTenSetting) -> tuple[Opening, ...]:
    """What all callers of the area rang about, of which the list is a share."""
    if answer.counts.rows.is_empty():
        return ()
    counts = answer.counts.rows.row(0, named=True)
    about = f"All callers of {setting.area_name} who could be told apart"
    behind = OfCallers(setting.days, (counts["area_code"],), None)
    return (opening(behind, about, name="All callers", contacts=counts["contacts"]),)


def _tied_title(tied: int, listed: list[dict[str, Any]]) -> str:
    if not tied:
        return ""
    last = max(person["rank"] for person in listed if person["rank"] is not None)
    return f"{sentence(plural_words(tied, 'more person shares', 'more people share'))[:-1]} the {ordinal(last)} place"


def _source(answer: TopTen, setting: TopTenSetting) -> SourceLine:
    incidents = int(answer.unresolved.rows["incidents"].sum()) if answer.unresolved.rows.height else 0
    parts = [f"{plural(incidents, 'incident')} of callers who are set apart"]
    if "assessments" not in answer.feeds:
        parts.append("assessments, of which this build has none")
    which = "domestic incidents" if setting.domestic_only else "all incidents"
    table = answer.lenses.harm
    harm = f"; harm in days: {table.source}, {table.year}" if table else ""
    return SourceLine(
        period=f"{plural(setting.weeks, 'week')} to {day(setting.as_of - timedelta(days=1))}, {which}",
        definition=f"callers with {plural(setting.minimum_contacts, 'contact')} or more here; hours are officer hours, "
        f"with bounds where a unit was never cleared{harm}",
        data_as_at=as_at(setting.data_as_at, setting.build),
        left_out=f"left out: {listing(parts)}",
    )
