"""How does every chart look? Calm: no frame, few lines, one typeface, room for labels."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import plotly.graph_objects as go

from dashboard.charts.palette import Palette

FONT = "Source Sans, Source Sans Pro, sans-serif"
# No download of the picture (exports have their own logged way), no maker's mark, no zoom by accident on scrolling.
CONFIG: dict[str, Any] = {
    "displaylogo": False,
    "displayModeBar": False,
    "scrollZoom": False,
    "doubleClick": "reset",
    "modeBarButtonsToRemove": ["toImage"],
}
MAP_CONFIG: dict[str, Any] = CONFIG | {
    "displayModeBar": True,
    "modeBarButtons": [["zoomInMapbox", "zoomOutMapbox", "resetViewMapbox"], ["select2d", "lasso2d"]],
}

_FEW = 5
"""Of so few counts an axis would be marked in halves."""


def whole_ticks(counts: Iterable[float | None]) -> dict[str, Any]:
    """Marks of an axis of counts: whole numbers, however few there are."""
    return {"dtick": 1} if max((one or 0 for one in counts), default=0) <= _FEW else {}


def styled(figure: go.Figure, palette: Palette, *, height: int) -> go.Figure:
    """The figure in the house's look; `height` in pixels. Changes and returns it."""
    axis = {
        "gridcolor": palette.band,
        "linecolor": palette.line,
        "zerolinecolor": palette.line,
        "tickcolor": palette.line,
        "tickfont": {"color": palette.text, "size": 14},
        "title": {"font": {"color": palette.quiet, "size": 14}},
        "fixedrange": True,
        "automargin": True,
    }
    figure.update_layout(
        height=height,
        margin={"l": 8, "r": 16, "t": 8, "b": 8},
        paper_bgcolor=palette.background,
        plot_bgcolor=palette.background,
        font={"family": FONT, "size": 14, "color": palette.text},
        hoverlabel={"bgcolor": palette.panel, "font": {"color": palette.text, "family": FONT, "size": 14}},
        legend={
            "traceorder": "normal",
            "orientation": "h",
            "y": 1.02,
            "yanchor": "bottom",
            "x": 0,
            "font": {"color": palette.text},
        },
        dragmode=False,
        bargap=0.25,
        separators=".,",
    )
    figure.update_xaxes(**axis)
    figure.update_yaxes(**axis)
    return figure
