"""Is it said of officer hours how much is imputed, and between which bounds they lie?"""

from __future__ import annotations

from pathlib import Path

import pytest

from analysis.questions.figures import Days
from dashboard.components.paging import Part
from dashboard.data.incidents import behind
from dashboard.view_models.incidents import incidents_view, whole_view
from dashboard.view_models.openings import bounds_said, how_sure
from dashboard.view_models.person import worked_said
from partnership.vocabulary import Role
from tests.dashboard.built import audience_of, view_of, viewer, visit_of


def job(worked: float, imputed: float, low: float, high: float) -> dict[str, float]:
    columns = ("officer_minutes", "imputed_minutes", "officer_minutes_low", "officer_minutes_high")
    return dict(zip(columns, (worked, imputed, low, high), strict=True))


@pytest.mark.parametrize(
    ("low", "high", "said"),
    [(10.0, 20.0, "between 10.0\u00a0h and 20.0\u00a0h"), (10.0, 10.01, ""), (0.0, 0.0, ""), (None, None, "")],
)
def test_bounds_are_said_where_they_would_be_written_apart(low: float | None, high: float | None, said: str) -> None:
    assert bounds_said(low, high) == said


def test_the_share_and_what_it_leaves_open_stand_together() -> None:
    assert how_sure(10.0, 2.5, 8.0, 14.0) == "25\u00a0% of it imputed, between 8.0\u00a0h and 14.0\u00a0h"


def test_where_all_is_known_nothing_is_said() -> None:
    assert how_sure(10.0, 0.0, 10.0, 10.0) == how_sure(None, None, None, None) == ""


def test_time_shared_with_an_open_end_elsewhere_has_bounds_though_nothing_of_it_is_imputed() -> None:
    assert how_sure(10.0, 0.0, 9.0, 10.0) == "between 9.0\u00a0h and 10.0\u00a0h"


def test_the_officer_time_of_a_person_adds_up_its_bounds() -> None:
    said = worked_said([job(60, 30, 30, 120), job(60, 0, 60, 60)])
    assert said == "2.0\u00a0h of officer time, 25\u00a0% of it imputed, between 1.5\u00a0h and 3.0\u00a0h"


def test_the_rows_drawn_and_the_others_add_up_to_the_whole_on_every_part_of_a_long_list(app_store: Path) -> None:
    visit = visit_of(viewer(Role.ANALYST), weeks=26)
    view, opening = view_of(visit), whole_view(Days(visit.filters.first_day, visit.filters.as_of))
    found = behind(visit.facts.id, view, audience_of(visit), opening.figure)
    for first in (0, 7, found.incidents - 1):
        part = Part(first, found.incidents, size=7)
        *drawn, others, total = incidents_view(found, opening, visit, view, part=part).table.rows
        assert len(drawn) == part.last - part.first
        assert sum(int(str(row[5]).replace(",", "").replace("–", "0")) for row in [*drawn, others]) == found.contacts
        assert others[0] == f"The {found.incidents - len(drawn):,} others" and total[0] == "Total"
