"""Are incidents about people told apart from calls they made, and is a counter-allegation said without taking sides?"""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from analysis.questions.figures import Days, OfCounter
from dashboard.view_models.by_and_about import about_leads, counter_openings, counter_said

YEAR = Days(date(2012, 12, 3), date(2013, 12, 2))
AT = datetime(2013, 11, 28, 23, 30, tzinfo=UTC)
LISTED: dict[str, Any] = {
    "area_code": "N1",
    "key_id": "P-1",
    "rank": 3,
    "contacts": 6,
    "officer_hours": 14.25,
    "officer_hours_low": 12.0,
    "officer_hours_high": 20.0,
    "imputed_hours": 1.5,
    "last_contact_at": AT,
    "contacts_elsewhere": 1,
}
MET: dict[str, Any] = {"person_id": "P-1", "other_id": "P-2", "as_victim": 2, "as_subject": 1, "last_at": AT}


def test_each_line_leads_to_the_person_the_incidents_are_about() -> None:
    rows = [LISTED, {**LISTED, "area_code": "N2", "key_id": "P-9"}]
    said = about_leads(rows, area="N1", days=YEAR, today=date(2013, 12, 2), timezone="Europe/London")
    (line,) = said.lines
    assert (line.label, line.person_id) == ("P-1", "P-1")
    assert line.mark == "3rd by incidents about this person"
    assert [one.label for one in line.opens] == ["6 incidents, 14.2\u00a0h"]
    assert line.why.startswith("The last incident 4 days ago. ") and line.why.endswith(" 1 incident elsewhere.")


def test_the_hours_of_each_line_say_how_much_of_them_is_imputed_and_what_that_leaves_open() -> None:
    (line,) = about_leads([LISTED], area="N1", days=YEAR, today=date(2013, 12, 2), timezone="Europe/London").lines
    assert "11\u00a0% of the hours imputed, between 12.0\u00a0h and 20.0\u00a0h" in line.why


def test_a_list_of_nobody_says_what_to_do() -> None:
    said = about_leads([], area="N1", days=YEAR, today=date(2013, 12, 2), timezone="Europe/London")
    assert said.lines == () and "longer window" in said.empty


def test_both_roles_are_said_and_none_is_weighed() -> None:
    said = counter_said([MET, {**MET, "as_victim": 1, "as_subject": 0}], timezone="Europe/London")
    assert (
        "P-2 (3 incidents with this person as victim, 1 with this person as subject, the last on Thu 28 Nov 2013)"
        in said
    )
    assert "neither is weighed" in said and said.endswith("For police only, never shared.")


def test_each_count_of_a_counter_allegation_opens_with_the_same_number() -> None:
    rows = [MET, {**MET, "as_victim": 1, "as_subject": 0}, {**MET, "other_id": "P-3", "as_victim": 0}]
    assert [(one.label, one.figure) for one in counter_openings(rows)] == [
        ("P-1 as victim, P-2 as subject: 3 incidents", OfCounter("P-1", "P-2", True)),
        ("P-1 as subject, P-2 as victim: 1 incident", OfCounter("P-1", "P-2", False)),
        ("P-1 as subject, P-3 as victim: 1 incident", OfCounter("P-1", "P-3", False)),
    ]


def test_without_a_counter_allegation_nothing_is_said() -> None:
    assert counter_said([], timezone="Europe/London") == "" and counter_openings([]) == ()
