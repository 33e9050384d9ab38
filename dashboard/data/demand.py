"""What does the demand page ask of the build? Concentration, hours worked and definitions, each asked once."""

from __future__ import annotations

import streamlit as st

from analysis.disclosure import Audience
from analysis.questions.concentration import Concentrated, concentrated
from analysis.questions.definitions import Definition, DefinitionSwitch, known_definitions, switch_definition
from analysis.questions.resources import PlannedVisits, Resources
from analysis.questions.resources import resources as ask_resources
from analysis.questions.view import View
from dashboard.data import assumptions, build_of

CURVE_POINTS = 50


def list_length() -> int:
    """How many people a list holds."""
    return assumptions().whole("top_ten_length")


def visits_to_begin_with() -> tuple[int, int, int]:
    """How many visits a week, of how many minutes, by how many officers the page first sets against the hours."""
    assumed = assumptions()
    names = ("planned_visits_a_week", "planned_visit_minutes", "planned_visit_officers")
    visits, minutes, officers = (assumed.whole(name) for name in names)
    return visits, minutes, officers


def all_definitions() -> tuple[Definition, ...]:
    """The definitions of a repeat that the force has named, in its order."""
    return known_definitions(assumptions())


@st.cache_resource(max_entries=32, show_spinner="Adding up callers …")
def concentration(build_id: str, view: View, audience: Audience) -> Concentrated:
    """How concentrated demand is, and what the list and a list twice as long stand for.

    Raises:
        QuestionError: the build cannot answer.
    """
    length = list_length()
    return concentrated(build_of(build_id), view, audience, sizes=(length, 2 * length), most_points=CURVE_POINTS)


@st.cache_resource(max_entries=32, show_spinner="Adding up officer hours …")
def resources(build_id: str, view: View, audience: Audience, visits: PlannedVisits) -> Resources:
    """When the hours of those listed were worked, beside planned visits.

    Raises:
        QuestionError: the build cannot answer.
        AnalysisError: the shift pattern or the hourly rate cannot be read.
    """
    return ask_resources(build_of(build_id), view, audience, assumptions=assumptions(), visits=visits)


@st.cache_resource(max_entries=32, show_spinner="Comparing definitions …")
def switched(build_id: str, view: View, audience: Audience, base: str, other: str) -> DefinitionSwitch:
    """Who enters and who leaves each list under another definition.

    Raises:
        QuestionError: the build cannot answer.
    """
    return switch_definition(
        build_of(build_id),
        view,
        audience,
        base=base,
        other=other,
        assumptions=assumptions(),
        length=list_length(),
    )
