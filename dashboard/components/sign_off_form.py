"""Has the inspector looked at this plan? One press signs it off for the week and sets the next review."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import streamlit as st

from dashboard.components.day_field import day_field
from dashboard.components.first_seen import fields_key, first_seen
from dashboard.text import escape_markdown


@dataclass(frozen=True)
class SignOffForm:
    """The form for one plan; `closed_because` says why this person cannot sign it off."""

    plan_id: int
    version: int
    next_review: date
    earliest: date
    closed_because: str = ""


@dataclass(frozen=True)
class SignOff:
    """What was sent: exactly what the verb needs."""

    plan_id: int
    seen_version: int
    review_on: date


def sign_off_form(view: SignOffForm, *, key: str) -> SignOff | None:
    """Draw the form; gives what was sent, or None. Hand the outcome back by `first_seen.finish`."""
    if view.closed_because:
        st.markdown(escape_markdown(view.closed_because))
        return None
    mine = fields_key(key=key, row=view.plan_id)
    seen = first_seen(view.version, key=key, first_field=f"{mine}_review")
    with st.form(f"{mine}_form", border=False):
        review_on = day_field("Look at it again on", view.next_review, earliest=view.earliest, key=f"{mine}_review")
        is_sent = st.form_submit_button("Sign off for this week", type="primary", key=f"{mine}_save")
    return SignOff(view.plan_id, seen, review_on) if is_sent else None
