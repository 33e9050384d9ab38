"""Are the silences between contacts counted in local days, and the last one marked?"""

from __future__ import annotations

from datetime import date
from itertools import pairwise
from statistics import median

from hypothesis import given, settings

from analysis.demand.gaps import gaps, silences
from tests.analysis.demand.contact_rows import Rung, contact_rows, frame, rung

LONDON = "Europe/London"


def gaps_of(rows: list[Rung], as_of: date) -> list[int | None]:
    return gaps(frame(rows), as_of, timezone=LONDON)["gap_days"].to_list()


def test_a_gap_is_counted_in_days_from_the_contact_before() -> None:
    rows = rung("P1", "2013-11-01T23:00", "2013-11-02T01:00", "2013-11-12T10:00")
    assert gaps_of(rows, date(2013, 12, 2)) == [None, 1, 10]


def test_days_are_those_of_the_local_clock() -> None:
    # 23:30 UTC on 1 June is 00:30 on 2 June.
    assert gaps_of(rung("P1", "2013-06-01T23:30", "2013-06-02T10:00"), date(2013, 12, 2)) == [None, 0]


def test_the_last_contact_is_marked_and_later_ones_are_left_out() -> None:
    rows = rung("P1", "2013-11-01T10:00", "2013-11-12T10:00", "2013-12-02T00:00")
    assert gaps(frame(rows), date(2013, 12, 2), timezone=LONDON)["is_last"].to_list() == [False, True]


def test_the_silence_stands_beside_the_usual_one() -> None:
    rows = rung("P1", "2013-11-01T10:00", "2013-11-03T10:00", "2013-11-13T10:00")
    as_of = date(2013, 12, 2)
    found = silences(gaps(frame(rows), as_of, timezone=LONDON), as_of).to_dicts()[0]
    assert (found["days_since_last"], found["median_gap_days"], found["longest_gap_days"]) == (19, 6.0, 10)


def test_after_one_contact_there_is_no_usual_silence() -> None:
    as_of = date(2013, 12, 2)
    found = silences(gaps(frame(rung("P1", "2013-12-01T10:00")), as_of, timezone=LONDON), as_of).to_dicts()[0]
    assert (found["days_since_last"], found["median_gap_days"]) == (1, None)


@settings(max_examples=40, deadline=None)
@given(contact_rows())
def test_silences_are_those_a_clerk_counts(rows: list[Rung]) -> None:
    as_of = date(2013, 1, 20)
    found = silences(gaps(frame(rows), as_of, timezone=LONDON), as_of)
    expected = []
    for key in sorted({row.key_id for row in rows}):
        days = sorted(row.contact_at.date() for row in rows if row.key_id == key and row.contact_at.date() < as_of)
        between = [(after - before).days for before, after in pairwise(days)]
        if days:
            usual = median(between) if between else None
            expected.append((key, len(days), days[-1], (as_of - days[-1]).days, usual, max(between, default=None)))
    assert found.rows() == expected
