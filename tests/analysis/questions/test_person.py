"""Is a person's record what the stored tables hold of them, and only where the reader may look?"""

from __future__ import annotations

from datetime import date, timedelta

import polars as pl
import pytest

from analysis.assumptions import load
from analysis.disclosure import Audience, police
from analysis.questions.identities import INSTITUTION, Purpose, _without_institutions, identities
from analysis.questions.person import Person, person
from analysis.questions.view import View
from tests.dashboard.built import built

WEEKS = 104


def asked(person_id: str, audience: Audience, *, weeks: int = WEEKS, domestic_only: bool = False) -> Person:
    as_of = date.fromisoformat(built().manifest["facts"]["default_as_of"])
    view = View(as_of, weeks, domestic_only=domestic_only)
    return person(built(), person_id, view, audience, assumptions=load())


def callers() -> pl.DataFrame:
    return built().frame("contacts").filter(pl.col("key_type") == "caller")


def busiest() -> str:
    return str(callers().group_by("key_id").len().sort("len", "key_id", descending=True)["key_id"][0])


def who_rang_from_two_areas() -> tuple[str, str]:
    """A person, and one of the two or more areas they rang from in the window that is asked for."""
    first = date.fromisoformat(built().manifest["facts"]["default_as_of"]) - timedelta(weeks=WEEKS - 1)
    lately = callers().filter(pl.col("contact_at").dt.date() >= first).drop_nulls("neighbourhood_code")
    places = lately.group_by("key_id").agg(pl.col("neighbourhood_code").unique())
    found = places.filter(pl.col("neighbourhood_code").list.len() > 1).sort("key_id").row(0, named=True)
    return found["key_id"], sorted(found["neighbourhood_code"])[0]


def test_every_contact_is_listed_once() -> None:
    rows = asked(busiest(), police(None)).incidents.rows.filter("is_contact")
    first = date.fromisoformat(built().manifest["facts"]["default_as_of"])
    assert rows["group_id"].is_unique().all()
    assert rows.height <= callers().filter(pl.col("key_id") == busiest()).height
    assert rows.filter(pl.col("at").dt.date() < first).height == rows.height


def test_a_listed_contact_is_a_stored_one_with_its_minutes() -> None:
    stored = callers().filter(pl.col("key_id") == busiest()).select("group_id", "units")
    rows = asked(busiest(), police(None)).incidents.rows.filter("is_contact").join(stored, on="group_id", how="left")
    minutes = rows["units"] / (720_720 * 60_000)
    assert ((rows["officer_minutes"] - minutes).abs() < 1e-6).all()


def test_contacts_out_of_scope_are_counted_and_not_listed() -> None:
    person_id, area = who_rang_from_two_areas()
    whole = asked(person_id, police(None)).incidents.rows.filter("is_contact").height
    part = asked(person_id, police(frozenset({area})))
    shown = part.incidents.rows.filter("is_contact")
    assert set(part.incidents.rows["neighbourhood_code"]) <= {area}
    assert shown.height < whole
    assert part.areas.rows["contacts_of_window_everywhere"].to_list() == [whole]


def test_a_person_out_of_scope_is_as_unknown_as_nobody() -> None:
    places = callers().group_by("key_id").agg(pl.col("neighbourhood_code").unique())
    records = (
        built()
        .frame("person_records", ["person_id", "incident_id"])
        .join(built().frame("incidents", ["incident_id", "neighbourhood_code"]), on="incident_id")
    )
    here = records.filter(pl.col("neighbourhood_code") == "S-N12")["person_id"].unique()
    outside = places.filter(~pl.col("key_id").is_in(here.drop_nulls().implode())).sort("key_id")["key_id"][0]
    theirs, none = asked(outside, police(frozenset({"S-N12"}))), asked("P-0000000000", police(frozenset({"S-N12"})))
    assert not theirs.is_known
    for name in ("incidents", "areas", "safety", "evidence"):
        assert getattr(theirs, name).rows.equals(getattr(none, name).rows)


def test_the_evidence_says_which_key_and_never_what_it_is() -> None:
    rows = asked(busiest(), police(None)).evidence.rows
    assert rows.schema["phone"].is_integer()
    stored = built().frame("person_records").filter(pl.col("person_id") == busiest())
    assert rows.height == stored.height
    assert rows["phone"].n_unique() == stored["phone"].n_unique()


def test_an_institutions_number_is_never_given_as_somebodys_own() -> None:
    build = built()
    phones = build.frame("incidents").filter("is_phone_of_place")["caller_phone"].drop_nulls().unique()
    people = frozenset(build.frame("persons")["person_id"])
    rows = identities(build, people, police(None), purpose=Purpose("a test")).rows
    assert not set(rows["value"]) & set(phones)
    assert INSTITUTION in set(rows["value"])


@pytest.mark.parametrize("written", ["{address}", "{address}, {postcode}", "{address} {postcode}", "  {address}. "])
def test_an_institutions_address_is_never_given_as_somebodys_own_however_it_is_written(written: str) -> None:
    place = built().frame("places").filter(pl.col("address").is_not_null()).row(0, named=True)
    said = written.format(address=place["address"].lower(), postcode=place["postcode"])
    found = pl.DataFrame({"kind": ["address", "address"], "value": [said, "1 Nowhere Street, ZS1 1AA"]})
    assert found.with_columns(_without_institutions(built()))["value"].to_list() == [INSTITUTION, found["value"][1]]
