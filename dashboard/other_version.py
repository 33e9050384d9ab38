"""Was the build made by the code that runs? Where it was not, what that means and what mends it."""

from __future__ import annotations

from functools import cache

import polars as pl

from analysis.build.identity import code_version
from dashboard.build_facts import BuildFacts

LACKING = (pl.exceptions.ColumnNotFoundError, pl.exceptions.SchemaError, pl.exceptions.InvalidOperationError, KeyError)
"""What goes wrong where a table lacks a column, or has it in another form, or the build says too little of itself."""


@cache
def running_code() -> str:
    """The version of the calculations that run; of one process it never changes."""
    return code_version()


def other_version_said(facts: BuildFacts) -> str:
    """What to know of a build that other code made; empty where this code made it."""
    if facts.code_version == running_code():
        return ""
    return (
        f"Build {facts.id[:8]} was made by another version of this program. Its numbers stand as they were worked out "
        "then, and a page that needs more than it holds says so. Build again: repeat-demand build SOURCES.toml"
    )


def lacking_said(error: Exception, facts: BuildFacts) -> str:
    """Why a page cannot be shown of an older build; empty where the error has another cause."""
    if not isinstance(error, LACKING) or not other_version_said(facts):
        return ""
    return (
        f"This page needs something that build {facts.id[:8]} does not hold, for another version of this program made "
        "it. Build again: repeat-demand build SOURCES.toml"
    )
