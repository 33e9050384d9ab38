"""Does the closing form begin with the right contacts and hours on either side of a plan's opening?"""

from __future__ import annotations

from datetime import UTC, date, datetime
from types import SimpleNamespace
from typing import Any

import polars as pl
import pytest

from dashboard.view_models.plan_outcome import before_after, stretches

OPENED = date(2013, 7, 1)


@pytest.mark.parametrize(
    ("known_until", "weeks_after", "as_of"),
    [
        (date(2013, 12, 2), 12, date(2013, 9, 23)),
        (date(2013, 7, 21), 2, date(2013, 7, 15)),
        (date(2013, 6, 3), 0, OPENED),
    ],
)
def test_after_the_plan_only_weeks_that_are_known_count(known_until: date, weeks_after: int, as_of: date) -> None:
    found = stretches(OPENED, weeks=12, known_until=known_until)
    assert (found.weeks_after, found.as_of, found.whole) == (weeks_after, as_of, 12 + weeks_after)


def answered(*jobs: tuple[datetime, bool, float, float]) -> Any:
    """The part of an answer that is counted: when, whether a contact, officer minutes and those of them imputed."""
    minutes = {"officer_minutes": pl.Float64, "imputed_minutes": pl.Float64}
    schema: dict[str, Any] = {"at": pl.Datetime("us", "UTC"), "is_contact": pl.Boolean, **minutes}
    rows = pl.DataFrame(list(jobs), schema=schema, orient="row")
    return SimpleNamespace(incidents=SimpleNamespace(rows=rows))


def test_the_day_of_the_opening_is_the_force_s_own_and_counts_as_after() -> None:
    answer = answered(
        (datetime(2013, 6, 30, 22, 59, tzinfo=UTC), True, 60.0, 15.0),
        (datetime(2013, 6, 30, 23, 0, tzinfo=UTC), True, 30.0, 0.0),
        (datetime(2013, 7, 9, 9, 0, tzinfo=UTC), False, 600.0, 600.0),
    )
    found = before_after(answer, stretches(OPENED, weeks=12, known_until=date(2013, 12, 2)), timezone="Europe/London")
    assert (found.contacts_before, found.hours_before) == (1, 1.0)
    assert (found.contacts_after, found.hours_after) == (1, 0.5)
    assert (found.imputed_before, found.imputed_after) == (0.25, 0.0)
