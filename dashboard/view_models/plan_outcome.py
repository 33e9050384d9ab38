"""What came of a plan so far? Contacts and officer hours in as many weeks before it was opened as after."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from analysis.questions.figures import Days, OfPerson
from analysis.questions.person import Person
from analysis.questions.view import View
from dashboard.open_incidents import Opening
from dashboard.text import day
from dashboard.view_models.openings import opening
from partnership.assessment import BeforeAfter

WEEK = timedelta(days=7)


@dataclass(frozen=True)
class Stretches:
    """The weeks on either side of the day a plan was opened, as far as the data reach."""

    opened_on: date
    weeks: int
    weeks_after: int

    @property
    def as_of(self) -> date:
        """The day after the last that counts."""
        return self.opened_on + WEEK * self.weeks_after

    @property
    def whole(self) -> int:
        """Both stretches, in weeks up to `as_of`."""
        return self.weeks + self.weeks_after


def stretches(opened_on: date, *, weeks: int, known_until: date) -> Stretches:
    """The stretches of a plan.

    Args:
        opened_on: the force's own day.
        weeks: on either side (assumption `before_after_weeks`).
        known_until: the day after the newest data.
    """
    return Stretches(opened_on, weeks, min(weeks, max(0, (known_until - opened_on) // WEEK)))


def before_after(answer: Person, spans: Stretches, *, timezone: str) -> BeforeAfter:
    """The person's contacts and officer hours of both stretches, as far as the reader may see them.

    Args:
        answer: asked for exactly the weeks of `spans`.
        timezone: of the force; the day of a contact is local, and that of the opening counts as after it.
    """
    jobs = answer.incidents.rows.to_dicts() if answer.incidents.rows.height else []
    zone = ZoneInfo(timezone)
    rung = [(job["at"].astimezone(zone).date() >= spans.opened_on, job) for job in jobs if job["is_contact"]]

    def hours(*, after: bool, column: str = "officer_minutes") -> float:
        return float(sum(job[column] for is_after, job in rung if is_after is after)) / 60

    return BeforeAfter(
        weeks=spans.weeks,
        weeks_after=spans.weeks_after,
        contacts_before=sum(not is_after for is_after, _ in rung),
        contacts_after=sum(is_after for is_after, _ in rung),
        hours_before=hours(after=False),
        hours_after=hours(after=True),
        imputed_before=hours(after=False, column="imputed_minutes"),
        imputed_after=hours(after=True, column="imputed_minutes"),
    )


def outcome_openings(person_id: str, figures: BeforeAfter, spans: Stretches, view: View) -> tuple[Opening, ...]:
    """The incidents of the stretch before the plan and of the one since; none of a stretch without a contact.

    Args:
        view: exactly the weeks of `spans`, under which the figures were counted.
    """
    before = Days(spans.as_of - WEEK * spans.whole, spans.opened_on)
    after = Days(spans.opened_on, spans.as_of)
    both = (
        ("before the plan", before, figures.contacts_before, figures.hours_before),
        ("since the plan", after, figures.contacts_after, figures.hours_after),
    )
    return tuple(
        opening(
            OfPerson(person_id, days),
            f"{person_id}, {day(days.first_day)} until {day(days.as_of)}",
            name=said,
            contacts=contacts,
            officer_hours=worked,
            view=view,
        )
        for said, days, contacts, worked in both
        if contacts
    )
