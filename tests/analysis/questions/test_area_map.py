"""What came from each area: counted by hand, against a slow oracle, and only for those who may see it."""

from __future__ import annotations

import itertools
from collections import Counter
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from analysis.disclosure import Audience, nobody, partner, police
from analysis.errors import QuestionError
from analysis.questions.area_map import AreaMap, NoRate, area_map
from analysis.questions.builds import Build
from analysis.questions.view import AreaKind, View
from tests.analysis.questions.area_build import AS_OF, Job, local_noon, write_build

NOV = local_noon(11, 20)
VIEW = View(AS_OF, weeks=12)
JOBS = (
    Job(NOV, "W1", "N1", callers=("P-1", "P-2"), minutes=90, imputed=30),
    Job(NOV, "W2", "N1", callers=("P-1",)),
    Job(NOV, "W2", "N2", callers=()),
    Job(NOV, None, "N2", callers=("P-3",), minutes=30),
    Job(NOV, "W3", "N3", callers=("P-4",), is_domestic=False),
    Job(NOV, None, None, callers=("P-5",)),
    Job(local_noon(8, 1), "W1", "N1", callers=("P-1",), minutes=120),
)
NUMBERS = itertools.count()


def build_of(folder: Path, jobs: tuple[Job, ...] = JOBS, **more: object) -> Build:
    """A build in a folder of its own."""
    return write_build(folder / f"b{next(NUMBERS)}", jobs, **more)  # type: ignore[arg-type]


def figure(answer: AreaMap, name: str) -> dict[str, float]:
    """One figure by area code, and of what could not be placed."""
    found = dict(zip(answer.areas.rows["area_code"], answer.areas.rows[name], strict=True))
    return found | {"unlocated": answer.unlocated.rows[name].item()}


@pytest.mark.parametrize(
    ("area", "name", "expected"),
    [
        (AreaKind.NEIGHBOURHOOD, "contacts", {"N1": 3, "N2": 1, "N3": 0, "unlocated": 1}),
        (AreaKind.NEIGHBOURHOOD, "people", {"N1": 2, "N2": 1, "N3": 0, "unlocated": 1}),
        (AreaKind.NEIGHBOURHOOD, "officer_hours", {"N1": 2.5, "N2": 1.5, "N3": 0, "unlocated": 1}),
        (AreaKind.NEIGHBOURHOOD, "imputed_hours", {"N1": 0.5, "N2": 0, "N3": 0, "unlocated": 0}),
        (AreaKind.NEIGHBOURHOOD, "contacts_before", {"N1": 1, "N2": 0, "N3": 0, "unlocated": 0}),
        (AreaKind.WARD, "contacts", {"W1": 2, "W2": 1, "W3": 0, "unlocated": 2}),
        (AreaKind.WARD, "officer_hours", {"W1": 1.5, "W2": 2, "W3": 0, "unlocated": 1.5}),
    ],
)
def test_the_figures_of_each_area_are_those_counted_by_hand(
    tmp_path: Path, area: AreaKind, name: str, expected: dict[str, float]
) -> None:
    assert figure(area_map(build_of(tmp_path), VIEW, police(None), area=area), name) == expected


def test_the_window_before_is_not_known_where_the_data_do_not_reach_so_far(tmp_path: Path) -> None:
    answer = area_map(build_of(tmp_path), View(AS_OF, weeks=52), police(None), area=AreaKind.WARD)
    assert answer.first_day_before is None and answer.areas.rows["contacts_before"].null_count() == 3


def test_all_incidents_count_where_the_view_is_not_of_domestic_ones(tmp_path: Path) -> None:
    view = View(AS_OF, weeks=12, domestic_only=False)
    assert figure(area_map(build_of(tmp_path), view, police(None), area=AreaKind.WARD), "contacts")["W3"] == 1


@pytest.mark.parametrize("area", list(AreaKind))
def test_an_officer_sees_own_neighbourhood_and_what_nobody_could_place(tmp_path: Path, area: AreaKind) -> None:
    answer = area_map(build_of(tmp_path), VIEW, police(frozenset({"N2"})), area=area)
    seen = {code: value for code, value in figure(answer, "contacts").items() if value}
    assert seen == ({"N2": 1, "unlocated": 1} if area is AreaKind.NEIGHBOURHOOD else {"unlocated": 2})


@pytest.mark.parametrize("audience", [nobody(), partner("HOUSING", shared_persons=frozenset({"P-1"}), threshold=5)])
def test_nobody_but_the_police_is_given_a_map(tmp_path: Path, audience: Audience) -> None:
    answer = area_map(build_of(tmp_path), VIEW, audience, area=AreaKind.WARD)
    assert answer.areas.rows.is_empty() and answer.unlocated.rows.is_empty()


def test_contacts_are_set_against_the_residents_where_they_are_given(tmp_path: Path) -> None:
    build = build_of(tmp_path, residents=(1500.0, 0.0, None))
    answer = area_map(build, VIEW, police(None), area=AreaKind.NEIGHBOURHOOD)
    assert (answer.no_rate, answer.areas.rows["per_1000"].to_list()) == (None, [2.0, None, None])


def test_without_a_population_it_is_said_why_there_is_no_rate(tmp_path: Path) -> None:
    answer = area_map(build_of(tmp_path), VIEW, police(None), area=AreaKind.NEIGHBOURHOOD)
    assert answer.no_rate is NoRate.NO_POPULATION


def test_a_part_of_a_ward_is_not_set_against_all_its_residents(tmp_path: Path) -> None:
    answer = area_map(build_of(tmp_path), VIEW, police(frozenset({"N1"})), area=AreaKind.WARD)
    assert answer.no_rate is NoRate.PART_OF_WARDS


def test_a_build_without_any_ward_says_how_to_mend_it(tmp_path: Path) -> None:
    build = build_of(tmp_path, (Job(NOV, None, "N1"),))
    with pytest.raises(QuestionError, match=r"boundaries\.ward"):
        area_map(build, VIEW, police(None), area=AreaKind.WARD)


jobs = st.lists(
    st.builds(
        Job,
        at=st.integers(0, 24 * 7 * 24).map(lambda back: local_noon(12, 1) - timedelta(hours=back)),
        ward=st.sampled_from(["W1", "W2", None]),
        neighbourhood=st.sampled_from(["N1", "N2", None]),
        callers=st.sets(st.sampled_from(["P-1", "P-2", "P-3"])).map(sorted),
        minutes=st.integers(0, 300),
    ),
    max_size=12,
)


@given(jobs=jobs, area=st.sampled_from(list(AreaKind)))
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_the_areas_and_the_unplaced_add_up_to_the_force_as_a_clerk_would_count_it(
    tmp_path: Path, jobs: list[Job], area: AreaKind
) -> None:
    anchor = Job(local_noon(1, 7), "W1", "N1")  # long before: so that the build has areas and domestic incidents
    answer = area_map(build_of(tmp_path, (anchor, *jobs)), VIEW, police(None), area=area)
    start = local_noon(9, 9) - timedelta(hours=13)  # midnight, British Summer Time
    recent = [job for job in jobs if job.at >= start]
    contacts: Counter[str] = Counter()
    worked: Counter[str] = Counter()
    for job in recent:
        code = (job.ward if area is AreaKind.WARD else job.neighbourhood) or "unlocated"
        contacts[code] += len(job.callers)
        worked[code] += job.minutes
    found = figure(answer, "contacts")
    assert {code: number for code, number in found.items() if number} == +contacts
    assert sum(found.values()) == sum(len(job.callers) for job in recent)
    hours = figure(answer, "officer_hours")
    assert {code: round(value * 60, 6) for code, value in hours.items() if value} == +worked
