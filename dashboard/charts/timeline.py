"""When did a person contact the police, and what did it take? One mark a contact: shape by kind, size by time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum

import plotly.graph_objects as go

from dashboard.charts.palette import Palette
from dashboard.charts.style import styled
from dashboard.text import decimal, moment, plotly_text, plural


class ContactKind(StrEnum):
    """What a contact was; each kind has its own shape and its own row, so nothing rests on colour."""

    DOMESTIC_CRIME = "domestic crime"
    DOMESTIC_OTHER = "domestic, no crime"
    OTHER = "other contact"


_SHAPES = {
    ContactKind.DOMESTIC_CRIME: "diamond",
    ContactKind.DOMESTIC_OTHER: "circle",
    ContactKind.OTHER: "square",
}
_LEAST, _MOST = 9.0, 34.0


@dataclass(frozen=True)
class TimelineContact:
    """A contact at a local time, and the officer minutes its incident took."""

    at: datetime
    kind: ContactKind
    officer_minutes: float


@dataclass(frozen=True)
class Timeline:
    """A person's contacts, oldest first. `quiet` is the longest gap, from and to, if worth a band."""

    contacts: tuple[TimelineContact, ...]
    first: date
    last: date
    quiet: tuple[datetime, datetime] | None = None


def timeline(view: Timeline, palette: Palette) -> go.Figure:
    """Marks on a row a kind; area of a mark in step with officer minutes; the last contact ringed."""
    most = max((contact.officer_minutes for contact in view.contacts), default=0.0) or 1.0
    figure = go.Figure()
    if view.quiet:
        _add_quiet_band(figure, view.quiet, (view.first, view.last), palette)
    newest = max((contact.at for contact in view.contacts), default=None)
    for kind in ContactKind:
        of_kind = [contact for contact in view.contacts if contact.kind is kind]
        figure.add_scatter(
            x=[contact.at for contact in of_kind],
            y=[kind.value] * len(of_kind),
            mode="markers",
            name=kind.value,
            marker={
                "symbol": _SHAPES[kind],
                "size": [_LEAST + (_MOST - _LEAST) * (c.officer_minutes / most) ** 0.5 for c in of_kind],
                "color": palette.blue,
                "opacity": 0.75,
                "line": {
                    "color": [palette.text if c.at == newest else palette.background for c in of_kind],
                    "width": [3 if c.at == newest else 1 for c in of_kind],
                },
            },
            customdata=[
                f"{moment(c.at)}<br>{plotly_text(kind.value)}<br>{decimal(c.officer_minutes, places=0)} officer minutes"
                for c in of_kind
            ],
            hovertemplate="%{customdata}<extra></extra>",
            cliponaxis=False,
        )
    styled(figure, palette, height=240)
    # the words of the band stand above the rows, where no mark reaches
    figure.update_layout(showlegend=False, margin={"t": 28})
    figure.update_xaxes(range=[view.first, view.last], tickformat="%b<br>%Y", nticks=8)
    rows = [kind.value for kind in reversed(ContactKind)]
    figure.update_yaxes(categoryorder="array", categoryarray=rows, range=[-0.6, len(rows) - 0.4])
    return figure


def _add_quiet_band(
    figure: go.Figure, quiet: tuple[datetime, datetime], ends: tuple[date, date], palette: Palette
) -> None:
    days, middle = (quiet[1].date() - quiet[0].date()).days, quiet[0] + (quiet[1] - quiet[0]) / 2
    first, last = (datetime.combine(end, time()) for end in ends)
    place = (middle - first) / (last - first)
    figure.add_vrect(x0=quiet[0], x1=quiet[1], fillcolor=palette.band, line_width=0, layer="below")
    figure.add_annotation(
        text=f"no contact for {plural(days, 'day')}",
        x=middle,
        y=1,
        yref="paper",
        yanchor="bottom",
        xanchor="left" if place < 1 / 4 else "right" if place > 3 / 4 else "center",  # never beyond the axis
        showarrow=False,
        font={"color": palette.quiet, "size": 13},
    )
