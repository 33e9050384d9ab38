"""Is that one person or two, and whose is that number? What the model cannot tell, people decide."""

from __future__ import annotations

import streamlit as st

from dashboard.components.leads import leads
from dashboard.components.notes import empty_state, source_line
from dashboard.components.outcome import show_outcome
from dashboard.components.table import table
from dashboard.data import audience_of, view_of
from dashboard.data.who_is_who import pairs
from dashboard.deeds import timezone_of
from dashboard.frame import page_title
from dashboard.identity_deeds import identity_history, pairs_decided
from dashboard.text import escape_markdown
from dashboard.view_models.openings import window_days
from dashboard.view_models.who_is_who import (
    decided_said,
    history_table,
    page_sentence,
    pair_leads,
    pairs_of,
)
from dashboard.visit import Visit, this_visit
from dashboard.who_is_who import KEY, SHOWN, decided_parts, pair_parts, pairs_source, show_numbers

PAIR = f"{KEY}_opened"


def show_pairs(visit: Visit) -> None:
    """The pairs that wait, the one that was opened, and those that were decided."""
    found = pairs_of(pairs(visit.facts.id, view_of(visit), audience_of(visit)).rows.to_dicts())
    decided = {view.pair_reference: view for view in pairs_decided(visit)}
    page_title("Who is who", page_sentence(found, decided))
    for deed in ("pair", "undo"):
        show_outcome(key=f"{KEY}_{deed}")
    names = {area.code: area.name for area in visit.facts.neighbourhoods}
    days = window_days(visit.filters)
    chosen = leads(pair_leads(found, decided, names, shown=SHOWN, days=days), key=f"{KEY}_pairs")
    source_line(pairs_source(visit))
    if chosen is not None:
        st.session_state[PAIR] = chosen.reference
    if decided:
        said = {ref: f"{ref}: {decided_said(view.verdict)}, {view.decided_by}" for ref, view in decided.items()}
        again = st.selectbox("Decided before", list(said), format_func=said.__getitem__, key=f"{KEY}_decided")
        if st.button("Look at it again", key=f"{KEY}_again"):
            st.session_state[PAIR] = again
    asked = st.session_state.get(PAIR)
    pair = next((one for one in found if one.pair_reference == asked), None)
    if pair is not None:
        pair_parts(visit, pair, decided.get(pair.pair_reference))
    if asked in decided:
        decided_parts(visit, decided[asked])


here = this_visit()
show_pairs(here)
st.subheader("Whose number is it?", anchor=False)
show_numbers(here)
st.subheader("Who decided what", anchor=False)
events = identity_history(here)
if events:
    table(history_table(events, timezone=timezone_of(here)), key=f"{KEY}_history")
else:
    empty_state(why="Nothing has been decided in your area.", what_to_do="Open a pair above, look, and decide.")
st.caption(escape_markdown("A decision holds in every later build, whatever the model says, until somebody undoes it."))
