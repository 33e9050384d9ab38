"""Do the three lists of a neighbourhood leave side by side, and only to who may see them?"""

from __future__ import annotations

import polars as pl
import pytest

from analysis.disclosure import Audience, partner, police
from analysis.questions.builds import Build
from analysis.questions.lenses import Lenses, lenses
from analysis.questions.view import View
from tests.analysis.questions.demand_force import AS_OF, build_force, person


@pytest.fixture(scope="module")
def build(tmp_path_factory: pytest.TempPathFactory) -> Build:
    return build_force(tmp_path_factory.mktemp("lenses"))


def asked(build: Build, audience: Audience, *codes: str) -> Lenses:
    return lenses(build, View(AS_OF, neighbourhoods=codes or None), audience, minimum_contacts=2, length=1, near=1)


def test_who_is_first_by_each_lens(build: Build) -> None:
    places = asked(build, police(None), "N1").places.rows.filter(pl.col("place") == "listed")
    ann = person(build, "L1")
    assert places.select("lens", "key_id", "contacts").rows() == [("contacts", ann, 3), ("officer_hours", ann, 3)]


def test_who_nearly_made_it_is_marked_and_has_a_crime_without_a_table(build: Build) -> None:
    near = asked(build, police(None), "N1").places.rows.filter(pl.col("place") == "near", pl.col("lens") == "contacts")
    assert near.select("key_id", "crimes", "harm_known").rows() == [(person(build, "L4"), 1, "no_harm_table")]


def test_without_a_harm_table_none_is_named(build: Build) -> None:
    assert asked(build, police(None)).harm is None


def test_agreement_names_each_neighbourhood(build: Build) -> None:
    agreement = asked(build, police(None)).agreement.rows
    assert agreement.select("area_code", "people", "in_all").rows() == [("N1", 1, 1), ("N2", 1, 1)]


def test_an_officer_is_given_the_own_neighbourhood_only(build: Build) -> None:
    found = asked(build, police(frozenset({"N2"})))
    released = (found.places, found.people, found.agreement)
    assert [one.rows["area_code"].unique().to_list() for one in released] == [["N2"]] * 3


def test_a_partner_is_given_nothing(build: Build) -> None:
    found = asked(build, partner("Housing", shared_persons=frozenset({person(build, "L1")}), threshold=5))
    assert [one.rows.width for one in (found.places, found.people, found.agreement, found.shared)] == [0] * 4
