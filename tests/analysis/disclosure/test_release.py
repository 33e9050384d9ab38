"""What leaves the gate, and for whom?"""

from __future__ import annotations

import ast
import copy
import pickle
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.disclosure import Audience, Released, auditor, nobody, partner, police
from analysis.disclosure.contract import POLICE_AND_PARTNERS, Answer, AnswerColumn, Kind, SmallCount, Total
from analysis.disclosure.release import release

ROOT = Path(__file__).parents[3]
HOUSING = partner("HOUSING", shared_persons=frozenset({"P1"}), threshold=5)
FORCE = police(None)
NAME, NUMBER, ADDRESS, NOTE, EASTING = (
    "Zzadie Canary",
    "07700 900999",
    "1 Canary Close",
    "canary heard shouting",
    401234.5,
)

PEOPLE = Answer(
    "people",
    (
        AnswerColumn("person_id", Kind.PERSON, POLICE_AND_PARTNERS),
        AnswerColumn("neighbourhood_code", Kind.CODE, POLICE_AND_PARTNERS),
        AnswerColumn("name", Kind.IDENTITY),
        AnswerColumn("number", Kind.IDENTITY),
        AnswerColumn("address", Kind.PLACE, POLICE_AND_PARTNERS),
        AnswerColumn("note", Kind.TEXT),
        AnswerColumn("x", Kind.POINT),
        AnswerColumn("contacts", Kind.COUNT, POLICE_AND_PARTNERS),
        AnswerColumn("officer_hours", Kind.MEASURE, POLICE_AND_PARTNERS),
        AnswerColumn("last_contact_at", Kind.TIME, POLICE_AND_PARTNERS),
    ),
    area_column="neighbourhood_code",
    person_column="person_id",
    small_counts=(SmallCount("contacts", ("officer_hours",)),),
    timezone="Europe/London",
)
AREAS = Answer(
    "areas",
    (
        AnswerColumn("area_code", Kind.CODE, POLICE_AND_PARTNERS),
        AnswerColumn("contacts", Kind.COUNT, POLICE_AND_PARTNERS),
        AnswerColumn("imputed_share", Kind.MEASURE),
    ),
    area_column="area_code",
    small_counts=(SmallCount("contacts", ("imputed_share",)),),
    totals=(Total("area_code", "total"),),
)


def people() -> pl.DataFrame:
    """Three people in two neighbourhoods; every identifier is one that is nowhere else."""
    return pl.DataFrame(
        {
            "person_id": ["P1", "P2", "P3"],
            "neighbourhood_code": ["N1", "N1", "N2"],
            "name": [NAME] * 3,
            "number": [NUMBER] * 3,
            "address": [ADDRESS] * 3,
            "note": [NOTE] * 3,
            "x": [EASTING] * 3,
            "contacts": [7, 6, 2],
            "officer_hours": [9.5, 3.0, 4.25],
            # half past eleven at night in UTC is the next day in a British summer
            "last_contact_at": [datetime(2013, 7, 1, 23, 30, tzinfo=UTC) + timedelta(days=at) for at in range(3)],
            "caller_phone": [NUMBER] * 3,
        },
    )


def areas(counts: dict[str, int]) -> pl.DataFrame:
    return pl.DataFrame(
        {"area_code": [*counts, "total"], "contacts": [*counts.values(), sum(counts.values())]}
    ).with_columns(imputed_share=pl.lit(0.125))


def everything(released: Released) -> str:
    """All that left: cells, columns and notes, as text."""
    return f"{released.rows.columns} {released.rows.rows()} {released.notes}"


def test_nobody_is_given_an_empty_frame_without_columns() -> None:
    released = release(people(), PEOPLE, nobody())
    assert released.rows.shape == (0, 0)


def test_an_auditor_is_given_nothing_of_an_answer_that_does_not_name_auditors() -> None:
    assert release(people(), PEOPLE, auditor()).rows.shape == (0, 0)


def test_a_column_that_is_not_in_the_contract_never_leaves() -> None:
    assert "caller_phone" not in release(people(), PEOPLE, FORCE).rows.columns


def test_the_police_are_given_exact_rows_of_the_whole_force() -> None:
    rows = release(people(), PEOPLE, FORCE).rows
    assert rows.drop("is_suppressed").equals(people().drop("caller_phone"))


def test_an_officer_is_given_the_rows_of_the_own_neighbourhoods_only() -> None:
    assert release(people(), PEOPLE, police(frozenset({"N2"}))).rows["person_id"].to_list() == ["P3"]


def test_an_officer_without_a_neighbourhood_is_given_no_row() -> None:
    assert release(people(), PEOPLE, police(frozenset())).rows.height == 0


def test_a_row_without_an_area_is_in_no_officers_scope() -> None:
    nowhere = people().with_columns(neighbourhood_code=pl.lit(None, pl.String))
    assert release(nowhere, PEOPLE, police(frozenset({"N1", "N2"}))).rows.height == 0


def test_a_partner_is_given_the_rows_of_persons_shared_with_its_agency_only() -> None:
    assert release(people(), PEOPLE, HOUSING).rows["person_id"].to_list() == ["P1"]


def test_a_partner_with_nothing_shared_is_given_no_row_about_a_person() -> None:
    other = partner("HEALTH", shared_persons=frozenset(), threshold=5)
    assert release(people(), PEOPLE, other).rows.height == 0


@pytest.mark.parametrize("canary", [NAME, NUMBER, ADDRESS, NOTE, str(EASTING), "23, 30"])
def test_no_name_number_address_word_point_or_time_of_day_reaches_a_partner(canary: str) -> None:
    everyone = partner("HOUSING", shared_persons=frozenset({"P1", "P2", "P3"}), threshold=5)
    assert canary in everything(release(people(), PEOPLE, FORCE))
    assert canary not in everything(release(people(), PEOPLE, everyone))


def test_a_partner_is_given_the_local_day_of_a_time_and_the_area_of_a_place() -> None:
    rows = release(people(), PEOPLE, HOUSING).rows
    assert rows["last_contact_at"].to_list() == [date(2013, 7, 2)]
    assert rows["address"].to_list() == ["N1"]


def test_two_small_counts_that_leave_each_other_two_values_only_take_a_third() -> None:
    # 1 + 2 = 45 - 12 - 30: each could only be 1 or 2; with 12 withheld too, either may be 1 to 13
    frame = pl.DataFrame({"area_code": ["A", "B", "C", "D", "total"], "contacts": [1, 2, 12, 30, 45]})
    assert release(frame, AREAS, HOUSING).rows["contacts"].to_list() == [None, None, None, 30, 45]


def test_a_partner_is_given_no_small_count_and_is_told_so() -> None:
    released = release(areas({"N1": 2, "N2": 9, "N3": 20}), AREAS, HOUSING)
    assert dict(released.rows.select("area_code", "contacts").rows()) == {"N1": None, "N2": None, "N3": 20, "total": 31}
    assert (released.is_suppressed_anything, released.n_suppressed) == (True, 2)
    assert released.notes == ("Counts from 1 to 4, and others that would reveal them, are not shown.",)


def test_the_order_of_a_partners_rows_tells_nothing_of_their_counts() -> None:
    by_count = areas({"N1": 2, "N2": 3, "N3": 20}).sort("contacts", descending=True)
    rows = release(by_count, AREAS, HOUSING).rows
    assert rows["area_code"].to_list() == ["N1", "N2", "N3", "total"]


def test_the_police_are_told_that_nothing_is_withheld() -> None:
    released = release(areas({"N1": 2, "N2": 9}), AREAS, FORCE)
    assert not released.is_suppressed_anything
    assert released.rows["is_suppressed"].to_list() == [False, False, False]


def test_a_frame_without_the_column_that_decides_the_scope_is_refused() -> None:
    with pytest.raises(ValueError, match="neighbourhood_code is missing"):
        release(people().drop("neighbourhood_code"), PEOPLE, police(frozenset({"N1"})))


@pytest.mark.parametrize(
    "column",
    [
        pl.lit("2", pl.String).alias("contacts"),
        pl.concat_list(pl.col("name")).alias("person_id"),
        pl.struct("name").alias("address"),
        pl.lit("1 Canary Close").alias("officer_hours"),
        pl.lit(datetime(2013, 1, 1)).alias("last_contact_at"),
    ],
)
def test_a_column_that_does_not_hold_its_kind_is_refused(column: pl.Expr) -> None:
    with pytest.raises(ValueError, match="does not hold a"):
        release(people().with_columns(column), PEOPLE, HOUSING)


def test_a_refusal_quotes_no_value_of_a_row() -> None:
    with pytest.raises(ValueError, match="contacts") as refused:
        release(people().with_columns(pl.col("name").alias("contacts")), PEOPLE, FORCE)
    assert NAME not in str(refused.value)


COUNTS = st.dictionaries(
    st.sampled_from([f"N{at}" for at in range(9)]), st.one_of(st.integers(0, 9), st.integers(0, 60)), min_size=1
)
AUDIENCES = st.sampled_from(
    [FORCE, police(frozenset({"N1", "N2"})), HOUSING, replace(HOUSING, threshold=10), auditor(), nobody()]
)


@settings(deadline=None, max_examples=60)
@given(counts=COUNTS, audience=AUDIENCES)
def test_releasing_twice_is_releasing_once(counts: dict[str, int], audience: Audience) -> None:
    for frame, answer in ((areas(counts), AREAS), (people(), PEOPLE)):
        once = release(frame, answer, audience).rows
        assert release(once, answer, audience).rows.equals(once)


@settings(deadline=None, max_examples=60)
@given(counts=COUNTS, audience=AUDIENCES)
def test_release_never_adds_a_row_a_column_or_a_count(counts: dict[str, int], audience: Audience) -> None:
    frame = areas(counts)
    rows = release(frame, AREAS, audience).rows
    assert set(rows.columns) <= {*frame.columns, "is_suppressed"}
    if rows.columns:
        given_out = dict(rows.select("area_code", "contacts").rows())
        had = dict(frame.select("area_code", "contacts").rows())
        assert all(count in (None, had[code]) for code, count in given_out.items())


@settings(deadline=None, max_examples=60)
@given(counts=COUNTS, shared=st.frozensets(st.sampled_from(["P1", "P2", "P3"])))
def test_a_partner_sees_nothing_that_the_police_do_not(counts: dict[str, int], shared: frozenset[str]) -> None:
    audience = partner("HOUSING", shared_persons=shared, threshold=5)
    seen, known = (release(areas(counts), AREAS, reader).rows for reader in (audience, FORCE))
    assert set(seen.columns) <= set(known.columns)
    pairs = seen.join(known, on="area_code", how="left", suffix="_police", validate="1:1")
    assert pairs.filter(pl.col("contacts") != pl.col("contacts_police")).is_empty()
    persons, all_persons = (release(people(), PEOPLE, reader).rows for reader in (audience, FORCE))
    assert set(persons.columns) <= set(all_persons.columns)
    assert set(persons["person_id"]) == set(all_persons["person_id"]) & shared


def test_released_cannot_be_made_or_changed_by_hand() -> None:
    released = release(people(), PEOPLE, HOUSING)
    with pytest.raises(TypeError, match="made by"):
        Released(people(), PEOPLE, HOUSING, 0, (), object())
    with pytest.raises((TypeError, ValueError)):
        replace(released, rows=people())  # type: ignore[call-arg]
    with pytest.raises(AttributeError):
        released.rows = people()  # type: ignore[misc]


def test_released_survives_a_cache() -> None:
    released = release(people(), PEOPLE, HOUSING)
    assert pickle.loads(pickle.dumps(released)).rows.equals(released.rows)
    assert copy.deepcopy(released).notes == released.notes


def test_nothing_but_release_makes_released_or_names_its_seal() -> None:
    makers = {
        file.relative_to(ROOT).as_posix()
        for package in ("analysis", "dashboard", "geo", "partnership")
        for file in (ROOT / package).rglob("*.py")
        if _makes_released(ast.parse(file.read_text(encoding="utf-8")))
    }
    assert makers == {"analysis/disclosure/release.py"}


def test_a_module_that_makes_released_is_noticed() -> None:
    for text in (
        "Released(rows, a, b)",
        "d.Released(rows)",
        "object.__new__(Released)",
        "from x import _SEAL",
        "m._SEAL",
    ):
        assert _makes_released(ast.parse(text)), text


def _makes_released(tree: ast.Module) -> bool:
    """Whether a module calls Released, goes round its constructor, or names the seal."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            named = [getattr(part, "id", getattr(part, "attr", "")) for part in (node.func, *node.args)]
            if named[0] == "Released" or (named[0] == "__new__" and "Released" in named):
                return True
        names = [alias.name for alias in node.names] if isinstance(node, ast.ImportFrom) else []
        if "_SEAL" in (*names, getattr(node, "id", ""), getattr(node, "attr", "")):
            return True
    return False


def test_rows_that_no_area_can_be_named_for_are_for_readers_of_the_whole_force() -> None:
    whole = replace(PEOPLE, area_column=None, columns=PEOPLE.columns[:1], small_counts=(), is_whole_force_only=True)
    assert release(people(), whole, FORCE).rows.height == 3
    assert release(people(), whole, police(frozenset({"N1"}))).rows.height == 0
