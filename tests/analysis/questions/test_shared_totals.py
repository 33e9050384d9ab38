"""What a partner may know of how much there is: sums that are right, and small numbers that cannot be worked out."""

from __future__ import annotations

import itertools
from datetime import timedelta
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from analysis.disclosure import Audience, nobody, partner, police
from analysis.questions.shared_totals import ALL, UNPLACED, SharedTotals, shared_totals
from tests.analysis.disclosure.attacker import intervals
from tests.analysis.questions.area_build import AS_OF, SECTORS, Job, local_noon, write_build

HOUSING = partner("HOUSING", shared_persons=frozenset(), threshold=5)
NOV, JUNE = local_noon(11, 20), local_noon(6, 5)
NUMBERS = itertools.count()


def totals(folder: Path, jobs: list[Job], audience: Audience = HOUSING) -> SharedTotals:
    """The totals of twelve and of 52 weeks."""
    build = write_build(folder / f"b{next(NUMBERS)}", jobs)
    return shared_totals(build, audience, as_of=AS_OF, recent_weeks=12, weeks=52)


def margins(answer: SharedTotals) -> dict[tuple[str, str], int | None]:
    """The totals of sectors and wards in the newest weeks."""
    rows = answer.recent.rows
    return {
        (sector, ward): number
        for sector, ward, number in rows.select("sector", "ward_code", "incidents").iter_rows()
        if ALL in (sector, ward)
    }


def many(ward: str | None, neighbourhood: str | None, number: int, **more: object) -> list[Job]:
    """So many jobs in one place."""
    return [Job(NOV, ward, neighbourhood, **more)] * number  # type: ignore[arg-type]


def test_sectors_and_wards_are_summed_and_a_true_nothing_is_a_nought(tmp_path: Path) -> None:
    found = margins(totals(tmp_path, [*many("W1", "N1", 6), *many("W2", "N2", 7), *many(None, None, 5)]))
    assert found == {
        ("South", ALL): 13,
        ("North", ALL): 0,
        (UNPLACED, ALL): 5,
        (ALL, "W1"): 6,
        (ALL, "W2"): 7,
        (ALL, "W3"): 0,
        (ALL, UNPLACED): 5,
        (ALL, ALL): 18,
    }


def test_a_small_number_is_withheld_and_another_with_it(tmp_path: Path) -> None:
    found = margins(totals(tmp_path, [*many("W1", "N1", 2), *many("W2", "N2", 7), *many("W3", "N3", 9)]))
    assert found[(ALL, "W1")] is None and list(found.values()).count(None) >= 2


def test_officer_hours_are_withheld_with_their_incidents(tmp_path: Path) -> None:
    rows = totals(tmp_path, [*many("W1", "N1", 2), *many("W2", "N2", 7)]).recent.rows
    assert rows.filter(rows["incidents"].is_null())["officer_hours"].null_count() > 0
    assert rows.filter(rows["incidents"].is_null())["officer_hours"].drop_nulls().is_empty()


def test_only_domestic_incidents_are_counted(tmp_path: Path) -> None:
    found = margins(totals(tmp_path, [*many("W1", "N1", 6), *many("W1", "N1", 9, is_domestic=False)]))
    assert found[(ALL, ALL)] == 6


def test_the_two_stretches_do_not_overlap(tmp_path: Path) -> None:
    jobs = [*many("W1", "N1", 6), *[Job(JUNE, "W1", "N1")] * 8]
    answer = totals(tmp_path, jobs, police(None))
    assert answer.earlier is not None
    both = [part.rows.filter(part.rows["sector"] == ALL)["incidents"].max() for part in (answer.recent, answer.earlier)]
    assert both == [6, 8]


def test_nobody_is_given_a_total(tmp_path: Path) -> None:
    assert totals(tmp_path, many("W1", "N1", 6), nobody()).recent.rows.is_empty()


def test_no_person_area_of_police_or_point_is_in_the_totals(tmp_path: Path) -> None:
    names = set(totals(tmp_path, many("W1", "N1", 6)).recent.rows.columns)
    hours = {"officer_hours", "officer_hours_low", "officer_hours_high", "imputed_hours"}
    assert names == {"sector", "ward_code", "ward_name", "incidents", *hours, "is_suppressed"}


places = st.tuples(st.sampled_from(["W1", "W2", "W3", None]), st.sampled_from([*SECTORS, None]))


@given(jobs=st.lists(st.tuples(places, st.integers(0, 20)), max_size=9))
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_withheld_number_can_be_placed_within_three(
    tmp_path: Path, jobs: list[tuple[tuple[str | None, str | None], int]]
) -> None:
    written = [Job(NOV - timedelta(minutes=at), *place) for place, number in jobs for at in range(number)]
    answer = totals(tmp_path, [Job(JUNE, "W1", "N1"), *written])
    reach = [high - low for low, high in intervals(answer.recent.rows, answer.recent.answer, "incidents")]
    assert all(width >= 3 for width in reach)
