"""What does a run of the app do? Frame, who is looking, filters, then the page: nothing else."""

from __future__ import annotations

import streamlit as st

from dashboard import build_facts, frame
from dashboard.filter_bar import filter_bar
from dashboard.filters import current_filters, filter_options
from dashboard.members_today import members_today
from dashboard.pages import PAGES, landing
from dashboard.search import find_anyone
from dashboard.sign_in import choose_person, is_arriving, signed_in
from dashboard.today import today
from dashboard.visit import Visit, begin


def main() -> None:
    """One run of the app, for one visitor."""
    frame.page_setup()
    store = build_facts.store_folder()
    facts = build_facts.read(store)
    people = members_today(store, today(facts))
    viewer = signed_in(people)
    role = viewer.role if viewer else None
    entries = {
        st.Page(
            entry.file,
            title=entry.title,
            url_path=entry.url_path,
            default=entry is landing(role),
            visibility="visible" if role in entry.roles and entry.is_in_navigation else "hidden",
        ): entry
        for entry in PAGES
    }
    page = st.navigation(list(entries), position="top" if viewer else "hidden")
    frame.header(viewer, facts)
    if viewer is None:
        choose_person(people, force=facts.force, area_names=facts.area_names)
    else:
        entry = next(entry for known, entry in entries.items() if known.url_path == page.url_path)
        if is_arriving() and entry is landing(None) and viewer.role not in entry.roles:
            st.switch_page(next(known for known in entries if entries[known] is landing(viewer.role)), query_params={})
        if viewer.role not in entry.roles:
            frame.not_for_you(entry, viewer)
        else:
            options = filter_options(facts, viewer)
            finding = st.container(key="find")
            filters = filter_bar(options) if entry.has_filters else current_filters(options)
            visit = Visit(viewer, facts, options, filters, entry.name)
            begin(visit)
            with finding:
                find_anyone(visit)
            page.run()
    frame.footer()


main()
