"""How much came from one person in each month? Contacts over officer hours, the imputed part of the hours hatched."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import plotly.graph_objects as go
from plotly.subplots import make_subplots

from dashboard.charts.palette import Palette
from dashboard.charts.style import styled, whole_ticks
from dashboard.text import decimal, plotly_text, plural

_EVERY = 3


@dataclass(frozen=True)
class PersonMonth:
    """A month by its first day: contacts, and the officer hours of those incidents, part of them imputed."""

    month: date
    said: str
    contacts: int
    officer_hours: float
    imputed_hours: float


def person_months(months: Sequence[PersonMonth], palette: Palette) -> go.Figure:
    """Two rows of bars over the same months, oldest first; a month without contacts is an empty place."""
    figure = make_subplots(rows=2, cols=1, shared_xaxes=True, vertical_spacing=0.12)
    places = list(range(len(months)))
    told = [
        f"{plotly_text(one.said)}<br>{plural(one.contacts, 'contact')}, {decimal(one.officer_hours)} h, "
        f"of it {decimal(one.imputed_hours)} imputed"
        for one in months
    ]
    shared = {"x": places, "customdata": told, "hovertemplate": "%{customdata}<extra></extra>"}
    recorded = [one.officer_hours - one.imputed_hours for one in months]
    imputed = [one.imputed_hours for one in months]
    hatch = {"shape": "/", "fgcolor": palette.blue, "bgcolor": palette.blue_soft, "size": 6, "solidity": 0.35}
    figure.add_bar(y=[one.contacts for one in months], marker={"color": palette.blue}, row=1, col=1, **shared)
    figure.add_bar(y=recorded, marker={"color": palette.blue}, row=2, col=1, **shared)
    if any(imputed):
        marker = {"color": palette.blue_soft, "pattern": hatch, "line": {"color": palette.blue, "width": 1}}
        figure.add_bar(y=imputed, marker=marker, row=2, col=1, **shared)
    styled(figure, palette, height=280)
    figure.update_layout(barmode="stack", showlegend=False)
    figure.update_yaxes(
        title_text="contacts", rangemode="tozero", **whole_ticks(one.contacts for one in months), row=1, col=1
    )
    figure.update_yaxes(title_text="officer hours", rangemode="tozero", row=2, col=1)
    ticks = places[:: _EVERY if len(months) > _EVERY * 2 else 1]
    figure.update_xaxes(tickvals=ticks, ticktext=[plotly_text(months[at].said) for at in ticks], row=2, col=1)
    return figure
