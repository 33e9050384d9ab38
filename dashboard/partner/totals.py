"""How much is there in each sector and ward, as far as a partner may know?"""

from __future__ import annotations

import streamlit as st

from analysis.questions.shared_totals import SharedTotals
from dashboard.components.map_controls import switch
from dashboard.components.notes import empty_state, source_line, suppressed_note
from dashboard.components.table import table
from dashboard.text import escape_markdown
from dashboard.view_models.shared_totals import stretches, totals_view, why_no_totals
from dashboard.visit import Visit


def totals_part(visit: Visit, totals: SharedTotals) -> None:
    """Totals by sector and by ward, of the newest period or of a year of them."""
    st.subheader("How much there is", anchor=False)
    if totals.recent is None:
        empty_state(why=why_no_totals(totals), what_to_do="They are given once the first such period is over.")
        return
    view = totals_view(totals, switch("Period", stretches(totals), key="our_period"), visit)
    st.markdown(escape_markdown(view.sentence))
    left, right = st.columns(2, gap="medium")
    with left:
        st.markdown("**By sector**")
        table(view.sectors, key="our_sectors")
    with right:
        if view.wards is None:
            empty_state(why="There are no totals by ward.", what_to_do="The force gave no outlines of wards.")
        else:
            st.markdown("**By ward**")
            table(view.wards, key="our_wards")
    suppressed_note(view.withheld, threshold=view.threshold)
    source_line(view.source)
