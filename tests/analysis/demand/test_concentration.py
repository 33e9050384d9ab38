"""Does the curve say which part of the contacts and hours comes from how few people?"""

from __future__ import annotations

import polars as pl
import pytest
from hypothesis import given, settings

from analysis.demand.concentration import Concentration, Measure, concentration
from analysis.officer_time import UNITS_PER_MINUTE
from tests.analysis.demand.contact_rows import Rung, contact_rows, frame, rung

ALL_POINTS = 10_000
DAYS = [f"2013-01-{day:02}T10:00" for day in range(1, 29)]


def of(rows: list[Rung], *sizes: int, most_points: int = ALL_POINTS) -> Concentration:
    return concentration(frame(rows), sizes=sizes, most_points=most_points)


def points(found: Concentration, measure: Measure = Measure.CONTACTS) -> list[tuple[float, float]]:
    curve = found.curve.filter(pl.col("measure") == measure.value)
    return curve.select("people_share", "amount_share").rows()


# One person rings 5 times at 60 minutes each, two twice and one once at 30 minutes each.
NEIGHBOURHOOD = [
    *rung("P1", *DAYS[:5], minutes=60),
    *rung("P2", *DAYS[:2], minutes=30),
    *rung("P3", *DAYS[:2], minutes=30),
    *rung("P4", *DAYS[:1], minutes=30),
]


def test_the_busiest_quarter_of_the_callers_made_half_of_the_contacts() -> None:
    assert points(of(NEIGHBOURHOOD)) == [(0, 0), (0.25, 0.5), (0.5, 0.7), (0.75, 0.9), (1, 1)]


def test_and_two_thirds_of_the_officer_time() -> None:
    assert points(of(NEIGHBOURHOOD), Measure.OFFICER_HOURS)[1] == (0.25, pytest.approx(300 / 450))


def test_a_cut_says_what_the_first_two_stand_for() -> None:
    cut = of(NEIGHBOURHOOD, 2).cuts.to_dicts()[0]
    shares = cut["people_share"], cut["contacts_share"], cut["units_share"]
    assert shares == (0.5, 0.7, pytest.approx(360 / 450))
    assert cut["imputed_units"] == 90 * UNITS_PER_MINUTE


def test_a_cut_of_more_than_there_are_takes_everybody_and_says_how_many() -> None:
    cut = of(NEIGHBOURHOOD, 10).cuts.to_dicts()[0]
    assert (cut["asked"], cut["people"], cut["contacts_share"]) == (10, 4, 1)


def test_an_incident_of_which_two_people_rang_counts_its_hours_once() -> None:
    both = [
        *rung("P1", *DAYS[:2], minutes=60),
        Rung("P2", rung("P2", DAYS[0])[0].contact_at, "P1-N1-0", "N1", 60 * UNITS_PER_MINUTE),
    ]
    cut = of(both, 1).cuts.to_dicts()[0]
    assert (cut["all_units"] / UNITS_PER_MINUTE, cut["units_share"], cut["contacts_share"]) == (120, 1, 2 / 3)


def test_without_any_officer_time_there_is_no_share_of_it() -> None:
    found = of(rung("P1", DAYS[0]), 1)
    assert (found.cuts["units_share"].to_list(), points(found, Measure.OFFICER_HOURS)[-1]) == ([None], (1, None))


def test_areas_stand_apart() -> None:
    found = of([*NEIGHBOURHOOD, *rung("P1", *DAYS[:3], area="N2")], 1)
    assert found.cuts.select("area_code", "contacts", "all_contacts").rows() == [("N1", 5, 10), ("N2", 3, 3)]


def test_a_long_curve_is_thinned_and_keeps_its_ends() -> None:
    many = [one for number in range(100) for one in rung(f"P{number:03}", DAYS[number % 28])]
    found = points(of(many, most_points=10))
    assert (len(found), found[0], found[-1]) == (11, (0, 0), (1, 1))


def test_nobody_gives_no_curve() -> None:
    assert of([], 10).curve.is_empty()


def slow_curve(rows: list[Rung], area: str, measure: Measure) -> list[tuple[int, int]]:
    """(people, amount) after each person, worked out by going down the list."""
    here = [row for row in rows if row.area_code == area]
    groups = {row.group_id: row.units for row in here}
    own = {key: [row for row in here if row.key_id == key] for key in {row.key_id for row in here}}

    def busy(key: str) -> tuple[int, ...]:
        contacts, units = len(own[key]), sum(row.units for row in own[key])
        first = (contacts, units) if measure is Measure.CONTACTS else (units, contacts)
        return (*(-value for value in first), -max(row.contact_at for row in own[key]).timestamp())

    reached: set[str] = set()
    found, contacts = [(0, 0)], 0
    for number, key in enumerate(sorted(own, key=lambda key: (*busy(key), key)), start=1):
        contacts += len(own[key])
        reached |= {row.group_id for row in own[key]}
        amount = contacts if measure is Measure.CONTACTS else sum(groups[group] for group in reached)
        found.append((number, amount))
    return found


@settings(max_examples=50, deadline=None)
@given(contact_rows())
def test_the_curve_is_the_one_a_clerk_adds_up(rows: list[Rung]) -> None:
    curve = of(rows).curve
    for area in {row.area_code for row in rows}:
        for measure in Measure:
            fast = curve.filter(pl.col("area_code") == area, pl.col("measure") == measure.value)
            assert fast.select("people", "amount").rows() == slow_curve(rows, area, measure)


@settings(max_examples=30, deadline=None)
@given(contact_rows())
def test_a_cut_is_a_point_of_the_curve_and_the_whole_is_a_sum_of_incidents(rows: list[Rung]) -> None:
    cuts = of(rows, 1, 2).cuts
    for cut in cuts.iter_rows(named=True):
        assert (cut["people"], cut["contacts"]) in slow_curve(rows, cut["area_code"], Measure.CONTACTS)
        incidents = {row.group_id: row.units for row in rows if row.area_code == cut["area_code"]}
        assert cut["all_units"] == sum(incidents.values())
