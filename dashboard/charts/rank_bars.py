"""Who is at the top, and how much of it is estimated? One bar a person, the imputed end lighter and hatched."""

from __future__ import annotations

from dataclasses import dataclass

import plotly.graph_objects as go

from dashboard.charts.palette import Palette
from dashboard.charts.style import styled
from dashboard.text import decimal, plotly_text

ROW_HEIGHT = 34


@dataclass(frozen=True)
class RankBar:
    """One bar: `measured` is known, `imputed` estimated, both in the chart's unit."""

    label: str
    measured: float
    imputed: float = 0.0


def rank_bars(bars: tuple[RankBar, ...], palette: Palette, *, unit: str, places: int = 1) -> go.Figure:
    """Bars in the order given, first at the top, with the whole written at the end."""
    labels = [plotly_text(bar.label) for bar in bars]
    positions = list(range(len(bars)))
    measured, imputed = [bar.measured for bar in bars], [bar.imputed for bar in bars]
    said = [
        f"{label}<br>{decimal(bar.measured + bar.imputed, places=places)} {plotly_text(unit)}, "
        f"of it {decimal(bar.imputed, places=places)} imputed"
        for label, bar in zip(labels, bars, strict=True)
    ]
    figure = go.Figure()
    shared = {"y": positions, "orientation": "h", "customdata": said, "hovertemplate": "%{customdata}<extra></extra>"}
    figure.add_bar(x=measured, name="recorded", marker={"color": palette.blue}, **shared)
    if any(imputed):
        hatch = {"shape": "/", "fgcolor": palette.blue, "bgcolor": palette.blue_soft, "size": 6, "solidity": 0.35}
        marker = {"color": palette.blue_soft, "pattern": hatch, "line": {"color": palette.blue, "width": 1}}
        figure.add_bar(x=imputed, name="imputed (no clear time)", marker=marker, **shared)
    for position, bar in enumerate(bars):
        figure.add_annotation(
            x=bar.measured + bar.imputed,
            y=position,
            text=f" {decimal(bar.measured + bar.imputed, places=places)}",
            showarrow=False,
            xanchor="left",
            font={"color": palette.text},
        )
    styled(figure, palette, height=ROW_HEIGHT * max(len(bars), 1) + 70)
    figure.update_layout(barmode="stack", showlegend=any(imputed))
    figure.update_yaxes(tickvals=positions, ticktext=labels, autorange="reversed", showgrid=False, zeroline=False)
    longest = max((bar.measured + bar.imputed for bar in bars), default=1.0)
    figure.update_xaxes(title_text=plotly_text(unit), range=[0, longest * 1.12 or 1])
    return figure
