"""Worked examples: who is one person though no exact key says so, and who is not?"""

from __future__ import annotations

import polars as pl
import pytest

from tests.analysis.people.builders import Row, assuming, born, log, person, pools
from tests.analysis.people.force import found, letters_of, same

P, Q = "07700900001", "0121 496 0777"
D = born("1980-04-03")
HOME = {"address": "12 Loom Road", "postcode": "ZS1 2AB"}
JANE = {"name": "Jane Tranter", "phone": P, "date_of_birth": D, **HOME}


def like(**changed: object) -> Row:
    return {key: value for key, value in (JANE | changed).items() if value is not None}


@pytest.mark.parametrize(
    "other",
    [
        like(name="Jane Trantr"),
        like(name="Janey Tranter"),
        like(name="Tranter Jane", phone=Q, date_of_birth=born("1980-03-04")),
        like(name="Jane Kowalska"),
        like(phone=Q, date_of_birth=None, address="12 LOOM RD"),
        like(phone="07700900009", date_of_birth=born("1980-04-08"), address=None, postcode=None),
        like(name="J Tranter", phone="WITHHELD", date_of_birth=None),
        like(phone="WITHHELD", date_of_birth=None),
    ],
    ids=[
        "a slip in the surname",
        "a nickname",
        "turned day and month, surname first, another number",
        "a changed surname with the same number, birth and home",
        "another number and the same home",
        "one digit wrong in number and birth",
        "an initial at the same home, number withheld",
        "the same name and home, number withheld",
    ],
)
def test_one_person_comes_together(other: Row) -> None:
    assert same(log(1, **JANE), log(2, **JANE), log(3, **other)) == "AAA"


@pytest.mark.parametrize(
    "other",
    [
        like(name="Peter Tranter", date_of_birth=born("1978-11-27")),
        like(name="Peter Tranter", date_of_birth=None),
        like(date_of_birth=born("1958-11-27")),
        like(phone=Q, date_of_birth=None, address="40 Mill Lane", postcode="ZS9 9ZZ"),
    ],
    ids=[
        "another of the household",
        "another of the household without a date of birth",
        "a namesake at home born in another year",
        "a namesake elsewhere",
    ],
)
def test_two_people_stay_apart(other: Row) -> None:
    assert same(log(1, **JANE), log(2, **JANE), log(3, **other)) == "AAB"


def test_a_caller_who_withholds_the_number_is_the_victim_of_that_name_on_the_log() -> None:
    calls = [log(1, **JANE), log(2, name="Jane Tranter", phone="WITHHELD", role="victim")]
    victim = person(2, "victim", name="Jane Tranter", date_of_birth=D, address=HOME["address"], postcode="ZS1 2AB")
    assert letters_of(found(*calls, people=[victim]), 2) == "AA"


def test_a_name_alone_is_nobody_though_somebody_bears_it() -> None:
    assert same(log(1, **JANE), log(2, name="Jane Tranter", phone="WITHHELD")) == "A-"


def test_a_full_name_and_a_home_is_somebody() -> None:
    home = {"name": "Jane Tranter", "phone": "WITHHELD", **HOME}
    assert same(log(1, **home), log(2, **home)) == "AA"


def test_half_a_name_at_a_home_of_two_joins_neither() -> None:
    peter = like(name="Peter Tranter", date_of_birth=born("1978-11-27"))
    assert same(log(1, **JANE), log(2, **peter), log(3, name="Tranter", phone="WITHHELD", **HOME)) == "AB-"


def test_two_nominal_ids_stay_apart_whatever_agrees() -> None:
    assert same(log(1, **JANE, nominal_id="N1"), log(2, **like(name="Jane Trantr"), nominal_id="N2")) == "AB"


def test_nameless_calls_belong_to_who_makes_nearly_all_named_ones() -> None:
    calls = [log(number, **JANE) for number in range(10)]
    peter = log(10, **like(name="Peter Kowalska", date_of_birth=born("1978-11-27")))
    assert same(*calls, peter, log(11, phone=P)) == "A" * 10 + "BA"


def test_a_nameless_call_with_the_date_of_birth_of_one_on_its_number_is_theirs() -> None:
    peter = like(name="Peter Tranter", date_of_birth=born("1978-11-27"))
    calls = [log(1, **JANE), log(2, **JANE), log(3, **peter), log(4, **peter)]
    assert same(*calls, log(5, phone=P, date_of_birth=D), log(6, phone=P)) == "AABBAC"


def test_one_slip_in_a_date_of_birth_does_not_part_a_busy_caller_from_another_slip() -> None:
    calls = [log(number, **JANE) for number in range(8)]
    slips = [like(name="Jane Trantr", date_of_birth=born(day)) for day in ("1981-04-03", "1980-03-04")]
    assert same(*calls, *(log(20 + n, **slip) for n, slip in enumerate(slips))) == "A" * 10


def test_the_share_of_named_calls_is_an_assumption() -> None:
    calls = [log(number, **JANE) for number in range(10)]
    peter = log(10, **like(name="Peter Kowalska", date_of_birth=born("1978-11-27")))
    assert same(*calls, peter, log(11, phone=P), assumptions=assuming(usual_caller_share=0.95)) == "A" * 10 + "BC"


def test_misspelt_surnames_do_not_make_a_number_shared() -> None:
    names = ["Tranter", "Trantr", "Trantner", "Trnter", "Tranterr"]
    calls = [log(n, name=f"Jane {name}", phone=P) for n, name in enumerate(names)]
    assert pools(*calls) == [None] * 5


def test_a_date_of_birth_that_very_many_have_and_a_name_are_not_one_person() -> None:
    crowd = [log(n, name=f"{chr(65 + n)}xe Heaped", date_of_birth=D, phone=f"0770090{n:04d}") for n in range(20, 50)]
    twice = [log(n, name="Uxe Heaped", date_of_birth=D) for n in (1, 2)]
    assert letters_of(found(*twice, *crowd, assumptions=assuming(heaped_birth_factor=100)), 2) == "AA"
    assert letters_of(found(*twice, *crowd, assumptions=assuming(heaped_birth_factor=3)), 2) == "AB"


def test_the_model_is_told_in_numbers() -> None:
    model = dict(found(log(1, **JANE), log(2, **like(name="Jane Trantr"))).model.iter_rows())
    assert model["setting.join_at_least"] == 0.8
    assert model["pairs_joined"] >= 1
    assert model["weight.name.same"] > 0 > model["weight.birth.different"]


def test_a_doubtful_pair_is_named_with_its_evidence_and_stays_the_same_however_the_rows_stand() -> None:
    calls = [log(1, **JANE), log(2, **like(date_of_birth=born("1958-11-27")))]
    resolved = found(*calls)
    (pair,) = resolved.doubtful.filter(pl.col("evidence").str.contains("births_differ")).rows(named=True)
    assert {"same_number", "same_name", "same_home"} <= set(pair["evidence"].split("|"))
    assert pair["person_a"] != pair["person_b"]
    assert pair["reference_a"] < pair["reference_b"]
    assert 0.3 <= pair["score"] <= 1
    assert resolved.doubtful.equals(found(*reversed(calls)).doubtful)
