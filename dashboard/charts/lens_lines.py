"""Where do two or three lists of the same neighbourhood agree? Side by side, with a line between the same person."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from itertools import pairwise

import plotly.graph_objects as go

from dashboard.charts.palette import Palette
from dashboard.charts.style import styled
from dashboard.text import plotly_text

ROW_HEIGHT = 34
_BEFORE, _AFTER = 0.06, 0.92
"""Room to the left of the first mark and to the right of the last one, for its label; in columns."""


@dataclass(frozen=True)
class LensColumn:
    """One list: its title, and the references on it, first place first."""

    title: str
    people: tuple[str, ...]


def lens_lines(columns: tuple[LensColumn, ...], palette: Palette) -> go.Figure:
    """Lists beside each other; whoever is on several has a line, and a mark whose shape says on how many."""
    on = Counter(person for column in columns for person in column.people)
    figure = go.Figure()
    for person, lists in on.items():
        if lists > 1:
            _line(figure, columns, person, palette)
    for lists in range(len(columns), 0, -1):
        _marks(figure, columns, {person for person, times in on.items() if times == lists}, lists, palette)
    longest = max((len(column.people) for column in columns), default=1)
    styled(figure, palette, height=ROW_HEIGHT * longest + 96)
    for at, column in enumerate(columns):
        for place, person in enumerate(column.people, 1):
            _label(figure, at, place, person, palette)
    places = list(range(1, longest + 1))
    figure.update_yaxes(
        range=[longest + 0.6, 0.4], tickvals=places, ticktext=[str(place) for place in places], showgrid=False
    )
    figure.update_xaxes(
        range=[-_BEFORE, len(columns) - 1 + _AFTER],
        tickvals=list(range(len(columns))),
        ticktext=[f"by {plotly_text(column.title)}" for column in columns],
        side="top",
        showgrid=False,
        zeroline=False,
        ticklabelposition="outside right",
    )
    return figure.update_layout(legend={"y": -0.02, "yanchor": "top"})


def _line(figure: go.Figure, columns: tuple[LensColumn, ...], person: str, palette: Palette) -> None:
    """From each list the person is on to the next one; broken where a list between them is passed over."""
    places = [(at, column.people.index(person) + 1) for at, column in enumerate(columns) if person in column.people]
    for (left, above), (right, below) in pairwise(places):
        figure.add_scatter(
            x=[left, right],
            y=[above, below],
            mode="lines",
            line={
                "color": palette.blue if len(places) == len(columns) else palette.line,
                "width": 2,
                "dash": "solid" if right == left + 1 else "dot",
            },
            hoverinfo="skip",
            showlegend=False,
        )


def _marks(figure: go.Figure, columns: tuple[LensColumn, ...], people: set[str], lists: int, palette: Palette) -> None:
    places = [
        (at, place, person)
        for at, column in enumerate(columns)
        for place, person in enumerate(column.people, 1)
        if person in people
    ]
    if not places:
        return
    is_every = lists == len(columns)
    figure.add_scatter(
        x=[at for at, _, _ in places],
        y=[place for _, place, _ in places],
        mode="markers",
        name=("on every list" if is_every else "on two lists" if lists == 2 else "on one list"),
        marker={
            "symbol": "circle" if is_every else "diamond" if lists == 2 else "circle-open",
            "size": 11,
            "color": palette.blue if is_every else palette.quiet,
            "line": {"color": palette.quiet, "width": 0 if lists > 1 else 2},
        },
        customdata=[
            f"{plotly_text(person)}<br>place {place} by {plotly_text(columns[at].title)}"
            for at, place, person in places
        ],
        hovertemplate="%{customdata}<extra></extra>",
    )


def _label(figure: go.Figure, at: int, place: int, person: str, palette: Palette) -> None:
    """On the ground of the page, so that a line passes behind the words."""
    figure.add_annotation(
        x=at,
        y=place,
        text=plotly_text(person),
        showarrow=False,
        xanchor="left",
        xshift=9,
        borderpad=1,
        bgcolor=palette.background,
        font={"color": palette.text, "size": 13},
    )
