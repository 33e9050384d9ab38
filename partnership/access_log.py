"""Who looked at whom, changed what, and why? The append-only log of the six operations of DPA 2018 section 62.

Each row carries a keyed hash over itself and the row before, so that an edit, a deletion or an insertion shows. The
key is never in the database. Only an anchor kept elsewhere (`Verification.last`) shows that the newest rows were cut
off. A record is named by a keyed reference: the log outlives the person's erasure without naming them.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import ColumnElement, func, select, text
from sqlalchemy.orm import Session

from partnership import wording
from partnership.authority import Actor, Deed
from partnership.errors import PartnershipError
from partnership.finding import require
from partnership.log_rows import Unreadable, rows_in_order, values_read
from partnership.models import AccessLogEntry
from partnership.vocabulary import Operation, Role

_REFERENCE_BYTES = 15
_CHAIN_LOCK = 6208  # PostgreSQL advisory lock: one writer of the chain at a time.


@dataclass(frozen=True)
class Anchor:
    """The newest row at some moment, to be kept outside the database."""

    seq: int
    hash: str


@dataclass(frozen=True)
class Verification:
    """Whether the chain is whole, and from which row on it is not.

    Attributes:
        rows: how many rows were read.
        first_broken_seq: the first row that was altered, put in or is missing; None where all is whole.
        last: the newest row, to be kept as the next anchor; None for an empty log.
    """

    rows: int
    first_broken_seq: int | None
    last: Anchor | None

    @property
    def is_whole(self) -> bool:
        """Whether nothing was found."""
        return self.first_broken_seq is None


@dataclass(frozen=True)
class LogLine:
    """One logged operation, as an auditor sees it."""

    seq: int
    at: datetime
    actor_name: str
    actor_role: Role
    actor_agency: str | None
    operation: Operation
    subject_reference: str
    recipient: str | None
    purpose: str
    details: Mapping[str, str | int | bool]


@dataclass(frozen=True)
class LogSearch:
    """Which rows are asked for; what is left out may be anything.

    Attributes:
        subject: the record's own id, such as a person id.
        since: the earliest moment; `before` is the first that is too late.
    """

    subject: str | None = None
    actor_name: str | None = None
    operation: Operation | None = None
    recipient: str | None = None
    since: datetime | None = None
    before: datetime | None = None


@dataclass(frozen=True)
class LogNames:
    """The names of all who did something that is logged, and of all to whom something was disclosed; by name."""

    actors: tuple[str, ...]
    recipients: tuple[str, ...]


def subject_reference(subject: str, *, key: bytes) -> str:
    """The keyed name (`S-…`, 24 letters) under which a record stands in the log."""
    digest = hmac.new(key, b"subject\x00" + subject.encode(), hashlib.sha256).digest()
    return "S-" + base64.b32encode(digest[:_REFERENCE_BYTES]).decode()


def record(
    session: Session,
    actor: Actor,
    operation: Operation,
    *,
    subject: str,
    purpose: str,
    at: datetime,
    key: bytes,
    recipient: str | None = None,
    details: Mapping[str, str | int | bool] | None = None,
) -> Anchor:
    """Add one row. Call it before the record is shown, in the transaction of the change where there is one.

    Args:
        session: a write session.
        actor: who does it.
        operation: which of the six.
        subject: the record's own id (a person id); only its keyed reference is kept.
        purpose: why, in the person's words.
        at: when (UTC).
        key: the log's key.
        recipient: to whom, for a disclosure.
        details: counts, filters and the like; never a name, number or address.

    Raises:
        PartnershipError: no purpose is given, or no recipient for a disclosure.
        ValueError: there is no key.
    """
    _require_key(key)
    why = wording.text(purpose, "purpose")
    to_whom = wording.optional_text(recipient, "recipient")
    if operation is Operation.DISCLOSURE and to_whom is None:
        raise PartnershipError("recipient: a disclosure names to whom. Choose the agency, then try again.")
    before = _last(session)
    row = AccessLogEntry(
        seq=1 if before is None else before.seq + 1,
        at=at,
        actor_member_id=actor.member_id,
        actor_name=actor.name,
        actor_role=actor.role,
        actor_agency=actor.agency,
        operation=operation,
        subject_reference=subject_reference(subject, key=key),
        recipient=to_whom,
        purpose=why,
        details=json.dumps(dict(details or {}), sort_keys=True, ensure_ascii=False),
        previous_hash="" if before is None else before.hash,
    )
    row.hash = _seal(row, key)
    session.add(row)
    session.flush()
    return Anchor(row.seq, row.hash)


def verify(session: Session, key: bytes, *, anchor: Anchor | None = None) -> Verification:
    """Read the whole chain and find the first row that is not as it was written.

    Args:
        session: a read session.
        key: the log's key.
        anchor: a newest row kept elsewhere; without one a cut tail cannot be seen.
    """
    _require_key(key)
    broken: int | None = None
    expected, previous, rows = 1, "", 0
    for seq, row in rows_in_order(session):
        rows += 1
        is_sound = row is not None and seq == expected and row.previous_hash == previous and _is_sealed(row, key)
        if anchor is not None and seq == anchor.seq:
            is_sound = is_sound and row is not None and row.hash == anchor.hash
        if broken is None and not is_sound:
            broken = min(seq, expected)
        expected, previous = seq + 1, "" if row is None else row.hash
    if broken is None and anchor is not None and anchor.seq >= expected:
        broken = expected
    return Verification(rows, broken, Anchor(expected - 1, previous) if rows else None)


def search(
    session: Session, actor: Actor, asked: LogSearch, *, key: bytes, limit: int | None, skip: int = 0
) -> tuple[LogLine, ...]:
    """Answer an auditor: who looked at this record, what did this person look at, what went to whom. Newest first.

    `limit` None is every row; `skip` leaves out so many of the newest.

    Raises:
        NoSuchRecord: the actor is no auditor.
        Unreadable: a row asked for is not as it was written.
    """
    require(actor, Deed.READ_LOG)
    query = select(AccessLogEntry).where(*_conditions(asked, key)).order_by(AccessLogEntry.seq.desc())
    with values_read():
        return tuple(_line(row) for row in session.scalars(query.limit(limit).offset(skip)))


def how_many(session: Session, actor: Actor, asked: LogSearch, *, key: bytes) -> Mapping[Operation, int]:
    """How many rows of each operation answer an auditor, the most first.

    Raises:
        NoSuchRecord: the actor is no auditor.
    """
    require(actor, Deed.READ_LOG)
    rows = func.count().label("rows")
    query = select(AccessLogEntry.operation, rows).where(*_conditions(asked, key)).group_by(AccessLogEntry.operation)
    with values_read():
        found = session.execute(query.order_by(rows.desc(), AccessLogEntry.operation))
        return {row.operation: row.rows for row in found}


def who_stands_in_it(session: Session, actor: Actor) -> LogNames:
    """Whom an auditor can ask about.

    Raises:
        NoSuchRecord: the actor is no auditor.
    """
    require(actor, Deed.READ_LOG)
    actors = session.scalars(select(AccessLogEntry.actor_name).distinct().order_by(AccessLogEntry.actor_name))
    recipients = session.scalars(select(AccessLogEntry.recipient).distinct().order_by(AccessLogEntry.recipient))
    with values_read():
        return LogNames(tuple(actors), tuple(name for name in recipients if name))


def _conditions(asked: LogSearch, key: bytes) -> Iterator[ColumnElement[bool]]:
    if asked.subject is not None:
        yield AccessLogEntry.subject_reference == subject_reference(asked.subject, key=key)
    if asked.actor_name is not None:
        yield func.lower(AccessLogEntry.actor_name) == asked.actor_name.strip().lower()
    if asked.operation is not None:
        yield AccessLogEntry.operation == asked.operation
    if asked.recipient is not None:
        yield AccessLogEntry.recipient == asked.recipient
    if asked.since is not None:
        yield AccessLogEntry.at >= asked.since
    if asked.before is not None:
        yield AccessLogEntry.at < asked.before


def _line(row: AccessLogEntry) -> LogLine:
    return LogLine(
        seq=row.seq,
        at=row.at,
        actor_name=row.actor_name,
        actor_role=row.actor_role,
        actor_agency=row.actor_agency,
        operation=row.operation,
        subject_reference=row.subject_reference,
        recipient=row.recipient,
        purpose=row.purpose,
        details=json.loads(row.details),
    )


def _last(session: Session) -> Anchor | None:
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _CHAIN_LOCK})
    query = select(AccessLogEntry.seq, AccessLogEntry.hash).order_by(AccessLogEntry.seq.desc()).limit(1)
    row = session.execute(query).one_or_none()
    return None if row is None else Anchor(row.seq, row.hash)


def _is_sealed(row: AccessLogEntry, key: bytes) -> bool:
    try:
        with values_read():
            return hmac.compare_digest(row.hash.encode(), _seal(row, key).encode())
    except Unreadable:
        return False


def _seal(row: AccessLogEntry, key: bytes) -> str:
    fields = [
        row.seq,
        row.at.astimezone(UTC).isoformat(),
        row.actor_member_id,
        row.actor_name,
        str(row.actor_role),
        row.actor_agency,
        str(row.operation),
        row.subject_reference,
        row.recipient,
        row.purpose,
        row.details,
        row.previous_hash,
    ]
    return hmac.new(key, b"row\x00" + json.dumps(fields).encode(), hashlib.sha256).hexdigest()


def _require_key(key: bytes) -> None:
    if not key:
        raise ValueError("the access log needs a key")
