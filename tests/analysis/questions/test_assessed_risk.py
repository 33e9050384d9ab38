"""Is the risk shown of a person the newest that was recorded, and only of the reader's area?"""

from __future__ import annotations

from analysis.disclosure import auditor, partner, police
from analysis.questions.assessed_risk import assessed_risk
from tests.dashboard.built import built


def _oracle() -> dict[tuple[str, str | None], str]:
    """Person and neighbourhood to the risk of the newest form, row by row."""
    build = built()
    logs = {row["incident_id"]: row for row in build.frame("incidents").iter_rows(named=True)}
    victims: dict[str, list[str]] = {}
    for row in build.frame("concerned").iter_rows(named=True):
        victims.setdefault(row["incident_id"], []).append(row["person_id"])
    newest: dict[tuple[str, str | None], tuple[object, int, str]] = {}
    for form in build.frame("assessments").iter_rows(named=True):
        log = logs.get(form["incident_id"])
        if form["risk"] is None or log is None:
            continue
        for person in victims.get(form["incident_id"], []):
            key = (person, log["neighbourhood_code"])
            found = (form["completed_at"] or log["received_at"], form["read_order"], form["risk"])
            newest[key] = max(newest.get(key, found), found)
    return {key: risk for key, (_, _, risk) in newest.items()}


def test_the_newest_form_of_each_person_and_neighbourhood_stands() -> None:
    expected = _oracle()
    people = frozenset(person for person, _ in expected)
    rows = assessed_risk(built(), people, police(None)).rows.iter_rows(named=True)
    assert {(row["person_id"], row["neighbourhood_code"]): row["risk"] for row in rows} == expected


def test_an_officer_reads_forms_of_the_own_neighbourhood_only() -> None:
    expected = _oracle()
    area = next(code for _, code in expected if code is not None)
    people = frozenset(person for person, _ in expected)
    rows = assessed_risk(built(), people, police(frozenset({area}))).rows
    assert rows["neighbourhood_code"].unique().to_list() == [area]


def test_nobody_but_the_police_is_told_a_risk() -> None:
    people = frozenset(person for person, _ in _oracle())
    asked = (partner("HOUSING", shared_persons=people, threshold=5), auditor())
    assert [assessed_risk(built(), people, who).rows.height for who in asked] == [0, 0]
