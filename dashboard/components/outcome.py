"""Was it saved? One line that says what and when, or why not; of two saves both texts side by side."""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st

from dashboard.components.table import Table, TableColumn, table
from dashboard.text import escape_markdown


@dataclass(frozen=True)
class BothTexts:
    """One field that two people wanted to set, in finished words."""

    field: str
    theirs: str
    yours: str


@dataclass(frozen=True)
class Outcome:
    """What came of one save, in finished words.

    Attributes:
        said: what was saved and when, or why nothing was saved and what to do.
        both: where somebody was first, what stands now and what was typed, field by field.
    """

    is_saved: bool
    said: str
    both: tuple[BothTexts, ...] = ()
    is_stale: bool = False


def keep_outcome(outcome: Outcome, *, key: str) -> None:
    """Keep the outcome over the next run, where `show_outcome` says it once."""
    st.session_state[f"{key}_outcome"] = outcome


def show_outcome(*, key: str) -> None:
    """Say what came of the last save of this form; nothing where there was none."""
    outcome = st.session_state.pop(f"{key}_outcome", None)
    if not isinstance(outcome, Outcome):
        return
    if outcome.is_saved:
        st.success(escape_markdown(outcome.said), icon=":material/check:")
    elif outcome.is_stale:
        st.warning(escape_markdown(outcome.said), icon=":material/sync_problem:")
    else:
        st.error(escape_markdown(outcome.said), icon=":material/error:")
    if outcome.both:
        table(_both_texts(outcome), key=f"{key}_both")


def _both_texts(outcome: Outcome) -> Table:
    return Table(
        columns=(TableColumn("Field"), TableColumn("Stands now"), TableColumn("You wrote")),
        rows=tuple((text.field, text.theirs or "nothing", text.yours or "nothing") for text in outcome.both),
        said="What stands now and what you wrote, field by field",
    )
