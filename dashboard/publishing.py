"""When is a week's list frozen? As its meeting opens, or when an inspector says so; once, and it is logged."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from analysis.errors import QuestionError, StoreError
from analysis.questions.published_lists import weeks_published
from dashboard import decisions
from dashboard.build_facts import store_folder
from dashboard.components.outcome import Outcome
from dashboard.data import assumptions, build_of
from dashboard.decisions_database import log_key
from dashboard.published_weeks import freeze
from dashboard.text import day
from dashboard.today import now
from dashboard.visit import Visit
from partnership import access_log
from partnership.errors import PartnershipError
from partnership.vocabulary import Operation, Role

PURPOSE = "The week's lists are published"


def may_publish(visit: Visit) -> bool:
    """Whether the viewer may freeze a week's lists: the sector's inspector."""
    return visit.viewer.role is Role.SECTOR_INSPECTOR


def publish_lists(visit: Visit, as_of: date) -> Outcome:
    """Freeze the lists of every neighbourhood for the week before a day, unless that has been done.

    The row of the access log is written first; nothing of anybody is in it.

    Raises:
        PartnershipError: the log cannot be written, and so nothing is published.
        QuestionError: the build cannot answer.
    """
    build, week = build_of(visit.facts.id), f"week ending {day(as_of - timedelta(days=1))}"
    if as_of in weeks_published(build):
        return Outcome(is_saved=True, said=f"The lists of the {week} are published already, and stay as they are.")
    at, key = now(visit.facts), log_key(store_folder())
    with decisions.database().write() as session:
        access_log.record(
            session,
            decisions.actor_of(session, visit),
            Operation.COMBINATION,
            subject=f"published lists {as_of.isoformat()}",
            purpose=PURPOSE,
            at=at,
            key=key,
            details={"what": "published lists", "as_of": as_of.isoformat(), "build": visit.facts.id},
        )
    try:
        freeze(build, as_of, has_domestic=visit.facts.has_domestic, at=at, assumptions=assumptions())
    except StoreError as refused:
        return Outcome(is_saved=False, said=str(refused))
    return Outcome(is_saved=True, said=f"The lists of the {week} are published. A later correction stands beside them.")


def with_the_lists(opened: Outcome, visit: Visit, as_of: date) -> Outcome:
    """What came of opening a meeting, and with it of publishing its week's lists; the meeting opens in any case."""
    if not opened.is_saved:
        return opened
    try:
        published = publish_lists(visit, as_of)
    except (QuestionError, PartnershipError) as refused:
        return replace(opened, said=f"{opened.said} The week's lists are not published. {refused}")
    return replace(opened, said=f"{opened.said} {published.said}")
