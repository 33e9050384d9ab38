"""What can a person mend about a place? Errors shown as one line, without a traceback."""

from __future__ import annotations


class GeoError(Exception):
    """Something the person at the keyboard can mend.

    The message says what happened, where (file, column), and what to do next. It never quotes a value
    from a row. It is built from one text only, so that it can cross a process boundary.
    """


class ParseRefused(GeoError):
    """A file was given up on: its reader ran out of memory or time, crashed, or met something it cannot read."""
