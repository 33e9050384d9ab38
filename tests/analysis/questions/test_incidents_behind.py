"""Does the list behind a number add up to it, to the last unit, whatever the number counts?"""

from __future__ import annotations

from datetime import date, timedelta

import polars as pl
import pytest

from analysis.disclosure.audience import partner, police
from analysis.errors import QuestionError
from analysis.officer_time.units import UNITS_PER_MINUTE
from analysis.questions.area_map import area_map
from analysis.questions.builds import Build, load_assumptions
from analysis.questions.concentration import concentrated
from analysis.questions.data_gaps import Topic
from analysis.questions.data_quality import data_quality
from analysis.questions.definitions import switch_definition
from analysis.questions.figures import (
    Among,
    By,
    Days,
    Figure,
    Having,
    OfArea,
    OfCallers,
    OfDefinition,
    OfGap,
    OfHarm,
    OfHours,
    OfPerson,
    OfPhase,
    OfPool,
    Whose,
)
from analysis.questions.incidents_behind import Behind, incidents_behind
from analysis.questions.person import person as ask_person
from analysis.questions.ranking import ranking
from analysis.questions.resources import PlannedVisits, resources
from analysis.questions.this_week import Usual, this_week
from analysis.questions.unresolved import unresolved
from analysis.questions.view import AreaKind, View
from tests.analysis.questions.demand_force import AS_OF, build_force, person

ASSUMED = load_assumptions()
FORCE = police(None)
VIEW = View(AS_OF, weeks=8)
DAYS = Days(AS_OF - timedelta(weeks=8), AS_OF)


@pytest.fixture(scope="module")
def build(tmp_path_factory: pytest.TempPathFactory) -> Build:
    return build_force(tmp_path_factory.mktemp("force"))


def behind(build: Build, figure: Figure, view: View = VIEW) -> Behind:
    return incidents_behind(build, view, FORCE, figure, assumptions=ASSUMED)


def listed(found: Behind) -> list[str]:
    return found.rows.rows["incident_id"].to_list()


def test_the_newest_incident_comes_first_with_what_it_gives(build: Build) -> None:
    found = behind(build, OfPerson(person(build, "L1"), DAYS))
    rows = found.rows.rows.select("incident_id", "contacts", "officer_minutes").rows()
    assert rows == [("L3", 1, 45.0), ("L2", 1, 60.0), ("L1", 1, 160 + 40 + 100 + 20)]


def test_the_total_is_the_sum_of_the_list_in_whole_units(build: Build) -> None:
    found = behind(build, OfArea(DAYS, ("N1",)))
    assert found.units == found.rows.rows["units"].sum() == (320 + 60 + 45 + 60) * UNITS_PER_MINUTE


@pytest.mark.parametrize("code", ["N1", "N2", None])
def test_the_contacts_and_hours_of_an_area_are_those_of_the_week(build: Build, code: str | None) -> None:
    week = View(date(2013, 11, 11), weeks=1)
    answer = this_week(build, week, FORCE, minimum_contacts=2, length=10, usual=Usual(10, 90))
    found = behind(build, OfArea(Days(date(2013, 11, 4), week.as_of), None if code is None else (code,)), week)
    rows = answer.areas.rows if code is None else answer.areas.rows.filter(area_code=code)
    assert (found.contacts, found.officer_hours) == (rows["contacts"].sum(), rows["officer_hours"].sum())


@pytest.mark.parametrize("code", ["N1", "N2", "unlocated"])
def test_the_list_of_an_area_adds_up_to_the_map(build: Build, code: str) -> None:
    answer = area_map(build, VIEW, FORCE, area=AreaKind.NEIGHBOURHOOD)
    rows = answer.unlocated.rows if code == "unlocated" else answer.areas.rows.filter(area_code=code)
    found = behind(build, OfArea(DAYS, (code,)))
    assert (found.contacts, found.officer_hours) == (rows["contacts"].item(), rows["officer_hours"].item())


def test_the_list_of_each_ranked_person_adds_up_to_the_ranking(build: Build) -> None:
    answer = ranking(build, VIEW.ranking_filters(), FORCE, minimum_contacts=2).rows
    said = answer.select("contacts", "officer_hours").rows()
    found = [
        behind(build, OfPerson(key, DAYS, (code,))) for code, key in answer.select("area_code", "key_id").iter_rows()
    ]
    assert [(one.contacts, one.officer_hours) for one in found] == said


@pytest.mark.parametrize("size", [1, 2, 10])
def test_the_list_of_the_first_callers_adds_up_to_the_concentration(build: Build, size: int) -> None:
    answer = concentrated(build, VIEW, FORCE, sizes=(size,), most_points=10)
    cut = answer.sector_cuts.rows.row(0, named=True)
    found = behind(build, OfCallers(DAYS, None, size))
    everyone = behind(build, OfCallers(DAYS, None, None))
    assert (found.contacts, found.officer_hours) == (cut["contacts"], cut["officer_hours"])
    assert (everyone.contacts, everyone.officer_hours) == (cut["all_contacts"], cut["all_officer_hours"])


def test_the_hours_of_every_hour_of_the_week_and_every_shift_add_up_to_the_listed(build: Build) -> None:
    answer = resources(build, VIEW, FORCE, assumptions=ASSUMED, visits=PlannedVisits(1, 30, 1))
    whole = behind(build, OfCallers(DAYS, None, 10, By.LIST))
    assert whole.officer_hours == answer.summary.rows["officer_hours"].item()
    cells = 0
    for weekday, hour, hours in answer.hours.rows.select("weekday", "hour", "officer_hours").iter_rows():
        found = behind(build, OfHours(DAYS, weekday, hour)) if hours else None
        cells += found.units if found else 0
        assert (found.officer_hours if found else 0) == pytest.approx(hours, abs=1e-12)
    assert cells == whole.units
    on_shifts = [behind(build, OfHours(DAYS, None, shift=shift)).units for shift in ("early", "late", "night")]
    assert sum(on_shifts) == whole.units


def test_the_list_of_each_phase_adds_up_to_its_row(build: Build) -> None:
    answer = resources(build, VIEW, FORCE, assumptions=ASSUMED, visits=PlannedVisits(1, 30, 1)).phases.rows
    for row in answer.iter_rows(named=True):
        found = behind(build, OfPhase(DAYS, Whose(row["whose"]), row["phase"]))
        assert (found.incidents, found.officer_hours) == (row["incidents"], row["officer_hours"] or 0.0)
        assert not found.incidents or found.imputed_hours == row["imputed_hours"]


def test_a_phase_nobody_knows_is_refused_with_what_to_do(build: Build) -> None:
    with pytest.raises(QuestionError, match="again"):
        behind(build, OfPhase(DAYS, Whose.ALL, "lunch"))


def test_the_list_of_a_pool_adds_up_to_what_is_set_apart(build: Build) -> None:
    for row in unresolved(build, VIEW, FORCE).rows.iter_rows(named=True):
        found = behind(build, OfPool(DAYS, row["area_code"], row["pool"]))
        assert (found.incidents, found.officer_hours) == (row["incidents"], row["officer_hours"])
        assert found.imputed_hours == row["imputed_hours"]


def test_the_list_of_a_gap_is_as_long_as_the_gap_is_large(build: Build) -> None:
    for row in data_quality(build, FORCE, lines_shown=1).gaps.rows.iter_rows(named=True):
        found = behind(build, OfGap(row["topic"], row["gap"]))
        if row["topic"] == Topic.IMPUTED_TIME:
            assert round(found.units / UNITS_PER_MINUTE) == row["number"]
        else:
            assert found.incidents == row["number"], row


@pytest.mark.parametrize(
    ("having", "ids"),
    [(Having.CRIME, []), (Having.DOMESTIC, ["L3", "L2", "L1"]), (Having.OPTIONAL_WITHOUT, ["L3", "L2", "L1"])],
)
def test_a_part_of_a_persons_contacts_is_listed_by_what_it_has(build: Build, having: Having, ids: list[str]) -> None:
    assert listed(behind(build, OfPerson(person(build, "L1"), DAYS, having=having))) == ids


class Harmed(Build):
    """The same force with a harm table: two of Ann's incidents share a crime, one bears another, one is unscored."""

    def table(self, name: str) -> pl.LazyFrame:
        if name != "group_crimes":
            return super().table(name)
        group = dict(super().frame("incidents", ["incident_id", "group_id"]).iter_rows())
        rows = [
            (group["L1"], "C1", 100.5),
            (group["L2"], "C1", 100.5),
            (group["L2"], "C2", 10),
            (group["L3"], "C3", None),
        ]
        schema = {"group_id": pl.String, "crime_ref": pl.String, "days": pl.Float64}
        return pl.LazyFrame(rows, schema=schema, orient="row")


def test_each_crime_gives_its_harm_to_the_first_contact_about_it(build: Build) -> None:
    found = behind(Harmed(build.id, build.path), OfHarm(person(build, "L1"), DAYS, ("N1",)))
    assert found.rows.rows.select("incident_id", "harm").rows() == [("L2", 10.0), ("L1", 100.5)]
    assert found.harm == 110.5


def test_the_other_measures_of_a_list_are_those_of_its_logs(build: Build) -> None:
    found = behind(build, OfArea(DAYS, ("N1",)))
    logs = build.frame("incidents", ["incident_id", "unit_minutes", "elapsed_minutes"])
    unit, elapsed = 0.0, 0.0
    for name, *minutes in logs.iter_rows():
        if name in listed(found):
            unit, elapsed = unit + (minutes[0] or 0), elapsed + (minutes[1] or 0)
    assert (found.unit_minutes, found.elapsed_minutes) == (unit, elapsed) == (485, 160 + 60 + 45 + 60)


def test_a_part_of_an_incident_has_no_other_measure_and_no_bounds(build: Build) -> None:
    for figure in (OfHours(DAYS, 2, 10), OfPhase(DAYS, Whose.LISTED, "travel")):
        found = behind(build, figure)
        assert found.incidents and (found.unit_minutes, found.elapsed_minutes, found.bounds) == (None, None, None)


def test_a_list_lies_between_the_bounds_of_its_incidents(build: Build) -> None:
    rows = build.frame("incidents", ["neighbourhood_code", "officer_minutes_low", "officer_minutes_high"])
    found = behind(build, OfArea(Days(date(2013, 1, 1), date(2015, 1, 1)), ("N2",)))
    low, high = (sum(rows.filter(neighbourhood_code="N2")[f"officer_minutes_{end}"]) / 60 for end in ("low", "high"))
    assert found.bounds == (low, high)


def test_a_figure_that_is_not_of_harm_gives_none(build: Build) -> None:
    assert behind(build, OfArea(DAYS)).harm is None


@pytest.mark.parametrize("other", ["three_in_six_months", "marac_repeat_present", "marac_repeat_older"])
def test_the_list_of_either_definition_adds_up_to_the_contacts_it_counts(build: Build, other: str) -> None:
    base = "repeat_caller_force"
    answer = switch_definition(build, VIEW, FORCE, base=base, other=other, assumptions=ASSUMED, length=10)
    for row in answer.changes.rows.iter_rows(named=True):
        for definition, contacts in ((base, row["contacts"]), (other, row["other_contacts"])):
            figure = OfDefinition(row["key_id"], DAYS, row["area_code"], definition)
            assert (behind(build, figure).contacts or 0) == contacts


def test_a_person_is_recorded_in_at_least_what_they_rang_about(build: Build) -> None:
    who = person(build, "L4")
    answer = ask_person(build, who, VIEW, FORCE, assumptions=ASSUMED)
    assert (
        listed(behind(build, OfPerson(who, DAYS, among=Among.RECORDED)))
        == answer.incidents.rows["first_incident_id"].to_list()
    )


def test_an_officer_is_listed_nothing_of_another_neighbourhood(build: Build) -> None:
    found = incidents_behind(build, VIEW, police(frozenset({"N2"})), OfArea(DAYS), assumptions=ASSUMED)
    assert listed(found) == ["L9", "L8"]


def test_a_partner_is_given_no_list_at_all(build: Build) -> None:
    who = partner("HOUSING", shared_persons=frozenset({person(build, "L1")}), threshold=5)
    found = incidents_behind(build, VIEW, who, OfPerson(person(build, "L1"), DAYS), assumptions=ASSUMED)
    assert (found.rows.rows.width, found.contacts, found.units) == (0, None, 0)
