"""Who looked at whom, changed what, disclosed what to whom, and why?"""

from __future__ import annotations

from datetime import timedelta

import streamlit as st

from dashboard import decisions
from dashboard.components.day_field import day_field
from dashboard.components.notes import empty_state
from dashboard.components.table import table
from dashboard.data.access_log import LogQuestion, as_file, entries, names, verified
from dashboard.deeds import timezone_of
from dashboard.errors import DashboardError
from dashboard.frame import page_title
from dashboard.log_check import ANCHOR_HELP, anchor_of, whole_said
from dashboard.text import escape_markdown
from dashboard.today import today
from dashboard.view_models.access_log import log_view
from dashboard.visit import Visit, this_visit

KEY, SHOWN, WEEK = "log", 200, timedelta(weeks=1)
EVERYONE, ANYBODY, ANCHOR = "Everyone", "Whoever it was", "Anchor kept from the last check"


def question(visit: Visit) -> LogQuestion:
    """Which entries: of which days, of whom, about which record, to whom."""
    known, here = names(visit), today(visit.facts)
    first, last, who, record, to_whom = st.columns(5, vertical_alignment="bottom")
    with first:
        first_day = day_field("From", here - WEEK, key=f"{KEY}_first")
    with last:
        last_day = day_field("To", max(here, first_day), key=f"{KEY}_last", earliest=first_day)
    member = who.selectbox("Who did it", [EVERYONE, *known.actors], key=f"{KEY}_who")
    about = record.text_input("About whom", key=f"{KEY}_record", placeholder="P-…", help="A person's reference")
    recipient = to_whom.selectbox("Disclosed to", [ANYBODY, *known.recipients], key=f"{KEY}_to")
    return LogQuestion(
        first_day,
        last_day,
        None if member == EVERYONE else member,
        about.strip().upper() or None,
        None if recipient == ANYBODY else recipient,
    )


def check(visit: Visit) -> None:
    """The chain of all entries, read on request: the log of a year takes seconds."""
    st.subheader("Is it as it was written?", anchor=False)
    with st.form(f"{KEY}_check", border=False):
        kept = st.text_input(ANCHOR, key=f"{KEY}_anchor", help=ANCHOR_HELP.capitalize())
        is_asked = st.form_submit_button("Check the whole log", key=f"{KEY}_verify")
    if not is_asked:
        return
    try:
        said = whole_said(verified(visit, anchor_of(kept, field=ANCHOR)))
    except DashboardError as found:
        st.error(escape_markdown(str(found)))
    else:
        st.success(escape_markdown(f"{said[0].upper()}{said[1:]}. Keep the anchor outside this machine."))


here, head = this_visit(), st.container()
asked = question(here)
agencies = {agency.code: agency.name for agency in decisions.agencies()}
found = entries(here, asked, limit=SHOWN + 1)
view = log_view(found, (asked.first_day, asked.last_day), agencies, timezone=timezone_of(here), shown=SHOWN)
with head:
    page_title("Access log", view.sentence)
if found:
    table(view.table, key=f"{KEY}_entries")
    why = st.text_input("Why is the list taken away?", key=f"{KEY}_why", help="Stands in the log with your name")
    if why.strip():
        make = as_file(here, asked, why)
        st.download_button("Download every entry (CSV)", make, "access-log.csv", "text/csv", key=f"{KEY}_file")
else:
    empty_state(why="No entry.", what_to_do="Choose more days, everyone, or another record.")
st.caption("A record stands under a keyed reference that names nobody and outlives an erasure.")
check(here)
