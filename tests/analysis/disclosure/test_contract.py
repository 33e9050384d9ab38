"""Which contracts are refused because they would let something out, and which audiences?"""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from analysis.disclosure import Audience, Clearance, partner, police
from analysis.disclosure.contract import POLICE_AND_PARTNERS, Answer, AnswerColumn, Kind, SmallCount, Total
from analysis.errors import AnalysisError

ROOT = Path(__file__).parents[3]
AREA = AnswerColumn("area_code", Kind.CODE, POLICE_AND_PARTNERS)
CONTACTS = AnswerColumn("contacts", Kind.COUNT, POLICE_AND_PARTNERS)


def contract(*columns: AnswerColumn, **given: Any) -> Answer:
    return Answer("answer", (AREA, *columns), **given)


def column(kind: Kind, seen_by: frozenset[Clearance] = POLICE_AND_PARTNERS) -> AnswerColumn:
    return AnswerColumn("it", kind, seen_by)


@pytest.mark.parametrize("kind", [Kind.POINT, Kind.TEXT])
def test_points_and_words_are_never_for_partners(kind: Kind) -> None:
    with pytest.raises(ValueError, match="never for partners"):
        contract(column(kind), area_column="area_code")


@pytest.mark.parametrize("kind", [Kind.COUNT, Kind.MEASURE])
def test_a_figure_for_partners_hangs_on_a_small_count(kind: Kind) -> None:
    with pytest.raises(ValueError, match="hangs on no small count"):
        contract(column(kind))


def test_a_measure_for_partners_needs_its_count_to_be_seen_too() -> None:
    hidden = AnswerColumn("contacts", Kind.COUNT)
    with pytest.raises(ValueError, match="contacts is not shown to partners"):
        contract(hidden, column(Kind.MEASURE), small_counts=(SmallCount("contacts", ("it",)),))


@pytest.mark.parametrize("kind", [Kind.PERSON, Kind.IDENTITY])
def test_a_column_that_names_a_person_needs_the_person_of_the_row(kind: Kind) -> None:
    with pytest.raises(ValueError, match="names a person"):
        contract(column(kind), area_column="area_code")


@pytest.mark.parametrize("kind", [Kind.PERSON, Kind.POINT])
def test_a_person_or_point_needs_a_scope(kind: Kind) -> None:
    seen_by = POLICE_AND_PARTNERS if kind is Kind.PERSON else frozenset({Clearance.POLICE})
    with pytest.raises(ValueError, match="puts it in a scope"):
        contract(column(kind, seen_by), person_column="it" if kind is Kind.PERSON else None)


def test_a_time_for_partners_needs_a_time_zone() -> None:
    with pytest.raises(ValueError, match="no timezone"):
        contract(column(Kind.TIME))


def test_a_place_for_partners_needs_an_area() -> None:
    with pytest.raises(ValueError, match="no area_column"):
        contract(column(Kind.PLACE))


def test_what_others_see_the_police_see() -> None:
    with pytest.raises(ValueError, match="not to the police"):
        contract(column(Kind.FLAG, frozenset({Clearance.PARTNER})))


def test_no_column_is_for_nobody() -> None:
    with pytest.raises(ValueError, match="nobody in particular"):
        contract(column(Kind.FLAG, frozenset({Clearance.NOBODY, Clearance.POLICE})))


def test_the_column_that_decides_is_shown_to_all_who_see_the_answer() -> None:
    hidden = AnswerColumn("scope", Kind.CODE)
    with pytest.raises(ValueError, match="decides who sees a row"):
        contract(hidden, area_column="scope")


def test_rows_about_persons_have_no_totals() -> None:
    person = AnswerColumn("person_id", Kind.PERSON, POLICE_AND_PARTNERS)
    with pytest.raises(ValueError, match="cannot have totals"):
        contract(person, person_column="person_id", area_column="area_code", totals=(Total("area_code", "total"),))


def test_a_column_named_but_not_given_is_refused() -> None:
    with pytest.raises(ValueError, match="week is not a column"):
        contract(CONTACTS, small_counts=(SmallCount("contacts"),), totals=(Total("week", "total"),))


def test_a_name_cannot_stand_twice() -> None:
    with pytest.raises(ValueError, match="stands twice"):
        contract(AREA)


def test_the_threshold_is_never_below_five() -> None:
    with pytest.raises(AnalysisError, match="Set it to 5 or more"):
        partner("HOUSING", shared_persons=frozenset(), threshold=4)


def test_the_floor_is_the_threshold_of_the_assumptions() -> None:
    assumptions = tomllib.loads((ROOT / "analysis/assumptions.toml").read_text(encoding="utf-8"))
    assert police(None).threshold == assumptions["small_count_threshold"]["value"]


def test_a_partner_has_an_agency() -> None:
    with pytest.raises(AnalysisError, match="Give the member an agency"):
        Audience(Clearance.PARTNER, None)


def test_equal_audiences_are_one_cache_key() -> None:
    first, second = (police(frozenset({"N1", "N2"})) for _ in range(2))
    assert hash(first) == hash(second)
    assert first != police(None)
