"""Which rows stand in the access log, also where somebody wrote into them what cannot be read as a row?"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import select
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from partnership.errors import PartnershipError
from partnership.models import AccessLogEntry

_NO_VALUE = (ValueError, TypeError, LookupError, AttributeError)
"""What is raised where a time is no time, a word none of its list, or a text no text: never what we write."""
_ROWS_AT_ONCE = 5000


class Unreadable(PartnershipError):
    """A row of the log holds what is never written there."""

    def __init__(self) -> None:
        super().__init__(
            "The access log holds a row that cannot be read, so it is not as it was written. "
            "`repeat-demand log verify` says which. Keep the file as evidence, and tell the data protection officer."
        )


@contextmanager
def values_read() -> Iterator[None]:
    """Read rows of the log and use what is in them.

    Raises:
        Unreadable: a value is of no kind that is ever written there.
    """
    try:
        yield
    except _NO_VALUE as error:
        raise Unreadable from error
    except DBAPIError as error:
        # SQLite's driver finds bytes that are no text by itself, and then gives no code of SQLite's.
        if "decode" not in str(error.orig) or hasattr(error.orig, "sqlite_errorcode"):
            raise
        raise Unreadable from error


def rows_in_order(session: Session) -> Iterator[tuple[int, AccessLogEntry | None]]:
    """Every row with its number, by number; None for one that holds what cannot be read.

    Some thousands are read at once, and fewer only where one of them cannot be.
    """
    numbers = select(AccessLogEntry.seq).order_by(AccessLogEntry.seq).limit(_ROWS_AT_ONCE)
    found = session.scalars(numbers).all()
    while found:
        yield from _between(session, found[0], found[-1])
        found = session.scalars(numbers.where(AccessLogEntry.seq > found[-1])).all()


def _between(session: Session, first: int, last: int) -> list[tuple[int, AccessLogEntry | None]]:
    """The rows of these numbers; where one cannot be read, by halves until it stands alone."""
    asked = select(AccessLogEntry).where(AccessLogEntry.seq.between(first, last)).order_by(AccessLogEntry.seq)
    try:
        with values_read():
            rows = session.scalars(asked).all()
    except Unreadable:
        if first == last:
            return [(first, None)]
        middle = (first + last) // 2
        return _between(session, first, middle) + _between(session, middle + 1, last)
    for row in rows:
        session.expunge(row)
    return [(row.seq, row) for row in rows]
