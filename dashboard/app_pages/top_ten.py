"""Who are the ten repeat callers of a neighbourhood, and why?"""

from __future__ import annotations

import streamlit as st

from dashboard import decisions
from dashboard.charts.palette import palette
from dashboard.components.figure import figure
from dashboard.components.notes import empty_state, source_line
from dashboard.components.people_rows import people_rows
from dashboard.components.table import table
from dashboard.consultation import Looked, consult, names_shown
from dashboard.data import assumptions, audience_of, build_of, view_of
from dashboard.data.top_ten import names, top_ten
from dashboard.frame import page_title
from dashboard.open_person import open_person
from dashboard.text import escape_markdown
from dashboard.today import today
from dashboard.view_models.top_ten import TopTenView, top_ten_view
from dashboard.view_models.top_ten_setting import area_of, people_of, setting_of
from dashboard.visit import Visit, this_visit

KEY = "top_ten"


def finished(visit: Visit) -> TopTenView | None:
    """The page's words, with names where a purpose was given; None where no neighbourhood is in scope."""
    area = area_of(visit)
    if area is None:
        return None
    audience = audience_of(visit)
    answer = top_ten(visit.facts.id, view_of(visit), audience, area.code)
    people = people_of(answer)
    purpose = consult(visit, people, Looked.NAMES, key=KEY, button="Show names") if people else None
    are_shown = purpose is not None and names_shown(purpose, len(people), key=KEY)
    setting = setting_of(
        visit,
        area,
        today=today(visit.facts),
        timezone=build_of(visit.facts.id).timezone,
        assumptions=assumptions(),
        plans=decisions.plans_by_person(visit, people),
        names=names(visit.facts.id, people, audience, purpose) if are_shown and purpose else {},
    )
    return top_ten_view(answer, setting, palette(st.context.theme.type))


head = st.container()
view = finished(this_visit())
with head:
    page_title("Top ten", view.sentence if view else "No neighbourhood is in your scope.")
if view is None or not view.rows:
    empty_state(why="There is nobody to list.", what_to_do="Choose a longer window, another area, or all incidents.")
else:
    st.markdown(escape_markdown(view.share))
    chosen = people_rows(view.rows, key=KEY)
    source_line(view.source)
    if view.tied:
        with st.expander(escape_markdown(view.tied_title), key=f"{KEY}_tied_fold"):
            chosen = people_rows(view.tied, key=f"{KEY}_tied") or chosen
    if view.near:
        with st.expander("Who nearly made it", key=f"{KEY}_near_fold"):
            chosen = people_rows(view.near, key=f"{KEY}_near") or chosen
    with st.expander("Show as a table", key=f"{KEY}_twin_fold"):
        table(view.twin, key=f"{KEY}_twin")
    if chosen:
        open_person(chosen)
    for name, shown in view.figures:
        figure(shown, key=f"{KEY}_{name}")
if view is not None:
    for part in view.parts:
        st.subheader(escape_markdown(part.title), anchor=False)
        table(part.table, key=f"{KEY}_{part.key}") if part.table.rows else st.markdown(escape_markdown(part.none))
