"""Which incidents are about people, whoever rang, and who accuses each other? Parts of Top ten and of Person."""

from __future__ import annotations

import streamlit as st

from analysis.disclosure import Audience, Released
from analysis.questions.counter_allegations import counter_allegations
from analysis.questions.ranking import KeyType, ranking
from analysis.questions.view import View
from dashboard.components.leads import leads
from dashboard.components.notes import SourceLine, source_line
from dashboard.components.opens_incidents import opens_each
from dashboard.data import assumptions, audience_of, build_of, view_of
from dashboard.deeds import timezone_of
from dashboard.open_person import open_person
from dashboard.text import as_at, day, escape_markdown, plural
from dashboard.today import today
from dashboard.unresolved_share import unresolved_line
from dashboard.view_models.by_and_about import about_leads, counter_openings, counter_said
from dashboard.view_models.openings import window_days
from dashboard.view_models.top_ten_setting import area_of
from dashboard.visit import Visit

KEY = "about"


@st.cache_resource(max_entries=32, show_spinner="Counting incidents about people …")
def ranked_about(build_id: str, view: View, audience: Audience) -> Released:
    """The first ten of each area by incidents about them."""
    return ranking(
        build_of(build_id),
        view.ranking_filters(key_type=KeyType.CONCERNED, top=assumptions().whole("top_ten_length")),
        audience,
        minimum_contacts=assumptions().whole("repeat_minimum_contacts"),
    )


@st.cache_resource(max_entries=64, show_spinner=False)
def countered(build_id: str, person_id: str, audience: Audience) -> Released:
    """Who stands on both sides with a person."""
    return counter_allegations(build_of(build_id), person_id, audience)


def about_people(visit: Visit) -> None:
    """The people most incidents are about, beside the list of who rang: a neighbour, a child or a school may ring."""
    area = area_of(visit)
    if area is None:
        return
    unresolved_line(visit, area=area.code)
    st.subheader("Calls made by people, or incidents about them", anchor=False)
    st.markdown(
        "The list above counts calls a person made. Somebody else may ring about a person who never does: a neighbour, "
        "a child, a school. The two are kept apart."
    )
    if st.radio("Show", ["Calls made by", "Incidents about"], key=f"{KEY}_which", horizontal=True) == "Calls made by":
        return
    rows = ranked_about(visit.facts.id, view_of(visit), audience_of(visit)).rows.to_dicts()
    view = about_leads(
        rows, area=area.code, days=window_days(visit.filters), today=today(visit.facts), timezone=timezone_of(visit)
    )
    chosen = leads(view, key=KEY)
    source_line(
        SourceLine(
            period=f"{plural(visit.filters.weeks, 'week')} to {day(visit.filters.week_ending)}",
            definition="incidents a person is a victim, subject or other person of, whoever rang; officer hours of the "
            "whole incident",
            data_as_at=as_at(visit.facts.last_day, visit.facts.id),
            left_out="left out: incidents elsewhere, which are only counted",
        )
    )
    if chosen is not None and chosen.person_id:
        open_person(chosen.person_id)


def counter_banner(visit: Visit, person_id: str) -> None:
    """Says that somebody stands as victim and as subject of the same other person; for the police only."""
    rows = countered(visit.facts.id, person_id, audience_of(visit)).rows.to_dicts()
    said = counter_said(rows, timezone=timezone_of(visit))
    if not said:
        return
    st.warning(f"**Counter-allegations.** {escape_markdown(said)}", icon=":material/sync_alt:")
    opens_each(counter_openings(rows), key="counter")
    source_line(
        SourceLine(
            period=f"{day(visit.facts.first_day)} to {day(visit.facts.last_day)}, the whole build",
            definition="incidents of every kind in which one is recorded as victim and the other as subject, whoever "
            "rang",
            data_as_at=as_at(visit.facts.last_day, visit.facts.id),
            left_out="left out: incidents outside your area, and whoever stands on one side only",
        )
    )
