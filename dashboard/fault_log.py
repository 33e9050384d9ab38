"""What does the server's log keep of a fault? Its kind and where it happened; not its words, which may quote a row."""

from __future__ import annotations

import logging
import traceback
from collections.abc import Callable, Iterator

from analysis.errors import AnalysisError
from dashboard.errors import DashboardError
from geo.errors import GeoError
from partnership.errors import PartnershipError

OURS = (AnalysisError, DashboardError, GeoError, PartnershipError)
"""Errors whose words quote no value, by their own promise: those are kept."""


def keep_words_out() -> None:
    """From now on every record of this process's log is made without the words of foreign errors; twice is once."""
    made = logging.getLogRecordFactory()
    if not isinstance(made, _Wordless):
        logging.setLogRecordFactory(_Wordless(made))


def told(error: BaseException) -> str:
    """The lines of code an error passed and its kind, and the same of what caused it; words of our own errors only."""
    return "\n".join(_told(error, set()))


class _Wordless:
    """Makes records as before, and takes out what an error says, whichever way it was given to the log."""

    def __init__(self, made: Callable[..., logging.LogRecord]) -> None:
        self._made = made

    def __call__(self, *given: object, **named: object) -> logging.LogRecord:
        record = self._made(*given, **named)
        error = record.exc_info[1] if record.exc_info else None
        if error is not None:
            record.exc_info, record.exc_text = None, told(error)
        if isinstance(record.msg, BaseException):
            record.msg = _kind(record.msg)
        if isinstance(record.args, tuple):
            record.args = tuple(_kind(one) if isinstance(one, BaseException) else one for one in record.args)
        return record


def _told(error: BaseException, seen: set[int]) -> Iterator[str]:
    if id(error) in seen:
        return
    seen.add(id(error))
    yield "".join(traceback.format_tb(error.__traceback__)) + _kind(error)
    for other in error.exceptions if isinstance(error, BaseExceptionGroup) else ():
        yield from _told(other, seen)
    cause = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    if cause is not None:
        yield "which came of:"
        yield from _told(cause, seen)


def _kind(error: BaseException) -> str:
    name = f"{type(error).__module__}.{type(error).__qualname__}"
    return f"{name}: {error}" if isinstance(error, OURS) else name
