"""Do the hours of the ten stand where they were worked, and do they add up to their officer time?"""

from __future__ import annotations

import dataclasses
from datetime import date

import polars as pl
import pytest

from analysis.assumptions import Assumption, Assumptions
from analysis.disclosure import Audience, nobody, partner, police
from analysis.errors import QuestionError
from analysis.questions.builds import Build, load_assumptions
from analysis.questions.resources import PlannedVisits, Resources, resources
from analysis.questions.view import View
from tests.analysis.questions.demand_force import AFTER_MARCH, AS_OF, build_force

VISITS = PlannedVisits(visits_a_week=2, minutes=30, officers=2)


@pytest.fixture(scope="module")
def build(tmp_path_factory: pytest.TempPathFactory) -> Build:
    return build_force(tmp_path_factory.mktemp("resources"))


def asked(
    build: Build,
    *,
    as_of: date = AS_OF,
    neighbourhoods: tuple[str, ...] | None = ("N1",),
    audience: Audience | None = None,
    assumptions: Assumptions | None = None,
) -> Resources:
    view = View(as_of, 8 if as_of == AS_OF else 52, neighbourhoods=neighbourhoods)
    return resources(
        build, view, audience or police(None), assumptions=assumptions or load_assumptions(), visits=VISITS
    )


def minutes_worked(found: Resources) -> dict[tuple[int, int], int]:
    worked = found.hours.rows.filter(pl.col("officer_hours") > 0)
    return {
        (day, hour): round(hours * 60)
        for day, hour, hours in worked.select("weekday", "hour", "officer_hours").iter_rows()
    }


def test_hours_stand_where_they_were_worked_through_the_night_the_clocks_went_back(build: Build) -> None:
    # 40, 100, 160 and 20 minutes of the four units of Ann's first call, all on Sunday 27 October by the local clock;
    # her others on a Tuesday morning and a Wednesday night. Bob's had no unit, and Cara is not listed.
    sunday = {(7, 0): 60, (7, 1): 240, (7, 2): 20}
    assert minutes_worked(asked(build)) == {**sunday, (2, 10): 55, (2, 11): 5, (3, 22): 15, (3, 23): 30}


def test_the_hour_the_clocks_skipped_in_march_holds_nothing_more(build: Build) -> None:
    # In the year to April Ann's call of 30 March is added: 40 minutes, 20 before one o'clock and 20 after two.
    worked = minutes_worked(asked(build, as_of=AFTER_MARCH))
    assert {hour: minutes for (day, hour), minutes in worked.items() if day == 7} == {0: 80, 1: 240, 2: 40}


def test_hours_shifts_and_summary_add_up_to_one_another(build: Build) -> None:
    found = asked(build)
    hours, shifts = (frame.rows["officer_hours"].sum() for frame in (found.hours, found.shifts))
    assert [hours, shifts] == pytest.approx([found.summary.rows["officer_hours"][0]] * 2)
    assert hours * 60 == pytest.approx(320 + 60 + 45)


def test_an_average_is_divided_by_the_weekdays_of_the_window(build: Build) -> None:
    tuesday = asked(build).hours.rows.filter(pl.col("weekday") == 2, pl.col("hour") == 10).row(0, named=True)
    assert (tuesday["days"], tuesday["average_hours"] * 60) == (8, pytest.approx(55 / 8))


def test_the_median_and_a_busy_day_stand_beside_the_average_of_a_weekday(build: Build) -> None:
    # One Sunday of eight with 320 minutes, and one Tuesday with 60: the other seven are days of nothing.
    rows = asked(build).weekdays.rows.select("weekday", "days", "average_hours", "median_hours", "high_hours").rows()
    assert rows[6] == (7, 8, pytest.approx(320 / 60 / 8), 0.0, pytest.approx(0.3 * 320 / 60))
    assert rows[1] == (2, 8, pytest.approx(1 / 8), 0.0, pytest.approx(0.3))


def test_every_hour_and_shift_of_the_week_has_a_median(build: Build) -> None:
    found = asked(build)
    assert [one.rows["median_hours"].null_count() for one in (found.hours, found.shifts)] == [0, 0]
    tuesday = found.hours.rows.filter(weekday=2, hour=10).row(0, named=True)
    night = found.shifts.rows.filter(weekday=6, shift="night").row(0, named=True)
    assert (tuesday["high_hours"] * 60, night["high_hours"] * 60) == (pytest.approx(0.3 * 55), pytest.approx(0.3 * 320))


def test_a_night_that_began_on_a_saturday_is_saturday_s(build: Build) -> None:
    nights = asked(build).shifts.rows.filter(pl.col("shift") == "night", pl.col("officer_hours") > 0)
    worked = {day: round(hours * 60) for day, hours in nights.select("weekday", "officer_hours").iter_rows()}
    assert worked == {6: 320, 3: 30}


def phases_of(found: Resources, whose: str) -> dict[str, int]:
    rows = found.phases.rows.filter(pl.col("whose") == whose, pl.col("officer_hours").is_not_null())
    return {phase: round(hours * 60) for phase, hours in rows.select("phase", "officer_hours").iter_rows()}


def test_phases_and_what_is_not_recorded_add_up_to_the_officer_time(build: Build) -> None:
    assert phases_of(asked(build), "listed") == {
        "officer_time": 425,
        "setting_off": 5,
        "travel": 25,
        "at_scene": 75,
        "not_recorded": 320,
    }


def test_beside_the_ten_stand_all_incidents_of_the_view(build: Build) -> None:
    assert phases_of(asked(build), "all")["officer_time"] == 485


def test_a_median_stands_beside_the_mean(build: Build) -> None:
    rows = asked(build).phases.rows.filter(pl.col("whose") == "listed", pl.col("phase") == "officer_time")
    row = rows.row(0, named=True)
    assert (row["incidents"], row["mean_minutes"], row["median_minutes"]) == (3, pytest.approx(425 / 3), 60)
    assert (row["imputed_hours"], rows.height) == (0.0, 1)


def test_a_phase_without_a_stamp_is_not_known_and_not_nothing(build: Build) -> None:
    rows = asked(build).phases.rows.filter(pl.col("phase") == "after_scene")
    assert rows["officer_hours"].to_list() == [None, None]


def test_elapsed_time_is_told_apart_from_the_officers_added_up(build: Build) -> None:
    # The first call held four officers, 320 minutes in all and 160 from the first assignment to the last end.
    rows = asked(build).measures.rows.filter(whose="listed")
    said = {row["measure"]: (row["incidents"], round(row["hours"] * 60)) for row in rows.to_dicts()}
    assert said == {"units": (3, 425), "unit_units": (3, 425), "elapsed_units": (3, 160 + 60 + 45)}
    assert rows["median_minutes"].to_list() == [60, 60, 60]


def test_where_every_unit_was_cleared_the_bounds_are_the_hours_themselves(build: Build) -> None:
    row = asked(build).summary.rows.row(0, named=True)
    assert row["officer_hours_low"] == row["officer_hours"] == row["officer_hours_high"]


def test_planned_visits_stand_against_an_average_week(build: Build) -> None:
    row = asked(build).summary.rows.row(0, named=True)
    # two visits of half an hour by two officers; 425 minutes in eight weeks
    assert (row["visit_hours"], row["visit_share"]) == (2.0, pytest.approx(2 / (425 / 60 / 8)))


def test_the_median_week_and_a_busy_one_stand_beside_the_average(build: Build) -> None:
    row = asked(build).summary.rows.row(0, named=True)
    # eight weeks of 320, 60, 45 and five times no minutes
    assert (row["median_week_hours"], row["high_week_hours"]) == (0.0, pytest.approx((60 + 0.3 * 260) / 60))


class OldBuild(Build):
    """A build as it was before officer time could be told by phase."""

    def table(self, name: str) -> pl.LazyFrame:
        stored = super().table(name)
        return stored.drop("overlap") if name == "deployments" else stored


def test_a_build_from_before_there_were_phases_asks_to_build_again(build: Build) -> None:
    with pytest.raises(QuestionError, match="Build again"):
        asked(OldBuild(build.id, build.path))


def test_a_visit_needs_time_and_an_officer() -> None:
    with pytest.raises(QuestionError, match="visit"):
        PlannedVisits(1, 0, 2)


def test_there_are_no_pounds_without_a_rate(build: Build) -> None:
    found = asked(build)
    assert (found.rate, found.summary.rows["pounds"][0]) == (None, None)


def test_pounds_are_hours_at_the_force_s_rate(build: Build) -> None:
    rate = Assumption(
        "officer_hour_rate", 60, "pounds an hour from 2013-04-01", "ours", "Finance", "Finance", date(2027, 1, 31)
    )
    assumptions = dataclasses.replace(load_assumptions(), entries=(*load_assumptions().entries, rate))
    assert asked(build, assumptions=assumptions).summary.rows["pounds"][0] == pytest.approx(425)


def test_an_officer_is_given_the_own_neighbourhood_only(build: Build) -> None:
    of_n2 = asked(build, neighbourhoods=None, audience=police(frozenset({"N2"})))
    assert of_n2.summary.rows["officer_hours"][0] == 1.5


@pytest.mark.parametrize(
    "audience", [partner("Housing", shared_persons=frozenset(), threshold=5), nobody()], ids=["partner", "nobody"]
)
def test_partners_and_strangers_are_given_nothing(build: Build, audience: Audience) -> None:
    found = asked(build, neighbourhoods=None, audience=audience)
    released = (found.hours, found.weekdays, found.shifts, found.phases, found.measures, found.summary)
    assert [one.rows.width for one in released] == [0] * 6
