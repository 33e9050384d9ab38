"""Which counts are withheld, and can anybody work them out?"""

from __future__ import annotations

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.disclosure.contract import POLICE_AND_PARTNERS, Answer, AnswerColumn, Kind, SmallCount, Total
from analysis.disclosure.suppress import suppress
from tests.analysis.disclosure.attacker import intervals

CODE = AnswerColumn("area_code", Kind.CODE, POLICE_AND_PARTNERS)
WEEK = AnswerColumn("week", Kind.CODE, POLICE_AND_PARTNERS)
SECTOR = AnswerColumn("sector", Kind.CODE, POLICE_AND_PARTNERS)
CONTACTS = AnswerColumn("contacts", Kind.COUNT, POLICE_AND_PARTNERS)
HOURS = AnswerColumn("officer_hours", Kind.MEASURE, POLICE_AND_PARTNERS)
SMALL = (SmallCount("contacts", ("officer_hours",)),)
ONE_WAY = Answer("areas", (CODE, CONTACTS, HOURS), small_counts=SMALL, totals=(Total("area_code", "total"),))
TWO_WAY = Answer(
    "areas by week",
    (CODE, WEEK, CONTACTS, HOURS),
    small_counts=SMALL,
    totals=(Total("area_code", "total"), Total("week", "total")),
)
NESTED = Answer(
    "areas in sectors",
    (SECTOR, CODE, CONTACTS, HOURS),
    small_counts=SMALL,
    totals=(Total("area_code", "total", within=("sector",)), Total("sector", "total")),
)
THRESHOLDS = st.sampled_from([5, 10])
COUNTS = st.one_of(st.integers(0, 12), st.integers(0, 3), st.integers(0, 80))


def one_way(counts: list[int]) -> pl.DataFrame:
    """Areas A0, A1, … and their total."""
    codes = [f"A{at}" for at in range(len(counts))]
    return _with_hours(pl.DataFrame({"area_code": [*codes, "total"], "contacts": [*counts, sum(counts)]}))


def two_way(table: list[list[int]]) -> pl.DataFrame:
    """Areas in rows, weeks in columns, with both margins and the grand total."""
    rows = [*table, [sum(column) for column in zip(*table, strict=True)]]
    names = [*(f"A{at}" for at in range(len(table))), "total"]
    cells = [
        (name, week, count)
        for name, row in zip(names, rows, strict=True)
        for week, count in [*((f"W{at}", count) for at, count in enumerate(row)), ("total", sum(row))]
    ]
    return _with_hours(pl.DataFrame(cells, schema=["area_code", "week", "contacts"], orient="row"))


def nested(sectors: list[list[int]]) -> pl.DataFrame:
    """Areas in sectors, each sector's total, and the force's."""
    cells = []
    for at, counts in enumerate(sectors):
        cells += [(f"S{at}", f"A{at}{place}", count) for place, count in enumerate(counts)]
        cells.append((f"S{at}", "total", sum(counts)))
    cells.append(("total", "total", sum(map(sum, sectors))))
    return _with_hours(pl.DataFrame(cells, schema=["sector", "area_code", "contacts"], orient="row"))


def _with_hours(frame: pl.DataFrame) -> pl.DataFrame:
    return frame.with_columns((pl.col("contacts") * 1.5).alias("officer_hours"))


def shown(frame: pl.DataFrame, answer: Answer, threshold: int = 5) -> list[int | None]:
    return suppress(frame, answer, threshold=threshold, width=3).rows["contacts"].to_list()


def test_a_count_below_the_threshold_is_withheld_and_a_true_zero_is_not() -> None:
    answer = Answer("areas", (CODE, CONTACTS, HOURS), small_counts=SMALL)
    frame = one_way([0, 1, 4, 5])[:4]
    assert shown(frame, answer) == [0, None, None, 5]


def test_what_hangs_on_a_withheld_count_is_withheld_with_it() -> None:
    rows = suppress(one_way([0, 2, 40]), ONE_WAY, threshold=5, width=3).rows
    assert rows["officer_hours"].to_list() == [0.0, None, None, 63.0]
    assert rows["is_suppressed"].to_list() == [False, True, True, False]


def test_one_small_count_takes_the_smallest_count_that_can_hide_it() -> None:
    # 2 + 9 + 20 = 31: with 2 alone withheld it is 31 - 29; with 9 too, each may be 1 to 10
    assert shown(one_way([2, 9, 20]), ONE_WAY) == [None, None, 20, 31]


def test_two_small_counts_that_leave_too_little_room_take_a_third() -> None:
    # 1 + 1 is known from the total: it can only be 1 and 1
    assert shown(one_way([1, 1, 12, 30]), ONE_WAY) == [None, None, None, 30, 44]


def test_a_total_is_withheld_where_nothing_else_can_hide_the_part() -> None:
    assert shown(one_way([4, 0, 0, 5]), ONE_WAY) == [None, 0, 0, None, 9]
    assert shown(one_way([1, 1, 1, 1, 1]), ONE_WAY) == [None, None, None, None, None, None]


def test_a_small_count_of_a_week_takes_a_rectangle_of_areas_and_weeks() -> None:
    withheld = shown(two_way([[2, 20, 30], [20, 9, 40], [30, 40, 50]]), TWO_WAY)
    assert withheld == [None, None, 30, 52, None, None, 40, 69, 30, 40, 50, 120, 52, 69, 120, 241]


def test_a_higher_threshold_withholds_more() -> None:
    assert shown(one_way([7, 30, 50]), ONE_WAY, 10) == [None, None, 50, 87]


def test_an_unknown_count_reads_as_withheld() -> None:
    frame = one_way([8, 9, 20]).with_columns(contacts=pl.Series([8, None, 20, 37]))
    rows = suppress(frame, ONE_WAY, threshold=5, width=3).rows
    assert rows["is_suppressed"].to_list() == [False, True, False, False]
    assert rows["officer_hours"].to_list()[1] is None


def test_totals_that_are_no_sums_of_their_parts_show_none_of_them() -> None:
    frame = one_way([2, 0, 0]).with_columns(contacts=pl.Series([2, 0, 0, 0]))
    assert shown(frame, ONE_WAY) == [None, None, None, None]


def test_a_table_with_two_totals_of_the_same_is_refused() -> None:
    frame = pl.concat([one_way([5, 6]), one_way([5, 6])[2:]])
    with pytest.raises(ValueError, match="two rows bear the same area_code"):
        suppress(frame, ONE_WAY, threshold=5, width=3)


@settings(deadline=None, max_examples=60)
@given(counts=st.lists(COUNTS, min_size=1, max_size=8), threshold=THRESHOLDS)
def test_nobody_places_a_withheld_count_of_an_area_within_three(counts: list[int], threshold: int) -> None:
    attack(one_way(counts), ONE_WAY, threshold)


@settings(deadline=None, max_examples=40)
@given(st.data(), st.integers(1, 5), st.integers(1, 5), THRESHOLDS)
def test_nobody_places_a_withheld_count_of_an_area_and_week_within_three(
    data: st.DataObject, n_areas: int, n_weeks: int, threshold: int
) -> None:
    row = st.lists(COUNTS, min_size=n_weeks, max_size=n_weeks)
    attack(two_way(data.draw(st.lists(row, min_size=n_areas, max_size=n_areas))), TWO_WAY, threshold)


@settings(deadline=None, max_examples=40)
@given(sectors=st.lists(st.lists(COUNTS, min_size=1, max_size=4), min_size=1, max_size=4), threshold=THRESHOLDS)
def test_nobody_places_a_withheld_count_of_an_area_in_a_sector_within_three(
    sectors: list[list[int]], threshold: int
) -> None:
    attack(nested(sectors), NESTED, threshold)


@settings(deadline=None, max_examples=40)
@given(sectors=st.lists(st.lists(COUNTS, min_size=1, max_size=4), min_size=1, max_size=3), seed=st.integers(0, 99))
def test_the_order_of_the_rows_never_decides_what_is_withheld(sectors: list[list[int]], seed: int) -> None:
    frame = nested(sectors)
    by = ["sector", "area_code"]
    shuffled = suppress(frame.sample(fraction=1, shuffle=True, seed=seed), NESTED, threshold=5, width=3).rows
    assert shuffled.sort(by).equals(suppress(frame, NESTED, threshold=5, width=3).rows.sort(by))


def attack(frame: pl.DataFrame, answer: Answer, threshold: int) -> None:
    """Every small count is withheld, every zero stands, and the attacker's best interval is wide enough."""
    rows = suppress(frame, answer, threshold=threshold, width=3).rows
    for before, after in zip(frame["contacts"], rows["contacts"], strict=True):
        assert after is None if 0 < before < threshold else after in (before, None)
        assert after == 0 or before != 0
    for low, high in intervals(rows, answer, "contacts"):
        assert high - low >= 3


def test_the_attacker_finds_a_count_that_only_primary_suppression_withheld() -> None:
    frame = one_way([2, 9, 20]).with_columns(contacts=pl.Series([None, 9, 20, 31]))
    assert intervals(frame, ONE_WAY, "contacts") == [(2, 2)]


def test_the_attacker_finds_a_count_that_hangs_on_two_rectangles_by_one_cell() -> None:
    # each row and column has two withheld cells, and yet the one that joins the rectangles is known
    table = two_way([[9, 9, 50, 50], [9, 9, 3, 50], [50, 50, 9, 9], [50, 50, 9, 9]])
    holes = {("A0", "W0"), ("A0", "W1"), ("A1", "W0"), ("A1", "W1"), ("A1", "W2")}
    holes |= {("A2", "W2"), ("A2", "W3"), ("A3", "W2"), ("A3", "W3")}
    keys = table.select("area_code", "week").rows()
    counts = [None if key in holes else count for key, count in zip(keys, table["contacts"], strict=True)]
    found = intervals(table.with_columns(contacts=pl.Series(counts)), TWO_WAY, "contacts")
    assert (3, 3) in found
