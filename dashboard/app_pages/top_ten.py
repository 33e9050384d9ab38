"""Who are the ten repeat callers of a neighbourhood, and why?"""

from __future__ import annotations

import streamlit as st

from dashboard import decisions
from dashboard.by_and_about import about_people
from dashboard.charts.palette import palette
from dashboard.components.figure import figure, titled_table
from dashboard.components.notes import empty_state, source_line
from dashboard.components.outcome import keep_outcome
from dashboard.components.people_rows import people_rows
from dashboard.components.published import published_part
from dashboard.components.table import table
from dashboard.consultation import Looked, consult, names_shown
from dashboard.data import assumptions, audience_of, build_of, view_of
from dashboard.data.published import published
from dashboard.data.top_ten import names, top_ten
from dashboard.frame import page_title
from dashboard.open_person import open_person
from dashboard.publishing import may_publish, publish_lists
from dashboard.text import escape_markdown
from dashboard.today import today
from dashboard.view_models.published import published_words
from dashboard.view_models.top_ten import TopTenView, top_ten_view
from dashboard.view_models.top_ten_setting import area_of, people_of, setting_of
from dashboard.visit import Visit, this_visit

KEY = "top_ten"


def finished(visit: Visit) -> TopTenView | None:
    """The page's words, with names where a purpose was given; None where no neighbourhood is in scope."""
    if (area := area_of(visit)) is None:
        return None
    audience = audience_of(visit)
    answer = top_ten(visit.facts.id, view_of(visit), audience, area.code)
    people = people_of(answer)
    purpose = consult(visit, people, Looked.NAMES, key=KEY, button="Show names") if people else None
    shown = purpose if purpose and names_shown(purpose, len(people), key=KEY) else None
    setting = setting_of(
        visit,
        area,
        today=today(visit.facts),
        timezone=build_of(visit.facts.id).timezone,
        assumptions=assumptions(),
        plans=decisions.plans_by_person(visit, people),
        names=names(visit.facts.id, people, audience, shown) if shown else {},
    )
    words = published_words(published(visit, area.code), setting)
    return top_ten_view(answer, setting, palette(st.context.theme.type), words)


head = st.container()
view = finished(visit := this_visit())
with head:
    page_title("Top ten", view.sentence if view else "No neighbourhood is in your scope.")
if view is None or not view.rows:
    empty_state(why="There is nobody to list.", what_to_do="Choose a longer window, another area, or all incidents.")
else:
    st.markdown(escape_markdown(view.share))
    chosen = people_rows(view.rows, key=KEY)
    source_line(view.source)
    if published_part(view.published, may_publish=may_publish(visit), key=KEY):
        keep_outcome(publish_lists(visit, visit.filters.as_of), key=KEY)
        st.rerun()
    for name, title, rows in (("tied", view.tied_title, view.tied), ("near", "Who nearly made it", view.near)):
        if rows:
            with st.expander(escape_markdown(title), key=f"{KEY}_{name}_fold"):
                chosen = people_rows(rows, key=f"{KEY}_{name}") or chosen
    with st.expander("Show as a table", key=f"{KEY}_twin_fold"):
        table(view.twin, key=f"{KEY}_twin")
    open_person(chosen) if chosen else None
    for name, shown in view.figures:
        figure(shown, key=f"{KEY}_{name}")
for part in view.parts if view else ():
    titled_table(part.title, part.table, part.source, none=part.none, key=f"{KEY}_{part.key}")
about_people(visit)
