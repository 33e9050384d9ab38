"""Where do the incidents lie?"""

from __future__ import annotations

import streamlit as st

from analysis.errors import QuestionError
from analysis.questions.view import AreaKind
from dashboard.charts.palette import palette
from dashboard.components.figure import figure
from dashboard.components.map_controls import area_choice, chosen_panel, clicked_area, switch, week_of_points
from dashboard.components.notes import empty_state
from dashboard.components.table import table
from dashboard.data import audience_of, view_of
from dashboard.data import map as data
from dashboard.filters import Lens
from dashboard.frame import page_title
from dashboard.text import escape_markdown
from dashboard.view_models import map as views
from dashboard.view_models.map_lines import Choice, Measure, Period
from dashboard.visit import Visit, this_visit

WHY_NO_LIST = "Top tens are made for one police neighbourhood. Switch to neighbourhoods and choose one."


def show(visit: Visit) -> None:
    """The page: switches, then the sentence over them, the map, and the list beside it."""
    view, audience, build = view_of(visit), audience_of(visit), visit.facts.id
    head, switches = st.container(), st.container(horizontal=True, gap="large", key="map_switches")
    with switches:
        kind = switch("Areas", views.kinds(visit), key="map_kind")
        answer = data.area_map(build, view, audience, kind)
        offered = views.choices(answer)
        by_lens = Measure.OFFICER_HOURS if visit.filters.lens is Lens.OFFICER_HOURS else Measure.CONTACTS
        measure = switch("Colour by", offered.measures, key="map_measure", default=by_lens)
        period = switch("Period", offered.periods, key="map_period", default=Period.NOW)
    week = week_of_points(views.weeks_of(visit), key="map_points")
    area_key, map_key = f"map_area_{kind}", f"map_of_{kind}"
    page = views.map_page(
        answer,
        data.outlines(build, view, audience, kind, is_phone="Mobi" in (st.context.headers.get("User-Agent") or "")),
        None if week is None else data.points(build, view, audience, week),
        choice=Choice(kind, measure, period),
        chosen=clicked_area(map_key=map_key, key=area_key),
        visit=visit,
        palette=palette(st.context.theme.type),
    )
    with head:
        page_title("Map", page.sentence)
    _draw(page, offered.why_not, kind=kind, map_key=map_key, area_key=area_key)


def _draw(page: views.MapPage, why_not: tuple[str, ...], *, kind: AreaKind, map_key: str, area_key: str) -> None:
    wide, narrow = st.columns([2, 1], gap="medium")
    with wide:
        if page.picture is None:
            empty_state(why=views.why_no_map(kind), what_to_do="The list gives the same figures.")
        else:
            figure(page.picture, key=map_key)
    with narrow:
        area_choice(page.names, label=f"Choose a {kind}", key=area_key)
        if page.chosen:
            chosen = page.chosen
            chosen_panel(chosen, otherwise=WHY_NO_LIST, key="map_chosen")
        table(page.listed, key="map_list")
        for note in (*page.notes, *why_not):
            st.caption(escape_markdown(note))


try:
    show(this_visit())
except QuestionError as refused:
    page_title("Map", "These filters cannot be shown on a map.")
    empty_state(why=str(refused), what_to_do="Choose other incidents in the bar above, or ask who builds the data.")
