"""Where do the incidents lie? Areas in five steps of one hue, a second boundary outlined, points for those allowed."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import plotly.graph_objects as go

from dashboard.charts.palette import Palette
from dashboard.charts.style import styled
from dashboard.text import decimal, plotly_text, plural

STEPS = 5
_WHOLE = partial(decimal, places=0)


@dataclass(frozen=True)
class MapArea:
    """An area by its code; null where the value is withheld, which is neither drawn as none nor as much."""

    code: str
    name: str
    value: float | None


@dataclass(frozen=True)
class MapView:
    """Where the map looks: degrees and the tile zoom, worked out from the bounds beforehand."""

    longitude: float
    latitude: float
    zoom: float


@dataclass(frozen=True)
class MapPoints:
    """Where incidents lie, in degrees, and what is said of each."""

    longitudes: tuple[float, ...]
    latitudes: tuple[float, ...]
    said: tuple[str, ...]


@dataclass(frozen=True)
class AreaClass:
    """A step of the legend: from and to, both met by an area in it, and how many areas are."""

    low: float
    high: float
    areas: int
    colour: str


def class_limits(values: Sequence[float]) -> tuple[float, ...]:
    """The upper limits of at most five classes with about as many areas each; equal values are never parted."""
    ranked = sorted(values)
    limits = {ranked[max(len(ranked) * step // STEPS - 1, 0)] for step in range(1, STEPS + 1)} if ranked else set()
    return tuple(sorted(limits))


def area_classes(areas: Sequence[MapArea], palette: Palette) -> tuple[AreaClass, ...]:
    """The legend: classes from least to most with their limits, counts and colours."""
    values = sorted(area.value for area in areas if area.value is not None)
    limits = class_limits(values)
    colours = _spread(palette.ramp, len(limits))
    classes, low = [], float("-inf")
    for limit, colour in zip(limits, colours, strict=True):
        within = [value for value in values if low < value <= limit]
        classes.append(AreaClass(within[0], within[-1], len(within), colour))
        low = limit
    return tuple(classes)


def choropleth(
    geojson: Mapping[str, Any],
    areas: Sequence[MapArea],
    palette: Palette,
    *,
    unit: str,
    view: MapView,
    outline: Mapping[str, Any] | None = None,
    points: MapPoints | None = None,
    selected: str | None = None,
    said: Callable[[float], str] = _WHOLE,
    height: int = 560,
) -> go.Figure:
    """The map. `geojson` features carry properties.code; nothing is asked of any other host. `said`: a value."""
    classes = area_classes(areas, palette)
    figure = go.Figure()
    for at, step in enumerate(classes):
        within = [a for a in areas if a.value is not None and step.low <= a.value <= step.high]
        label = _range_said(step, said)
        figure.add_trace(_layer(geojson, within, step.colour, palette, name=label, unit=unit, said=said, at=at))
    withheld = [area for area in areas if area.value is None]
    if withheld:
        figure.add_trace(
            _layer(geojson, withheld, palette.withheld, palette, name="withheld", unit=unit, said=said, at=STEPS)
        )
    if points:
        figure.add_traces([_halo(points, palette), _points(points, palette)])
    layers = [_ground(palette.background)]
    layers += [_lines(outline, palette.outline, 2.5)] if outline else []
    if selected:
        chosen = [f for f in geojson["features"] if f["properties"]["code"] == selected]
        layers.append(_lines({"type": "FeatureCollection", "features": chosen}, palette.overdue, 4))
    styled(figure, palette, height=height)
    figure.update_layout(
        map={
            "style": "white-bg",
            "center": {"lon": view.longitude, "lat": view.latitude},
            "zoom": view.zoom,
            "layers": layers,
        },
        legend={
            "title": {"text": plotly_text(unit), "font": {"size": 14}},
            "y": -0.02,
            "yanchor": "top",
            "itemclick": False,
            "itemdoubleclick": False,
        },
        margin={"l": 0, "r": 0, "t": 34, "b": 0},
        clickmode="event+select",
    )
    return figure


def _layer(
    geojson: Mapping[str, Any],
    areas: Sequence[MapArea],
    colour: str,
    palette: Palette,
    *,
    name: str,
    unit: str,
    said: Callable[[float], str],
    at: int,
) -> go.Choroplethmap:
    return go.Choroplethmap(
        geojson=geojson,
        featureidkey="properties.code",
        locations=[area.code for area in areas],
        z=[at] * len(areas),
        zmin=0,
        zmax=STEPS,
        colorscale=[[0, colour], [1, colour]],
        showscale=False,
        showlegend=True,
        name=f"{name} ({plural(len(areas), 'area')})",
        customdata=[
            f"{plotly_text(area.name)}<br>"
            + ("withheld" if area.value is None else f"{plotly_text(unit)}: {said(area.value)}")
            for area in areas
        ],
        hovertemplate="%{customdata}<extra></extra>",
        marker={"line": {"width": 1, "color": palette.line}, "opacity": 1},
    )


def _points(points: MapPoints, palette: Palette) -> go.Scattermap:
    return go.Scattermap(
        lon=points.longitudes,
        lat=points.latitudes,
        mode="markers",
        name=f"incidents ({len(points.said)})",
        marker={"size": 6, "color": palette.text},
        customdata=[plotly_text(said) for said in points.said],
        hovertemplate="%{customdata}<extra></extra>",
    )


def _halo(points: MapPoints, palette: Palette) -> go.Scattermap:
    """A pale ring under each point, by which it is seen on the darkest area as on the lightest."""
    return go.Scattermap(
        lon=points.longitudes,
        lat=points.latitudes,
        mode="markers",
        marker={"size": 10, "color": palette.background},
        hoverinfo="skip",
        showlegend=False,
    )


def _lines(geojson: Mapping[str, Any], colour: str, width: float) -> dict[str, Any]:
    return {"sourcetype": "geojson", "source": geojson, "type": "line", "color": colour, "line": {"width": width}}


def _ground(colour: str) -> dict[str, Any]:
    """The paper under the map: the one style that allows clicks is white, whatever the theme."""
    corners = [[-180, -85], [180, -85], [180, 85], [-180, 85], [-180, -85]]
    paper = {"type": "Feature", "properties": {}, "geometry": {"type": "Polygon", "coordinates": [corners]}}
    return {"sourcetype": "geojson", "source": paper, "type": "fill", "color": colour, "below": "traces"}


def _range_said(step: AreaClass, said: Callable[[float], str]) -> str:
    low, high = said(step.low), said(step.high)
    return low if low == high else f"{low} to {high}"


def _spread(ramp: Sequence[str], steps: int) -> tuple[str, ...]:
    if steps <= 1:
        return tuple(ramp[-2 : -2 + steps]) if steps else ()
    return tuple(ramp[round(at * (len(ramp) - 1) / (steps - 1))] for at in range(steps))
