"""How many of an agency's actions were done on time, week by week? One small chart an agency, under one another."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from math import ceil

import plotly.graph_objects as go
from plotly.subplots import make_subplots

from dashboard.charts.palette import Palette
from dashboard.charts.style import styled
from dashboard.text import plotly_text, short_day

ROW_HEIGHT = 104


@dataclass(frozen=True)
class AgencyWeeks:
    """Actions that fell due in each week, oldest first: done on time, and all others."""

    agency: str
    weeks_ending: tuple[date, ...]
    on_time: tuple[int, ...]
    other: tuple[int, ...]


def agency_weeks(agencies: Sequence[AgencyWeeks], palette: Palette) -> go.Figure:
    """Small multiples: solid is on time, light and hatched is late, not done or still open."""
    rows = max(len(agencies), 1)
    figure = make_subplots(
        rows=rows,
        cols=1,
        subplot_titles=[plotly_text(one.agency) for one in agencies],
        shared_xaxes=True,
        shared_yaxes="all",
        vertical_spacing=0.36 / rows,
    )
    hatch = {"shape": "/", "fgcolor": palette.blue, "bgcolor": palette.background, "size": 5, "solidity": 0.3}
    looks: tuple[tuple[str, dict[str, object]], ...] = (
        ("done on time", {"color": palette.blue}),
        ("late, not done or still open", {"pattern": hatch, "line": {"color": palette.blue, "width": 1}}),
    )
    for at, one in enumerate(agencies):
        for (name, marker), values in zip(looks, (one.on_time, one.other), strict=True):
            figure.add_bar(
                x=one.weeks_ending,
                # no mark at all where there is nothing, not a line on the ground
                y=[value or None for value in values],
                name=name,
                legendgroup=name,
                showlegend=at == 0,
                marker=marker,
                customdata=[
                    f"{plotly_text(one.agency)}<br>week ending {short_day(week)}<br>{value} {name}"
                    for week, value in zip(one.weeks_ending, values, strict=True)
                ],
                hovertemplate="%{customdata}<extra></extra>",
                row=at + 1,
                col=1,
            )
    styled(figure, palette, height=rows * ROW_HEIGHT + 70)
    figure.update_layout(
        barmode="stack", margin={"t": 72}, legend={"y": 1, "yref": "container", "yanchor": "top", "x": 0}
    )
    figure.update_annotations(font={"size": 14, "color": palette.text}, x=0, xanchor="left")
    ends = [week for one in agencies[:1] for week in one.weeks_ending[:: max(len(one.weeks_ending) - 1, 1)]]
    figure.update_xaxes(tickvals=ends, ticktext=[short_day(week) for week in ends], showgrid=False)
    figure.update_yaxes(rangemode="tozero", dtick=_step(agencies))
    return figure


def _step(agencies: Sequence[AgencyWeeks]) -> int:
    most = max((a + b for one in agencies for a, b in zip(one.on_time, one.other, strict=True)), default=1)
    return max(ceil(most / 3), 1)
