"""Worked examples: whom does a log concern?"""

from __future__ import annotations

from tests.analysis.people.builders import Row, letters, log, person, resolve

P = "07700900001"


def concerned(caller: Row, *people: Row) -> list[str | None]:
    """The nominal ids of the people a single log concerns, in order."""
    resolved = resolve(caller, people=people)
    said = dict(zip(resolved.records["person_id"], resolved.records["record_id"], strict=True))
    first = resolved.incidents["concerned_id"].item()
    ids = resolved.concerned["person_id"].to_list()
    assert first == (ids[0] if ids else None)
    return ["caller" if said[one].endswith("caller") else said[one].split("\x1f")[4] for one in ids]


def test_a_caller_in_role_victim_comes_first() -> None:
    assert concerned(log(1, role="victim", phone=P), person(1, "victim", nominal_id="N1")) == ["caller", "N1"]


def test_victims_stand_in_the_order_they_were_read() -> None:
    victims = [person(1, "victim", nominal_id=one) for one in ("N2", "N1", "N3")]
    assert concerned(log(1, role="subject", phone=P), *victims) == ["N2", "N1", "N3"]


def test_a_victim_recorded_twice_is_concerned_once() -> None:
    victims = [person(1, "victim", nominal_id="N1", name=name) for name in ("Jane Smith", "Jane Brown")]
    assert resolve(log(1), people=victims).concerned.height == 1


def test_without_a_victim_it_is_the_caller_in_role_unknown() -> None:
    assert concerned(log(1, phone=P), person(1, "subject", nominal_id="N1")) == ["caller"]


def test_with_a_victim_it_is_not_the_caller_in_role_unknown() -> None:
    assert concerned(log(1, phone=P), person(1, "victim", nominal_id="N1")) == ["N1"]


def test_a_calling_subject_is_not_concerned() -> None:
    assert concerned(log(1, role="subject", phone=P)) == []


def test_a_victim_whom_nothing_identifies_leaves_the_next_one_first() -> None:
    assert concerned(log(1, role="victim", phone="WITHHELD"), person(1, "victim", nominal_id="N1")) == ["N1"]


def test_a_victim_whom_nothing_identifies_does_not_make_it_about_the_caller() -> None:
    assert concerned(log(1, phone=P), person(1, "victim", name="Jane Smith")) == []


def test_a_victim_on_the_people_feed_is_the_caller_of_the_same_number() -> None:
    resolved = resolve(log(1, phone=P), people=[person(1, "victim", phone=P)])
    assert letters(resolved.records["person_id"]) == "AA"
    assert resolved.concerned.height == 1
