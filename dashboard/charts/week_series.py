"""How does this week compare with the weeks before? Bars a week, and the band in which weeks usually lie."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import plotly.graph_objects as go

from dashboard.charts.palette import Palette
from dashboard.charts.style import styled, whole_ticks
from dashboard.text import decimal, plotly_text, short_day


@dataclass(frozen=True)
class WeekSeries:
    """Weeks by the Sunday they end on, oldest first; null where withheld. The usual range is in the same unit."""

    weeks_ending: tuple[date, ...]
    values: tuple[float | None, ...]
    unit: str
    usual_low: float | None
    usual_high: float | None
    places: int = 0


def week_series(view: WeekSeries, palette: Palette, *, height: int = 260) -> go.Figure:
    """Bars a week, the newest in full colour, over the band of the usual range."""
    figure = go.Figure()
    newest = len(view.values) - 1
    figure.add_bar(
        x=view.weeks_ending,
        y=view.values,
        marker={"color": [palette.blue if at == newest else palette.blue_soft for at in range(newest + 1)]},
        customdata=[
            f"Week ending {short_day(week)}<br>{plotly_text(view.unit)}: {decimal(value, places=view.places)}"
            for week, value in zip(view.weeks_ending, view.values, strict=True)
        ],
        hovertemplate="%{customdata}<extra></extra>",
        showlegend=False,
    )
    if view.usual_low is not None and view.usual_high is not None:
        low, high = (decimal(end, places=view.places) for end in (view.usual_low, view.usual_high))
        figure.add_hrect(y0=view.usual_low, y1=view.usual_high, fillcolor=palette.band, line_width=0, layer="below")
        # above the axes, where no bar reaches
        figure.add_annotation(
            text=f"shaded: the usual range, {low} to {high}",
            x=0,
            xref="paper",
            xanchor="left",
            y=1,
            yref="paper",
            yanchor="bottom",
            showarrow=False,
            font={"color": palette.quiet},
        )
    styled(figure, palette, height=height)
    figure.update_layout(margin={"t": 28})
    figure.update_yaxes(
        title_text=plotly_text(view.unit), rangemode="tozero", **({} if view.places else whole_ticks(view.values))
    )
    ticks = view.weeks_ending[newest % 13 :: 13] if newest >= 13 else view.weeks_ending
    figure.update_xaxes(tickvals=ticks, ticktext=[f"{short_day(week)}<br>{week.year}" for week in ticks])
    return figure
