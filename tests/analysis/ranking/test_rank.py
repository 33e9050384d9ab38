"""Does the list read as the trade expects? Worked examples by hand."""

from __future__ import annotations

from typing import Any

import polars as pl
import pytest

from analysis.demand.areas import AreaKind
from analysis.demand.contacts import contacts
from analysis.errors import QuestionError
from analysis.ranking.answerable import check_answerable
from analysis.ranking.order import Lens
from analysis.ranking.rank import rank
from tests.analysis.ranking.builders import (
    WINDOWS,
    Extract,
    Log,
    Settings,
    at,
    concerned_frame,
    crime_frame,
    group_frame,
    log_frame,
    rings,
)

WEEK = WINDOWS[0]
MON, TUE, WED, THU, FRI = (f"2013-11-{day}T12:00" for day in (25, 26, 27, 28, 29))


def ranked(logs: list[Log], *, days: dict[str, float | None] | None = None, **asked: Any) -> pl.DataFrame:
    frames = log_frame(logs), group_frame(logs), concerned_frame(logs)
    callers = contacts(*frames).filter(pl.col("key_type") == "caller")
    crimes = None if days is None else crime_frame(Extract(tuple(logs), days))
    return rank(callers, WEEK, **Settings(**asked).asked(), group_crimes=crimes)


def column(found: pl.DataFrame, *names: str) -> list[Any]:
    return found.select(names).rows() if len(names) > 1 else found[names[0]].to_list()


FOUR_PEOPLE = [
    *rings("P4", MON, TUE),
    *rings("P3", MON, TUE, WED, minutes=10),
    *rings("P2", MON, TUE, WED, minutes=20),
    *rings("P1", MON, TUE, WED, THU),
]


def test_two_equal_second_places_leave_no_third() -> None:
    assert column(ranked(FOUR_PEOPLE), "key_id", "position", "rank", "is_tied") == [
        ("P1", 1, 1, False),
        ("P2", 2, 2, True),
        ("P3", 3, 2, True),
        ("P4", 4, 4, False),
    ]


def test_officer_hours_are_those_of_the_contacts() -> None:
    assert column(ranked(FOUR_PEOPLE), "officer_hours") == [0.0, 1.0, 0.5, 0.0]


def test_by_officer_hours_one_unit_more_is_no_tie() -> None:
    logs = [Log(**{**vars(log), "units": 10**15 + (log.caller_id == "P2")}) for log in FOUR_PEOPLE[2:8]]
    assert column(ranked(logs, lens=Lens.OFFICER_HOURS), "key_id", "is_tied") == [("P2", False), ("P3", False)]


def test_among_equals_the_later_last_contact_comes_first() -> None:
    logs = rings("P1", MON, WED) + rings("P2", MON, THU)
    assert column(ranked(logs), "key_id") == ["P2", "P1"]


def test_among_full_equals_the_key_settles_the_order() -> None:
    logs = rings("P2", MON, WED) + rings("P1", MON, WED)
    assert column(ranked(logs), "key_id", "rank") == [("P1", 1), ("P2", 1)]


def test_a_single_contact_is_no_repeat() -> None:
    assert ranked(rings("P1", MON)).is_empty()


def test_contacts_elsewhere_include_a_single_one_in_another_area_and_unlocated() -> None:
    logs = [
        *rings("P1", MON, TUE),
        *rings("P1", WED, neighbourhood_code="N2"),
        *rings("P1", THU, neighbourhood_code=None),
    ]
    assert column(ranked(logs), "area_code", "contacts_elsewhere") == [("N1", 2)]


def test_contacts_elsewhere_obey_the_same_filter() -> None:
    logs = rings("P1", MON, TUE) + rings("P1", WED, neighbourhood_code="N2", is_domestic=False)
    assert column(ranked(logs), "contacts_elsewhere") == [0]


def test_unlocated_contacts_rank_as_one_area() -> None:
    assert column(ranked(rings("P1", MON, TUE, neighbourhood_code=None)), "area_code") == ["unlocated"]


def test_a_log_of_which_nobody_said_whether_it_was_domestic_is_not_domestic_only() -> None:
    assert ranked(rings("P1", MON, TUE, is_domestic=None)).is_empty()


def test_the_window_holds_its_first_instant_and_not_its_last() -> None:
    logs = rings("P1", "2013-11-25T00:00:00", "2013-12-01T23:59:59.999999", "2013-12-02T00:00:00")
    assert column(ranked(logs), "contacts", "last_contact_at") == [(2, at("2013-12-01T23:59:59.999999"))]


def with_crimes(logs: list[Log], *crimes: tuple[str, ...]) -> list[Log]:
    return [Log(**{**vars(log), "crimes": own}) for log, own in zip(logs, crimes, strict=True)]


def test_a_crime_of_two_contacts_counts_once() -> None:
    logs = with_crimes(rings("P1", MON, TUE), ("C1",), ("C1", "C2"))
    assert column(ranked(logs, days={"C1": 10.0, "C2": 0.1}), "harm") == [10.1]


def test_without_a_scored_crime_harm_is_unknown_last_and_unranked() -> None:
    logs = with_crimes(rings("P1", MON, TUE) + rings("P2", MON, TUE), ("C1",), (), ("C2",), ())
    found = ranked(logs, days={"C1": None, "C2": 0.0}, lens=Lens.HARM)
    assert column(found, "key_id", "position", "rank", "is_tied", "harm") == [
        ("P2", 1, 1, False, 0.0),
        ("P1", 2, None, False, None),
    ]


def test_sums_of_tenths_of_days_tie_as_on_paper() -> None:
    logs = with_crimes(rings("P1", MON, TUE) + rings("P2", MON, TUE), ("C1",), ("C2",), ("C3",), ())
    assert column(ranked(logs, days={"C1": 0.1, "C2": 0.2, "C3": 0.3}, lens=Lens.HARM), "rank") == [1, 1]


def test_a_list_by_harm_without_a_harm_table_says_what_to_mend() -> None:
    with pytest.raises(QuestionError, match=r"Add \[harm\] to sources.toml"):
        ranked([], lens=Lens.HARM)


def incidents(ward: str | None, is_domestic: bool | None) -> pl.DataFrame:
    schema: dict[str, Any] = {"ward_code": pl.String, "neighbourhood_code": pl.String, "is_domestic": pl.Boolean}
    return pl.DataFrame([(ward, None, is_domestic)], schema=schema, orient="row")


def test_a_build_without_a_code_of_the_area_says_what_to_mend() -> None:
    with pytest.raises(QuestionError, match="no neighbourhood code"):
        check_answerable(incidents("W1", True), area=AreaKind.NEIGHBOURHOOD, domestic_only=True)


@pytest.mark.parametrize("flag", [False, None])
def test_a_build_without_a_domestic_incident_says_what_to_mend(flag: bool | None) -> None:
    with pytest.raises(QuestionError, match="marked domestic"):
        check_answerable(incidents("W1", flag), area=AreaKind.WARD, domestic_only=True)


def test_a_build_without_a_domestic_incident_can_still_list_all() -> None:
    check_answerable(incidents("W1", None), area=AreaKind.WARD, domestic_only=False)
