"""Does every number of contacts, incidents or officer hours open a list, and does the list add up to the number?"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime, time
from pathlib import Path

import polars as pl
import pytest
from streamlit.testing.v1 import AppTest

from analysis.questions.figures import OfDefinition, OfGap, OfHarm, OfHours, OfPerson
from analysis.questions.resources import PlannedVisits
from analysis.questions.view import AreaKind
from dashboard import decisions
from dashboard.by_and_about import ranked_about
from dashboard.charts.palette import LIGHT
from dashboard.data import assumptions, audience_of, view_of
from dashboard.data import demand as demand_data
from dashboard.data import map as map_data
from dashboard.data.data_page import quality
from dashboard.data.meeting import person_of, record_of, view_for
from dashboard.data.person import person as person_data
from dashboard.data.person import person_setting
from dashboard.data.plan_outcome import outcome_so_far
from dashboard.data.this_week import decided_of, week_of
from dashboard.data.top_ten import top_ten
from dashboard.data.who_is_who import pairs
from dashboard.view_models.by_and_about import about_leads
from dashboard.view_models.concentration import concentration_view
from dashboard.view_models.data_page import data_view
from dashboard.view_models.definition_switch import definitions_view
from dashboard.view_models.demand_setting import demand_setting
from dashboard.view_models.hours_worked import hours_worked_view
from dashboard.view_models.map import map_page
from dashboard.view_models.map_lines import Choice, Measure, Period
from dashboard.view_models.meeting import Setting
from dashboard.view_models.meeting_case import case_words
from dashboard.view_models.openings import window_days
from dashboard.view_models.person import PersonSetting, person_view
from dashboard.view_models.person_figures import person_numbers
from dashboard.view_models.published import published_words
from dashboard.view_models.this_week import week_view
from dashboard.view_models.top_ten import top_ten_view
from dashboard.view_models.top_ten_setting import area_of
from dashboard.view_models.top_ten_setting import setting_of as top_ten_setting
from dashboard.view_models.who_is_who import pair_leads, pairs_of
from dashboard.visit import Visit
from partnership.vocabulary import PlanState, Role
from tests.dashboard.built import built, opened, viewer, visit_of
from tests.dashboard.every_number import (
    counted_in_words,
    lines_that_lack,
    openings,
    without_a_list,
    without_a_source,
    wrong,
)

VISITS = PlannedVisits(4, 60, 2)
EVERY = 12
"""Of long tables every so many is added up."""
TOLD = re.compile(r"top ten of ([\w ]+), at position \d+ \((\d+ contacts?)\b")
"""Where a reason of the agenda says how often somebody rang."""
SHOWN_CASES = 4
"""Of a meeting so many cases are looked at."""


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
    )
    shown = top_ten_view(answer, setting, LIGHT, published_words(None, setting))
    assert {OfPerson, OfHarm} <= {type(one.figure) for one in openings(shown.figures)}
    return shown


def demand_page(visit: Visit) -> object:
    setting = demand_setting(visit, assumptions=assumptions(), timezone=built().timezone)
    assert setting is not None
    asked = visit.facts.id, view_of(visit), audience_of(visit)
    shown = hours_worked_view(demand_data.resources(*asked, VISITS), VISITS, setting, LIGHT)
    assert shown.figure is not None
    cells = shown.figure.table.openings
    assert len(cells) > EVERY and all(isinstance(cell.figure, OfHours) for cell in cells)
    switched = demand_data.switched(*asked, "repeat_caller_force", "three_in_six_months")
    definitions = definitions_view(switched, setting)
    assert {type(one.figure) for one in definitions.changes.openings} == {OfDefinition}
    return (
        concentration_view(demand_data.concentration(*asked), setting, LIGHT),
        shown.weekdays,
        shown.shifts,
        shown.measures,
        shown.spread,
        cells[::EVERY],
        definitions.changes,
    )


def map_pages(visit: Visit) -> object:
    pages = []
    for kind in AreaKind:
        answer = map_data.area_map(visit.facts.id, view_of(visit), audience_of(visit), kind)
        for period in (Period.NOW, Period.BEFORE, Period.CHANGE):
            choice = Choice(kind, Measure.OFFICER_HOURS, period)
            two = tuple(answer.areas.rows["area_code"][:2])
            page = map_page(answer, None, None, choice=choice, chosen=two, visit=visit, palette=LIGHT)
            assert page.chosen is not None and len(page.chosen.openings) == 2
            pages.append((page.listed, page.chosen if period is Period.NOW else None))
    return tuple(pages)


def person_page(visit: Visit) -> object:
    """The record of the caller who rang most in the first neighbourhood in scope."""
    area = visit.options.neighbourhoods[0].code
    contacts = built().frame("contacts").filter(pl.col("contact_at") >= built_since(visit), "is_domestic")
    contacts = contacts.filter(key_type="caller", neighbourhood_code=area)
    busiest = str(contacts.group_by("key_id").len().sort("len", "key_id", descending=True)["key_id"][0])
    answer = person_data(visit.facts.id, busiest, view_of(visit), audience_of(visit))
    setting = person_setting(visit)
    view = person_view(answer, setting, LIGHT)
    return view, person_numbers(answer, setting, view.source, LIGHT)


def meeting_page(visit: Visit) -> object:
    """The first cases of the newest meeting with any: the year up to its Monday, and the days since the last one."""
    known = (record_of(visit, one.meeting_id) for one in decisions.meetings(visit))
    record = next(one for one in known if one is not None and one.every_case)
    view = view_for(visit, record.sector, record.held_on)
    zone, last_day = built().timezone, visit.facts.last_day
    as_of = PersonSetting(view.as_of, view.weeks, view.domestic_only, zone, record.held_on, last_day)
    setting = Setting(record.held_on, (), {}, {}, due_soon_days=7, stalled_days=28)
    return tuple(
        case_words(case, record, person_of(visit, case.person_id, view), setting, as_of, LIGHT, view=view)
        for case in record.every_case[:SHOWN_CASES]
    )


def plans_page(visit: Visit) -> object:
    """What came of the open plans of the first area in scope: contacts and hours before, and since."""
    plans = [plan for plan in decisions.plans(visit) if plan.state is PlanState.OPEN]
    return tuple(outcome_so_far(visit, plan) for plan in plans[:SHOWN_CASES])


def about_page(visit: Visit) -> object:
    """Who is rung about most in the first neighbourhood in scope."""
    rows = ranked_about(visit.facts.id, view_of(visit), audience_of(visit)).rows.to_dicts()
    area, days = visit.options.neighbourhoods[0].code, window_days(visit.filters)
    return about_leads(rows, area=area, days=days, today=visit.filters.as_of, timezone=built().timezone)


def pairs_page(visit: Visit) -> object:
    """The first pairs that may be one person or two."""
    found = pairs_of(pairs(visit.facts.id, view_of(visit), audience_of(visit)).rows.to_dicts())
    return pair_leads(found, {}, {}, shown=SHOWN_CASES, days=window_days(visit.filters))


def built_since(visit: Visit) -> datetime:
    return datetime.combine(visit.filters.first_day, time(), UTC)


def data_page(visit: Visit) -> object:
    audience = audience_of(visit)
    is_whole_force = audience.neighbourhoods is None
    return data_view(quality(visit.facts.id, audience), facts=visit.facts, is_whole_force=is_whole_force)


PAGES: dict[str, Callable[[Visit], object]] = {
    "this_week": week_page,
    "top_ten": top_ten_page,
    "demand": demand_page,
    "map": map_pages,
    "person": person_page,
    "meeting": meeting_page,
    "plans": plans_page,
    "about": about_page,
    "pairs": pairs_page,
    "data": data_page,
}
LEAST = {
    "this_week": 80,
    "top_ten": 16,
    "demand": 20,
    "map": 12,
    "person": 12,
    "meeting": 4,
    "plans": 3,
    "about": 4,
    "pairs": 2,
    "data": 0,
}
"""Openings there are at least, so that a page that lost them is noticed."""


@pytest.mark.parametrize(
    ("role", "page"),
    [*((Role.SECTOR_INSPECTOR, page) for page in PAGES), (Role.ANALYST, "map"), (Role.ANALYST, "data")],
)
def test_the_list_behind_every_number_adds_up_to_it(role: Role, page: str, app_store: Path) -> None:
    visit = visit_of(viewer(role), weeks=26)
    shown = PAGES[page](visit)
    assert len(list(openings(shown))) >= LEAST[page]
    assert wrong(visit, shown) == []


def test_the_whole_force_may_list_what_the_data_lack(app_store: Path) -> None:
    shown = list(openings(data_page(visit_of(viewer(Role.ANALYST)))))
    assert len(shown) > 8 and all(isinstance(one.figure, OfGap) for one in shown)


ALL = (
    "this_week",
    "top_ten",
    "demand",
    "map",
    "data",
    "action_plans",
    "meeting",
    "incidents",
    "who_is_who",
    "methods",
)


@pytest.mark.parametrize("page", ALL)
def test_a_number_on_a_page_opens_its_list_and_says_what_it_is(page: str, app_store: Path) -> None:
    app = opened(viewer(Role.SECTOR_INSPECTOR), page)
    assert not app.exception
    assert (without_a_list(app), without_a_source(app), lines_that_lack(app)) == ([], [], [])


def test_the_action_plans_count_no_incidents(app_store: Path) -> None:
    app = opened(viewer(Role.SECTOR_INSPECTOR), "action_plans")
    app.radio(key="board_part").set_value("Plans and sign-off").run()
    assert counted_in_words(app) == []
    assert (without_a_list(app), without_a_source(app), lines_that_lack(app)) == ([], [], [])


def test_what_a_reason_of_the_agenda_counts_opens_with_the_same_numbers(app_store: Path) -> None:
    visit = visit_of(viewer(Role.PPU_OFFICER))
    known = (record_of(visit, one.meeting_id) for one in decisions.meetings(visit))
    told = ((one, case) for one in known if one for case in one.agenda if TOLD.search(" ".join(case.reasons)))
    record, case = next(told)
    view = view_for(visit, record.sector, record.held_on)
    last_day = visit.facts.last_day
    as_of = PersonSetting(view.as_of, view.weeks, view.domestic_only, built().timezone, record.held_on, last_day)
    areas = {area.code: area.name for area in visit.facts.neighbourhoods}
    setting = Setting(record.held_on, (), areas, {}, due_soon_days=7, stalled_days=28)
    words = case_words(case, record, person_of(visit, case.person_id, view), setting, as_of, LIGHT, view=view)
    (where, contacts) = TOLD.findall(" ".join(case.reasons))[0]
    assert any(one.label.startswith(f"{where}: {contacts}, ") for one in words.why_opens)
    assert wrong(visit, words.why_opens) == []


def test_a_table_that_counts_and_leads_nowhere_is_noticed() -> None:
    app = AppTest.from_string(
        "import streamlit as st\nst.table({'Contacts': [3]})\nst.metric('Officer hours', '4')"
    ).run()
    assert without_a_list(app) == ["table: Contacts", "metric: Officer hours"]
    assert without_a_source(app) == ["the head of the page"]


def test_a_line_that_does_not_say_the_build_is_noticed() -> None:
    app = AppTest.from_string(
        "import streamlit as st\nst.caption('a week · contacts · data as at Sunday · nothing · how this is worked out')"
    ).run()
    assert len(lines_that_lack(app)) == 1


def test_a_number_in_a_sentence_is_noticed() -> None:
    app = AppTest.from_string(
        "import streamlit as st\nst.write('6 contacts since Monday')\nst.write('no contact')"
    ).run()
    assert counted_in_words(app) == ["6 contacts since Monday"]


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


def test_the_incidents_behind_a_meetings_number_lead_back_to_its_case(app_store: Path) -> None:
    inspector = viewer(Role.SECTOR_INSPECTOR)
    visit = visit_of(inspector)
    known = (record_of(visit, one.meeting_id) for one in decisions.meetings(visit))
    record = next(one for one in known if one is not None and len(one.every_case) > 1)
    app = opened(inspector, "meeting")
    place = {"meeting": str(record.meeting_id), "case": record.every_case[1].reference}
    for name, value in place.items():
        app.query_params[name] = value
    app.run()
    app.button(key="meeting_year_opens").click().run()
    assert app.title[0].value == "Incidents" and dict(app.session_state["incidents_opened"].place) == place
    # That the case itself is shown again is tried in the browser: here an address does not outlive a switch.
    app.button(key="incidents_back").click().run()
    assert not app.exception and app.title[0].value == "Meeting"


def test_a_persons_incidents_are_opened_for_a_purpose_only(app_store: Path) -> None:
    app = opened(viewer(Role.SECTOR_INSPECTOR), "top_ten")
    for number in ("contacts", "harm"):
        app.button(key=f"top_ten_0_{number}_opens").click().run()
        assert not app.exception and not app.table and "opened for a purpose" in all_words(app)
        assert "P-" not in str(app.query_params)
        app.button(key="incidents_back").click().run()
    assert app.title[0].value == "Top ten"


def all_words(app: AppTest) -> str:
    return "\n".join(str(one.value) for one in app.markdown).replace("\\", "")
