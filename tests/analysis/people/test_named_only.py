"""Whose is a record that gives a full name and nothing else?"""

from __future__ import annotations

from datetime import date

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.people.named_only import UsualBearer, usual_bearers
from tests.analysis.people.builders import assuming, born, log
from tests.analysis.people.force import found, letters_of
from tests.analysis.people.oracles import NamedRecord, bearer_of

USUAL = UsualBearer(at_least=0.8, area_share=0.9, strangers=1, typical_records=5)
JANE, NOBODY = 1, 9
GUESSED, OTHER = date(1995, 11, 29), date(1980, 4, 3)


def known(
    person: int, count: int, *, area: str | None = "N1", number: bool = False, birth: date | None = None
) -> list[NamedRecord]:
    return [NamedRecord(person, is_known=True, name="JANE TRANTER", area=area, has_number=number, birth=birth)] * count


def open_record(person: int = NOBODY, area: str | None = "N1", birth: date | None = None) -> NamedRecord:
    return NamedRecord(person, is_known=False, name="JANE TRANTER", area=area, has_number=False, birth=birth)


def frame(records: list[NamedRecord]) -> pl.DataFrame:
    return pl.DataFrame(
        [
            {
                "person": one.person,
                "is_known": one.is_known,
                "is_open": not one.is_known,
                "name": one.name,
                "is_full": True,
                "has_number": one.has_number,
                "area": one.area,
                "birth": one.birth,
            }
            for one in records
        ],
        schema={
            "person": pl.Int64,
            "is_known": pl.Boolean,
            "is_open": pl.Boolean,
            "name": pl.String,
            "is_full": pl.Boolean,
            "has_number": pl.Boolean,
            "area": pl.String,
            "birth": pl.Date,
        },
    )


def bearers(*records: NamedRecord) -> dict[int, int]:
    return dict(usual_bearers(frame(list(records)), USUAL).rows())


def test_a_name_alone_is_that_of_the_only_bearer_with_many_records() -> None:
    assert bearers(*known(JANE, 9), open_record()) == {NOBODY: JANE}


def test_a_name_alone_is_nobodys_where_its_bearer_has_two_records() -> None:
    assert bearers(*known(JANE, 2), open_record()) == {}


def test_a_name_alone_is_nobodys_where_two_bear_it_as_often() -> None:
    assert bearers(*known(JANE, 9), *known(2, 9), open_record()) == {}


def test_of_two_bearers_the_name_is_that_of_the_one_known_in_the_area() -> None:
    assert bearers(*known(JANE, 40), *known(2, 9, area="N2"), open_record()) == {NOBODY: JANE}


def test_somebody_who_always_rings_from_a_number_is_not_who_rang_without_one() -> None:
    assert bearers(*known(JANE, 20, number=True), *known(2, 20), open_record()) == {NOBODY: 2}


def test_where_the_area_is_not_known_the_name_is_judged_by_records_alone() -> None:
    assert bearers(*known(JANE, 30), *known(2, 2, area="N2"), open_record(area=None)) == {NOBODY: JANE}


def test_a_name_with_a_guessed_date_of_birth_is_that_of_the_bearer_who_gives_it() -> None:
    gives, never = known(JANE, 9, birth=GUESSED), known(2, 20, birth=OTHER)
    assert bearers(*gives, *never, open_record(birth=GUESSED)) == {NOBODY: JANE}


def test_a_name_with_a_guessed_date_of_birth_is_nobodys_where_two_give_it_as_often() -> None:
    assert bearers(*known(JANE, 9, birth=GUESSED), *known(2, 9, birth=GUESSED), open_record(birth=GUESSED)) == {}


def test_a_bearer_who_always_gives_another_date_of_birth_is_not_who_gave_the_guessed_one() -> None:
    assert bearers(*known(JANE, 40, birth=OTHER), open_record(birth=GUESSED)) == {}


def test_a_bearer_who_never_gives_a_date_of_birth_gave_the_guessed_one_as_often_as_anybody() -> None:
    gives, never = known(JANE, 5, birth=GUESSED), known(2, 40)
    assert bearers(*gives, *never, open_record(birth=GUESSED)) == {}


_PEOPLE = st.sampled_from([JANE, 2, 3])
_BIRTHS = st.sampled_from([None, GUESSED, OTHER])
_RECORDS = st.lists(
    st.one_of(
        st.builds(
            NamedRecord,
            _PEOPLE,
            is_known=st.just(True),
            name=st.sampled_from(["JANE TRANTER", "ANN BROWN"]),
            area=st.sampled_from(["N1", "N2", None]),
            has_number=st.booleans(),
            birth=_BIRTHS,
        ),
        st.builds(open_record, st.sampled_from([8, NOBODY]), st.sampled_from(["N1", "N2", None]), _BIRTHS),
    ),
    max_size=40,
)


@given(_RECORDS, st.randoms(use_true_random=False))
@settings(max_examples=60, deadline=None)
def test_the_bearers_are_those_that_plain_counting_finds_in_whatever_order(
    records: list[NamedRecord], random: object
) -> None:
    expected = {
        person: bearer
        for person in {one.person for one in records if not one.is_known}
        if (bearer := bearer_of(person, records, USUAL)) is not None
    }
    shuffled = list(records)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert bearers(*shuffled) == expected


def test_a_withheld_call_under_a_busy_callers_name_is_theirs_and_one_on_a_switchboard_is_not() -> None:
    jane = [log(n, name="Jane Tranter", date_of_birth=born("1980-04-03"), phone="WITHHELD") for n in range(1, 13)]
    others = [log(20, name="Jane Tranter", phone="WITHHELD"), log(21, name="Jane Tranter", phone="0121 496 0001")]
    people = found(*jane, *others, places=[{"kind": "hospital", "phone": "0121 496 0001"}])
    assert letters_of(people, 14) == "A" * 13 + "-"


def test_a_withheld_call_under_a_busy_callers_name_and_a_date_of_birth_of_many_is_theirs() -> None:
    many = born("1995-11-29")
    crowd = [log(n, name=f"Ann Crowd{n}", date_of_birth=many, phone=f"0770090{n:04d}") for n in range(30, 60)]
    said = {"name": "Jane Tranter", "date_of_birth": many, "phone": "WITHHELD"}
    jane = [log(n, **said, address="1 High Street", postcode="ZS1 1AA") for n in range(1, 13)]
    people = found(*jane, log(20, **said), *crowd, assumptions=assuming(heaped_birth_factor=3))
    assert letters_of(people, 13) == "A" * 13
