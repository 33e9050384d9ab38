"""Does every number of contacts, incidents or officer hours open a list, and does the list add up to the number?"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import plotly.graph_objects as go
import polars as pl
import pytest
from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import Block

from analysis.questions.figures import OfGap, OfHours
from analysis.questions.incidents_behind import Behind
from analysis.questions.resources import PlannedVisits
from analysis.questions.view import AreaKind
from dashboard.charts.palette import LIGHT
from dashboard.components.opens_incidents import NO_LIST
from dashboard.data import assumptions, audience_of, view_of
from dashboard.data import demand as demand_data
from dashboard.data import map as map_data
from dashboard.data.data_page import quality
from dashboard.data.incidents import behind
from dashboard.data.this_week import decided_of, week_of
from dashboard.data.top_ten import top_ten
from dashboard.open_incidents import Opening
from dashboard.text import hours, plural
from dashboard.view_models.concentration import concentration_view
from dashboard.view_models.data_page import data_view
from dashboard.view_models.demand_setting import demand_setting
from dashboard.view_models.hours_worked import hours_worked_view
from dashboard.view_models.map import map_page
from dashboard.view_models.map_lines import Choice, Measure, Period
from dashboard.view_models.this_week import week_view
from dashboard.view_models.top_ten import top_ten_view
from dashboard.view_models.top_ten_setting import area_of
from dashboard.view_models.top_ten_setting import setting_of as top_ten_setting
from dashboard.visit import Visit
from partnership.vocabulary import Role
from tests.dashboard.built import built, opened, viewer, visit_of

COUNTED = re.compile(
    r"^(all |domestic |officer |mean |median )?(contacts|incidents|hours|minutes|time)\b", re.IGNORECASE
)
"""How the heading of a number begins that counts contacts, incidents or officer time."""
VISITS = PlannedVisits(4, 60, 2)
EVERY = 12
"""Of long tables every so many is added up."""


def blocks(block: Block) -> Iterator[Block]:
    yield block
    for child in block.children.values():
        if isinstance(child, Block):
            yield from blocks(child)


def below(block: Block) -> Iterator[Any]:
    for child in block.children.values():
        yield from below(child) if isinstance(child, Block) else [child]


def counts(heading: str) -> bool:
    return bool(COUNTED.match(heading.replace("\\", "")))


def is_list(table: pl.DataFrame | Any) -> bool:
    """Whether a table is itself a list of incidents."""
    return "Incident" in [table.index.name, *table.columns]


def without_a_list(app: AppTest) -> list[str]:
    """The tables and tiles that count, and neither open anything nor say why not."""
    found = []
    for block in blocks(app.main):
        own = [child for child in block.children.values() if not isinstance(child, Block)]
        for element in own:
            if element.type == "table" and not is_list(element.value):
                counted = [heading for heading in element.value.columns if counts(heading)]
            elif element.type == "metric":
                counted = [element.label] if counts(element.label) else []
            else:
                continue
            if counted and not leads_on(block):
                found.append(f"{element.type}: {', '.join(counted)}")
    return found


def leads_on(block: Block) -> bool:
    return any(
        "_opens" in (getattr(one, "key", None) or "") or str(getattr(one, "value", "")).startswith(NO_LIST)
        for one in below(block)
    )


def openings(value: object) -> Iterator[Opening]:
    """Every opening anywhere in a finished page."""
    if isinstance(value, Opening):
        yield value
    elif isinstance(value, go.Figure | pl.DataFrame | str):
        return
    elif dataclasses.is_dataclass(value):
        for field in dataclasses.fields(value):
            yield from openings(getattr(value, field.name))
    elif isinstance(value, Mapping):
        for one in value.values():
            yield from openings(one)
    elif isinstance(value, tuple | list):
        for one in value:
            yield from openings(one)


def sums(found: Behind) -> set[str]:
    """What the list adds up to, as any page may write it."""
    return {
        plural(found.contacts or 0, "contact"),
        plural(found.incidents, "incident"),
        plural(found.incidents, "deployment"),
        plural(round(found.units / (720_720 * 60_000)), "officer minute"),
        hours(found.officer_hours),
    }


def wrong(visit: Visit, page: object) -> list[str]:
    """The labels of which a number is not the sum of the list behind it."""
    found = []
    for opening in openings(page):
        answer = behind(visit.facts.id, view_of(visit), audience_of(visit), opening.figure)
        if not set(opening.label.rsplit(": ", 1)[-1].split(", ")) <= sums(answer):
            found.append(f"{opening.label} is not of {sorted(sums(answer))}")
    return found


def week_page(visit: Visit) -> object:
    week = week_of(visit.facts.id, view_of(visit), audience_of(visit))
    return week_view(week, decided_of(visit, week), visit, LIGHT)


def top_ten_page(visit: Visit) -> object:
    area = area_of(visit)
    assert area is not None
    answer = top_ten(visit.facts.id, view_of(visit), audience_of(visit), area.code)
    setting = top_ten_setting(
        visit,
        area,
        today=visit.filters.as_of,
        timezone=built().timezone,
        assumptions=assumptions(),
        plans={},
        names={},
        recent_weeks=3,
    )
    return top_ten_view(answer, setting, LIGHT)


def demand_page(visit: Visit) -> object:
    setting = demand_setting(visit, assumptions=assumptions(), timezone=built().timezone)
    assert setting is not None
    asked = visit.facts.id, view_of(visit), audience_of(visit)
    shown = hours_worked_view(demand_data.resources(*asked, VISITS), VISITS, setting, LIGHT)
    assert shown.figure is not None
    cells = shown.figure.table.openings
    assert len(cells) > EVERY and all(isinstance(cell.figure, OfHours) for cell in cells)
    return (
        concentration_view(demand_data.concentration(*asked), setting, LIGHT),
        shown.shifts,
        shown.spread,
        cells[::EVERY],
    )


def map_pages(visit: Visit) -> object:
    pages = []
    for kind in AreaKind:
        answer = map_data.area_map(visit.facts.id, view_of(visit), audience_of(visit), kind)
        for period in (Period.NOW, Period.BEFORE, Period.CHANGE):
            choice = Choice(kind, Measure.OFFICER_HOURS, period)
            pages.append(map_page(answer, None, None, choice=choice, chosen=(), visit=visit, palette=LIGHT).listed)
    return tuple(pages)


def data_page(visit: Visit) -> object:
    audience = audience_of(visit)
    is_whole_force = audience.neighbourhoods is None
    return data_view(quality(visit.facts.id, audience), facts=visit.facts, is_whole_force=is_whole_force)


PAGES: dict[str, Callable[[Visit], object]] = {
    "this_week": week_page,
    "top_ten": top_ten_page,
    "demand": demand_page,
    "map": map_pages,
    "data": data_page,
}
LEAST = {"this_week": 60, "top_ten": 10, "demand": 15, "map": 8, "data": 0}
"""Openings there are at least, so that a page that lost them is noticed."""


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("role", [Role.SECTOR_INSPECTOR, Role.ANALYST])
def test_the_list_behind_every_number_adds_up_to_it(role: Role, page: str, app_store: Path) -> None:
    visit = visit_of(viewer(role), weeks=26)
    shown = PAGES[page](visit)
    assert len(list(openings(shown))) >= LEAST[page]
    assert wrong(visit, shown) == []


def test_the_whole_force_may_list_what_the_data_lack(app_store: Path) -> None:
    shown = list(openings(data_page(visit_of(viewer(Role.ANALYST)))))
    assert len(shown) > 8 and all(isinstance(one.figure, OfGap) for one in shown)


ALL = ("this_week", "top_ten", "demand", "map", "data", "action_plans", "meeting", "incidents")


@pytest.mark.parametrize(
    ("role", "page"),
    [(Role.SECTOR_INSPECTOR, page) for page in ALL]
    + [(Role.NEIGHBOURHOOD_OFFICER, page) for page in ("this_week", "top_ten", "demand", "map")],
)
def test_a_number_on_a_page_opens_a_list_or_says_why_none(role: Role, page: str, app_store: Path) -> None:
    app = opened(viewer(role), page)
    assert not app.exception
    assert without_a_list(app) == []


def test_a_table_that_counts_and_leads_nowhere_is_noticed() -> None:
    app = AppTest.from_string(
        "import streamlit as st\nst.table({'Contacts': [3]})\nst.metric('Officer hours', '4')"
    ).run()
    assert without_a_list(app) == ["table: Contacts", "metric: Officer hours"]


def test_a_click_on_a_number_opens_its_incidents_and_leads_back(app_store: Path) -> None:
    app = opened(viewer(Role.SECTOR_INSPECTOR), "this_week")
    button = app.button(key="week_0_opens")
    said = re.sub(r"\\|:blue\[|\]", "", button.label)
    button.click().run()
    assert app.title[0].value == "Incidents" and said in all_words(app)
    total = app.table[0].value.iloc[-1]
    assert f"{total['Contacts']} contacts" == said
    app.button(key="incidents_back").click().run()
    assert app.title[0].value == "This week"


def test_a_persons_incidents_are_opened_for_a_purpose_only(app_store: Path) -> None:
    app = opened(viewer(Role.SECTOR_INSPECTOR), "top_ten")
    app.button(key="top_ten_0_contacts_opens").click().run()
    assert not app.exception and not app.table and "opened for a purpose" in all_words(app)
    assert "P-" not in str(app.query_params)


def all_words(app: AppTest) -> str:
    return "\n".join(str(one.value) for one in app.markdown).replace("\\", "")
