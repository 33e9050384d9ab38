"""Who looked at whom, changed what, disclosed what to whom, and why?"""

from __future__ import annotations

import streamlit as st

from dashboard import decisions
from dashboard.components.log_question import log_question
from dashboard.components.notes import empty_state
from dashboard.components.paging import part_of
from dashboard.components.table import table
from dashboard.data.access_log import as_file, entries, how_many, log_look, names, verified
from dashboard.deeds import timezone_of
from dashboard.errors import DashboardError
from dashboard.frame import page_title
from dashboard.log_check import ANCHOR_HELP, anchor_of, whole_said
from dashboard.text import escape_markdown
from dashboard.today import today
from dashboard.view_models.access_log import log_view
from dashboard.visit import Visit, this_visit

KEY, ANCHOR = "log", "Anchor kept from the last check"


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
log_look(here)
asked = log_question(names(here), today(here.facts), key=KEY)
kinds = how_many(here, asked)
part = part_of(sum(kinds.values()), of=asked, key=KEY)
found = entries(here, asked, limit=part.size, skip=part.first)
agencies = {agency.code: agency.name for agency in decisions.agencies()}
view = log_view(found, kinds, (asked.first_day, asked.last_day), agencies, timezone=timezone_of(here))
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
