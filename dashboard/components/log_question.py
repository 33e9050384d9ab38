"""What is asked of the access log? Which days, who did it, what was done, about whom, and to whom it went."""

from __future__ import annotations

from datetime import date, timedelta

import streamlit as st

from dashboard.components.day_field import day_field
from dashboard.data.access_log import LogQuestion
from dashboard.view_models.access_log import OPERATION_WORDS
from partnership.access_log import LogNames

WEEK = timedelta(weeks=1)
EVERYONE, ANYTHING, ANYBODY = "Everyone", "Anything", "Whoever it was"


def log_question(known: LogNames, today: date, *, key: str) -> LogQuestion:
    """Draw the fields, the last week proposed; `known`: whom one can ask about."""
    with st.container(horizontal=True, vertical_alignment="bottom", key=f"{key}_question"):
        first_day = day_field("From", today - WEEK, key=f"{key}_first")
        last_day = day_field("To", max(today, first_day), key=f"{key}_last", earliest=first_day)
        who = st.selectbox("Who did it", [EVERYONE, *known.actors], key=f"{key}_who")
        done = st.selectbox("What was done", [ANYTHING, *OPERATION_WORDS.values()], key=f"{key}_done")
        about = st.text_input("About whom", key=f"{key}_record", placeholder="P-…", help="A person's reference")
        to_whom = st.selectbox("Disclosed to", [ANYBODY, *known.recipients], key=f"{key}_to")
    return LogQuestion(
        first_day,
        last_day,
        who=None if who == EVERYONE else who,
        record=about.strip().upper() or None,
        to_whom=None if to_whom == ANYBODY else to_whom,
        operation=next((kind for kind, words in OPERATION_WORDS.items() if words == done), None),
    )
