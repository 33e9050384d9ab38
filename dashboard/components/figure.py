"""What does every chart and map come with? A title, what it says, its unit and period, and the same as a table."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, cast

import plotly.graph_objects as go
import streamlit as st

from dashboard.charts.style import CONFIG, MAP_CONFIG
from dashboard.components.notes import SourceLine, source_line
from dashboard.components.table import Table, table
from dashboard.text import escape_markdown


@dataclass(frozen=True)
class FigureView:
    """A finished figure. `sentence` says what it shows; `table` is the same in figures; `alt` is read in its place."""

    title: str
    sentence: str
    picture: go.Figure
    table: Table
    source: SourceLine
    alt: str
    is_map: bool = False


def figure(view: FigureView, *, key: str) -> tuple[str, ...]:
    """Draw a figure. On a map returns the codes of the areas clicked, boxed or lassoed; otherwise nothing."""
    with st.container(key=f"{key}_figure"):
        st.subheader(escape_markdown(view.title), anchor=False)
        st.markdown(escape_markdown(view.sentence))
        chosen = st.plotly_chart(
            view.picture,
            theme=None,
            key=key,
            config=MAP_CONFIG if view.is_map else CONFIG,
            alt=view.alt,
            on_select="rerun" if view.is_map else "ignore",
            selection_mode=("points", "box", "lasso"),
        )
        with st.expander("Show as a table", key=f"{key}_twin"):
            table(view.table, key=f"{key}_twin")
        source_line(view.source)
    return selected_codes(cast(Mapping[str, Any], chosen)) if view.is_map else ()


def titled_table(title: str, view: Table, source: SourceLine, *, none: str, key: str) -> None:
    """A table under its title, with its small line; `none` is said where it has no row."""
    st.subheader(escape_markdown(title), anchor=False)
    table(view, key=key) if view.rows else st.markdown(escape_markdown(none))
    source_line(source)


def selected_codes(event: Mapping[str, Any] | None) -> tuple[str, ...]:
    """The area codes of a map's selection, each once, in order of choice."""
    marks = event["selection"]["points"] if event else []
    return tuple(dict.fromkeys(mark["location"] for mark in marks if mark.get("location")))
