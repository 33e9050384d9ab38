"""How concentrated is demand, when is it worked, and whom would another definition list?"""

from __future__ import annotations

import streamlit as st

from analysis.questions.resources import PlannedVisits
from dashboard.charts.palette import palette
from dashboard.components.demand_controls import definition_controls, visit_controls
from dashboard.components.figure import figure, titled_table
from dashboard.components.notes import empty_state, source_line
from dashboard.components.table import table
from dashboard.data import assumptions, audience_of, build_of, view_of
from dashboard.data.demand import all_definitions, concentration, resources, switched, visits_to_begin_with
from dashboard.frame import page_title
from dashboard.text import escape_markdown
from dashboard.view_models.concentration import concentration_view
from dashboard.view_models.definition_switch import definitions_view
from dashboard.view_models.demand_setting import DemandSetting, demand_setting
from dashboard.view_models.hours_worked import hours_worked_view
from dashboard.visit import this_visit

KEY, WIDER = "demand", "Choose a longer window, or all incidents."
visit = this_visit()
build_id, view, audience = visit.facts.id, view_of(visit), audience_of(visit)
colours = palette(st.context.theme.type)


def _concentration(setting: DemandSetting) -> None:
    shown = concentration_view(concentration(build_id, view, audience), setting, colours)
    page_title("Demand", shown.answer)
    if shown.figure is None:
        empty_state(why="Nobody rang in these weeks.", what_to_do=WIDER)
        return
    figure(shown.figure, key=f"{KEY}_lorenz")
    titled_table(shown.areas_title, shown.areas, shown.source, none="", key=f"{KEY}_areas")


def _hours(setting: DemandSetting) -> None:
    head = st.container()
    st.subheader("What planned visits would take", anchor=False)
    visits = PlannedVisits(*visit_controls(visits_to_begin_with(), key=f"{KEY}_visits"))
    shown = hours_worked_view(resources(build_id, view, audience, visits), visits, setting, colours)
    st.markdown(escape_markdown(shown.visits_said))
    source_line(shown.source)
    with head:
        if shown.figure is None:
            empty_state(why="No officer time of those listed is recorded.", what_to_do=WIDER)
            return
        figure(shown.figure, key=f"{KEY}_hours")
        titled_table("By weekday", shown.weekdays, shown.weekdays_source, none="", key=f"{KEY}_weekdays")
        st.subheader("By shift", anchor=False)
        st.markdown(escape_markdown(shown.shifts_said))
        table(shown.shifts, key=f"{KEY}_shifts")
        source_line(shown.source)
        with st.expander("How long an incident takes, in three measures and by phase", key=f"{KEY}_spread_fold"):
            table(shown.measures, key=f"{KEY}_measures")
            table(shown.spread, key=f"{KEY}_spread")
            source_line(shown.spread_source)


def _definitions(setting: DemandSetting) -> None:
    st.subheader("Another definition of a repeat", anchor=False)
    base, other = definition_controls({one.id: one.name for one in all_definitions()}, key=f"{KEY}_definition")
    shown = definitions_view(switched(build_id, view, audience, base, other), setting)
    for said in filter(None, (shown.sentence, shown.lacking, shown.base_said, shown.other_said, shown.changes_title)):
        st.markdown(escape_markdown(said))
    table(shown.changes, key=f"{KEY}_changes") if shown.changes.rows else st.markdown("The list stays the same.")
    with st.expander("Every neighbourhood in view", key=f"{KEY}_counts_fold"):
        table(shown.counts, key=f"{KEY}_counts")
    source_line(shown.source)


known = demand_setting(visit, assumptions=assumptions(), timezone=build_of(build_id).timezone)
if known is None:
    page_title("Demand", "No neighbourhood is in your scope.")
    empty_state(why="There is nothing to add up.", what_to_do="Ask an administrator to check your areas.")
else:
    for part in (_concentration, _hours, _definitions):
        part(known)
