"""What does a person's page ask? Whom it is about, what the build knows of them, and what was decided."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl
import streamlit as st

from analysis.disclosure import Audience
from analysis.questions.identities import Purpose, identities
from analysis.questions.person import Person
from analysis.questions.person import person as ask
from analysis.questions.view import View
from dashboard import decisions
from dashboard.data import assumptions, audience_of, build_of, harm_source, view_of
from dashboard.open_person import asked_case, opened_person
from dashboard.today import today
from dashboard.view_models.person_case import CaseWords, case_words
from dashboard.view_models.person_setting import PersonSetting, setting_of
from dashboard.visit import Visit
from partnership.errors import NoSuchRecord
from partnership.views import CaseView


@dataclass(frozen=True)
class Opened:
    """Whom the page is about: the person as the build knows them, and their case where one is open to the viewer."""

    person_id: str
    answer: Person
    case: CaseView | None


@st.cache_resource(max_entries=64, show_spinner="Reading the record …")
def person(build_id: str, person_id: str, view: View, audience: Audience) -> Person:
    """What the audience may see of a person."""
    return ask(build_of(build_id), person_id, view, audience, assumptions=assumptions())


def is_anybody_asked_for() -> bool:
    """Whether a list or a link has named somebody."""
    return asked_case() is not None or opened_person() is not None


def opened(visit: Visit) -> Opened | None:
    """Who is asked for, authorised anew; None for nobody, and for somebody who is not the viewer's to see."""
    reference, person_id = asked_case(), opened_person()
    case = None
    if reference is not None:
        try:
            case = decisions.case_by_reference(visit, reference)
        except NoSuchRecord:
            return None
        person_id = case.person_id
    if person_id is None:
        return None
    answer = person(visit.facts.id, person_id, view_of(visit), audience_of(visit))
    case = case or decisions.case_for_person(visit, person_id)
    if not answer.is_known and case is None:
        return None
    return Opened(person_id, answer, case)


def person_setting(visit: Visit) -> PersonSetting:
    """The days, and the criteria of a MARAC repeat, that the words of the page depend on."""
    return setting_of(
        visit,
        today=today(visit.facts),
        timezone=build_of(visit.facts.id).timezone,
        marac_version=assumptions().text("marac_repeat_version"),
        harm=harm_source(visit.facts.id),
    )


def case_said(case: CaseView, setting: PersonSetting) -> CaseWords:
    """The case in words, with its plans as they stand today."""
    days = {name: assumptions().whole(name) for name in ("plan_stalled_days", "action_due_soon_days")}
    stalled, due_soon = days["plan_stalled_days"], days["action_due_soon_days"]
    return case_words(case, decisions.agencies(), setting, stalled_days=stalled, due_soon_days=due_soon)


def who(visit: Visit, person_id: str, purpose: Purpose) -> pl.DataFrame:
    """Names, numbers, dates of birth and addresses; never cached, and only after the log was written."""
    build = build_of(visit.facts.id)
    return identities(build, frozenset({person_id}), audience_of(visit), purpose=purpose).rows
