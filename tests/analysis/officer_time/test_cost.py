"""Are there pounds only where the force has entered a dated rate with its source?"""

from __future__ import annotations

from datetime import date

import pytest

from analysis.assumptions import Assumption, Assumptions, Value, load
from analysis.errors import AnalysisError
from analysis.officer_time.cost import hourly_rate


def entered(value: Value, unit: str, source: str) -> Assumptions:
    entry = Assumption("officer_hour_rate", value, unit, "the force's", source, "Finance", date(2027, 1, 31))
    return Assumptions((entry,))


def test_it_comes_without_a_rate() -> None:
    assert hourly_rate(load()) is None


def test_a_dated_rate_with_its_source_is_used() -> None:
    rate = hourly_rate(entered(50.5, "pounds an hour from 2013-04-01", "Force finance"))
    assert rate is not None
    assert (rate.pounds, rate.valid_from, rate.source) == (50.5, date(2013, 4, 1), "Force finance")


@pytest.mark.parametrize(
    ("value", "unit", "source"),
    [
        (50, "pounds an hour", "Force finance"),
        (50, "pounds an hour from 2013-13-01", "Force finance"),
        (50, "pounds an hour from 2013-04-01", " "),
        (0, "pounds an hour from 2013-04-01", "Force finance"),
        ("fifty", "pounds an hour from 2013-04-01", "Force finance"),
    ],
)
def test_a_rate_without_date_or_source_is_refused(value: Value, unit: str, source: str) -> None:
    with pytest.raises(AnalysisError, match="officer_hour_rate"):
        hourly_rate(entered(value, unit, source))
