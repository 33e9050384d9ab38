"""Who runs a command? Whoever is signed in to the machine; the access log says so."""

from __future__ import annotations

import getpass
from datetime import UTC, date, datetime
from pathlib import Path

from analysis.errors import AnalysisError
from dashboard import build_facts
from dashboard.decisions_database import existing_decisions, log_key
from dashboard.errors import DashboardError
from dashboard.today import now
from partnership import access_log, members
from partnership.authority import Actor
from partnership.vocabulary import Operation


def operator(today: date) -> Actor:
    """The person at the keyboard."""
    try:
        name = getpass.getuser()
    except (KeyError, OSError):
        name = "operator"
    return members.operator(name, today)


def moment(store: Path) -> datetime:
    """This moment (UTC) by the day of the store's force; by the clock where nothing is built yet."""
    try:
        return now(build_facts.read(store))
    except (AnalysisError, DashboardError):
        return datetime.now(UTC)


def record_disclosure(store: Path, *, subject: str, purpose: str, at: datetime) -> None:
    """Write the access log before a file with identities is made.

    Raises:
        PartnershipError: the log cannot be written; nothing may be given out then.
    """
    database = existing_decisions(store)
    try:
        with database.write() as session:
            access_log.record(
                session,
                operator(at.date()),
                Operation.DISCLOSURE,
                subject=subject,
                purpose=purpose,
                recipient="the person who ran the export",
                at=at,
                key=log_key(store),
            )
    finally:
        database.close()
