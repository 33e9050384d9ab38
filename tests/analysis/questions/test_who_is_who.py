"""Do the pairs come in the order that matters, and is the effect of a decision what the lists would then be?"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import polars as pl
import pytest

from analysis.disclosure import Audience, police
from analysis.disclosure.audience import partner
from analysis.questions.builds import load_assumptions
from analysis.questions.figures import Days, Figure, OfArea, OfNobody, OfSide
from analysis.questions.identities import Purpose
from analysis.questions.incidents_behind import incidents_behind
from analysis.questions.joining import effect_of_joining, effect_of_parting
from analysis.questions.numbers import numbers, numbers_themselves
from analysis.questions.unresolved_share import unresolved_share
from analysis.questions.view import Lens, View
from analysis.questions.who_is_who import doubtful_pairs, persons_of_records
from analysis.store import Build
from tests.analysis.questions.who_is_who_force import PAIR, WINDOW, pair_force, person

BOTH = police(None)
DAYS = Days(WINDOW.as_of - timedelta(weeks=WINDOW.weeks), WINDOW.as_of)
TOP, MINIMUM = 2, 2


@pytest.fixture(scope="module")
def build(tmp_path_factory: pytest.TempPathFactory) -> Build:
    return pair_force(tmp_path_factory.mktemp("pairs"))


def pairs(build: Build, view: View = WINDOW, audience: Audience = BOTH, *, top: int = TOP) -> list[tuple[object, ...]]:
    rows = doubtful_pairs(build, view, audience, top=top, minimum_contacts=MINIMUM).rows
    if rows.is_empty():
        return []
    return rows.select("area_code", "contacts_a", "contacts_b", "contacts_joined", "changes_top_ten").rows()


def test_a_pair_stands_in_each_area_with_what_both_have_there(build: Build) -> None:
    assert pairs(build) == [("N1", 2, 2, 3, True), ("N2", 1, 0, 1, False)]


def test_a_pair_that_reaches_no_list_is_not_said_to_change_one(build: Build) -> None:
    assert pairs(build, top=1)[0] == ("N1", 2, 2, 3, True)
    in_a_week = replace(WINDOW, weeks=1)
    assert not any(changes for *_, changes in pairs(build, in_a_week))


def listed(build: Build, figure: Figure, view: View = WINDOW, audience: Audience = BOTH) -> int | None:
    """The contacts that the list behind a figure adds up to."""
    return incidents_behind(build, view, audience, figure, assumptions=load_assumptions()).contacts


@pytest.mark.parametrize("lens", [Lens.CONTACTS, Lens.OFFICER_HOURS])
def test_a_pair_that_rang_about_the_same_jobs_only_changes_no_list(build: Build, lens: Lens) -> None:
    until_their_one_job = replace(WINDOW, as_of=date(2013, 11, 13), weeks=1, lens=lens)
    assert pairs(build, until_their_one_job)[0] == ("N1", 2, 1, 2, False)


def test_by_officer_hours_the_hours_of_both_must_reach_the_last_place(build: Build) -> None:
    by_hours = replace(WINDOW, lens=Lens.OFFICER_HOURS)
    assert pairs(build, by_hours)[0][-1] is True


@pytest.mark.parametrize(("area", "seen"), [("N2", ["N2"]), ("N3", [])])
def test_a_pair_is_shown_where_either_is_recorded_and_only_there(build: Build, area: str, seen: list[str]) -> None:
    assert [row[0] for row in pairs(build, audience=police(frozenset({area})))] == seen


def test_a_partner_sees_no_pair(build: Build) -> None:
    shared = frozenset({person(build, "Ada Birch")})
    assert pairs(build, audience=partner("HOUSING", shared_persons=shared, threshold=5)) == []


def effect(build: Build, view: View = WINDOW, audience: Audience = BOTH) -> list[tuple[object, ...]]:
    ada, zoe = person(build, "Ada Birch"), person(build, "Zoe Quill")
    rows = effect_of_joining(build, view, audience, ada, zoe, top=TOP, minimum_contacts=MINIMUM).rows
    names = {person(build, name): name for name in ("Ada Birch", "Zoe Quill", "Max Rowe", "Kim Dale")}
    return [
        (row["area_code"], row["part"], names[row["key_id"]], row["position"], row["contacts"])
        for row in rows.iter_rows(named=True)
    ]


def test_joined_they_take_the_place_of_who_has_fewer_contacts(build: Build) -> None:
    assert effect(build) == [
        ("N1", "now", "Zoe Quill", 3, 2),
        ("N1", "now", "Ada Birch", 4, 2),
        ("N1", "after", "Ada Birch", 1, 3),
        ("N1", "leaves", "Kim Dale", 2, 2),
        ("N2", "now", "Ada Birch", None, 1),
        ("N2", "after", "Ada Birch", None, 1),
    ]


def test_the_effect_is_told_for_the_readers_area_only(build: Build) -> None:
    assert {row[0] for row in effect(build, audience=police(frozenset({"N2"})))} == {"N2"}


def test_a_shared_job_counts_once_in_the_hours_of_both(build: Build) -> None:
    ada, zoe = person(build, "Ada Birch"), person(build, "Zoe Quill")
    rows = effect_of_joining(build, WINDOW, BOTH, ada, zoe, top=TOP, minimum_contacts=MINIMUM).rows
    assert rows.filter(pl.col("part") == "after", pl.col("area_code") == "N1")["officer_hours"].to_list() == [1.0]


def test_parting_says_what_each_set_of_records_has(build: Build) -> None:
    rows = effect_of_parting(build, WINDOW, BOTH, "R-L01", "R-L10").rows
    assert rows.select("area_code", "side", "records", "contacts").rows() == [
        ("N1", "either", 2, 2),
        ("N2", "either", 1, 1),
    ]


def test_the_list_of_each_side_adds_up_to_the_contacts_it_would_keep(build: Build) -> None:
    references = ("R-L01", "R-L10")
    rows = effect_of_parting(build, WINDOW, BOTH, *references).rows
    counted = {side: sum(rows.filter(side=side)["contacts"]) for side in ("a", "b", "either")}
    figures = {side: OfSide(person(build, "Ada Birch"), DAYS, *references, side) for side in counted}
    assert (
        {side: listed(build, figure) or 0 for side, figure in figures.items()}
        == counted
        == {"a": 0, "b": 0, "either": 3}
    )


def test_records_of_two_people_have_nothing_to_part(build: Build) -> None:
    assert effect_of_parting(build, WINDOW, BOTH, "R-L01", "R-L03").rows.is_empty()


def test_a_record_leads_to_its_person(build: Build) -> None:
    ada = person(build, "Ada Birch")
    assert persons_of_records(build, ["R-L01", "R-L11", "R-nobody"]) == {"R-L01": ada}


def test_a_places_number_is_listed_as_an_institutions_and_shown_for_a_purpose_only(build: Build) -> None:
    listed = numbers(build, BOTH, minimum_people=2).rows
    assert listed.select("stands_as", "people", "records").rows() == [("institution", 0, 1)]
    assert "phone" not in listed.columns and listed["reference"][0].startswith("T-")
    asked = frozenset(listed["reference"])
    shown = numbers_themselves(build, asked, BOTH, minimum_people=2, purpose=Purpose("a test")).rows
    elsewhere = numbers_themselves(build, asked, police(frozenset({"N1"})), minimum_people=2, purpose=Purpose("a test"))
    assert shown["phone"].to_list() == ["+441214960009"] and elsewhere.rows.is_empty()


def test_a_pair_is_named_by_its_reference(build: Build) -> None:
    rows = doubtful_pairs(build, WINDOW, BOTH, top=TOP, minimum_contacts=MINIMUM).rows
    assert set(rows["pair_reference"]) == {PAIR}


def test_the_share_that_is_nobodys_is_of_the_contacts_of_the_area(build: Build) -> None:
    every = replace(WINDOW, domestic_only=False)
    assert unresolved_share(build, every, BOTH).rows.rows() == [("N1", 0, 9), ("N2", 1, 1)]
    assert unresolved_share(build, WINDOW, police(frozenset({"N2"}))).rows.rows() == [("N2", 0, 1)]


@pytest.mark.parametrize("area", ["N1", "N2"])
def test_the_lists_of_nobodys_and_of_peoples_contacts_add_up_to_the_share(build: Build, area: str) -> None:
    every, who = replace(WINDOW, domestic_only=False), police(frozenset({area}))
    (row,) = unresolved_share(build, every, who).rows.rows()
    figures = (OfNobody(DAYS), OfNobody(DAYS, (area,)), OfArea(DAYS, (area,)))
    nobodys, here, peoples = (listed(build, figure, every, who) or 0 for figure in figures)
    assert (area, nobodys, peoples) == row and here == nobodys
