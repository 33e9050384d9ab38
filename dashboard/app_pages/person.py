"""What has happened to one person, what was done, and what is planned?"""

from __future__ import annotations

import streamlit as st

from dashboard import decisions
from dashboard.by_and_about import counter_banner
from dashboard.case_forms import case_forms, start_case
from dashboard.charts.palette import palette
from dashboard.components.notes import empty_state
from dashboard.components.person_parts import case_record, incidents, overview, plan_now, safe_contact
from dashboard.consultation import Looked, consult, names_shown
from dashboard.data.person import Opened, case_said, is_anybody_asked_for, opened, person_setting, who
from dashboard.frame import page_title
from dashboard.open_person import open_case
from dashboard.text import escape_markdown
from dashboard.view_models.person import person_view
from dashboard.view_models.person_figures import person_numbers
from dashboard.view_models.person_folds import folded_tables
from dashboard.view_models.person_tables import evidence_view, identity_table, incidents_tables
from dashboard.visit import Visit, this_visit
from partnership.errors import NO_SUCH_RECORD

KEY = "person"


def show(visit: Visit, found: Opened) -> None:
    """The whole record, once there is a purpose."""
    head = st.container()
    purpose = consult(visit, {found.person_id}, Looked.RECORD, key=KEY, button="Open the record")
    with head:
        if purpose is None:
            page_title(f"Person {found.person_id}", "A record is opened for a purpose.")
            return
    setting, colours = person_setting(visit), palette(st.context.theme.type)
    words = None if found.case is None else case_said(found.case, setting)
    view = person_view(found.answer, setting, colours)
    numbers = person_numbers(found.answer, setting, view.source, colours)
    with head:
        page_title(f"Person {found.person_id}", view.sentence)
        safe_contact(words.note if words else "")
        plan_now(words)
        counter_banner(visit, found.person_id)
        are_shown = names_shown(purpose, 1, key=KEY)
        known = identity_table(who(visit, found.person_id, purpose), setting) if are_shown else None
    overview(view, numbers, identities=known, evidence=evidence_view(found.answer, setting), key=KEY)
    contacts, others = incidents_tables(found.answer, setting)
    incidents(contacts, folded_tables(found.answer, setting, numbers, others), view, key=KEY)
    st.subheader("Case and plan", anchor=False)
    if found.case is None or words is None:
        start_case(visit, found, view.neighbourhood, key=f"{KEY}_case")
        return
    case_record(words, key=KEY)
    case_forms(visit, found.case, key=f"{KEY}_case")


def nobody(visit: Visit) -> None:
    """Why nobody is shown, and the cases that can be opened from here."""
    page_title("Person", NO_SUCH_RECORD if is_anybody_asked_for() else "Nobody is opened yet.")
    empty_state(why="Nobody to show.", what_to_do="Open a person from a list such as Top ten, or one of your cases.")
    areas = visit.facts.area_names
    found = decisions.cases(visit)
    cases = {one.reference: f"{one.person_id}, {areas.get(one.neighbourhood, one.neighbourhood)}" for one in found}
    if cases:
        chosen = st.selectbox("Your cases", list(cases), format_func=cases.__getitem__, key=f"{KEY}_cases")
        if st.button("Open this case", key=f"{KEY}_go") and chosen:
            open_case(chosen)


here = this_visit()
asked = opened(here)
if asked is None:
    nobody(here)
else:
    show(here, asked)
st.caption(escape_markdown("A person is never named in a link; a case's link opens for those who may see the case."))
