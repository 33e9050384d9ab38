"""What does the access log answer an auditor? Read anew on every run; a look and a file are logged first."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import polars as pl
import streamlit as st

from dashboard import decisions
from dashboard.build_facts import store_folder
from dashboard.decisions_database import log_key
from dashboard.deeds import timezone_of
from dashboard.export_files import csv_bytes
from dashboard.today import now, today
from dashboard.view_models.access_log import FILE_COLUMNS, file_row
from dashboard.visit import Visit
from partnership import access_log
from partnership.access_log import Anchor, LogLine, LogNames, LogSearch, Verification
from partnership.authority import Deed
from partnership.finding import require
from partnership.vocabulary import Operation

SUBJECT = "access log"
"""What stands in the log for the log itself."""
_LOOKED = "log_looked"


@dataclass(frozen=True)
class LogQuestion:
    """Which entries are asked for: of these local days, and where given of one member, record or recipient."""

    first_day: date
    last_day: date
    who: str | None = None
    record: str | None = None
    to_whom: str | None = None
    operation: Operation | None = None

    def search(self, timezone: str) -> LogSearch:
        """The same in moments: days are the force's own."""
        zone = ZoneInfo(timezone)
        since, before = (
            datetime.combine(day, time(), zone) for day in (self.first_day, self.last_day + timedelta(days=1))
        )
        return LogSearch(self.record, self.who, self.operation, self.to_whom, since, before)


def names(visit: Visit) -> LogNames:
    """Whom one can ask about.

    Raises:
        NoSuchRecord: the viewer is no auditor.
    """
    with decisions.reading_as(visit) as (session, actor):
        return access_log.who_stands_in_it(session, actor)


def entries(visit: Visit, asked: LogQuestion, *, limit: int | None, skip: int = 0) -> tuple[LogLine, ...]:
    """The entries, the newest first; `skip` leaves out so many of the newest.

    Raises:
        NoSuchRecord: the viewer is no auditor.
    """
    search, key = asked.search(timezone_of(visit)), log_key(store_folder())
    with decisions.reading_as(visit) as (session, actor):
        return access_log.search(session, actor, search, key=key, limit=limit, skip=skip)


def how_many(visit: Visit, asked: LogQuestion) -> Mapping[Operation, int]:
    """How many entries of each kind, the most first.

    Raises:
        NoSuchRecord: the viewer is no auditor.
    """
    search, key = asked.search(timezone_of(visit)), log_key(store_folder())
    with decisions.reading_as(visit) as (session, actor):
        return access_log.how_many(session, actor, search, key=key)


def log_look(visit: Visit) -> None:
    """Write that the log itself is looked at: once a session and day, before anything of it is read.

    Raises:
        PartnershipError: the log cannot be written: nothing may be shown then.
    """
    look = (visit.viewer.email, today(visit.facts))
    if st.session_state.get(_LOOKED) != look:
        _record(visit, "read_access_log", {"what": "the access log"})
        st.session_state[_LOOKED] = look


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
        _record(visit, purpose, {"what": "the access log, as a file", "rows": len(found)})
        rows = [file_row(line) for line in found]
        return csv_bytes(pl.DataFrame(rows, schema=dict.fromkeys(FILE_COLUMNS, pl.String), orient="row"))

    return made


def _record(visit: Visit, purpose: str, details: Mapping[str, str | int | bool]) -> None:
    key, at = log_key(store_folder()), now(visit.facts)
    with decisions.database().write() as session:
        actor = decisions.actor_of(session, visit)
        access_log.record(
            session, actor, Operation.CONSULTATION, subject=SUBJECT, purpose=purpose, at=at, key=key, details=details
        )
