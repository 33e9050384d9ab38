"""Whose contact is a log, and when are several logs one contact?"""

from __future__ import annotations

from typing import Any

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.demand.contacts import CONTACT_COLUMNS, KeyType, contacts, refer
from tests.analysis.ranking import oracles
from tests.analysis.ranking.builders import (
    WINDOWS,
    Extract,
    Log,
    at,
    concerned_frame,
    extracts,
    group_frame,
    log_frame,
)

AS_THE_CLERK_WRITES = (
    *("key", "group", "at", "is_domestic", "ward", "neighbourhood"),
    *("units", "units_low", "units_high", "imputed"),
)
NINE, TEN = at("2013-11-26T09:00"), at("2013-11-26T10:00")


def found(*logs: Log, key_type: KeyType = KeyType.CALLER) -> pl.DataFrame:
    every = contacts(log_frame(logs), group_frame(logs), concerned_frame(logs))
    return every.filter(pl.col("key_type") == key_type.value)


def keys(*logs: Log, key_type: KeyType = KeyType.CALLER) -> list[str]:
    return found(*logs, key_type=key_type)["key_id"].to_list()


def log(name: str = "I1", **facts: Any) -> Log:
    return Log(**{"incident_id": name, "received_at": NINE, "caller_id": "P1", **facts})


def test_one_person_who_rings_twice_about_one_job_is_one_contact() -> None:
    assert keys(log("I1"), log("I2", group_id="I1")) == ["P1"]


def test_two_people_who_ring_about_one_job_are_one_contact_each() -> None:
    assert keys(log("I1"), log("I2", group_id="I1", caller_id="P2")) == ["P1", "P2"]


def test_a_contact_is_at_the_persons_own_first_log() -> None:
    second = log("I2", group_id="I1", caller_id="P2", received_at=TEN)
    assert found(log("I1"), second).filter(pl.col("key_id") == "P2")["contact_at"].to_list() == [TEN]


def test_a_contact_takes_its_area_and_flag_from_the_first_log_of_the_job() -> None:
    first = log("I1", ward_code="W1", neighbourhood_code="N1", is_domestic=True)
    second = log("I2", group_id="I1", caller_id="P2", received_at=TEN, ward_code="W2", is_domestic=False)
    assert found(first, second).select("ward_code", "is_domestic").unique().rows() == [("W1", True)]


def test_a_contact_takes_the_officer_time_of_the_whole_job_once() -> None:
    assert found(log("I1", units=3), log("I2", group_id="I1", units=4))["units"].to_list() == [7]


def test_a_log_an_officer_raised_is_no_contact_of_anybody() -> None:
    raised = log(source="officer", concerned=("P2",), address_key="1 HIGH ST", caller_phone="+441214960001")
    assert contacts(log_frame([raised]), group_frame([raised]), concerned_frame([raised])).is_empty()


def test_an_officers_log_does_not_date_the_contact() -> None:
    first = log("I1", source="officer")
    assert found(first, log("I2", group_id="I1", received_at=TEN))["contact_at"].to_list() == [TEN]


def test_whom_logs_concern_stands_in_order_of_time_and_then_of_the_person() -> None:
    late, early = log("I1", received_at=TEN, concerned=("P1",)), log("I2", concerned=("P3", "P2"))
    assert keys(late, early, key_type=KeyType.CONCERNED) == ["P2", "P3", "P1"]


def test_a_log_without_a_source_is_a_contact() -> None:
    assert keys(log(source=None)) == ["P1"]


@pytest.mark.parametrize("role", ["victim", "subject", "unknown", None])
def test_victims_subjects_and_callers_in_no_known_role_are_ranked_as_callers(role: str | None) -> None:
    assert keys(log(caller_role=role)) == ["P1"]


@pytest.mark.parametrize("role", ["witness", "third_party", "professional"])
def test_witnesses_third_parties_and_professionals_are_not_ranked_as_callers(role: str) -> None:
    assert keys(log(caller_role=role)) == []


def test_a_caller_set_apart_is_not_ranked() -> None:
    assert keys(log(caller_id=None)) == []


def test_everyone_concerned_in_a_log_has_a_contact_whoever_rang() -> None:
    rung = log(caller_role="witness", concerned=("P2", "P3"))
    assert keys(rung, key_type=KeyType.CONCERNED) == ["P2", "P3"]


@pytest.mark.parametrize("role", ["witness", "professional"])
def test_an_address_and_a_number_count_whoever_rang(role: str) -> None:
    rung = log(caller_role=role, address_key="1 HIGH ST", caller_phone="+441214960001")
    assert keys(rung, key_type=KeyType.ADDRESS) + keys(rung, key_type=KeyType.PHONE) == ["1 HIGH ST", "+441214960001"]


def test_the_number_of_a_place_is_left_out_but_its_address_need_not_be() -> None:
    rung = log(address_key="1 HIGH ST", caller_phone="+441214960001", is_phone_of_place=True)
    assert (keys(rung, key_type=KeyType.PHONE), keys(rung, key_type=KeyType.ADDRESS)) == ([], ["1 HIGH ST"])


def test_the_address_of_a_place_is_left_out() -> None:
    assert keys(log(address_key="1 HIGH ST", is_address_of_place=True), key_type=KeyType.ADDRESS) == []


def test_a_log_whose_group_is_missing_is_never_lost_in_silence() -> None:
    with pytest.raises(ValueError, match="missing from the groups"):
        contacts(log_frame([log()]), group_frame([]), concerned_frame([]))


def test_references_stand_in_for_numbers_as_they_first_came() -> None:
    rung = [log(f"I{place}", caller_phone=f"+44121496000{last}") for place, last in enumerate([2, 1, 2])]
    every = found(*rung, key_type=KeyType.PHONE)
    referred, references = refer(every, lambda plain: "T-" + plain.str.tail(1))
    assert referred["key_id"].to_list() == ["T-2", "T-1", "T-2"]
    assert references.rows() == [("phone", "+441214960002", "T-2"), ("phone", "+441214960001", "T-1")]


def test_a_number_without_a_reference_is_never_let_through() -> None:
    every = found(log(caller_phone="+441214960001"), key_type=KeyType.PHONE)
    with pytest.raises(ValueError, match="no reference"):
        refer(every, lambda plain: plain.clear(len(plain)))


def every_contact(extract: Extract) -> pl.DataFrame:
    return contacts(log_frame(extract.logs), group_frame(extract.logs), concerned_frame(extract.logs))


@settings(max_examples=50, deadline=None)
@given(st.data(), st.sampled_from(WINDOWS))
def test_every_contact_is_the_clerks_contact(data: st.DataObject, window: Any) -> None:
    extract = data.draw(extracts(window, window.weeks))
    rows = [
        (kind.value, *(getattr(contact, name) for name in AS_THE_CLERK_WRITES))
        for kind in KeyType
        for contact in oracles.contacts(extract, kind)
    ]
    assert sorted(every_contact(extract).select(CONTACT_COLUMNS).rows(), key=repr) == sorted(rows, key=repr)


@settings(max_examples=25, deadline=None)
@given(st.data())
def test_one_more_incident_never_lowers_anyones_contacts(data: st.DataObject) -> None:
    extract = data.draw(extracts(WINDOWS[0], 1))
    alone = [Log(**{**vars(one), "group_id": None}) for one in extract.logs]
    before, after = (every_contact(Extract(tuple(logs))) for logs in (alone[:-1], alone))
    counted = before.group_by("key_type", "key_id").len("before")
    both = counted.join(after.group_by("key_type", "key_id").len("after"), on=["key_type", "key_id"], how="left")
    assert both.filter(pl.col("after").is_null() | (pl.col("after") < pl.col("before"))).is_empty()


@settings(max_examples=25, deadline=None)
@given(st.data())
def test_the_order_of_the_logs_never_shows(data: st.DataObject) -> None:
    extract = data.draw(extracts(WINDOWS[0], 1))
    shuffled = Extract(tuple(data.draw(st.permutations(extract.logs))))
    assert every_contact(extract).equals(every_contact(shuffled))
