"""Which points are drawn: those of the week, in one's own area, and never where a listed place lies."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from analysis.disclosure import nobody, partner, police
from analysis.questions.area_map_points import incident_points
from analysis.questions.view import View
from tests.analysis.questions.area_build import AS_OF, Job, local_noon, write_build

SUNDAY = date(2013, 11, 24)
VIEW = View(AS_OF, weeks=12)
HOME, REFUGE = (-1.9, 52.4), (-1.8, 52.5)
IN_WEEK = local_noon(11, 20)


def points(folder: Path, *jobs: Job, view: View = VIEW, week_ending: date = SUNDAY) -> list[tuple[float, float]]:
    """What a reader of the whole force is given."""
    answer = incident_points(write_build(folder / "b1", jobs), view, police(None), week_ending=week_ending)
    return list(zip(answer.rows["longitude"], answer.rows["latitude"], strict=True))


def test_an_incident_of_the_week_is_a_point(tmp_path: Path) -> None:
    assert points(tmp_path, Job(IN_WEEK, "W1", "N1", point=HOME)) == [HOME]


@pytest.mark.parametrize(
    "job",
    [
        Job(local_noon(11, 25), "W1", "N1", point=HOME),
        Job(local_noon(11, 17), "W1", "N1", point=HOME),
        Job(IN_WEEK, "W1", "N1", point=None),
        Job(IN_WEEK, "W1", None, point=HOME),
        Job(IN_WEEK, "W1", "N1", point=HOME, is_domestic=False),
        Job(IN_WEEK, "W1", "N1", point=REFUGE, is_address_of_place=True),
        Job(IN_WEEK, "W1", "N1", point=REFUGE, is_phone_of_place=True),
    ],
    ids=["week after", "week before", "no point", "nobody's area", "not domestic", "at a refuge", "a refuge's number"],
)
def test_what_is_not_to_be_shown_is_no_point(tmp_path: Path, job: Job) -> None:
    assert points(tmp_path, job) == []


def test_a_call_from_a_refuge_under_another_address_is_not_shown_either(tmp_path: Path) -> None:
    known = Job(local_noon(3, 3), "W1", "N1", point=REFUGE, is_address_of_place=True)
    assert points(tmp_path, known, Job(IN_WEEK, "W1", "N1", point=REFUGE), Job(IN_WEEK, "W1", "N1", point=HOME)) == [
        HOME
    ]


def test_a_week_outside_the_window_holds_nothing(tmp_path: Path) -> None:
    old = Job(local_noon(7, 10), "W1", "N1", point=HOME)
    assert points(tmp_path, old, week_ending=date(2013, 7, 14)) == []


def test_an_officer_gets_the_points_of_own_neighbourhood_only(tmp_path: Path) -> None:
    jobs = [Job(IN_WEEK, "W1", "N1", point=HOME), Job(IN_WEEK, "W2", "N2", point=(-1.7, 52.3))]
    answer = incident_points(write_build(tmp_path / "b1", jobs), VIEW, police(frozenset({"N1"})), week_ending=SUNDAY)
    assert answer.rows["neighbourhood_code"].to_list() == ["N1"]


@pytest.mark.parametrize(
    "audience",
    [nobody(), partner("HOUSING", shared_persons=frozenset({"P-1"}), threshold=5)],
    ids=["nobody", "partner"],
)
def test_nobody_but_the_police_is_ever_given_a_point(tmp_path: Path, audience: object) -> None:
    build = write_build(tmp_path / "b1", [Job(IN_WEEK, "W1", "N1", point=HOME)])
    assert incident_points(build, VIEW, audience, week_ending=SUNDAY).rows.is_empty()  # type: ignore[arg-type]
