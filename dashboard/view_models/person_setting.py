"""Which days and words does a person's page depend on beside the answer?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from analysis.questions.figures import Days
from dashboard.visit import Visit


@dataclass(frozen=True)
class PersonSetting:
    """The days and words that the page depends on beside the answer.

    `marac_version` names the criteria of a MARAC repeat; `data_from` is the first day of the data. `harm`
    names the harm table with its year; empty where the force gave none.
    """

    as_of: date
    weeks: int
    domestic_only: bool
    timezone: str
    today: date
    data_as_at: date
    marac_version: str
    data_from: date | None = None
    build: str = ""
    harm: str = ""

    def local(self, moment: datetime) -> datetime:
        """A moment in the force's own time."""
        return moment.astimezone(ZoneInfo(self.timezone))

    @property
    def first_day(self) -> date:
        """The first day of the window."""
        return self.as_of - timedelta(weeks=self.weeks)

    @property
    def days(self) -> Days:
        """The days of the window."""
        return Days(self.first_day, self.as_of)

    @property
    def all_days(self) -> Days:
        """The days of the data."""
        return Days(self.data_from or self.first_day, self.data_as_at + timedelta(days=1))


def setting_of(visit: Visit, *, today: date, timezone: str, marac_version: str, harm: str = "") -> PersonSetting:
    """What the words depend on, from the visit."""
    filters, facts = visit.filters, visit.facts
    return PersonSetting(
        filters.as_of,
        filters.weeks,
        filters.domestic_only,
        timezone,
        today,
        facts.last_day,
        marac_version,
        facts.first_day,
        facts.id,
        harm,
    )
