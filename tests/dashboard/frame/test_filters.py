"""May only what is in scope be chosen, and does a link open the same view?"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from urllib.parse import parse_qs, urlsplit

import pytest
import streamlit as st

from dashboard.filters import (
    Calls,
    Filters,
    Lens,
    area_labels,
    current_filters,
    described,
    filter_options,
    link_to_view,
)
from partnership.vocabulary import Role
from tests.dashboard.frame.builders import AREAS, a_build, a_viewer

ALL_FILTERS = Filters(None, None, date(2013, 12, 2), 52, Lens.CONTACTS, domestic_only=True)


@pytest.mark.parametrize(
    ("role", "areas", "seen"),
    [
        (Role.SECTOR_INSPECTOR, ("South",), ["N1", "N2"]),
        (Role.NEIGHBOURHOOD_OFFICER, ("N2",), ["N2"]),
        (Role.PPU_OFFICER, (), ["N1", "N2", "N3"]),
        (Role.ANALYST, (), ["N1", "N2", "N3"]),
        (Role.AUDITOR, (), []),
    ],
)
def test_a_viewer_may_choose_neighbourhoods_in_scope_only(role: Role, areas: tuple[str, ...], seen: list[str]) -> None:
    options = filter_options(a_build(), a_viewer(role, *areas))
    assert [area.code for area in options.neighbourhoods] == seen


def test_weeks_end_on_sundays_newest_first_and_lie_in_the_data() -> None:
    weeks = filter_options(a_build(), a_viewer(Role.ANALYST)).weeks_ending
    assert (weeks[0], weeks[-1], len(weeks)) == (date(2013, 12, 1), date(2011, 12, 4), 105)


def test_a_build_without_harm_has_no_harm_lens() -> None:
    options = filter_options(a_build(has_harm=False), a_viewer(Role.ANALYST))
    assert options.lenses == (Lens.CONTACTS, Lens.OFFICER_HOURS)


def test_a_build_that_knows_nothing_domestic_counts_all_incidents() -> None:
    assert filter_options(a_build(has_domestic=False), a_viewer(Role.ANALYST)).calls == (Calls.ALL,)


def test_a_choice_out_of_scope_falls_back(monkeypatch: pytest.MonkeyPatch) -> None:
    chosen = {"sector": "North", "neighbourhood": "N3", "week": "2031-01-05", "window": "7", "lens": "risk"}
    monkeypatch.setattr(st, "session_state", chosen)
    options = filter_options(a_build(), a_viewer(Role.SECTOR_INSPECTOR, "South"))
    assert current_filters(options) == replace(ALL_FILTERS, sector="South")


def test_the_only_neighbourhood_in_scope_is_chosen(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(st, "session_state", {})
    options = filter_options(a_build(), a_viewer(Role.NEIGHBOURHOOD_OFFICER, "N2"))
    assert current_filters(options).neighbourhood == "N2"


def test_the_day_after_the_week_is_outside_the_window(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(st, "session_state", {"week": "2013-11-24"})
    filters = current_filters(filter_options(a_build(), a_viewer(Role.ANALYST)))
    assert (filters.as_of, filters.week_ending) == (date(2013, 11, 25), date(2013, 11, 24))


def test_a_link_spells_out_the_defaults_too() -> None:
    options = filter_options(a_build(), a_viewer(Role.ANALYST))
    link = link_to_view("http://127.0.0.1:8501/map?old=1#here", ALL_FILTERS, options)
    assert link.startswith("http://127.0.0.1:8501/map?sector=")
    assert parse_qs(urlsplit(link).query) == {
        "sector": ["All sectors"],
        "neighbourhood": ["All neighbourhoods"],
        "week": ["Sun 1 Dec 2013"],
        "window": ["52 weeks"],
        "lens": ["Contacts"],
        "calls": ["Domestic"],
    }


def test_what_is_set_is_said_in_one_line() -> None:
    options = filter_options(a_build(), a_viewer(Role.ANALYST))
    said = described(replace(ALL_FILTERS, sector="South", neighbourhood="N1", lens=Lens.OFFICER_HOURS), options)
    assert said == "Alder Park · week ending Sun 1 Dec 2013 · 52 weeks · officer hours · domestic"


def test_two_neighbourhoods_of_one_name_are_told_apart() -> None:
    twin = replace(AREAS[2], name="Alder Park")
    assert area_labels((AREAS[0], twin)) == {"N1": "Alder Park (N1)", "N3": "Alder Park (N3)"}
