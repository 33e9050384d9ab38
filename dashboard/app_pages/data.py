"""What was read, refused and left out?"""

from __future__ import annotations

import streamlit as st

from dashboard.components.notes import empty_state, source_line
from dashboard.components.table import table
from dashboard.data import audience_of, data_page
from dashboard.frame import page_title
from dashboard.other_version import other_version_said
from dashboard.text import escape_markdown
from dashboard.view_models.data_page import data_view
from dashboard.visit import this_visit

visit = this_visit()
audience = audience_of(visit)
view = data_view(
    data_page.quality(visit.facts.id, audience), facts=visit.facts, is_whole_force=audience.neighbourhoods is None
)

page_title("Data", view.sentence)
if said := other_version_said(visit.facts):
    st.warning(escape_markdown(said))
st.subheader("What was read", anchor=False)
table(view.files, key="files")
source_line(view.files_source)
for said in view.absent:
    st.markdown(escape_markdown(said))
if view.reasons.rows:
    with st.expander(escape_markdown(view.reasons_label), key="reasons"):
        table(view.reasons, key="reasons")
    st.download_button(
        "Download every reject (CSV)",
        data=data_page.as_file(visit),
        file_name="rejects.csv",
        mime="text/csv",
        key="download_rejects",
        on_click="ignore",
        help="File, line, column and rule of each; never what the row says",
    )
else:
    empty_state(why="No row was refused and no value left empty.", what_to_do="There is nothing to mend.")
st.subheader("What is missing in it", anchor=False)
for gap in view.gaps:
    st.markdown(f"**{escape_markdown(gap.title)}**")
    table(gap.table, key=f"gap_{gap.key}")
    source_line(gap.source)
