"""Does the answer to a search say why each person matched, what was before, and how many more there are?"""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from analysis.questions.figures import Among, Days, Having, OfPerson
from dashboard.unresolved_share import share_said
from dashboard.view_models.search import FoundSetting, FoundView, found_view
from dashboard.view_models.who_is_who import evidence_said

SETTING = FoundSetting(
    date(2013, 12, 2), "Europe/London", date(2013, 12, 1), {"N1": "Alder", "N2": "Brook"}, 28, date(2012, 1, 2)
)
ROW: dict[str, Any] = {
    "person_id": "P-1",
    "neighbourhood_code": "N1",
    "matched": "name_alike,number",
    "closeness": 3,
    "people": 1,
    "incidents": 4,
    "domestic_incidents": 2,
    "last_at": datetime(2013, 11, 28, 12, tzinfo=UTC),
    "risk": "high",
    "assessed_at": datetime(2013, 11, 1, 12, tzinfo=UTC),
}
OLDER = {"neighbourhood_code": "N2", "domestic_incidents": 1, "assessed_at": datetime(2012, 1, 1, tzinfo=UTC)}


def said(*rows: dict[str, Any]) -> FoundView:
    return found_view(rows, {}, SETTING)


def test_a_persons_areas_are_one_line_with_the_newest_risk() -> None:
    (person,) = said(ROW, {**ROW, **OLDER, "risk": "standard"}).people
    assert person.why == "Matched: a name that sounds like it and this telephone number"
    assert person.facts == (
        "3 previous domestic incidents in Alder and Brook, the last record 4 days ago. "
        "DASH (risk assessment): high, Fri 1 Nov 2013."
    )


def test_the_incidents_that_are_counted_open_over_the_whole_build() -> None:
    (person,) = said(ROW, {**ROW, **OLDER}).people
    assert person.opens is not None and person.opens.label == "3 incidents"
    assert person.opens.figure == OfPerson(
        "P-1",
        Days(date(2012, 1, 2), date(2013, 12, 2)),
        among=Among.RECORDED,
        having=Having.DOMESTIC,
        every_kind=True,
    )
    assert said({**ROW, "domestic_incidents": 0}).people[0].opens is None


def test_who_was_never_assessed_is_not_said_to_be_at_low_risk() -> None:
    (person,) = said({**ROW, "risk": None, "assessed_at": None, "domestic_incidents": 0}).people
    assert person.facts.startswith("No previous domestic incident") and person.facts.endswith("No DASH risk recorded.")


def test_more_than_are_shown_are_counted_with_what_to_add() -> None:
    assert said({**ROW, "people": 30}).sentence == (
        "30 people in your area match. The closest 1 are shown; add a first name, a house number or a postcode to "
        "narrow it."
    )


def test_nobody_is_said_in_words_that_tell_nothing_of_other_areas() -> None:
    assert said().sentence.startswith("Nobody in your area matches.") and said().people == ()


def test_evidence_says_what_speaks_for_and_what_against() -> None:
    codes = ("same_number", "same_home", "surname_differs", "something_new", "overlap_in_time")
    assert evidence_said(codes) == (
        "The same number, the same home, something new, calls overlap in time. But: surname differs."
    )
    assert evidence_said(("births_differ",)) == "Different dates of birth."


def test_the_share_that_is_nobodys_is_said_with_its_numbers() -> None:
    assert share_said(20, 80).startswith("20\u00a0% of the contacts of these weeks (20 of 100) are nobody's here")
    assert share_said(0, 0) == ""
