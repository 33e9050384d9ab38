"""Where in the sector are the cases of a meeting? A map of its neighbourhoods as a picture, and the same in words."""

from __future__ import annotations

import io
import math
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.patches import PathPatch
from matplotlib.path import Path as Outline

from dashboard.pack.document import Picture
from dashboard.text import plain_line, plural

_INCHES, _DOTS = (8.0, 7.0), 110
_PALEST, _DARKEST = 0.97, 0.62
_EDGE = "#333333"

Ring = Sequence[Sequence[float]]


def map_picture(areas: Mapping[str, Any], cases: Mapping[str, int]) -> Picture | None:
    """The neighbourhoods of a sector, each with its name and its number of cases; darker is more.

    Args:
        areas: a GeoJSON FeatureCollection of polygons, in degrees, with `properties.code` and `properties.name`.
        cases: how many cases of the meeting lie in each neighbourhood code; who is not named has none.

    Returns:
        The picture with the same numbers in words; None where there is nothing to draw.
    """
    drawn = [(feature, list(_polygons(feature["geometry"]))) for feature in areas["features"]]
    if not any(polygons for _, polygons in drawn):
        return None
    figure = Figure(figsize=_INCHES, dpi=_DOTS, layout="constrained")
    FigureCanvasAgg(figure)
    axes = figure.subplots()
    most = max([cases.get(feature["properties"]["code"], 0) for feature, _ in drawn] + [1])
    for feature, polygons in drawn:
        number = cases.get(feature["properties"]["code"], 0)
        shade = _PALEST - (_PALEST - _DARKEST) * number / most
        for rings in polygons:
            axes.add_patch(PathPatch(_outline(rings), facecolor=(shade, shade, shade), edgecolor=_EDGE, linewidth=1))
        longitude, latitude = _middle(polygons)
        label = f"{_letters(feature['properties']['name'])}\n{number}"
        axes.text(longitude, latitude, label, ha="center", va="center", fontsize=10)
    axes.autoscale_view()
    axes.set_aspect(1 / math.cos(math.radians(sum(axes.get_ylim()) / 2)))
    axes.set_axis_off()
    written = io.BytesIO()
    figure.savefig(written, format="png", metadata={"Software": None})
    return Picture(
        written.getvalue(), _in_words(areas, cases), "Cases of this meeting by neighbourhood; darker is more"
    )


def _in_words(areas: Mapping[str, Any], cases: Mapping[str, int]) -> str:
    told = [
        f"{feature['properties']['name']} {cases.get(feature['properties']['code'], 0)}"
        for feature in areas["features"]
    ]
    return f"Map of {plural(len(told), 'neighbourhood')} with the number of cases in each: {', '.join(told)}."


def _polygons(geometry: Mapping[str, Any]) -> Iterator[Sequence[Ring]]:
    match geometry["type"]:
        case "Polygon":
            yield geometry["coordinates"]
        case "MultiPolygon":
            yield from geometry["coordinates"]
        case _:
            return


def _outline(rings: Sequence[Ring]) -> Outline:
    points, codes = [], []
    for ring in rings:
        points += [(point[0], point[1]) for point in ring]
        codes += [Outline.MOVETO, *[Outline.LINETO] * (len(ring) - 2), Outline.CLOSEPOLY]
    return Outline(points, codes)


def _middle(polygons: Sequence[Sequence[Ring]]) -> tuple[float, float]:
    """The middle of the largest part's box, where a label is looked for."""
    boxes = []
    for rings in polygons:
        xs, ys = [point[0] for point in rings[0]], [point[1] for point in rings[0]]
        west, east, south, north = min(xs), max(xs), min(ys), max(ys)
        boxes.append(((east - west) * (north - south), ((west + east) / 2, (south + north) / 2)))
    return max(boxes)[1]


def _letters(name: str) -> str:
    """A name as letters: between dollar signs a label would be read as mathematics."""
    return plain_line(name).replace("$", r"\$")
