"""Which incidents stand behind a number?"""

from __future__ import annotations

import streamlit as st

from analysis.questions.figures import Days
from analysis.questions.incidents_behind import PERSONS_OWN
from dashboard.components.notes import empty_state, source_line
from dashboard.components.paging import part_of
from dashboard.components.table import table
from dashboard.consultation import Looked, consult
from dashboard.data import audience_of, harm_source, view_of
from dashboard.data.incidents import as_file, behind
from dashboard.frame import page_title
from dashboard.open_incidents import Opened, opened_incidents
from dashboard.pages import FOLDER, titled
from dashboard.text import escape_markdown
from dashboard.view_models.incidents import incidents_view, whole_view
from dashboard.visit import Visit, this_visit

KEY = "incidents"


def show(visit: Visit, opened: Opened, *, has_way_back: bool = True) -> None:
    """The list of one number; of one person's only for a purpose."""
    opening, figure, head = opened.opening, opened.opening.figure, st.container()
    person_id = figure.person_id if isinstance(figure, PERSONS_OWN) else None
    purpose = None
    if person_id is not None:
        purpose = consult(visit, {person_id}, Looked.RECORD, key=KEY, button="Open the list")
        if purpose is None:
            with head:
                page_title(
                    "Incidents", f"{opening.about}: {opening.label}. A person's incidents are opened for a purpose."
                )
                _way_back(opened)
            return
    view = opening.view or view_of(visit)
    found = behind(visit.facts.id, view, audience_of(visit), figure)
    part = part_of(found.rows.rows.height, of=(opening, view), key=KEY)
    shown = incidents_view(found, opening, visit, view, part=part, harm=harm_source(visit.facts.id))
    with head:
        page_title("Incidents", shown.sentence)
        if has_way_back:
            _way_back(opened)
    if not found.incidents:
        empty_state(why="There is no incident to list.", what_to_do="Choose a longer window, or all incidents.")
        return
    table(shown.table, key=f"{KEY}_list")
    st.download_button(
        "Download the list (CSV)",
        data=as_file(visit, view, figure, person_id, purpose),
        file_name="incidents.csv",
        mime="text/csv",
        key=f"{KEY}_file",
        on_click="ignore",
        help="Every incident of the list with its exact share; no names, numbers or addresses",
    )
    source_line(shown.source)


def _way_back(opened: Opened) -> None:
    if st.button(f"Back to {escape_markdown(titled(opened.page))}", key=f"{KEY}_back"):
        st.switch_page(FOLDER / f"{opened.page}.py", query_params=dict(opened.place))


here = this_visit()
chosen = opened_incidents(view_of(here))
if chosen is None:
    everything = whole_view(Days(here.filters.first_day, here.filters.as_of))
    show(here, Opened(everything, view_of(here), here.page), has_way_back=False)
else:
    show(here, chosen)
