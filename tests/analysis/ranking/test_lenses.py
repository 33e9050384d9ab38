"""Are the ten by contacts, by hours and by harm side by side, with who shares a place and who has no crime?"""

from __future__ import annotations

from datetime import date

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.demand.areas import AreaKind
from analysis.demand.contacts import KeyType
from analysis.demand.windows import Window
from analysis.ranking.lenses import HarmKnown, Place, ThreeLenses, three_lenses
from analysis.ranking.order import Lens
from tests.analysis.ranking import oracles
from tests.analysis.ranking.builders import WINDOWS, Extract, Log, Settings, crime_frame, extracts, rings
from tests.analysis.ranking.test_rank_against_the_clerk import contacts_of

WEEK = Window(date(2013, 12, 2), 1, "Europe/London")
DAYS = [f"2013-11-{day}T10:00" for day in range(25, 31)]


def side_by_side(
    logs: list[Log],
    days: dict[str, float | None] | None = None,
    *,
    has_harm: bool = True,
    length: int = 2,
    near: int = 1,
) -> ThreeLenses:
    extract = Extract(tuple(logs), days or {})
    return three_lenses(
        contacts_of(extract, KeyType.CALLER),
        WEEK,
        area=AreaKind.NEIGHBOURHOOD,
        domestic_only=True,
        minimum_contacts=2,
        group_crimes=crime_frame(extract),
        has_harm=has_harm,
        length=length,
        near=near,
    )


# P1 rings most, P2's take longest, P3 has the only crime with a score, P4 a crime without one.
NEIGHBOURHOOD = [
    *rings("P1", *DAYS[:5], minutes=10),
    *rings("P2", *DAYS[:3], minutes=200),
    *rings("P3", *DAYS[:2], minutes=5, crimes=("C1",)),
    *rings("P4", *DAYS[:2], minutes=4, crimes=("C2",)),
]
HARM = {"C1": 365.0, "C2": None}


def listed(found: ThreeLenses, lens: Lens, place: Place = Place.LISTED) -> list[str]:
    chosen = found.places.filter(pl.col("lens") == lens.value, pl.col("place") == place.value)
    return chosen.sort("position")["key_id"].to_list()


def test_each_lens_has_its_own_order() -> None:
    found = side_by_side(NEIGHBOURHOOD, HARM)
    assert [listed(found, lens) for lens in Lens] == [["P1", "P2"], ["P2", "P1"], ["P3", "P1"]]


def test_who_is_in_one_list_and_who_in_two() -> None:
    found = side_by_side(NEIGHBOURHOOD, HARM)
    assert dict(found.people.select("key_id", "lenses").iter_rows()) == {"P1": 2, "P2": 2, "P3": 1}


def test_one_without_harm_is_not_in_the_ten_by_harm_though_there_is_room() -> None:
    found = side_by_side(NEIGHBOURHOOD, HARM)
    assert found.people.filter(pl.col("key_id") == "P1")["by_harm"].to_list() == [False]


def test_where_the_lists_disagree_is_counted() -> None:
    agreement = side_by_side(NEIGHBOURHOOD, HARM).agreement.to_dicts()[0]
    assert agreement == {
        "area_code": "N1",
        "people": 3,
        "in_all": 0,
        "in_two": 2,
        "in_one": 1,
        "only_contacts": 0,
        "only_officer_hours": 0,
        "only_harm": 1,
    }


def test_people_without_a_crime_stay_and_are_marked_and_have_no_harm_of_zero() -> None:
    found = side_by_side(NEIGHBOURHOOD, HARM, length=4).places.filter(pl.col("lens") == "harm")
    said = {key: (harm, known) for key, harm, known in found.select("key_id", "harm", "harm_known").iter_rows()}
    assert said == {
        "P1": (None, HarmKnown.NO_CRIME),
        "P2": (None, HarmKnown.NO_CRIME),
        "P3": (365.0, HarmKnown.SCORED),
        "P4": (None, HarmKnown.NO_SCORE),
    }


def test_without_a_harm_table_there_are_two_lenses_and_it_says_so() -> None:
    found = side_by_side(NEIGHBOURHOOD, has_harm=False)
    assert set(found.places["lens"]) == {"contacts", "officer_hours"}
    assert set(found.places["harm_known"]) == {HarmKnown.NO_TABLE}
    assert found.people["by_harm"].to_list() == [None] * found.people.height
    assert found.agreement.select("in_all", "in_two").row(0) == (2, 2)


def test_more_who_share_the_last_place_are_counted_and_the_next_few_are_near() -> None:
    # P1 five times, four people twice each, and P9 too, with nothing to tell them apart but their number.
    logs = [*rings("P1", *DAYS[:5]), *rings("P2", *DAYS[:3]), *rings("P3", *DAYS[:3]), *rings("P4", *DAYS[:3])]
    found = side_by_side([*logs, *rings("P8", *DAYS[:2]), *rings("P9", *DAYS[:2])])
    assert listed(found, Lens.CONTACTS, Place.SHARES_LAST_PLACE) == ["P3", "P4"]
    assert listed(found, Lens.CONTACTS, Place.NEAR) == ["P8"]
    assert found.shared.filter(pl.col("lens") == "contacts")["sharing"].to_list() == [2]


def slow_people(lists: dict[Lens, list[oracles.Listed]], length: int) -> dict[tuple[str, str], set[Lens]]:
    """Who is on which list, with a rank there."""
    found: dict[tuple[str, str], set[Lens]] = {}
    for lens, lines in lists.items():
        for line in lines:
            if line.position <= length and line.rank is not None:
                found.setdefault((line.area, line.key), set()).add(lens)
    return found


def slow_place(line: oracles.Listed, lines: list[oracles.Listed], length: int, near: int) -> Place | None:
    here = [other for other in lines if other.area == line.area]
    last = [other.rank for other in here if other.position <= min(length, len(here))][-1]
    sharing = [other for other in here if other.position > length and other.rank == last and last is not None]
    if line.position <= length:
        return Place.LISTED
    if line in sharing:
        return Place.SHARES_LAST_PLACE
    return Place.NEAR if line.position <= length + len(sharing) + near else None


@settings(max_examples=40, deadline=None)
@given(st.data(), st.sampled_from(WINDOWS), st.integers(1, 3), st.integers(0, 2), st.integers(1, 2))
def test_the_lists_are_those_of_the_clerk(
    data: st.DataObject, window: Window, length: int, near: int, least: int
) -> None:
    extract = data.draw(extracts(window, window.weeks))
    found = three_lenses(
        contacts_of(extract, KeyType.CALLER),
        window,
        area=AreaKind.NEIGHBOURHOOD,
        domestic_only=True,
        minimum_contacts=least,
        group_crimes=crime_frame(extract),
        has_harm=True,
        length=length,
        near=near,
    )
    lists = {
        lens: oracles.ranking(extract, KeyType.CALLER, window, Settings(lens, minimum_contacts=least)) for lens in Lens
    }
    fast = set(found.places.select("area_code", "lens", "position", "rank", "key_id", "place").iter_rows())
    slow = {
        (line.area, lens.value, line.position, line.rank, line.key, place.value)
        for lens, lines in lists.items()
        for line in lines
        if (place := slow_place(line, lines, length, near)) is not None
    }
    assert fast == slow
    people = {
        (one["area_code"], one["key_id"]): {lens for lens in Lens if one[f"by_{lens}"]}
        for one in found.people.iter_rows(named=True)
    }
    assert people == slow_people(lists, length)
