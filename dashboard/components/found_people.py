"""How are the people found shown? A line each with the way to their record, and one click to put it all away."""

from __future__ import annotations

import streamlit as st

from dashboard.components.opens_incidents import opens
from dashboard.text import escape_markdown
from dashboard.view_models.search import FoundView


def found_people(view: FoundView, *, key: str) -> str | None:
    """Draw the answer; the person whose record was asked for in this run, if any."""
    chosen = None
    with st.container(border=True, key=f"{key}_answer"):
        st.markdown(f"**{escape_markdown(view.sentence)}**")
        for at, person in enumerate(view.people):
            with st.container(gap=None, key=f"{key}_{at}_line"):
                with st.container(horizontal=True, vertical_alignment="center", gap="small"):
                    words = f":blue[{escape_markdown(person.person_id)}]"
                    if st.button(words, key=f"{key}_{at}_open", type="tertiary", icon=":material/chevron_right:"):
                        chosen = person.person_id
                    st.markdown(person.plan.markdown, width="content")
                    if person.opens:
                        opens(person.opens, key=f"{key}_{at}")
                st.markdown(escape_markdown(f"{person.why}. {person.facts}"))
        st.caption(escape_markdown(view.source))
    return chosen
