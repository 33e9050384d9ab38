"""What is said beside the numbers? Where they come from, what is left out, and why there may be none."""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st

from dashboard.text import escape_markdown, plural


@dataclass(frozen=True)
class SourceLine:
    """The small line under every figure; all four parts are finished words."""

    period: str
    definition: str
    data_as_at: str
    left_out: str


def source_line(view: SourceLine) -> None:
    """Period, definition, data as at, what is left out, and the way to the methods."""
    parts = (view.period, view.definition, f"data as at {view.data_as_at}", view.left_out)
    said = " · ".join(escape_markdown(part) for part in parts if part)
    st.caption(f"{said} · [how this is worked out](/methods)")


def empty_state(*, why: str, what_to_do: str) -> None:
    """Why there is nothing here, and what to do about it."""
    with st.container(border=True):
        st.markdown(f"**{escape_markdown(why)}**  \n{escape_markdown(what_to_do)}")


def suppressed_note(cells: int, *, threshold: int) -> None:
    """Says that small counts are withheld, when any is."""
    if cells:
        st.caption(
            f"{plural(cells, 'number')} withheld: a count of fewer than {threshold}, or one from which it could be "
            "worked out, could point to a person. A 0 is a true 0."
        )
