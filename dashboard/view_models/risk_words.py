"""What is recorded of a person's risk: DASH, MARAC and children, a sentence each, on the table and in the pack?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from analysis.questions.person import Person
from dashboard.text import count, day, plural, sentence


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


def risk_words(answer: Person) -> RiskWords:
    """What the reader may know of the risk, and what nobody has recorded."""
    jobs = answer.incidents.rows.to_dicts() if answer.incidents.rows.height else []
    areas = answer.areas.rows.to_dicts() if answer.areas.rows.height else []
    return RiskWords(_dash(jobs, answer.feeds), _marac(areas), _children(jobs))


def _dash(jobs: list[dict[str, Any]], feeds: frozenset[str]) -> str:
    if "assessments" not in feeds:
        return "This build has no assessments, so nothing can be said of DASH (risk assessment)."
    due = [job for job in jobs if job["is_assessment_mandatory"]]
    missing = sum(job["is_assessment_missing"] for job in due)
    optional = [job for job in jobs if job["is_domestic"] and not job["is_assessment_mandatory"]]
    without = sum(not job["is_assessed"] for job in optional)
    return sentence(
        f"DASH (risk assessment) was mandatory on {plural(len(due), 'crime')}"
        + (f" and is missing on {count(missing)}" if missing else ", and none is missing" if due else ""),
        f"Of {plural(len(optional), 'other domestic incident')}, {count(without)} had none" if optional else "",
    )


def _marac(areas: list[dict[str, Any]]) -> str:
    if not areas or not areas[0]["marac_on"]:
        return "No MARAC referral or hearing is recorded."
    first = areas[0]
    return (
        f"Last MARAC {day(first['marac_on'])}: any abuse until {day(first['marac_until'])} is a repeat (SafeLives, "
        f"current definition). So far {plural(first['domestic_since_marac'], 'domestic incident')} since."
    )


def _children(jobs: list[dict[str, Any]]) -> str:
    marked = sum(bool(job["has_children"]) for job in jobs)
    if not marked:
        return "No incident of the year is marked as one with children. That is not proof that there are none."
    return f"Children are marked on {plural(marked, 'incident')} of the year."
