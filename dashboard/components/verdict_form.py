"""How is a decision on identity written down? A reason from a list and a button for each verdict, in one form."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import streamlit as st

from dashboard.components.first_seen import fields_key, first_seen
from dashboard.components.outcome import show_outcome
from dashboard.text import escape_markdown, plain_line


@dataclass(frozen=True)
class VerdictForm:
    """What may be decided, and why: stored values to words.

    Attributes:
        version: of the record as this reading shows it; what is sent names the one first seen.
        row: tells records apart, so that each has fields of its own.
    """

    title: str
    buttons: Mapping[str, str]
    reasons: Mapping[str, str]
    version: int
    row: int


@dataclass(frozen=True)
class SentVerdict:
    """The button pressed, the reason chosen and the version first seen."""

    verdict: str
    why: str
    seen_version: int


def verdict_form(view: VerdictForm, *, key: str) -> SentVerdict | None:
    """Draw the form, the outcome of its last save above it; what was sent, or None."""
    show_outcome(key=key)
    turn = fields_key(key=key, row=view.row)
    seen = first_seen(view.version, key=key, first_field=f"{turn}_why")
    with st.form(f"{turn}_form"):
        st.markdown(f"**{escape_markdown(view.title)}**")
        why = st.selectbox(
            "Because",
            list(view.reasons),
            index=None,
            placeholder="Choose why",
            format_func=lambda reason: plain_line(view.reasons[reason]),
            key=f"{turn}_why",
        )
        row = st.container(horizontal=True)
        pressed = [
            value
            for value, said in view.buttons.items()
            if row.form_submit_button(escape_markdown(said), key=f"{turn}_{value}")
        ]
    if not pressed:
        return None
    if why is None:
        st.error("Nothing was saved. Choose why, then press again.")
        return None
    return SentVerdict(pressed[0], why, seen)
