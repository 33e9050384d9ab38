"""What does the page Who is who ask of the build? Pairs, what joining would do, numbers; identities last."""

from __future__ import annotations

import polars as pl
import streamlit as st

from analysis.disclosure import Audience, Released
from analysis.questions.identities import Purpose, identities
from analysis.questions.joining import effect_of_joining, effect_of_parting
from analysis.questions.numbers import numbers as ask_numbers
from analysis.questions.numbers import numbers_themselves
from analysis.questions.view import View
from analysis.questions.who_is_who import doubtful_pairs
from dashboard.data import assumptions, build_of

MINIMUM_PEOPLE = 2
"""A personal number is listed for marking when two people or more are recorded on it; of the page, not of a count."""


@st.cache_resource(max_entries=32, show_spinner="Looking for pairs …")
def pairs(build_id: str, view: View, audience: Audience) -> Released:
    """The pairs to be decided."""
    settled = assumptions()
    return doubtful_pairs(
        build_of(build_id),
        view,
        audience,
        top=settled.whole("top_ten_length"),
        minimum_contacts=settled.whole("repeat_minimum_contacts"),
    )


@st.cache_resource(max_entries=64, show_spinner="Working out the lists …")
def joined(build_id: str, view: View, audience: Audience, person_a: str, person_b: str) -> Released:
    """The lists now, and after joining these two."""
    settled = assumptions()
    return effect_of_joining(
        build_of(build_id),
        view,
        audience,
        person_a,
        person_b,
        top=settled.whole("top_ten_length"),
        minimum_contacts=settled.whole("repeat_minimum_contacts"),
    )


@st.cache_resource(max_entries=64, show_spinner="Working out the records …")
def parted(build_id: str, view: View, audience: Audience, reference_a: str, reference_b: str) -> Released:
    """What each side of one person's records has."""
    return effect_of_parting(build_of(build_id), view, audience, reference_a, reference_b)


@st.cache_resource(max_entries=16, show_spinner="Counting numbers …")
def numbers(build_id: str, audience: Audience) -> Released:
    """The numbers that may be marked."""
    return ask_numbers(build_of(build_id), audience, minimum_people=MINIMUM_PEOPLE)


def number_itself(build_id: str, reference: str, audience: Audience, purpose: Purpose) -> str:
    """The number behind a reference; never cached, and only after the log was written. Empty out of scope."""
    shown = numbers_themselves(
        build_of(build_id), frozenset({reference}), audience, minimum_people=MINIMUM_PEOPLE, purpose=purpose
    ).rows
    return str(shown["phone"][0]) if shown.height else ""


def who(build_id: str, person_ids: frozenset[str], audience: Audience, purpose: Purpose) -> pl.DataFrame:
    """Names, numbers, dates of birth and addresses of both; never cached, and only after the log was written."""
    return identities(build_of(build_id), person_ids, audience, purpose=purpose).rows
