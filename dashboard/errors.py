"""What can the person at the keyboard mend? Errors of the app shown as one line, without a traceback."""

from __future__ import annotations


class DashboardError(Exception):
    """The app cannot do as asked; the message says what happened, where, and what to do next.

    It never quotes a value from a row.
    """
