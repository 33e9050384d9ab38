"""How much of the contacts and of the officer hours comes from how few callers? One curve each, busiest first."""

from __future__ import annotations

from dataclasses import dataclass

import plotly.graph_objects as go

from dashboard.charts.palette import Palette
from dashboard.charts.style import styled
from dashboard.text import count, percent, plotly_text

_TICKS = (0.0, 0.2, 0.4, 0.6, 0.8, 1.0)


@dataclass(frozen=True)
class LorenzCurve:
    """One curve: after the first `people` callers their share of the whole; shares are 0 to 1, from nobody to all."""

    name: str
    people: tuple[int, ...]
    people_shares: tuple[float, ...]
    amount_shares: tuple[float | None, ...]


def lorenz(curves: tuple[LorenzCurve, ...], palette: Palette, *, list_share: float, list_words: str) -> go.Figure:
    """Curves told apart by their dashes, over the line of equal shares; `list_share` marks how many are on a list."""
    figure = go.Figure()
    figure.add_scatter(
        x=[0, 1],
        y=[0, 1],
        mode="lines",
        name="if all rang alike",
        line={"color": palette.quiet, "width": 1, "dash": "dot"},
        hoverinfo="skip",
    )
    looks = (("solid", palette.blue), ("dash", palette.text))
    for curve, (dash, colour) in zip(curves, looks, strict=False):
        figure.add_scatter(
            x=curve.people_shares,
            y=curve.amount_shares,
            mode="lines",
            name=plotly_text(curve.name),
            line={"color": colour, "width": 3, "dash": dash},
            customdata=[
                f"the first {count(people)} callers, {percent(of_people)}<br>"
                f"{percent(of_amount)} of {plotly_text(curve.name)}"
                for people, of_people, of_amount in zip(
                    curve.people, curve.people_shares, curve.amount_shares, strict=True
                )
            ],
            hovertemplate="%{customdata}<extra></extra>",
        )
    styled(figure, palette, height=380)
    figure.update_layout(margin={"r": 32})
    figure.add_vline(x=list_share, line={"color": palette.quiet, "width": 1})
    figure.add_annotation(
        text=plotly_text(list_words),
        x=list_share,
        y=0.02,
        xanchor="left",
        yanchor="bottom",
        xshift=4,
        showarrow=False,
        font={"color": palette.quiet, "size": 13},
        bgcolor=palette.background,
    )
    ticks = [percent(share) for share in _TICKS]
    figure.update_xaxes(
        title_text="share of callers, each curve busiest first", range=[0, 1], tickvals=_TICKS, ticktext=ticks
    )
    figure.update_yaxes(title_text="share of the whole", range=[0, 1.02], tickvals=_TICKS, ticktext=ticks)
    return figure
