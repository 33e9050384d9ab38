"""What does an officer's hour cost, if the force has said so? Without a dated rate with its source: hours only."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from analysis.assumptions import Assumptions
from analysis.errors import AnalysisError

RATE = "officer_hour_rate"
_UNIT = re.compile(r"^pounds an hour from (\d{4}-\d{2}-\d{2})$")


@dataclass(frozen=True)
class HourlyRate:
    """Pounds an officer hour; from the day on which the force's rate holds, and where it is published."""

    pounds: float
    valid_from: date
    source: str


def hourly_rate(assumptions: Assumptions) -> HourlyRate | None:
    """The force's rate; None where it has entered none, which is how the project comes.

    Raises:
        AnalysisError: the rate is no positive number, has no date, or no source.
    """
    for entry in assumptions.entries:
        if entry.name != RATE:
            continue
        dated = _UNIT.match(entry.unit)
        is_positive = isinstance(entry.value, int | float) and entry.value > 0
        valid_from = _day(dated[1]) if dated else None
        if not is_positive or valid_from is None or not entry.source.strip():
            raise AnalysisError(
                f"assumptions.toml, [{RATE}]: the rate cannot be used. Give a value above 0, the unit "
                '"pounds an hour from 2024-04-01" with your own day, and its source.'
            )
        assert isinstance(entry.value, int | float)
        return HourlyRate(float(entry.value), valid_from, entry.source)
    return None


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
