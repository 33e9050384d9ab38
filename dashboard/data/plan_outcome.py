"""What does the form that closes a plan propose? What came of the plan so far, in words that claim no more."""

from __future__ import annotations

from dataclasses import dataclass
from zoneinfo import ZoneInfo

from analysis.questions.view import View
from dashboard.components.notes import SourceLine
from dashboard.data import assumptions, audience_of, build_of
from dashboard.data.person import person
from dashboard.open_incidents import Opening
from dashboard.text import as_at, day, plural
from dashboard.view_models.plan_outcome import before_after, outcome_openings, stretches
from dashboard.visit import Visit
from partnership.assessment import in_words
from partnership.views import PlanView


@dataclass(frozen=True)
class SoFar:
    """What came of a plan: in words, and the incidents behind the numbers of each stretch; no source for nothing."""

    said: str
    openings: tuple[Opening, ...]
    source: SourceLine | None


NOTHING_YET = SoFar("", (), None)


def outcome_so_far(visit: Visit, plan: PlanView) -> SoFar:
    """Contacts and hours before and after the plan was opened, with the warning that goes with them."""
    facts, timezone = visit.facts, build_of(visit.facts.id).timezone
    opened_on = plan.opened_at.astimezone(ZoneInfo(timezone)).date()
    weeks = assumptions().whole("before_after_weeks")
    spans = stretches(opened_on, weeks=weeks, known_until=facts.default_as_of)
    view = View(as_of=spans.as_of, weeks=spans.whole, domestic_only=facts.has_domestic)
    answer = person(facts.id, plan.person_id, view, audience_of(visit))
    figures = before_after(answer, spans, timezone=timezone)
    which = "domestic incidents" if view.domestic_only else "all incidents"
    source = SourceLine(
        period=f"{plural(weeks, 'week')} before {day(opened_on)}, when the plan began, and since; {which}",
        definition="contacts as caller, officer hours of the whole incident",
        data_as_at=as_at(facts.last_day, facts.id),
        left_out="left out: contacts outside your area",
    )
    return SoFar(in_words(figures), outcome_openings(plan.person_id, figures, spans, view), source)
