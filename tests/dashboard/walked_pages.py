"""What does each page show an inspector, as values whose numbers can be opened and added up?"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime, time

import polars as pl

from analysis.questions.figures import OfDefinition, OfHarm, OfHours, OfPerson
from analysis.questions.identities import Purpose
from analysis.questions.resources import PlannedVisits
from analysis.questions.search import search
from analysis.questions.search_forms import Sought
from analysis.questions.view import AreaKind
from dashboard import decisions
from dashboard.build_facts import Neighbourhood
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
from dashboard.data.who_is_who import pairs, parted
from dashboard.unresolved_share import share_counted, share_openings, shares
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
from dashboard.view_models.pair_effect import parting_openings
from dashboard.view_models.person import PersonSetting, person_view
from dashboard.view_models.person_figures import person_numbers
from dashboard.view_models.published import published_words
from dashboard.view_models.search import FoundSetting, found_view
from dashboard.view_models.this_week import week_view
from dashboard.view_models.top_ten import top_ten_view
from dashboard.view_models.top_ten_setting import area_of
from dashboard.view_models.top_ten_setting import setting_of as top_ten_setting
from dashboard.view_models.who_is_who import pair_leads, pairs_of
from dashboard.visit import Visit
from partnership.vocabulary import PlanState
from tests.dashboard.built import built
from tests.dashboard.every_number import (
    openings,
)

VISITS = PlannedVisits(4, 60, 2)
EVERY = 12
"""Of long tables every so many is added up."""
SHOWN_CASES = 4
FOUND = 200
"""Of a meeting so many cases are looked at, and of a search so many people."""


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
    whole, *cells = shown.figure.table.openings
    assert len(cells) > EVERY and all(isinstance(cell.figure, OfHours) for cell in cells)
    switched = demand_data.switched(*asked, "repeat_caller_force", "three_in_six_months")
    definitions = definitions_view(switched, setting)
    assert {type(one.figure) for one in definitions.changes.openings} == {OfDefinition}
    return (
        concentration_view(demand_data.concentration(*asked), setting, LIGHT),
        whole,
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
    busiest = busiest_callers(visit, visit.options.neighbourhoods[:1])[0]
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
    as_of = PersonSetting(view.as_of, view.weeks, view.domestic_only, zone, record.held_on, last_day, "SafeLives")
    setting = Setting(record.held_on, (), {}, {}, due_soon_days=7, stalled_days=28)
    return tuple(
        case_words(case, record, person_of(visit, case.person_id, view), setting, as_of, LIGHT, view=view)
        for case in record.every_case[:SHOWN_CASES]
    )


def plans_page(visit: Visit) -> object:
    """What came of the open plans of the first area in scope: contacts and hours before, and since."""
    plans = [plan for plan in decisions.plans(visit) if plan.state is PlanState.OPEN]
    return tuple(outcome_so_far(visit, plan) for plan in plans[:SHOWN_CASES])


def found_people(visit: Visit) -> object:
    """The first bearers of the commonest postcode in the reader's area, as a search finds them."""
    keys = (
        built()
        .frame("search_keys")
        .filter(
            pl.col("kind") == "postcode",
            pl.col("neighbourhood_code").is_in([area.code for area in visit.options.neighbourhoods]),
        )
    )
    postcode = str(keys.group_by("key").len().sort("len", "key", descending=True)["key"][0])
    found = search(built(), Sought(postcode=postcode), audience_of(visit), purpose=Purpose("a walk"), limit=FOUND)
    facts = visit.facts
    setting = FoundSetting(
        visit.filters.as_of, built().timezone, facts.last_day, facts.area_names, 28, first_day=facts.first_day
    )
    return found_view(found.rows.to_dicts(), {}, setting)


def about_page(visit: Visit) -> object:
    """Who is rung about most in the first neighbourhood in scope."""
    rows = ranked_about(visit.facts.id, view_of(visit), audience_of(visit)).rows.to_dicts()
    area, days = visit.options.neighbourhoods[0].code, window_days(visit.filters)
    return about_leads(rows, area=area, days=days, today=visit.filters.as_of, timezone=built().timezone)


def pairs_page(visit: Visit) -> object:
    """The first pairs that may be one person or two."""
    found = pairs_of(pairs(visit.facts.id, view_of(visit), audience_of(visit)).rows.to_dicts())
    return pair_leads(found, {}, {}, shown=SHOWN_CASES, days=window_days(visit.filters))


def parting_page(visit: Visit) -> object:
    """What each side would keep if the busiest caller of two numbers were two people."""
    records = built().frame("person_records").filter(pl.col("role") == "caller").unique(["person_id", "phone"])
    numbers = records.drop_nulls("phone").sort("record_reference").group_by("person_id").agg("record_reference")
    of_two = dict(numbers.filter(pl.col("record_reference").list.len() > 1).iter_rows())
    person_id = next(one for one in busiest_callers(visit, visit.options.neighbourhoods) if one in of_two)
    both = (of_two[person_id][0], of_two[person_id][1])
    rows = parted(visit.facts.id, view_of(visit), audience_of(visit), *both).rows.to_dicts()
    return parting_openings(rows, both, window_days(visit.filters))


def nobodys_page(visit: Visit) -> object:
    """What of the view, and of its first neighbourhood, is nobody's, and what is people's."""
    rows = shares(visit.facts.id, view_of(visit), audience_of(visit)).rows.to_dicts()
    areas = (None, visit.options.neighbourhoods[0].code)
    return tuple(share_openings(visit, *share_counted(rows, area), area=area) for area in areas)


def busiest_callers(visit: Visit, areas: Sequence[Neighbourhood]) -> list[str]:
    """Who rang most about domestic incidents in these neighbourhoods, the busiest first."""
    since = datetime.combine(visit.filters.first_day, time(), UTC)
    contacts = built().frame("contacts").filter(pl.col("contact_at") >= since, "is_domestic", key_type="caller")
    here = contacts.filter(pl.col("neighbourhood_code").is_in([area.code for area in areas]))
    return here.group_by("key_id").len().sort("len", "key_id", descending=True)["key_id"].to_list()


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
    "found": found_people,
    "about": about_page,
    "pairs": pairs_page,
    "parting": parting_page,
    "nobodys": nobodys_page,
    "data": data_page,
}
