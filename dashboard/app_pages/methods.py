"""How is each number worked out, and on which judgements?"""

from __future__ import annotations

import streamlit as st

from dashboard.components.notes import source_line
from dashboard.components.table import table
from dashboard.data import audience_of, methods
from dashboard.frame import page_title
from dashboard.text import escape_markdown
from dashboard.view_models.linkage import linkage_view
from dashboard.view_models.methods import methods_source, methods_view
from dashboard.visit import this_visit

visit = this_visit()
found = methods.methods_of(visit.facts.id, audience_of(visit))
people = linkage_view(methods.linkage_of(visit.facts.id, audience_of(visit)))
view = methods_view(found, is_synthetic=visit.facts.is_synthetic)

page_title("Methods", view.sentence)
if view.warning:
    st.markdown(f"**{escape_markdown(view.warning)}**")
st.subheader("How each number is worked out", anchor=False)
for method in view.methods:
    with st.expander(escape_markdown(method.title), key=f"method_{method.key}"):
        st.markdown(escape_markdown(method.meaning))
        st.markdown(f"**Worked example.** {escape_markdown(method.example)}")
        table(method.table, key=f"example_{method.key}")
source_line(methods_source(visit.facts))
st.subheader("How people are told apart", anchor=False)
for said in people.said:
    st.markdown(escape_markdown(said))
table(people.measured, key="measured")
if people.counts and people.weights:
    with st.expander("What this build's records taught, and how many were compared", key="linkage"):
        table(people.counts, key="linkage_counts")
        table(people.weights, key="linkage_weights")
source_line(methods_source(visit.facts))
st.subheader("What no number here can show", anchor=False)
for said in view.left_out:
    st.markdown(f"- {escape_markdown(said)}")
st.subheader("The judgements", anchor=False)
table(view.judgements, key="judgements")
st.subheader("What this build was made from", anchor=False)
table(view.facts, key="facts")
for said in view.attribution:
    st.caption(escape_markdown(said))
