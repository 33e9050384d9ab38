"""Does what a human decided about who is one person hold, whatever the model says, in this and every later build?"""

from __future__ import annotations

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.people import keyed_reference
from tests.analysis.people.builders import KEY, Row, born, log, resolve
from tests.analysis.people.force import bystanders, consistent, decided, found, letters_of, person, reference
from tests.analysis.people.strategies import extracts

P, Q = "07700900001", "07700900002"
JANE = {"name": "Jane Tranter", "phone": P, "date_of_birth": born("1980-04-03")}
PETER = {"name": "Peter Kowalska", "phone": Q, "date_of_birth": born("1961-07-09")}


def test_what_a_human_joined_is_one_person() -> None:
    calls = [log(1, **JANE), log(2, **PETER), log(3, **PETER)]
    first = found(*calls)
    joined = found(*calls, decisions=decided(first, (1, 2, "same")), known=first.known)
    assert letters_of(joined, 3) == "AAA"
    assert person(joined, 1) == person(first, 1)
    assert dict(joined.aliases.iter_rows()) == {person(first, 2): person(first, 1)}


def test_two_nominal_ids_are_one_where_a_human_says_so() -> None:
    calls = [log(1, **JANE, nominal_id="N1"), log(2, **JANE, nominal_id="N2")]
    assert letters_of(found(*calls, decisions=decided(found(*calls), (1, 2, "same"))), 2) == "AA"


def test_records_of_one_nominal_id_are_two_where_a_human_says_so() -> None:
    calls = [log(1, **JANE, nominal_id="N1"), log(2, **PETER, nominal_id="N1"), log(3, **PETER, nominal_id="N1")]
    first = found(*calls)
    parted = found(*calls, decisions=decided(first, (1, 2, "different")), known=first.known)
    assert letters_of(parted, 3) == "ABB"
    assert person(parted, 1) == person(first, 1)


def test_records_that_say_the_same_are_two_where_a_human_says_so_and_the_rest_stays_with_the_older() -> None:
    calls = [log(number, **JANE) for number in (1, 2, 3)]
    assert letters_of(found(*calls, decisions=decided(found(*calls), (1, 2, "different"))), 3) == "ABA"


def test_no_third_record_brings_together_whom_a_human_keeps_apart() -> None:
    slip = JANE | {"name": "Jane Trantr"}
    calls = [log(1, **JANE), log(2, **slip), log(3, **JANE), log(4, name="Jane Tranter", phone=P), log(5, phone=P)]
    first = found(*calls)
    assert letters_of(first, 5) == "AAAAA"
    parted = found(*calls, decisions=decided(first, (1, 2, "different")))
    assert person(parted, 1) != person(parted, 2)
    assert person(parted, 3) == person(parted, 1)


def test_a_decided_pair_is_not_asked_about_again() -> None:
    jane = JANE | {"address": "12 Loom Road", "postcode": "ZS1 2AB"}
    calls = [log(1, **jane), log(2, **jane | {"date_of_birth": born("1961-07-09")})]
    first = found(*calls)
    ends = {person(first, 1), person(first, 2)}

    def asked(doubtful: pl.DataFrame) -> bool:
        return any({row["person_a"], row["person_b"]} == ends for row in doubtful.iter_rows(named=True))

    assert asked(first.doubtful)
    again = found(*calls, decisions=decided(first, (1, 2, "different")), known=first.known)
    assert not asked(again.doubtful)


def test_a_nameless_record_joins_whom_a_human_says() -> None:
    calls = [log(1, **JANE), log(2, phone="WITHHELD", role="victim")]
    assert letters_of(found(*calls, decisions=decided(found(*calls), (1, 2, "same"))), 2) == "AA"


def test_a_decision_on_a_record_that_is_not_there_changes_nothing() -> None:
    calls = [log(1, **JANE), log(2, **PETER)]
    first = found(*calls)
    absent = pl.DataFrame({"reference_a": [reference(first, 1)], "reference_b": ["R-0000000000"], "kind": ["same"]})
    again = found(*calls, decisions=absent)
    assert again.records.equals(first.records)


def test_a_number_is_an_institution_a_shared_one_or_personal_as_a_human_says() -> None:
    hospital = [{"kind": "hospital", "phone": P}]
    call = log(1, name="Jane Tranter", phone=P)

    def pool(kind: str, **given: object) -> str | None:
        number = keyed_reference("T", pl.Series(["+447700900001"]), key=KEY)
        numbers = pl.DataFrame({"reference": number, "kind": [kind]})
        value: str | None = resolve(call, numbers=numbers, **given).records["pool"].item()  # type: ignore[arg-type]
        return value

    assert pool("institution") == "institution"
    assert pool("shared") == "shared"
    assert pool("personal", places=hospital) is None


_decisions = st.lists(
    st.tuples(st.integers(0, 7), st.integers(0, 7), st.sampled_from(["same", "different"])), max_size=4
)


@given(extracts(most_logs=8, most_people=3), _decisions, st.integers(2, 8))
@settings(max_examples=10, deadline=None)
def test_through_weeks_of_extracts_and_decisions_nothing_decided_is_undone_and_nobody_is_lost(
    extract: tuple[list[Row], list[Row]], drawn: list[tuple[int, int, str]], week: int
) -> None:
    logs, people = extract
    ids = {row["incident_id"] for row in logs[:week]}
    before = [row for row in people if row["incident_id"] in ids]
    first = resolve(*logs[:week], people=before)
    rang = set(first.records.filter(pl.col("role") == "caller")["incident_id"])
    spoken = [pair for pair in consistent(week, drawn) if {f"L{end:03d}" for end in pair[:2]} <= rang]
    decisions = decided(first, *spoken) if spoken else None
    second = resolve(*logs, people=people, known=first.known, decisions=decisions)
    third = resolve(*logs, people=people, known=second.known, decisions=decisions)
    assert (second.records["person_id"].is_null() == second.records["pool"].is_not_null()).all()
    assert third.records.equals(second.records)
    for one, other, kind in spoken:
        ends = person(second, one), person(second, other)
        if kind == "different" and None not in ends:
            assert ends[0] != ends[1]
        if kind == "same" and None not in ends:
            assert ends[0] == ends[1]
    leads_to = dict(second.aliases.iter_rows())
    assert set(first.persons["person_id"]) <= set(second.known.persons["person_id"])
    assert not set(leads_to) & (set(leads_to.values()) | set(second.persons["person_id"]))


def test_an_extract_of_bystanders_is_as_many_people() -> None:
    assert resolve(*bystanders()).persons.height == 120
