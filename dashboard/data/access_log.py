"""What does the access log answer an auditor? Read anew on every run, never cached; a file is logged first."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import polars as pl

from dashboard import decisions
from dashboard.build_facts import store_folder
from dashboard.decisions_database import log_key
from dashboard.deeds import timezone_of
from dashboard.export_files import csv_bytes
from dashboard.today import now
from dashboard.view_models.access_log import FILE_COLUMNS, file_row
from dashboard.visit import Visit
from partnership import access_log
from partnership.access_log import Anchor, LogLine, LogNames, Verification
from partnership.authority import Deed
from partnership.finding import require
from partnership.vocabulary import Operation

SUBJECT = "access log"
"""What stands in the log for the log itself."""


@dataclass(frozen=True)
class LogQuestion:
    """Which entries are asked for: of these local days, and where given of one member, record or recipient."""

    first_day: date
    last_day: date
    who: str | None = None
    record: str | None = None
    to_whom: str | None = None


def names(visit: Visit) -> LogNames:
    """Whom one can ask about.

    Raises:
        NoSuchRecord: the viewer is no auditor.
    """
    with decisions.reading_as(visit) as (session, actor):
        return access_log.who_stands_in_it(session, actor)


def entries(visit: Visit, asked: LogQuestion, *, limit: int | None) -> tuple[LogLine, ...]:
    """The entries, the newest first.

    Raises:
        NoSuchRecord: the viewer is no auditor.
    """
    zone = ZoneInfo(timezone_of(visit))
    since, before = (
        datetime.combine(day, time(), zone) for day in (asked.first_day, asked.last_day + timedelta(days=1))
    )
    with decisions.reading_as(visit) as (session, actor):
        return access_log.search(
            session,
            actor,
            key=log_key(store_folder()),
            subject=asked.record,
            actor_name=asked.who,
            recipient=asked.to_whom,
            since=since,
            before=before,
            limit=limit,
        )


def verified(visit: Visit, anchor: Anchor | None) -> Verification:
    """Read the whole chain.

    Raises:
        NoSuchRecord: the viewer is no auditor.
    """
    with decisions.reading_as(visit) as (session, actor):
        require(actor, Deed.READ_LOG)
        return access_log.verify(session, log_key(store_folder()), anchor=anchor)


def as_file(visit: Visit, asked: LogQuestion, purpose: str) -> Callable[[], bytes]:
    """What the download's click does: the log is written, then the file of every entry asked for is made.

    Raises (when called):
        PartnershipError: there is no purpose, or the log cannot be written: there is no file then.
    """

    def made() -> bytes:
        found = entries(visit, asked, limit=None)
        with decisions.database().write() as session:
            access_log.record(
                session,
                decisions.actor_of(session, visit),
                Operation.CONSULTATION,
                subject=SUBJECT,
                purpose=purpose,
                at=now(visit.facts),
                key=log_key(store_folder()),
                details={"what": "the access log, as a file", "rows": len(found)},
            )
        rows = [file_row(line) for line in found]
        return csv_bytes(pl.DataFrame(rows, schema=dict.fromkeys(FILE_COLUMNS, pl.String), orient="row"))

    return made
