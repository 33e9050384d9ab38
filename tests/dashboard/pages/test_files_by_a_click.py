"""Is who asks for a file judged when it is made, and not when the page with its button was drawn?"""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import polars as pl
import pytest

from analysis.questions.figures import Days
from dashboard.data import audience_of, data_page, incidents, view_of
from dashboard.view_models.incidents import whole_view
from dashboard.visit import Visit
from partnership.errors import NoSuchRecord
from partnership.vocabulary import Role
from tests.dashboard.built import viewer, visit_of


def every_incident(visit: Visit) -> Callable[[], bytes]:
    """The file of the Incidents page."""
    days = Days(visit.filters.first_day, visit.filters.as_of)
    return incidents.as_file(visit, view_of(visit), whole_view(days).figure, None, None)


@pytest.mark.parametrize("file", [every_incident, data_page.as_file])
def test_who_was_a_member_when_the_page_was_drawn_and_is_none_now_gets_no_file(
    app_store: Path, file: Callable[[Visit], Callable[[], bytes]]
) -> None:
    was = replace(viewer(Role.ANALYST), email="gone@example.org")
    with pytest.raises(NoSuchRecord):
        file(visit_of(was))()


def test_who_saw_the_whole_force_and_has_one_neighbourhood_now_gets_the_incidents_of_that_alone(
    app_store: Path,
) -> None:
    officer, analyst = viewer(Role.NEIGHBOURHOOD_OFFICER), viewer(Role.ANALYST)
    was = visit_of(replace(analyst, email=officer.email))
    assert audience_of(was).neighbourhoods is None
    given, own, whole = (
        pl.read_csv(io.BytesIO(every_incident(one)())) for one in (was, visit_of(officer), visit_of(analyst))
    )
    assert given.equals(own) and given.height < whole.height
