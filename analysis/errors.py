"""What can a person mend? Errors shown as one line, without a traceback."""

from __future__ import annotations


class AnalysisError(Exception):
    """Something the person at the keyboard can mend.

    The message says what happened, where (file, line, column), and what to do next. It never quotes a
    value from a row.
    """


class SourcesError(AnalysisError):
    """`sources.toml`, or a file it names, stops the build; the previous build is untouched."""


class StoreError(AnalysisError):
    """The store, or the build asked for, cannot be read."""


class QuestionError(AnalysisError):
    """The question cannot be answered from this build; the message names the mend."""
