"""How are areas drawn, and how do they lie to each other?"""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import polars as pl
import shapely
from numpy.typing import NDArray

from geo.boundaries import Boundaries
from geo.projection import LONGITUDE_LATITUDE, to_crs

Shapes = NDArray[np.object_]

# Five decimals of a degree are about a metre, and halve the text that is sent.
_DECIMALS = 5
_TILE_PX = 512  # of a vector map's tile: the world at zoom 0 (MapLibre)
_MERCATOR_LIMIT = 85.0511287798066  # latitude at which the map's square ends


@dataclass(frozen=True)
class View:
    """Where a map looks: its middle in degrees, and its zoom (each step doubles the scale)."""

    longitude: float
    latitude: float
    zoom: float


def display_geojson(boundaries: Boundaries, *, tolerance_metres: float) -> dict[str, Any]:
    """A FeatureCollection in longitude and latitude, five decimals, with `properties.code` and `properties.name`.

    Areas that share their edges are simplified together, so that no gap opens between neighbours; others, which
    overlap or do not meet exactly, each by itself, which may leave gaps of up to `tolerance_metres`. For the eye
    only: points are located in the outlines as they were given.
    """
    boundaries = boundaries.in_metres()
    if tolerance_metres <= 0:
        simple = boundaries.geometries
    elif shapely.coverage_is_valid(boundaries.geometries):
        simple = shapely.coverage_simplify(boundaries.geometries, tolerance_metres)
    else:
        simple = shapely.simplify(boundaries.geometries, tolerance_metres, preserve_topology=True)
    longitude, latitude = to_crs(*shapely.get_coordinates(simple).T, source=boundaries.crs, target=LONGITUDE_LATITUDE)
    degrees = np.column_stack([longitude, latitude]).round(_DECIMALS)
    drawn = shapely.set_coordinates(shapely.force_2d(simple), degrees)  # a copy: coordinates are set in place
    texts = shapely.to_geojson(shapely.orient_polygons(drawn))
    features = [
        {"type": "Feature", "properties": {"code": code, "name": name}, "geometry": json.loads(text)}
        for code, name, text in zip(boundaries.codes, boundaries.names, texts, strict=True)
    ]
    return {"type": "FeatureCollection", "features": features}


def view(
    boundaries: Boundaries, *, width_px: int, height_px: int, margin_px: int = 16, greatest_zoom: float = 16.0
) -> View:
    """The middle and the zoom at which all areas just fit a map of this size, with a margin on each side.

    Computed here as a figure asked to fit its bounds draws an empty map. Zoom z shows 512 x 2^z pixels around the
    equator (Web Mercator).
    """
    west, south, east, north = _bounds_in_degrees(boundaries)
    top, bottom = _mercator(north), _mercator(south)
    across, down = (east - west) / 360, top - bottom
    room_across, room_down = max(width_px - 2 * margin_px, 1), max(height_px - 2 * margin_px, 1)
    fits = [room / (_TILE_PX * share) for room, share in ((room_across, across), (room_down, down)) if share > 0]
    zoom = max(min([math.log2(fit) for fit in fits] + [greatest_zoom]), 0.0)
    return View(longitude=(west + east) / 2, latitude=_latitude((top + bottom) / 2), zoom=round(zoom, 3))


def area_overlap(a: Boundaries, b: Boundaries) -> pl.DataFrame:
    """The share of each area of `a` that lies in each area of `b`: a_code, b_code, share (0 to 1).

    One row a pair that has some area in common, sorted by both codes. Shares of one area add up to 1 where `b` covers
    it without overlaps.
    """
    a = a.in_metres()
    other = _in_system(b, a.crs)
    left, right = shapely.STRtree(other).query(a.geometries, predicate="intersects")
    share = shapely.area(shapely.intersection(a.geometries[left], other[right])) / shapely.area(a.geometries[left])
    pairs = {"a_code": _picked(a.codes, left), "b_code": _picked(b.codes, right), "share": share}
    schema = {"a_code": pl.String, "b_code": pl.String, "share": pl.Float64}
    return pl.DataFrame(pairs, schema=schema).filter(pl.col("share") > 0).sort("a_code", "b_code")


def centroids(boundaries: Boundaries) -> pl.DataFrame:
    """One point in each area: code, longitude, latitude (degrees). Its centroid, unless that lies outside."""
    middle = shapely.centroid(boundaries.geometries)
    outside = ~shapely.covers(boundaries.geometries, middle)
    middle[outside] = shapely.point_on_surface(boundaries.geometries[outside])
    x, y = shapely.get_x(middle), shapely.get_y(middle)
    longitude, latitude = to_crs(x, y, source=boundaries.crs, target=LONGITUDE_LATITUDE)
    columns = {"code": list(boundaries.codes), "longitude": longitude, "latitude": latitude}
    return pl.DataFrame(columns, schema={"code": pl.String, "longitude": pl.Float64, "latitude": pl.Float64})


def _bounds_in_degrees(boundaries: Boundaries) -> tuple[float, float, float, float]:
    x, y = shapely.get_coordinates(boundaries.geometries).T
    longitude, latitude = to_crs(x, y, source=boundaries.crs, target=LONGITUDE_LATITUDE)
    return float(longitude.min()), float(latitude.min()), float(longitude.max()), float(latitude.max())


def _mercator(latitude: float) -> float:
    """How far up the map's square, from 0 at the equator to a half at its northern end (EPSG:3857)."""
    limited = max(-_MERCATOR_LIMIT, min(_MERCATOR_LIMIT, latitude))
    return math.asinh(math.tan(math.radians(limited))) / (2 * math.pi)


def _latitude(height: float) -> float:
    return math.degrees(math.atan(math.sinh(height * 2 * math.pi)))


def _in_system(boundaries: Boundaries, crs: str) -> Shapes:
    if boundaries.crs == crs:
        return boundaries.geometries
    x, y = to_crs(*shapely.get_coordinates(boundaries.geometries).T, source=boundaries.crs, target=crs)
    return shapely.set_coordinates(shapely.force_2d(boundaries.geometries), np.column_stack([x, y]))


def _picked(codes: Sequence[str], places: NDArray[np.intp]) -> list[str]:
    return [codes[place] for place in places]
