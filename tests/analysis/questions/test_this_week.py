from __future__ import annotations

from collections import Counter
from datetime import date, timedelta

import pytest

from analysis.disclosure import Audience, auditor, nobody, partner, police
from analysis.questions.builds import Build
from analysis.questions.this_week import ThisWeek, Usual, this_week
from analysis.questions.view import View
from tests.analysis.questions.week_oracle import Clerk, without_assessment
from tests.dashboard.built import built

AS_OF = date(2013, 12, 2)
SOUTH = frozenset({"S-N09", "S-N10", "S-N11", "S-N12"})
LOW, HIGH = 10.0, 90.0


def asked(build: Build, audience: Audience, view: View | None = None) -> ThisWeek:
    asked_of = view or View(AS_OF)
    return this_week(build, asked_of, audience, minimum_contacts=2, length=10, usual=Usual(LOW, HIGH))


@pytest.fixture(scope="module")
def build() -> Build:
    return built()


@pytest.fixture(scope="module")
def week(build: Build) -> ThisWeek:
    return asked(build, police(None))


@pytest.fixture(scope="module")
def clerk(build: Build) -> Clerk:
    return Clerk(build, None)


@pytest.mark.parametrize("codes", [None, SOUTH, frozenset({"S-N01"})], ids=["force", "sector", "neighbourhood"])
def test_contacts_of_every_week_are_those_of_the_clerk(build: Build, codes: frozenset[str] | None) -> None:
    clerk = Clerk(build, None if codes is None else set(codes))
    weeks = asked(build, police(codes)).weeks.rows
    counted = [clerk.contacts_in_week(AS_OF - timedelta(days=7 * back)) for back in reversed(range(53))]
    assert weeks["contacts"].to_list() == counted


def test_officer_hours_of_every_week_are_those_of_the_clerk(week: ThisWeek, clerk: Clerk) -> None:
    counted = [clerk.hours_in_week(AS_OF - timedelta(days=7 * back)) for back in reversed(range(53))]
    assert week.weeks.rows["officer_hours"].to_list() == pytest.approx(counted)


def test_the_usual_range_leaves_out_the_week_it_judges(week: ThisWeek, clerk: Clerk) -> None:
    for name, measure in (("contacts", clerk.contacts_in_week), ("officer_hours", clerk.hours_in_week)):
        low, high = clerk.usual(AS_OF, measure, low=LOW, high=HIGH)
        row = next(row for row in week.usual.rows.iter_rows(named=True) if row["measure"] == name)
        value = measure(AS_OF)
        standing = "below" if value < low else "above" if value > high else "within"
        assert (row["value"], row["usual_low"], row["usual_high"]) == pytest.approx((value, low, high))
        assert row["standing"] == standing


def test_areas_and_what_is_unlocated_add_up_to_the_force(week: ThisWeek) -> None:
    newest = week.weeks.rows.row(-1, named=True)
    assert week.areas.rows["contacts"].sum() == newest["contacts"]
    assert week.areas.rows["officer_hours"].sum() == pytest.approx(newest["officer_hours"])


def test_the_lists_are_those_of_the_clerk(week: ThisWeek, clerk: Clerk) -> None:
    listed = week.people.rows.filter(week.people.rows["position"].is_not_null()).sort("area_code", "position")
    found = {str(area): people["key_id"].to_list() for (area,), people in listed.group_by("area_code")}
    assert found == clerk.lists(AS_OF)


def test_who_is_new_back_or_gone_is_as_the_clerk_finds(week: ThisWeek, clerk: Clerk) -> None:
    found: dict[str, dict[str, str]] = {}
    for row in week.people.rows.iter_rows(named=True):
        if row["movement"] in {"new", "returned", "left"}:
            found.setdefault(row["area_code"], {})[row["key_id"]] = row["movement"]
    assert found == clerk.moves(AS_OF)
    assert found


def test_contacts_of_this_week_are_counted_for_each_person(week: ThisWeek, clerk: Clerk) -> None:
    recent = Counter((call.area, call.person) for call in clerk.calls if AS_OF - timedelta(days=7) <= call.day < AS_OF)
    for row in week.people.rows.iter_rows(named=True):
        assert row["contacts_this_week"] == recent[(row["area_code"], row["key_id"])]


def test_jobs_without_a_mandatory_dash_are_counted_for_each_person(build: Build, week: ThisWeek, clerk: Clerk) -> None:
    inside = [call for call in clerk.calls if AS_OF - timedelta(days=364) <= call.day < AS_OF]
    missing = without_assessment(build, {call.group for call in inside})
    counted = Counter((call.area, call.person) for call in inside if call.group in missing)
    rows = list(week.people.rows.iter_rows(named=True))
    assert {(row["area_code"], row["key_id"]): row["assessments_missing"] for row in rows} == {
        (row["area_code"], row["key_id"]): counted[(row["area_code"], row["key_id"])] for row in rows
    }
    assert any(row["assessments_missing"] for row in rows)


def test_the_share_of_callers_and_contacts_is_that_of_the_clerk(week: ThisWeek, clerk: Clerk) -> None:
    inside = [call for call in clerk.calls if AS_OF - timedelta(days=364) <= call.day < AS_OF]
    lists = clerk.lists(AS_OF)
    listed = [call for call in inside if call.area and call.person in lists.get(call.area, [])]
    assert week.shares.rows.row(0) == (
        len({person for people in lists.values() for person in people}),
        len({call.person for call in inside}),
        len(listed),
        len(inside),
    )


def test_an_officer_is_given_the_own_neighbourhood_and_no_other(build: Build) -> None:
    week = asked(build, police(frozenset({"S-N01"})), View(AS_OF, neighbourhoods=("S-N01", "S-N05")))
    assert set(week.areas.rows["area_code"]) | set(week.people.rows["area_code"]) == {"S-N01"}


@pytest.mark.parametrize(
    "audience",
    [nobody(), auditor(), partner("HOUSING", shared_persons=frozenset(), threshold=5)],
    ids=["nobody", "auditor", "partner"],
)
def test_nobody_but_the_police_is_given_anything(build: Build, audience: Audience) -> None:
    week = asked(build, audience)
    assert all(part.rows.is_empty() for part in (week.weeks, week.usual, week.areas, week.people, week.shares))


def test_an_officer_without_any_neighbourhood_is_given_no_area_and_nobody(build: Build) -> None:
    week = asked(build, police(frozenset()))
    assert week.areas.rows.is_empty() and week.people.rows.is_empty()
    assert week.weeks.rows["contacts"].sum() == 0


def test_without_a_year_before_there_is_no_usual_range(build: Build) -> None:
    week = asked(build, police(None), View(date(2012, 6, 4), weeks=13))
    assert set(week.usual.rows["standing"]) == {"unknown"}


def test_a_week_before_the_data_begins_is_unknown_and_not_quiet(build: Build) -> None:
    week = asked(build, police(None), View(date(2012, 6, 4), weeks=13))
    assert week.weeks.rows["contacts"].null_count() == 53 - 27
