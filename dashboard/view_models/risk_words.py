"""What is recorded of a person's risk: DASH, MARAC and children, a sentence each, on the table and in the pack?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from analysis.questions.person import Person
from dashboard.text import plural
from dashboard.view_models.person import dash_said, marac_said


@dataclass(frozen=True)
class RiskWords:
    """A finished sentence about each."""

    dash: str
    marac: str
    children: str

    @property
    def lines(self) -> tuple[str, str, str]:
        """One under another."""
        return self.dash, self.marac, self.children


def risk_words(answer: Person, *, version: str, as_of: date | None = None) -> RiskWords:
    """What the reader may know of the risk, and what nobody has recorded.

    Args:
        version: the criteria of a MARAC repeat, as the force names them.
        as_of: the day the MARAC clock is read on; None for no clock.
    """
    jobs = answer.incidents.rows.to_dicts() if answer.incidents.rows.height else []
    areas = answer.areas.rows.to_dicts() if answer.areas.rows.height else []
    return RiskWords(dash_said(jobs, answer.feeds), marac_said(areas, version=version, as_of=as_of), _children(jobs))


def _children(jobs: list[dict[str, Any]]) -> str:
    marked = sum(bool(job["has_children"]) for job in jobs)
    if not marked:
        return "No incident of the year is marked as one with children. That is not proof that there are none."
    return f"Children are marked on {plural(marked, 'incident')} of the year."
