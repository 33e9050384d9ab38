"""What changed this week, and what needs attention?"""

from __future__ import annotations

import streamlit as st

from dashboard.charts.palette import palette
from dashboard.components.figure import figure
from dashboard.components.leads import Lead, leads
from dashboard.components.metrics import metric_row
from dashboard.components.notes import source_line
from dashboard.components.places import place_buttons
from dashboard.components.table import table
from dashboard.data import audience_of, view_of
from dashboard.data.this_week import decided_of, week_of
from dashboard.frame import page_title
from dashboard.open_meeting import open_meeting
from dashboard.open_person import open_case, open_person
from dashboard.open_top_ten import choose_neighbourhood, open_top_ten
from dashboard.text import escape_markdown
from dashboard.unresolved_share import unresolved_line
from dashboard.view_models.this_week import WeekView, week_view
from dashboard.visit import this_visit

visit = this_visit()
week = week_of(visit.facts.id, view_of(visit), audience_of(visit))
view = week_view(week, decided_of(visit, week), visit, palette(st.context.theme.type))


def _areas(view: WeekView) -> None:
    st.subheader("Neighbourhoods, the one that needs most first", anchor=False)
    table(view.areas, key="areas")
    is_chosen = place_buttons("Open a top ten:", view.places, key="open", on_choice=choose_neighbourhood)
    source_line(view.source)
    unresolved_line(visit)
    if is_chosen:
        open_top_ten()


def _people(view: WeekView) -> None:
    changed, needed = st.columns(2, gap="large")
    chosen: list[Lead | None] = []
    with changed:
        st.subheader("What changed", anchor=False)
        chosen.append(leads(view.changed, key="changed"))
    with needed:
        st.subheader("Needs a decision on Monday", anchor=False)
        is_meeting = st.button("Open Monday's meeting", icon=":material/groups:", key="open_meeting")
        chosen += [leads(part, key=f"needed_{at}") for at, part in enumerate(view.needed)]
    source_line(view.lists_source)
    st.caption(escape_markdown(view.note))
    if is_meeting:
        open_meeting()
    for line in chosen:
        if line and line.reference:
            open_case(line.reference)
        if line and line.person_id:
            open_person(line.person_id)


page_title("This week", view.answer)
metric_row(view.metrics, key="week")
source_line(view.source)
_areas(view)
_people(view)
for column, (name, shown) in zip(st.columns(2, gap="large"), view.figures, strict=True):
    with column:
        figure(shown, key=name)
