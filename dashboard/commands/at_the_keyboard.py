"""Who runs a command? Whoever is signed in to the machine; the access log says so."""

from __future__ import annotations

import getpass
from datetime import date, datetime
from pathlib import Path

from dashboard.decisions_database import log_key, open_decisions
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


def record_disclosure(store: Path, *, subject: str, purpose: str, at: datetime) -> None:
    """Write the access log before a file with identities is made.

    Raises:
        PartnershipError: the log cannot be written; nothing may be given out then.
    """
    database = open_decisions(store)
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
