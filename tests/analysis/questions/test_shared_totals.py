"""What a partner may know of how much there is: sums that are right, and small numbers that cannot be worked out."""

from __future__ import annotations

import itertools
from datetime import date, timedelta
from pathlib import Path

import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from analysis.disclosure import Audience, nobody, partner, police
from analysis.questions.shared_totals import ALL, UNPLACED, SharedTotals, newest_end, shared_totals
from tests.analysis.disclosure.attacker import intervals
from tests.analysis.questions.area_build import AS_OF, SECTORS, Job, local_noon, write_build

HOUSING = partner("HOUSING", shared_persons=frozenset(), threshold=5)
END = date(2013, 11, 11)
"""The day after the newest period of 13 weeks that is over on AS_OF."""
NOV, JUNE = local_noon(11, 5), local_noon(6, 5)
NUMBERS = itertools.count()


def totals(folder: Path, jobs: list[Job], audience: Audience = HOUSING) -> SharedTotals:
    """The totals of the newest thirteen weeks, and of the year they end."""
    build = write_build(folder / f"b{next(NUMBERS)}", jobs)
    return shared_totals(build, audience, as_of=AS_OF, recent_weeks=13, weeks=52)


def released(answer: SharedTotals) -> pl.DataFrame:
    """The rows of the newest period."""
    assert answer.recent is not None
    return answer.recent.rows


def margins(answer: SharedTotals) -> dict[tuple[str, str], int | None]:
    """The totals of sectors and wards in the newest period."""
    rows = released(answer)
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
    rows = released(totals(tmp_path, [*many("W1", "N1", 2), *many("W2", "N2", 7)]))
    assert rows.filter(rows["incidents"].is_null())["officer_hours"].null_count() > 0
    assert rows.filter(rows["incidents"].is_null())["officer_hours"].drop_nulls().is_empty()


def test_only_domestic_incidents_are_counted(tmp_path: Path) -> None:
    found = margins(totals(tmp_path, [*many("W1", "N1", 6), *many("W1", "N1", 9, is_domestic=False)]))
    assert found[(ALL, ALL)] == 6


def test_the_periods_of_a_year_do_not_overlap(tmp_path: Path) -> None:
    # 12 Aug to 10 Nov, 13 May to 11 Aug, 11 Feb to 12 May, 12 Nov to 10 Feb; 11 Nov is after the newest
    days = {(11, 10): 6, (8, 12): 1, (8, 11): 8, (2, 10): 9, (11, 11): 20}
    jobs = [Job(local_noon(*day), "W1", "N1") for day, number in days.items() for _ in range(number)]
    answer = totals(tmp_path, jobs, police(None))
    parts = [released(answer), *(part.rows for part in answer.earlier)]
    assert [part.filter(part["sector"] == ALL)["incidents"].max() for part in parts] == [7, 8, 0, 9]
    assert answer.as_of == END


def test_a_year_that_begins_before_the_data_is_not_given_and_nor_is_such_a_period(tmp_path: Path) -> None:
    build = write_build(tmp_path / "b", many("W1", "N1", 6))

    def at(day: date) -> SharedTotals:
        return shared_totals(build, HOUSING, as_of=day, recent_weeks=13, weeks=52)

    assert len(at(END).earlier) == 3 and at(END - timedelta(days=1)).earlier == ()
    first = date(2013, 2, 11)  # thirteen weeks after the first day of the data
    assert at(first).recent is not None and at(first - timedelta(days=1)).recent is None


def test_who_comes_back_every_monday_is_given_no_two_tables_of_which_one_could_be_taken_from_the_other(
    tmp_path: Path,
) -> None:
    weeks = [Job(NOV - timedelta(weeks=at), f"W{at % 3 + 1}", "N1") for at in range(50) for _ in range(at % 4)]
    build = write_build(tmp_path / "b", weeks)
    tables: dict[date, pl.DataFrame] = {}
    for at in range(15):
        answer = shared_totals(build, HOUSING, as_of=AS_OF - timedelta(weeks=at), recent_weeks=13, weeks=52)
        for back, part in enumerate([answer.recent, *answer.earlier]):
            assert part is not None
            end = answer.as_of - timedelta(weeks=13 * back)
            assert tables.setdefault(end, part.rows).equals(part.rows)
    ends = sorted(tables)
    assert {(later - end) for end, later in itertools.pairwise(ends)} == {timedelta(weeks=13)} and len(ends) == 4


def test_a_stretch_of_broken_periods_is_refused(tmp_path: Path) -> None:
    build = write_build(tmp_path / "b", many("W1", "N1", 6))
    with pytest.raises(ValueError, match="no whole periods"):
        shared_totals(build, HOUSING, as_of=AS_OF, recent_weeks=12, weeks=52)


@given(day=st.dates(date(1990, 1, 1), date(2060, 1, 1)), weeks=st.integers(1, 60))
def test_a_period_is_the_same_for_every_day_until_the_next_is_over(day: date, weeks: int) -> None:
    end, length = newest_end(day, weeks), timedelta(weeks=weeks)
    assert end <= day < end + length and end.weekday() == 0
    assert {newest_end(end, weeks), newest_end(end + length - timedelta(days=1), weeks)} == {end}
    assert newest_end(end - timedelta(days=1), weeks) == end - length


def test_nobody_is_given_a_total(tmp_path: Path) -> None:
    assert released(totals(tmp_path, many("W1", "N1", 6), nobody())).is_empty()


def test_no_person_area_of_police_or_point_is_in_the_totals(tmp_path: Path) -> None:
    names = set(released(totals(tmp_path, many("W1", "N1", 6))).columns)
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
    assert answer.recent is not None
    reach = [high - low for low, high in intervals(answer.recent.rows, answer.recent.answer, "incidents")]
    assert all(width >= 3 for width in reach)
