"""What do the areas of a map look like, and which of the other kind lie over them?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import numpy as np
import polars as pl
import shapely

from analysis.demand.areas import AreaKind
from analysis.disclosure import Audience
from analysis.questions.view import View
from analysis.store import Build
from geo.boundaries import Boundaries
from geo.shapes import area_overlap, display_geojson
from geo.shapes import view as looks_at
from geo.vintages import vintage_on


@dataclass(frozen=True, eq=False)
class Outlines:
    """Shapes to be drawn; no figure of the build is in them.

    Attributes:
        areas: a GeoJSON FeatureCollection with `properties.code` and `properties.name`.
        others: the same of the other kind of area, as far as it lies over these; None where the build has none.
        longitude, latitude, zoom: where the map looks, so that all areas fit.
    """

    areas: dict[str, Any]
    others: dict[str, Any] | None
    longitude: float
    latitude: float
    zoom: float


def outlines(
    build: Build,
    view: View,
    audience: Audience,
    *,
    area: AreaKind,
    least_share: float,
    tolerance_metres: float,
    width_px: int,
    height_px: int,
) -> Outlines | None:
    """The outlines in the view, of the day it ends on; None where the build has no boundaries of that kind.

    Args:
        least_share: an area of one kind is drawn over a part of the force where at least this share of it (0 to 1)
            lies inside.
        tolerance_metres: how far an outline may be simplified.
        width_px, height_px: the size the areas must fit.
    """
    last_day = view.as_of - timedelta(days=1)
    scope = view.in_scope(audience)
    neighbourhoods = boundaries_on(build, AreaKind.NEIGHBOURHOOD, last_day)
    wards = boundaries_on(build, AreaKind.WARD, last_day)
    if scope is not None:
        neighbourhoods = _only(neighbourhoods, scope)
        wards = None if neighbourhoods is None else _inside(wards, neighbourhoods, least_share=least_share)
    drawn, others = (wards, neighbourhoods) if area is AreaKind.WARD else (neighbourhoods, wards)
    if drawn is None:
        return None
    others = None if others is None else _clipped(others, drawn)
    looks = looks_at(drawn, width_px=width_px, height_px=height_px)
    return Outlines(
        areas=display_geojson(drawn, tolerance_metres=tolerance_metres),
        others=None if others is None else display_geojson(others, tolerance_metres=tolerance_metres),
        longitude=looks.longitude,
        latitude=looks.latitude,
        zoom=looks.zoom,
    )


def boundaries_on(build: Build, area: AreaKind, day: date) -> Boundaries | None:
    """The outlines of a kind that hold on a day; None where the build has none."""
    stored = build.frame(f"{area.value}s")
    if stored.is_empty():
        return None
    vintages = stored.select("vintage", "valid_from", "crs").unique().sort("vintage")
    which = int(vintage_on(vintages["valid_from"].to_list(), np.array([day], dtype="datetime64[D]"))[0])
    number, _, crs = vintages.row(which)
    return Boundaries.from_frame(stored.filter(pl.col("vintage") == number), crs)


def _inside(boundaries: Boundaries | None, others: Boundaries, *, least_share: float) -> Boundaries | None:
    """The areas of which at least that share lies in the others."""
    if boundaries is None:
        return None
    shares = area_overlap(boundaries, others).group_by("a_code").agg(pl.col("share").sum())
    return _only(boundaries, frozenset(shares.filter(pl.col("share") >= least_share)["a_code"]))


def _clipped(boundaries: Boundaries, area: Boundaries) -> Boundaries | None:
    """What of the outlines lies inside the other areas, so that nothing is outlined that has no figure."""
    inside, whole = boundaries.in_metres(), area.in_metres()
    if inside.crs != whole.crs:
        return boundaries
    common = shapely.intersection(inside.geometries, shapely.union_all(whole.geometries))
    parts, owner = shapely.get_parts(common, return_index=True)
    is_area = shapely.area(parts) > 0
    owners = np.unique(owner[is_area])
    kept = np.array([shapely.MultiPolygon(parts[is_area & (owner == one)].tolist()) for one in owners], dtype=object)
    codes, names = ([values[at] for at in owners] for values in (inside.codes, inside.names))
    if not codes:
        return None
    return Boundaries(tuple(codes), tuple(names), sectors=None, populations=None, geometries=kept, crs=inside.crs)


def _only(boundaries: Boundaries | None, codes: frozenset[str]) -> Boundaries | None:
    """The areas of these codes; None where there is none of them."""
    if boundaries is None:
        return None
    kept = boundaries.to_frame().filter(pl.col("code").is_in(sorted(codes)))
    return None if kept.is_empty() else Boundaries.from_frame(kept, boundaries.crs)
