"""Is everybody in scope found by any way of writing what was recorded, and nobody by what was recorded elsewhere?"""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.build import make_build
from analysis.disclosure import Audience, police
from analysis.disclosure.audience import partner
from analysis.questions.builds import load_assumptions
from analysis.questions.identities import Purpose
from analysis.questions.search import search
from analysis.questions.search_forms import Sought, sought, sounds
from analysis.store import Build
from tests.analysis.ingest.force import sources_of, write

SOURCES = sources_of(
    "Search Force", incidents="logs", deployments="units", people="people", assessments="forms", places="places"
)
LOGS = (
    "incident_id,received_at,neighbourhood_code,is_domestic,caller_name,caller_phone,caller_role,address,postcode,"
    "caller_address,caller_postcode\n"
    "20131001-0001,2013-10-01T10:00,N1,yes,Katherine Smith,07700 900001,victim,Flat 2 39 Pewter Crescent,ZS1 4ER,,\n"
    "20131002-0001,2013-10-02T10:00,N2,yes,Katherine Smith,07700 900001,victim,5 Ash Lane,ZS2 1AA,,\n"
    "20131003-0001,2013-10-03T10:00,N1,no,Mohammed Khan,0121 496 0002,subject,,,8 Elm Row,zs3 1ab\n"
    "20131004-0001,2013-10-04T10:00,N1,yes,Ann Other,07700 900003,victim,1 Haven House,ZS9 9ZZ,,\n"
    "20131005-0001,2013-10-05T10:00,N1,no,Desk,0121 496 0009,unknown,,,,\n"
)
PEOPLE = (
    "incident_id,role,name,date_of_birth,phone,address,postcode\n"
    "20131003-0001,victim,Beth Smyth,1980-02-03,,12 Oak Road,ZS4 1AA\n"
)
FORMS = (
    "incident_id,tool,risk,completed_at\n"
    "20131001-0001,DASH,standard,2013-10-01T12:00\n"
    "20131002-0001,DASH,high,2013-10-02T12:00\n"
)
PLACES = "kind,name,address,postcode,phone\nrefuge,Haven,1 Haven House,ZS9 9ZZ,0121 496 0009\n"
BOTH, NORTH = police(None), police(frozenset({"N1"}))
WHY = Purpose("a test")


@pytest.fixture(scope="module")
def build(tmp_path_factory: pytest.TempPathFactory) -> Build:
    folder = tmp_path_factory.mktemp("search")
    units = "incident_id,callsign,assigned_at,cleared_at\n20131001-0001,A1,2013-10-01T10:05,2013-10-01T10:35\n"
    files = {"logs": LOGS, "units": units, "people": PEOPLE, "forms": FORMS, "places": PLACES}
    sources = write(folder / "extracts", SOURCES, **{f"{name}__csv": text for name, text in files.items()})
    at = datetime(2013, 12, 2, 6, tzinfo=UTC)
    return make_build(sources, Path(folder / "store"), assumptions=load_assumptions(), built_at=at).build


def found(build: Build, typed: str, audience: Audience = BOTH, *, limit: int = 20) -> pl.DataFrame:
    return search(build, sought(typed), audience, purpose=WHY, limit=limit).rows


def named(build: Build, typed: str, audience: Audience = BOTH) -> list[tuple[str, str]]:
    """Who was found, by the name on their records, and how."""
    rows = found(build, typed, audience)
    logs = build.frame("incidents").select("caller_name", person_id="caller_id")
    people = (
        build.frame("person_records")
        .join(
            build.frame("people").select("source_file", "source_line", caller_name="name"),
            on=["source_file", "source_line"],
        )
        .select("caller_name", "person_id")
    )
    names = dict(pl.concat([logs, people]).drop_nulls().select("person_id", "caller_name").iter_rows())
    return list(dict.fromkeys((names[row["person_id"]], row["matched"]) for row in rows.iter_rows(named=True)))


@pytest.mark.parametrize("typed", ["07700900001", "+44 7700 900001", "(07700) 900-001", "0044 7700900001"])
def test_a_number_finds_its_person_however_it_is_written(build: Build, typed: str) -> None:
    assert named(build, typed) == [("Katherine Smith", "number")]


@pytest.mark.parametrize("typed", ["39 Pewter Crescent", "flat 2, 39 pewter crescent", "39 Pewter Crescent, ZS1 4ER"])
def test_an_address_finds_its_person_whole_or_from_its_house_on(build: Build, typed: str) -> None:
    assert ("Katherine Smith", "address") in named(build, typed)


def test_an_address_in_another_postcode_finds_nobody(build: Build) -> None:
    assert named(build, "39 Pewter Crescent, ZS2 1AA") == []


def test_a_house_is_not_found_by_a_street_that_begins_alike(build: Build) -> None:
    assert named(build, "39 Pewter Cres") == [] == named(build, "9 Pewter Crescent")


@pytest.mark.parametrize("typed", ["ZS3 1AB", "zs31ab"])
def test_a_postcode_finds_who_lives_there(build: Build, typed: str) -> None:
    assert named(build, typed) == [("Mohammed Khan", "postcode")]


@pytest.mark.parametrize(
    ("typed", "who"),
    [
        ("Smith, Katherine", ["Katherine Smith"]),
        ("Catherine Smyth", ["Katherine Smith"]),
        ("Muhamad Khan", ["Mohammed Khan"]),
        ("Smith", ["Katherine Smith", "Beth Smyth"]),
        ("Katherine Khan", []),
    ],
)
def test_a_name_finds_its_bearers_the_closest_first(build: Build, typed: str, who: list[str]) -> None:
    assert [name for name, _ in named(build, typed)] == who


def test_a_name_as_recorded_is_told_from_one_like_it(build: Build) -> None:
    by_name = dict(named(build, "Smith"))
    assert by_name["Katherine Smith"] == "name" and by_name["Beth Smyth"] in {"name_alike", "name_variant"}


def test_an_incident_number_finds_everyone_who_stands_in_it(build: Build) -> None:
    assert sorted(named(build, "20131003-0001")) == [("Beth Smyth", "incident"), ("Mohammed Khan", "incident")]


def test_a_reference_finds_its_person(build: Build) -> None:
    person = found(build, "07700900001")["person_id"][0]
    assert set(found(build, person.lower())["person_id"]) == {person}


def test_what_is_said_of_a_person_is_of_the_readers_area_only(build: Build) -> None:
    everywhere, here = found(build, "07700900001"), found(build, "07700900001", NORTH)
    columns = ["neighbourhood_code", "domestic_incidents", "risk"]
    assert everywhere.select(columns).rows() == [("N2", 1, "high"), ("N1", 1, "standard")]
    assert here.select(columns).rows() == [("N1", 1, "standard")]


def test_who_is_in_scope_is_not_found_by_what_was_recorded_elsewhere(build: Build) -> None:
    assert named(build, "5 Ash Lane", BOTH) == [("Katherine Smith", "address")]
    assert named(build, "5 Ash Lane", NORTH) == [] == named(build, "20131002-0001", NORTH)


def test_who_is_out_of_scope_looks_like_nobody(build: Build) -> None:
    elsewhere = police(frozenset({"N3"}))
    there, none = found(build, "07700900001", elsewhere), found(build, "07700999999", elsewhere)
    assert there.equals(none) and there.schema == none.schema


@pytest.mark.parametrize("typed", ["1 Haven House", "ZS9 9ZZ", "0121 496 0009"])
def test_the_address_or_number_of_a_listed_place_finds_nobody(build: Build, typed: str) -> None:
    assert named(build, typed) == []


def test_a_partner_is_given_nothing(build: Build) -> None:
    who = partner("HOUSING", shared_persons=frozenset(build.frame("persons")["person_id"]), threshold=5)
    assert found(build, "Smith", who).is_empty()


def test_more_than_fit_are_counted(build: Build) -> None:
    rows = found(build, "Smith", limit=1)
    assert rows["person_id"].n_unique() == 1 and rows["people"].to_list() == [2] * rows.height


def test_nobody_is_looked_up_without_a_purpose() -> None:
    with pytest.raises(ValueError, match="purpose"):
        Purpose("  ")


@pytest.mark.parametrize("typed", ["", "  ", "??", "-"])
def test_a_text_that_says_nothing_is_looked_up_as_nothing(typed: str) -> None:
    assert sought(typed).kinds == ()


@settings(max_examples=25, deadline=None)
@given(st.text(max_size=40))
def test_any_text_at_all_is_read_and_means_the_same_with_other_spaces_and_case(typed: str) -> None:
    read = sought(typed)
    assert isinstance(read, Sought)
    assert sought(f"  {' '.join(typed.split())} ").kinds == read.kinds


@settings(max_examples=25, deadline=None)
@given(st.text("ABCDEFGHIJKLMNOPQRSTUVWXYZ", min_size=1, max_size=12))
def test_a_doubled_letter_sounds_the_same(word: str) -> None:
    single, double = sounds(pl.Series([word, "".join(letter * 2 for letter in word)])).to_list()
    assert single == double


@pytest.mark.parametrize(
    ("one", "other"), [("SMITH", "SMYTH"), ("STEPHEN", "STEVEN"), ("KNIGHT", "NITE"), ("THOMPSON", "TOMSON")]
)
def test_names_that_sound_alike_have_one_code(one: str, other: str) -> None:
    assert sounds(pl.Series([one])).to_list() == sounds(pl.Series([other])).to_list()
