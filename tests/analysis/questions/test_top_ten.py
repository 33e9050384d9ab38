"""Is the top ten of a neighbourhood what a clerk would write down from the stored tables?"""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import polars as pl
import pytest

from analysis.assumptions import load
from analysis.disclosure import police
from analysis.disclosure.audience import partner
from analysis.questions.top_ten import Standing, TopTen, top_ten
from analysis.questions.view import Lens, View
from tests.dashboard.built import built

LONDON = ZoneInfo("Europe/London")
AREAS = ("S-N01", "S-N05", "S-N09")


def as_of() -> date:
    return date.fromisoformat(built().manifest["facts"]["default_as_of"])


def asked(area: str, *, lens: Lens = Lens.CONTACTS, scope: frozenset[str] | None = None) -> TopTen:
    view = View(as_of(), 52, lens)
    return top_ten(
        built(),
        view,
        police(scope),
        area=area,
        assumptions=load(),
    )


def clerk(area: str) -> dict[str, list[dict[str, Any]]]:
    """The domestic contacts of each caller here in the 52 weeks, one by one."""
    start = datetime.combine(as_of() - timedelta(weeks=52), time(), LONDON)
    end = datetime.combine(as_of(), time(), LONDON)
    found: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in built().frame("contacts").iter_rows(named=True):
        is_here = row["key_type"] == "caller" and row["neighbourhood_code"] == area and row["is_domestic"]
        if is_here and start <= row["contact_at"] < end:
            found[row["key_id"]].append(row)
    return found


@pytest.mark.parametrize("area", AREAS)
def test_contacts_and_hours_are_those_the_clerk_counts(area: str) -> None:
    people = asked(area).people.rows
    contacts = clerk(area)
    for row in people.iter_rows(named=True):
        own = contacts[row["key_id"]]
        assert row["contacts"] == len(own)
        assert row["officer_hours"] == pytest.approx(sum(one["units"] for one in own) / (720_720 * 3_600_000))
        assert row["imputed_hours"] == pytest.approx(sum(one["imputed_units"] for one in own) / (720_720 * 3_600_000))


@pytest.mark.parametrize("area", AREAS)
def test_the_ten_are_the_ten_with_most_contacts(area: str) -> None:
    people = asked(area).people.rows.filter(pl.col("standing") == Standing.LISTED.value)
    counts = sorted((len(own) for own in clerk(area).values() if len(own) >= 2), reverse=True)
    assert people["contacts"].to_list() == counts[:10]


@pytest.mark.parametrize("area", AREAS)
def test_everyone_who_shares_the_last_place_is_named(area: str) -> None:
    people = asked(area).people.rows
    listed = people.filter(pl.col("standing") == Standing.LISTED.value)
    last = listed["contacts"].min()
    sharing = sum(len(own) == last for own in clerk(area).values()) - (listed["contacts"] == last).sum()
    assert (people["standing"] == Standing.SHARES_LAST_PLACE.value).sum() == (sharing if listed.height == 10 else 0)


@pytest.mark.parametrize("area", AREAS)
def test_a_missing_assessment_is_a_partner_crime_without_a_form(area: str) -> None:
    build = built()
    logs = build.frame("incidents").to_dicts()
    assessed = {row["incident_id"] for row in build.frame("assessments").iter_rows(named=True)}
    crimes = {row["crime_ref"]: row for row in build.frame("crimes").iter_rows(named=True)}
    of_incident = defaultdict(set)
    for crime in crimes.values():
        of_incident[crime["incident_id"]].add(crime["crime_ref"])
    due, has_form = set(), set()
    for log in logs:
        refs = of_incident[log["incident_id"]] | ({log["crime_ref"]} & set(crimes))
        for ref in refs:
            is_domestic = log["is_domestic"] if crimes[ref]["is_domestic"] is None else crimes[ref]["is_domestic"]
            if is_domestic and crimes[ref]["relationship"] in {"intimate", "ex_intimate"}:
                due.add(log["group_id"])
        if log["incident_id"] in assessed:
            has_form.add(log["group_id"])
    contacts = clerk(area)
    for row in asked(area).people.rows.iter_rows(named=True):
        own = {one["group_id"] for one in contacts[row["key_id"]]}
        assert row["missing_assessments"] == len((own & due) - has_form)


def test_the_weeks_of_the_spark_line_add_up_to_the_contacts_of_twelve_weeks() -> None:
    answer = asked("S-N01")
    since = datetime.combine(as_of() - timedelta(weeks=12), time(), LONDON)
    drawn: Counter[str] = Counter()
    for row in answer.weeks.rows.iter_rows(named=True):
        drawn[row["key_id"]] += row["contacts"]
    contacts = clerk("S-N01")
    for person in answer.people.rows["key_id"]:
        assert drawn[person] == sum(one["contact_at"] >= since for one in contacts[person])


def test_each_lens_gives_its_own_ten() -> None:
    rows = asked("S-N01").lenses.places.rows.filter(pl.col("place") == "listed")
    hours = rows.filter(pl.col("lens") == "officer_hours").sort("position")["officer_hours"].to_list()
    assert hours == sorted(hours, reverse=True)
    assert set(rows["lens"]) == {"contacts", "officer_hours", "harm"}


def test_the_set_apart_are_counted_by_pool() -> None:
    start = datetime.combine(as_of() - timedelta(weeks=52), time(), LONDON)
    end = datetime.combine(as_of(), time(), LONDON)
    groups = {row["group_id"]: row for row in built().frame("groups").iter_rows(named=True)}
    found = defaultdict(set)
    for log in built().frame("incidents").iter_rows(named=True):
        group = groups[log["group_id"]]
        is_counted = log["caller_pool"] and log["source"] != "officer" and start <= log["received_at"] < end
        if is_counted and group["neighbourhood_code"] == "S-N01" and group["is_domestic"]:
            found[log["caller_pool"]].add(log["group_id"])
    shown = dict(asked("S-N01").unresolved.rows.select("pool", "incidents").iter_rows())
    assert shown == {pool: len(ids) for pool, ids in found.items()}
    imputed = dict(asked("S-N01").unresolved.rows.select("pool", "imputed_hours").iter_rows())
    units = {pool: sum(groups[one]["imputed_units"] for one in ids) for pool, ids in found.items()}
    assert imputed == pytest.approx({pool: one / (720_720 * 3_600_000) for pool, one in units.items()})
    assert any(units.values())


def test_nobody_is_released_to_an_officer_of_another_area() -> None:
    answer = asked("S-N01", scope=frozenset({"S-N02"}))
    frames = (
        answer.people,
        answer.weeks,
        answer.lenses.people,
        answer.history,
        answer.left,
        answer.unresolved,
        answer.counts,
    )
    assert all(frame.rows.is_empty() for frame in frames)


def test_a_partner_is_given_no_column() -> None:
    housing = partner("HOUSING", shared_persons=frozenset(), threshold=5)
    view = View(as_of(), 52)
    answer = top_ten(built(), view, housing, area="S-N01", assumptions=load())
    assert answer.people.rows.width == 0
