"""What does a page ask with? The build, the view and the audience of a visit; the answers are cached beside."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import streamlit as st

from analysis.disclosure import Audience
from analysis.questions.builds import Assumptions, Build, load_assumptions, open_build
from analysis.questions.view import Lens, View
from dashboard import decisions
from dashboard.build_facts import store_folder
from dashboard.members_today import viewer_of
from dashboard.visit import Visit


def build_of(build_id: str) -> Build:
    """The build of a cache key.

    Raises:
        StoreError: it is gone.
    """
    return _opened(store_folder(), build_id)


def harm_source(build_id: str) -> str:
    """Where the days of harm are from, and their year; empty where the force gave no table."""
    harm = build_of(build_id).manifest["harm"]
    return f"{harm['source']}, {harm['year']}" if harm else ""


@st.cache_resource(max_entries=4)
def _opened(store: Path, build_id: str) -> Build:
    return open_build(store, build_id)


@st.cache_resource(max_entries=1)
def assumptions() -> Assumptions:
    """The judgements the numbers rest on, read once a process."""
    return load_assumptions()


def view_of(visit: Visit) -> View:
    """The filters of the visit as the questions take them."""
    filters = visit.filters
    areas = visit.options.within(filters.sector, filters.neighbourhood)
    is_whole_scope = filters.sector is None and filters.neighbourhood is None
    return View(
        as_of=filters.as_of,
        weeks=filters.weeks,
        lens=Lens(filters.lens.value),
        domestic_only=filters.domestic_only,
        neighbourhoods=None if is_whole_scope else tuple(area.code for area in areas),
    )


def audience_of(visit: Visit) -> Audience:
    """Who is asking, as the gate knows them; for a partner with the persons shared with the agency today."""
    return visit.viewer.audience(
        visit.facts.geography,
        shared_persons=decisions.shared_persons(visit),
        threshold=assumptions().whole("small_count_threshold"),
    )


def audience_now(visit: Visit) -> Audience:
    """Who is asking, looked up again: for a file that is made by a click, after the page with its button was drawn.

    Raises:
        NoSuchRecord: no member any more.
    """
    with decisions.reading_as(visit) as (_, actor):
        viewer = viewer_of(actor)
    return audience_of(replace(visit, viewer=viewer))
