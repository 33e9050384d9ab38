"""How are the filters chosen? One bar, drawn by the entry file only, folded into one button on a phone."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

import streamlit as st

from dashboard.filters import (
    ALL,
    ALL_NEIGHBOURHOODS,
    ALL_SECTORS,
    CALLS_LABELS,
    DEFAULT_WINDOW,
    LENS_LABELS,
    WINDOWS,
    Calls,
    FilterOptions,
    Filters,
    Lens,
    area_labels,
    current_filters,
    described,
    link_to_view,
    window_label,
)
from dashboard.text import day, escape_markdown

_UNFOLDED = "filters_unfolded"


def filter_bar(options: FilterOptions) -> Filters:
    """Draw the bar and return what it says. Each choice is bound to the address under its own name.

    The fold shows on a narrow screen only: the styles of the frame hide it, or the folded row, by their keys.
    """
    is_unfolded = bool(st.session_state.get(_UNFOLDED))
    with st.container(key="filter_bar"):
        fold = st.container(key="filter_fold")
        row = st.container(
            horizontal=True, vertical_alignment="bottom", key="filter_row" if is_unfolded else "filter_row_folded"
        )
        with row:
            _draw_choices(options)
            filters = current_filters(options)
            _copy_link(filters, options)
        doing = "Hide filters" if is_unfolded else "Show filters"
        fold.button(
            f"{doing}: {escape_markdown(described(filters, options))}",
            key="filter_fold_button",
            on_click=_turn_fold,
            width="stretch",
        )
    return filters


def _draw_choices(options: FilterOptions) -> None:
    has_many = len(options.sectors) != 1
    sectors = [ALL, *options.sectors] if has_many else list(options.sectors)
    _choice("Sector", "sector", sectors, lambda sector: ALL_SECTORS if sector == ALL else sector)
    areas = options.within(current_filters(options).sector)
    labels = {ALL: ALL_NEIGHBOURHOODS} | area_labels(areas)
    codes = [ALL, *(area.code for area in areas)] if len(areas) != 1 else [areas[0].code]
    _choice("Neighbourhood", "neighbourhood", codes, lambda code: labels.get(code, code))
    weeks = [week.isoformat() for week in options.weeks_ending]
    _choice("Week ending", "week", weeks, lambda week: day(date.fromisoformat(week)))
    windows = [str(weeks) for weeks in WINDOWS]
    _choice("Window", "window", windows, window_label, index=WINDOWS.index(DEFAULT_WINDOW))
    _choice("Order by", "lens", list(options.lenses), lambda lens: LENS_LABELS[Lens(lens)])
    _choice("Incidents", "calls", list(options.calls), lambda calls: CALLS_LABELS[Calls(calls)])


def _copy_link(filters: Filters, options: FilterOptions) -> None:
    with st.popover("Copy link", key="copy_link", width="content", help="Copy a link to this view"):
        st.markdown("This link opens the same view for anyone who may see it. It names no person.")
        st.code(link_to_view(st.context.url or "", filters, options), language=None, wrap_lines=True)


def _choice(label: str, key: str, options: Sequence[str], show: Callable[[str], str], *, index: int = 0) -> None:
    st.selectbox(label, options, index=index, format_func=show, key=key, bind="query-params")


def _turn_fold() -> None:
    st.session_state[_UNFOLDED] = not st.session_state.get(_UNFOLDED)
