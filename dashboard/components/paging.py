"""Which rows of a long list are drawn? So many at once, the newest first, with a step to the newer and the older."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass

import streamlit as st

from dashboard.text import count

ROWS_AT_ONCE = 50
"""Of the pages' looks, not of the numbers: totals and files hold every row."""


@dataclass(frozen=True)
class Part:
    """The rows that are drawn of a list of `whole`: from `first`, counted from 0, up to `last`, which is not."""

    first: int
    whole: int
    size: int = ROWS_AT_ONCE

    @property
    def last(self) -> int:
        """One more than the last that is drawn, counted from 0."""
        return min(self.first + self.size, self.whole)

    @property
    def said(self) -> str:
        """51 to 100 of 1,234."""
        return f"{count(self.first + 1)} to {count(self.last)} of {count(self.whole)}"


def part_of(whole: int, *, of: Hashable, key: str) -> Part:
    """The rows to draw, with the steps where there are more; `of` tells lists apart: another begins at its newest."""
    asked, first = st.session_state.get(f"{key}_part", (of, 0))
    part = Part(first if asked == of and first < whole else 0, whole)
    if whole > part.size:
        with st.container(horizontal=True, vertical_alignment="center", key=f"{key}_steps"):
            for label, to in (("Newer", part.first - part.size), ("Older", part.first + part.size)):
                st.button(
                    label,
                    key=f"{key}_{label.lower()}",
                    disabled=not 0 <= to < whole,
                    on_click=_turn,
                    args=(f"{key}_part", (of, to)),
                )
            st.markdown(part.said, width="content")
    return part


def _turn(key: str, to: tuple[Hashable, int]) -> None:
    st.session_state[key] = to
