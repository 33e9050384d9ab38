"""Where did each person of today's list stand in the weeks before? A quiet line each, broken where they were off it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import plotly.graph_objects as go

from dashboard.charts.palette import Palette
from dashboard.charts.style import styled
from dashboard.text import plotly_text, short_day

HEIGHT = 430
_SYMBOLS = ("circle", "square", "diamond", "triangle-up", "triangle-down", "cross", "x", "pentagon", "star", "hexagon")
_QUARTER = 13
_ASIDE = timedelta(days=4)


@dataclass(frozen=True)
class RankLine:
    """One person: the position on the list of each week, null where they were not on it, and in words for hovering."""

    label: str
    positions: tuple[int | None, ...]
    said: tuple[str, ...]


@dataclass(frozen=True)
class RankHistory:
    """Weeks by the Sunday they end on, oldest first, and a line a person in the order of the newest list."""

    weeks_ending: tuple[date, ...]
    lines: tuple[RankLine, ...]
    length: int


def rank_history(view: RankHistory, palette: Palette) -> go.Figure:
    """First place at the top. Every line ends in a shape of its own beside the person's reference."""
    figure = go.Figure()
    for at, line in enumerate(view.lines):
        symbol = _SYMBOLS[at % len(_SYMBOLS)]
        colour = palette.blue if at % 2 == 0 else palette.quiet
        newest = len(line.positions) - 1
        figure.add_scatter(
            x=view.weeks_ending,
            y=line.positions,
            mode="lines+markers",
            connectgaps=False,
            cliponaxis=False,
            line={"color": colour, "width": 1.5, "dash": "solid" if at % 4 < 2 else "dot"},
            marker={
                "symbol": symbol,
                "color": colour,
                "size": [10 if week == newest or _is_alone(line.positions, week) else 0 for week in range(newest + 1)],
            },
            customdata=[
                f"{plotly_text(line.label)}<br>week ending {short_day(week)}<br>{plotly_text(said)}"
                for week, said in zip(view.weeks_ending, line.said, strict=True)
            ],
            hovertemplate="%{customdata}<extra></extra>",
            showlegend=False,
        )
        last = line.positions[-1] if line.positions else None
        if last is not None:
            figure.add_annotation(
                x=view.weeks_ending[-1],
                y=last,
                text=plotly_text(line.label),
                showarrow=False,
                xanchor="left",
                xshift=9,
                font={"color": palette.text, "size": 13},
            )
    styled(figure, palette, height=HEIGHT)
    figure.update_yaxes(title_text="place", range=[view.length + 0.6, 0.4], dtick=1, tick0=1, zeroline=False)
    _weeks(figure, view.weeks_ending)
    figure.update_layout(margin={"l": 8, "r": 112, "t": 8, "b": 8})
    return figure


def _is_alone(positions: tuple[int | None, ...], week: int) -> bool:
    """On the list in this week and in neither beside it: without a mark of its own nothing would be drawn."""
    before = positions[week - 1] if week else None
    after = positions[week + 1] if week + 1 < len(positions) else None
    return positions[week] is not None and before is None and after is None


def _weeks(figure: go.Figure, weeks: tuple[date, ...]) -> None:
    newest = len(weeks) - 1
    ticks = weeks[newest % _QUARTER :: _QUARTER] if newest >= _QUARTER else weeks
    figure.update_xaxes(
        tickvals=ticks,
        ticktext=[f"{short_day(week)}<br>{week.year}" for week in ticks],
        showgrid=False,
        # not found from what is drawn: the labels beside the last week would widen it
        range=[weeks[0] - _ASIDE, weeks[-1] + _ASIDE] if weeks else None,
    )
