"""What is the map asked to show, and which area is chosen? Switches over it, and one choice for mouse and keyboard."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TypeVar

import streamlit as st

from dashboard.components.figure import selected_codes
from dashboard.components.opens_incidents import opens_each
from dashboard.open_top_ten import choose_neighbourhood
from dashboard.pages import FOLDER
from dashboard.text import day, escape_markdown
from dashboard.view_models.map import ChosenArea

Choice = TypeVar("Choice", bound=str)


def switch(label: str, labels: Mapping[Choice, str], *, key: str, default: Choice | None = None) -> Choice:
    """One of a few, side by side; what was chosen and is not offered any more falls back to the default."""
    offered = list(labels)
    if st.session_state.get(key) not in offered:
        st.session_state[key] = default if default in offered else offered[0]
    return st.radio(label, offered, format_func=labels.__getitem__, key=key, horizontal=True, width="content")


def week_of_points(weeks: Sequence[date], *, key: str) -> date | None:
    """The Sunday whose week's incidents are to be drawn as points; None where no points are asked for."""
    with st.container(horizontal=True, vertical_alignment="center", key=f"{key}_row"):
        is_on = st.toggle("Incidents of one week as points", key=key)
        if not is_on:
            return None
        if len(weeks) == 1:
            return weeks[0]
        return st.select_slider("Week ending", weeks, value=weeks[-1], format_func=day, key=f"{key}_week")


def clicked_area(*, map_key: str, key: str) -> tuple[str, ...]:
    """The areas chosen before this run draws anything: by the newest click on the map, or by the list.

    Ask before the map, so that the choice is marked on it in the same run. Several, where a box was drawn.
    """
    clicked = selected_codes(st.session_state.get(map_key))
    seen = f"{map_key}_seen"
    if clicked != st.session_state.get(seen, ()):
        st.session_state[seen] = clicked
        st.session_state[key] = clicked[0] if clicked else None
    chosen = st.session_state.get(key)
    if chosen in clicked:
        return clicked
    return () if chosen is None else (str(chosen),)


def area_choice(names: Mapping[str, str], *, label: str, key: str) -> None:
    """The way to choose an area without a mouse, in the order of the list."""
    if st.session_state.get(key) not in names:
        st.session_state[key] = None
    st.selectbox(label, list(names), format_func=names.__getitem__, key=key, index=None, placeholder="None chosen")


def chosen_panel(chosen: ChosenArea, *, otherwise: str, key: str) -> None:
    """The chosen area in words, its incidents, and the way to its top ten and plans; `otherwise` where it has none."""
    neighbourhood = chosen.neighbourhood
    with st.container(border=True, key=key):
        st.markdown(f"**{escape_markdown(chosen.name)}**  \n{escape_markdown(chosen.said)}")
        opens_each(chosen.openings, key=key)
        if neighbourhood is None:
            st.caption(escape_markdown(otherwise))
            return
        with st.container(horizontal=True):
            _way("Open its top ten", "top_ten", neighbourhood, key=f"{key}_top_ten")
            _way("Open its action plans", "action_plans", neighbourhood, key=f"{key}_plans")


def _way(label: str, page: str, neighbourhood: str, *, key: str) -> None:
    """A button to a page with the filter bar set to the neighbourhood."""
    if st.button(label, key=key, on_click=choose_neighbourhood, args=(neighbourhood,)):
        # An empty set, not none: clearing parameters that the filter bar is bound to is refused, replacing is not.
        st.switch_page(FOLDER / f"{page}.py", query_params={})
