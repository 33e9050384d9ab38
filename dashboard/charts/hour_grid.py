"""At which hours of which weekday is officer time worked? A grid of the week, darker where there is more."""

from __future__ import annotations

from dataclasses import dataclass

import plotly.graph_objects as go

from dashboard.charts.palette import Palette
from dashboard.charts.style import styled
from dashboard.text import hours, plotly_text

WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
HOURS = 24
_EVERY = 3


@dataclass(frozen=True)
class HourGrid:
    """Average officer hours, Monday first: `values[weekday][hour]`; null where the period has no such weekday."""

    values: tuple[tuple[float | None, ...], ...]

    def __post_init__(self) -> None:
        """A week has seven days of twenty-four hours."""
        assert [len(row) for row in self.values] == [HOURS] * len(WEEKDAYS), "a week is 7 by 24"


def hour_name(hour: int) -> str:
    """The hour that begins at `hour`: 22:00 to 23:00."""
    return f"{hour:02d}:00 to {(hour + 1) % HOURS:02d}:00"


def hour_grid(view: HourGrid, palette: Palette) -> go.Figure:
    """Seven rows of twenty-four cells in five steps of one colour; the hours stand beside it as a key."""
    figure = go.Figure()
    last = len(palette.ramp) - 1
    figure.add_heatmap(
        z=view.values,
        x=list(range(HOURS)),
        y=WEEKDAYS,
        xgap=2,
        ygap=2,
        zmin=0,
        colorscale=[[step / last, colour] for step, colour in enumerate(palette.ramp)],
        colorbar={
            "title": {"text": "hours", "font": {"color": palette.quiet, "size": 13}},
            "tickfont": {"color": palette.text, "size": 13},
            "thickness": 12,
            "outlinewidth": 0,
            "nticks": 5,
        },
        customdata=[
            [f"{weekday} {hour_name(at)}<br>{plotly_text(hours(value, places=2))} on average" for at, value in line]
            for weekday, line in zip(WEEKDAYS, (enumerate(row) for row in view.values), strict=True)
        ],
        hovertemplate="%{customdata}<extra></extra>",
    )
    styled(figure, palette, height=300)
    ticks = list(range(0, HOURS, _EVERY))
    figure.update_xaxes(
        tickvals=ticks, ticktext=[f"{at:02d}" for at in ticks], title_text="hour of the day", showgrid=False
    )
    figure.update_yaxes(autorange="reversed", showgrid=False)
    return figure
