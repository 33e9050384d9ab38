"""Is concentration told for the neighbourhoods and whole sectors of the reader, and for nobody else's?"""

from __future__ import annotations

import polars as pl
import pytest

from analysis.disclosure import Audience, partner, police
from analysis.questions.builds import Build
from analysis.questions.concentration import Concentrated, concentrated
from analysis.questions.view import View
from tests.analysis.questions.demand_force import AS_OF, build_force


@pytest.fixture(scope="module")
def build(tmp_path_factory: pytest.TempPathFactory) -> Build:
    return build_force(tmp_path_factory.mktemp("concentration"))


def asked(build: Build, audience: Audience) -> Concentrated:
    return concentrated(build, View(AS_OF), audience, sizes=(1, 10), most_points=100)


def test_the_first_of_three_callers_made_half_of_the_contacts(build: Build) -> None:
    cut = asked(build, police(None)).cuts.rows.row(0, named=True)
    shares = cut["people_share"], cut["contacts_share"], cut["officer_hours_share"]
    assert shares == (pytest.approx(1 / 3), 0.5, pytest.approx(425 / 485))


def test_a_sector_counts_the_people_of_all_its_neighbourhoods(build: Build) -> None:
    cut = asked(build, police(None)).sector_cuts.rows.row(0, named=True)
    assert (cut["area_name"], cut["callers"], cut["contacts"], cut["all_contacts"]) == ("Test Force", 4, 3, 8)


def test_a_curve_of_hours_ends_with_all_hours(build: Build) -> None:
    curve = asked(build, police(None)).curve.rows.filter(
        pl.col("area_code") == "N1", pl.col("measure") == "officer_hours"
    )
    assert curve.row(-1, named=True)["amount"] * 60 == pytest.approx(485)


def test_a_sector_seen_in_part_is_not_told(build: Build) -> None:
    found = asked(build, police(frozenset({"N1"})))
    assert (found.cuts.rows["area_code"].unique().to_list(), found.sector_cuts.rows.height) == (["N1"], 0)


def test_a_partner_is_given_nothing(build: Build) -> None:
    found = asked(build, partner("Housing", shared_persons=frozenset(), threshold=5))
    assert [one.rows.width for one in (found.curve, found.cuts, found.sector_curve, found.sector_cuts)] == [0] * 4
