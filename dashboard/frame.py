"""What stands round every page? The strip above, the purpose below, and one title that answers its question."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from dashboard.build_facts import BuildFacts
from dashboard.components.notes import empty_state
from dashboard.pages import PAGES, PageEntry, landing
from dashboard.sign_in import ROLE_WORDS, Viewer, sign_out_button
from dashboard.text import day, escape_markdown, listing
from dashboard.today import said_today

PURPOSE = "This list is for support and safety. Not being on it does not mean low risk."
STYLES = Path(__file__).with_name("theme.css")


def page_setup() -> None:
    """The window's title and the house's few styles; once a run, before anything is drawn."""
    st.set_page_config(page_title="Repeat demand", layout="wide", initial_sidebar_state="collapsed", menu_items={})
    st.html(STYLES)


def header(viewer: Viewer | None, facts: BuildFacts) -> None:
    """The strip: marking, who is signed in and as what, how new the data are, and which build it is."""
    with st.container(horizontal=True, vertical_alignment="center", key="strip"):
        st.markdown("**OFFICIAL-SENSITIVE**", width="content")
        if facts.is_synthetic:
            st.markdown(said_today(facts), width="content")
        if viewer:
            described = viewer.described(facts.area_names)
            st.markdown(f"{escape_markdown(viewer.name)}, {escape_markdown(described)}", width="content")
        st.markdown(f"Data as at {day(facts.last_day)}", width="content")
        st.markdown(f"Build {escape_markdown(facts.id[:8])}", width="content")
        if viewer:
            sign_out_button()


def footer() -> None:
    """The purpose, under every page."""
    with st.container(key="purpose"):
        st.caption(PURPOSE)


def page_title(title: str, sentence: str) -> None:
    """The page's question and its answer in a sentence; both are finished text, escaped here."""
    st.title(escape_markdown(title), anchor=False)
    with st.container(key="answer"):
        st.markdown(escape_markdown(sentence))


def not_for_you(entry: PageEntry, viewer: Viewer) -> None:
    """Why a page is not shown to a role, and where to go instead."""
    page_title(entry.title, f"This page is not part of what a {ROLE_WORDS[viewer.role]} works with.")
    yours = [page.title for page in PAGES if viewer.role in page.roles]
    empty_state(
        why=f"It is for: {listing(sorted(ROLE_WORDS[role] for role in entry.roles))}.",
        what_to_do=f"Yours: {listing(yours)}. Start at {landing(viewer.role).title}.",
    )
