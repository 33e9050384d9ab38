"""Which day is it? The local day, but in an invented force the Monday after its newest complete week."""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from analysis.questions.builds import open_build
from dashboard.build_facts import BuildFacts, store_folder
from dashboard.text import day


def now(facts: BuildFacts) -> datetime:
    """This moment (UTC), for what is saved and logged; in an invented force at this time of its own day."""
    clock = datetime.now(UTC)
    return datetime.combine(facts.default_as_of, clock.time(), UTC) if facts.is_synthetic else clock


def today(facts: BuildFacts) -> date:
    """The day by which everything is judged: what is overdue, who may sign in, which share is in force.

    Raises:
        StoreError: the build is gone.
    """
    if facts.is_synthetic:
        return facts.default_as_of
    return local_day(datetime.now(UTC), open_build(store_folder(), facts.id).timezone)


def local_day(moment: datetime, timezone: str) -> date:
    """The day a moment lies on in the force's own time."""
    return moment.astimezone(ZoneInfo(timezone)).date()


def said_today(facts: BuildFacts) -> str:
    """The day as the header says it: of an invented force, that it is the sample's own."""
    return f"Invented data, today {day(today(facts))}" if facts.is_synthetic else f"Today is {day(today(facts))}"
