"""Worked examples: who is set apart, and in which pool?"""

from __future__ import annotations

import pytest

from tests.analysis.people.builders import assuming, born, log, person, pools, resolve, same

P, HOSPITAL = "07700900001", "0121 496 0001"
D = born("1980-01-02")
PLACES = [{"kind": "hospital", "phone": HOSPITAL}]
FAMILY = [log(n, phone=P, name=f"Ann {name}") for n, name in enumerate(["Brown", "Khan", "Lee", "Smith"])]


@pytest.mark.parametrize("role", ["witness", "third_party", "professional"])
def test_a_role_that_is_not_about_the_caller_is_a_pool_whatever_identifies_them(role: str) -> None:
    assert pools(log(1, role=role, nominal_id="N1", phone=P, name="Jane Smith", date_of_birth=D)) == [role]


def test_a_witness_of_the_people_feed_is_set_apart() -> None:
    resolved = resolve(log(1, phone=P), people=[person(1, "witness", nominal_id="N1")])
    assert resolved.records["pool"].to_list() == [None, "witness"]


@pytest.mark.parametrize("phone", ["WITHHELD", None, "12"])
def test_a_withheld_number_and_a_name_alone_identify_nobody(phone: str | None) -> None:
    assert pools(log(1, phone=phone, name="Jane Smith")) == ["withheld"]


def test_an_institutions_number_identifies_nobody_even_with_a_name() -> None:
    assert pools(log(1, phone="01214960001", name="Jane Smith"), places=PLACES) == ["institution"]


def test_a_name_with_a_date_of_birth_identifies_on_an_institutions_number() -> None:
    said = {"name": "Jane Smith", "date_of_birth": D}
    assert same(log(1, **said, phone=HOSPITAL), log(2, **said, phone=P), places=PLACES) == "AA"


def test_a_nominal_id_identifies_on_a_withheld_number() -> None:
    assert pools(log(1, phone="WITHHELD", nominal_id="N1")) == [None]


def test_one_patient_is_not_joined_to_another_by_the_institutions_number() -> None:
    calls = [log(1, phone=HOSPITAL, nominal_id="N1", name="Jane Smith"), log(2, phone=HOSPITAL, name="Jane Smith")]
    assert same(*calls, places=PLACES) == "A-"


def test_a_number_of_four_surnames_is_shared() -> None:
    assert pools(*FAMILY, log(9, phone=P)) == ["shared"] * 5


def test_a_number_of_three_surnames_is_not_shared() -> None:
    assert pools(*FAMILY[:3]) == [None] * 3


def test_the_number_of_surnames_is_an_assumption() -> None:
    assert pools(*FAMILY[:2], assumptions=assuming(shared_number_minimum_surnames=2)) == ["shared"] * 2


def test_half_names_do_not_make_a_number_shared() -> None:
    assert (
        pools(*(log(n, phone=P, name=name) for n, name in enumerate(["Brown", "A Khan", "Lee", "Smith"]))) == [None] * 4
    )


def test_a_log_that_says_nothing_of_its_caller_has_no_caller_record() -> None:
    resolved = resolve(log(1))
    assert resolved.records.is_empty()
    assert resolved.incidents.row(0) == ("L001", None, None, None, False, None)


def test_an_address_alone_is_a_record_in_the_pool_of_withheld() -> None:
    assert pools(log(1, address="1 Made-up Street")) == ["withheld"]


def test_a_log_says_when_its_number_is_that_of_a_place() -> None:
    incidents = resolve(log(1, phone=HOSPITAL, name="Jane Smith"), log(2, phone=P), places=PLACES).incidents
    assert incidents["is_phone_of_place"].to_list() == [True, False]
    assert incidents["caller_phone"].to_list() == ["+441214960001", "+447700900001"]
