"""Worked examples: which calls are one person's?"""

from __future__ import annotations

from tests.analysis.people.builders import born, log, same

P, Q = "07700900001", "07700900002"
D, E = born("1980-01-02"), born("1990-03-04")


def test_a_nominal_id_is_one_person_whatever_else_is_said() -> None:
    assert same(log(1, nominal_id="n7 ", name="Jane Smith"), log(2, nominal_id="N7", name="Ann Brown", phone=Q)) == "AA"


def test_a_nominal_id_that_says_unknown_is_none() -> None:
    assert same(log(1, nominal_id="UNKNOWN", phone=P), log(2, nominal_id="unknown", phone=Q)) == "AB"


def test_a_name_and_date_of_birth_is_one_person_on_any_number() -> None:
    assert (
        same(log(1, name="Jane Smith", date_of_birth=D, phone=P), log(2, name="SMITH, Jane", date_of_birth=D)) == "AA"
    )


def test_a_placeholder_date_of_birth_identifies_nobody() -> None:
    day = born("1900-01-01")
    assert same(log(1, name="Jane Smith", date_of_birth=day), log(2, name="Jane Smith", date_of_birth=day)) == "--"


def test_a_number_with_the_same_name_is_one_person() -> None:
    assert same(log(1, name="Jane Smith", phone=P), log(2, name="Smith, Jane", phone="+44 7700 900001")) == "AA"


def test_a_name_alone_on_two_numbers_is_two_people() -> None:
    assert same(log(1, name="Jane Smith", phone=P), log(2, name="Jane Smith", phone=Q)) == "AB"


def test_different_full_names_on_one_number_are_a_household() -> None:
    assert same(log(1, name="Jane Smith", phone=P), log(2, name="John Smith", phone=P)) == "AB"


def test_two_dates_of_birth_on_one_number_and_name_are_two_people() -> None:
    one, other = (log(n, name="Jane Smith", phone=P, date_of_birth=day) for n, day in ((1, D), (2, E)))
    assert same(one, other) == "AB"


def test_with_two_dates_of_birth_the_record_without_one_stands_alone() -> None:
    dated = [log(n, name="Jane Smith", phone=P, date_of_birth=day) for n, day in ((1, D), (2, E))]
    assert same(*dated, log(3, name="Jane Smith", phone=P)) == "ABC"


def test_with_one_date_of_birth_the_record_without_one_joins() -> None:
    assert same(log(1, name="Jane Smith", phone=P, date_of_birth=D), log(2, name="Jane Smith", phone=P)) == "AA"


def test_two_nominal_ids_stay_apart_though_name_and_date_of_birth_agree() -> None:
    assert same(*(log(n, name="Jane Smith", date_of_birth=D, phone=P, nominal_id=f"N{n}") for n in (1, 2))) == "AB"


def test_between_two_nominal_ids_a_record_goes_with_its_number() -> None:
    who = {"name": "Jane Smith", "date_of_birth": D}
    listed = [log(1, **who, phone=P, nominal_id="N1"), log(2, **who, phone=Q, nominal_id="N2")]
    assert same(*listed, log(3, **who, phone=Q), log(4, **who)) == "ABBC"


def test_a_nominal_id_and_a_date_of_birth_meet_on_number_and_name() -> None:
    listed = log(1, name="Jane Smith", phone=P, nominal_id="N1")
    assert same(listed, log(2, name="Jane Smith", phone=P, date_of_birth=D)) == "AA"


def test_two_dates_of_birth_do_not_meet_through_a_nominal_id_that_has_neither() -> None:
    listed = [log(n, name="Jane Smith", phone=phone, nominal_id="N1") for n, phone in ((1, P), (2, Q))]
    dated = [log(n, name="Jane Smith", phone=phone, date_of_birth=day) for n, phone, day in ((3, P, D), (4, Q, E))]
    assert same(*listed, *dated) == "AABC"


def test_an_initial_joins_the_one_full_name_on_its_number() -> None:
    assert same(log(1, name="Jane Smith", phone=P), log(2, name="J Smith", phone=P)) == "AA"


def test_half_a_name_never_bridges_two_full_names() -> None:
    household = [log(1, name="Jane Smith", phone=P), log(2, name="John Smith", phone=P)]
    assert same(*household, log(3, name="Smith", phone=P), log(4, name="Jane", phone=P)) == "ABCA"


def test_a_weak_name_with_another_date_of_birth_stands_alone() -> None:
    dated = log(1, name="Jane Smith", phone=P, date_of_birth=D)
    assert same(dated, log(2, name="J Smith", phone=P, date_of_birth=E)) == "AB"


def test_weak_names_do_not_bring_two_dates_of_birth_to_one_person() -> None:
    weak = [log(n, name="J Smith", phone=P, date_of_birth=day) for n, day in ((2, D), (3, E))]
    assert same(log(1, name="Jane Smith", phone=P), *weak) == "ABC"


def test_a_nameless_call_belongs_to_the_one_person_named_on_its_number() -> None:
    assert same(log(1, name="Jane Smith", phone=P), log(2, phone=P)) == "AA"


def test_a_nameless_call_on_a_household_number_is_the_unnamed_caller() -> None:
    household = [log(1, name="Jane Smith", phone=P), log(2, name="John Smith", phone=P)]
    assert same(*household, log(3, phone=P), log(4, phone=P)) == "ABCC"


def test_a_number_without_any_name_is_one_unnamed_caller() -> None:
    assert same(log(1, phone=P), log(2, phone=P, name="REFUSED"), log(3, phone=Q)) == "AAB"
