"""Is it said how few make how much demand, when it is worked and whom a definition lists, and to whom?"""

from __future__ import annotations

import re
from datetime import date
from functools import cache
from pathlib import Path

import polars as pl
import pytest

from analysis.disclosure import Audience
from analysis.questions.definitions import Change
from analysis.questions.figures import By, OfCallers
from analysis.questions.resources import HourlyRate, PlannedVisits
from analysis.questions.view import View
from dashboard.charts.palette import LIGHT
from dashboard.data import assumptions, audience_of, view_of
from dashboard.data.demand import concentration, resources, switched
from dashboard.data.incidents import behind
from dashboard.sign_in import Viewer
from dashboard.text import hours
from dashboard.view_models.concentration import concentration_sentence, concentration_view
from dashboard.view_models.definition_switch import definitions_view
from dashboard.view_models.demand_setting import DemandSetting, demand_setting
from dashboard.view_models.hours_worked import hours_worked_view, visits_sentence
from dashboard.view_models.time_measures import measures_table
from dashboard.visit import Visit
from partnership.vocabulary import Role
from tests.dashboard.built import all_text, built, opened, viewer, visit_of

POLICE = [Role.SECTOR_INSPECTOR, Role.NEIGHBOURHOOD_OFFICER, Role.PPU_OFFICER, Role.ANALYST]
VISITS = PlannedVisits(4, 60, 2)


@cache
def inspector() -> Visit:
    return visit_of(viewer(Role.SECTOR_INSPECTOR))


def setting() -> DemandSetting:
    found = demand_setting(inspector(), assumptions=assumptions(), timezone="Europe/London")
    assert found is not None
    return found


def asked() -> tuple[str, View, Audience]:
    return inspector().facts.id, view_of(inspector()), audience_of(inspector())


def plain(text: str) -> str:
    return re.sub(r"\\(.)", r"\1", text).replace("\u00a0", " ")


def callers_outside(who: Viewer) -> set[str]:
    """Callers who never rang from the viewer's areas."""
    areas = built().manifest["facts"]["neighbourhoods"]
    own = [area["code"] for area in areas if {area["code"], area["sector"]} & set(who.areas)]
    contacts = built().frame("contacts").filter(pl.col("key_type").is_in(["caller", "concerned"]))
    inside = contacts.filter(pl.col("neighbourhood_code").is_in(own))["key_id"].unique()
    return set(contacts.filter(~pl.col("key_id").is_in(inside.implode()))["key_id"])


@pytest.mark.parametrize("role", POLICE)
def test_every_police_role_sees_what_the_ten_stand_for_and_whom_it_cannot_see(role: Role, app_store: Path) -> None:
    app = opened(viewer(role), "demand")
    assert not app.exception and not app.error
    assert "people who never rang" in all_text(app)


@pytest.mark.parametrize("role", [Role.PARTNER, Role.AUDITOR, None])
def test_no_other_role_sees_a_person_or_a_figure(role: Role | None, app_store: Path) -> None:
    app = opened(viewer(role) if role else None, "demand")
    assert not app.exception
    assert "P-" not in all_text(app) and "officer time" not in all_text(app)


@pytest.mark.parametrize("role", [Role.SECTOR_INSPECTOR, Role.NEIGHBOURHOOD_OFFICER])
def test_nobody_of_another_area_is_on_the_page(role: Role, app_store: Path) -> None:
    who = viewer(role)
    shown = all_text(opened(who, "demand"))
    assert not {person for person in callers_outside(who) if person in shown}


def test_more_planned_visits_take_more_of_a_week(app_store: Path) -> None:
    app = opened(viewer(Role.SECTOR_INSPECTOR), "demand")
    app.number_input(key="demand_visits_visits").set_value(20).run()
    assert not app.exception and "20 planned visits a week of 45 minutes by 2 officers would take 30.0 h a week" in (
        plain(all_text(app))
    )


def test_the_same_definition_twice_moves_nobody(app_store: Path) -> None:
    app = opened(viewer(Role.SECTOR_INSPECTOR), "demand")
    base = app.selectbox(key="demand_definition_base").value
    app.selectbox(key="demand_definition_other").set_value(base).run()
    assert not app.exception and "The list stays the same." in all_text(app)


def test_the_sentence_of_concentration_reads_as_a_person_would_say_it() -> None:
    ten = {
        "people": 10,
        "callers": 125,
        "people_share": 0.08,
        "contacts_share": 0.21,
        "officer_hours_share": 0.34,
    }
    said = concentration_sentence([ten, ten | {"people": 20, "people_share": 0.16}])
    assert plain(said) == (
        "The 10 callers who rang most are 8 % of the 125 callers, 21 % of the contacts and 34 % of the officer hours; "
        "20 would be 16 %, 21 % and 34 %. People who never rang are not seen here."
    )


def test_the_drawn_curves_end_with_everybody_and_everything(app_store: Path) -> None:
    shown = concentration_view(concentration(*asked()), setting(), LIGHT)
    assert shown.figure is not None
    assert [str(cell).replace("\u00a0", " ") for cell in shown.figure.table.rows[-1][1:]] == ["100 %"] * 3


def test_the_grid_times_its_weekdays_adds_up_to_the_hours_said(app_store: Path) -> None:
    answer = resources(*asked(), VISITS)
    shown = hours_worked_view(answer, VISITS, setting(), LIGHT)
    assert shown.figure is not None
    weeks = setting().weeks
    drawn = sum(value for row in shown.figure.picture.data[0].z for value in row) * weeks
    assert drawn == pytest.approx(answer.summary.rows["officer_hours"].item())


def test_the_shifts_add_up_to_the_same_hours_as_the_grid(app_store: Path) -> None:
    answer = resources(*asked(), VISITS)
    shown = hours_worked_view(answer, VISITS, setting(), LIGHT)
    said = [float(str(row[1]).removesuffix("\u00a0h").replace(",", "")) for row in shown.shifts.rows]
    assert sum(said) == pytest.approx(answer.summary.rows["officer_hours"].item(), abs=0.05 * len(said))


def test_beside_the_averages_of_a_weekday_stand_its_median_and_a_busy_day(app_store: Path) -> None:
    answer = resources(*asked(), VISITS)
    shown = hours_worked_view(answer, VISITS, setting(), LIGHT)
    days = answer.weekdays.rows.to_dicts()
    assert [row[0] for row in shown.weekdays.rows] == ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
    assert all(day["median_hours"] < day["high_hours"] for day in days)
    assert sum(day["officer_hours"] for day in days) == pytest.approx(answer.summary.rows["officer_hours"].item())
    assert shown.figure is not None and str(shown.figure.table.rows[0][1]).count(" · ") == 2
    imputed = answer.phases.rows.filter(whose="listed", phase="officer_time")["imputed_hours"].item()
    assert imputed == pytest.approx(answer.summary.rows["imputed_hours"].item()) and imputed > 0


def test_visits_are_set_against_an_average_week_of_those_listed() -> None:
    summary = {"visit_hours": 8.0, "visit_share": 0.4, "weekly_hours": 20.0, "visit_pounds": None}
    assert plain(visits_sentence(summary, VISITS)) == (
        "4 planned visits a week of 60 minutes by 2 officers would take 8.0 h a week: "
        "40 % of the 20.0 h a week those listed take now."
    )


def test_pounds_are_said_with_the_rate_its_day_and_its_source() -> None:
    summary = {"visit_hours": 8.0, "visit_share": 0.4, "weekly_hours": 20.0, "visit_pounds": 480.0, "pounds": 9600.0}
    rate = HourlyRate(60.0, date(2013, 4, 1), "Finance, 2013")
    assert plain(visits_sentence(summary, VISITS, rate)).endswith(
        "At the force's hourly rate of £60.00 from Mon 1 Apr 2013 (Finance, 2013) the visits are £480 a week, and the "
        "time of those listed in these weeks is £9,600."
    )


def test_the_three_measures_are_of_the_same_incidents(app_store: Path) -> None:
    answer = resources(*asked(), VISITS)
    rows = answer.measures.rows
    assert rows.height == 6
    assert rows.group_by("whose").agg(pl.col("incidents").n_unique())["incidents"].to_list() == [1, 1]
    officer = rows.filter(whose="listed", measure="units")["hours"].item()
    assert officer == pytest.approx(answer.summary.rows["officer_hours"].item())
    assert len(measures_table(answer, setting()).openings) == 2


def test_the_hours_of_those_listed_lie_between_their_bounds_and_say_so(app_store: Path) -> None:
    answer = resources(*asked(), VISITS)
    row = answer.summary.rows.row(0, named=True)
    assert row["officer_hours_low"] < row["officer_hours"] < row["officer_hours_high"]
    listed = behind(*asked(), OfCallers(setting().days, None, None, By.LIST))
    assert listed.bounds == (row["officer_hours_low"], row["officer_hours_high"])
    shown = hours_worked_view(answer, VISITS, setting(), LIGHT)
    assert shown.figure is not None
    assert f"between {hours(row['officer_hours_low'])} and {hours(row['officer_hours_high'])}" in shown.figure.sentence


def test_those_who_leave_a_list_are_as_many_as_are_counted(app_store: Path) -> None:
    answer = switched(*asked(), "repeat_caller_force", "three_in_six_months")
    shown = definitions_view(answer, setting())
    counted = answer.counts.rows.filter(pl.col("area_code") == setting().first_code)["leave"].item()
    assert counted > 0 and [row[1] for row in shown.changes.rows].count(Change.LEAVES.value) == counted


def test_a_definition_is_shown_with_its_version_and_its_source(app_store: Path) -> None:
    shown = definitions_view(switched(*asked(), "repeat_caller_force", "three_in_six_months"), setting())
    assert "version 1" in shown.other_said and "Crime and Policing Act 2014" in shown.other_said
