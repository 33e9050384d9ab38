"""Slow answers in plain Python, to compare the fast ones with."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Sequence

import shapely

from geo.boundaries import Boundaries


def area_of_point(x: float, y: float, boundaries: Boundaries) -> int:
    """The first area, in order of code, that covers the point."""
    if math.isnan(x) or math.isnan(y):
        return -1
    for index, geometry in enumerate(boundaries.geometries):
        if (
            shapely.Polygon(geometry).covers(shapely.Point(x, y))
            if geometry.geom_type == "Polygon"
            else any(part.covers(shapely.Point(x, y)) for part in geometry.geoms)
        ):
            return index
    return -1


def vintage_of_day(valid_from: Sequence[dt.date | None], day: dt.date) -> int:
    """Walks all vintages and keeps the newest that has begun, else the earliest."""
    starts = [start or dt.date.min for start in valid_from]
    begun = [place for place, start in enumerate(starts) if start <= day]
    if not begun:
        return starts.index(min(starts))
    return max(begun, key=lambda place: starts[place])
