"""Small boundary files and areas for tests, and the published ones where they are at hand."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import shapely

from geo.boundaries import Boundaries, read_boundaries

PUBLISHED = Path(__file__).parents[2] / ".." / "shared" / "data" / "boundaries"
reads_published_boundaries = pytest.mark.skipif(
    not PUBLISHED.is_dir(), reason="the published boundaries are not beside the project (../shared/data/boundaries)"
)

# Two squares of a kilometre in Birmingham, in British National Grid, that share an edge.
WEST, EAST = (407000, 287000), (408000, 287000)


def published(file: str, code: str, name: str) -> Boundaries:
    return read_boundaries(PUBLISHED / file, code=code, name=name, timezone="Europe/London")


def wards_of_2018() -> Boundaries:
    return published("birmingham_wards_2018_69.geojson", "ward_code", "ward_name")


def wards_before_2018() -> Boundaries:
    return published("birmingham_wards_pre2018_40.geojson", "WD13CD", "WD13NM")


def square(corner: tuple[float, float], side: float = 1000) -> list[list[list[float]]]:
    x, y = corner
    return [[[x, y], [x + side, y], [x + side, y + side], [x, y + side], [x, y]]]


def feature(coordinates: Any, kind: str = "Polygon", **properties: Any) -> dict[str, Any]:
    return {"type": "Feature", "properties": properties, "geometry": {"type": kind, "coordinates": coordinates}}


def collection(*features: Mapping[str, Any], crs: str | None = "EPSG:27700", **members: Any) -> dict[str, Any]:
    named = {"crs": {"type": "name", "properties": {"name": crs}}} if crs else {}
    return {"type": "FeatureCollection", "features": list(features)} | named | members


def written(folder: Path, document: Any, name: str = "areas.geojson") -> Path:
    file = folder / name
    file.write_text(document if isinstance(document, str) else json.dumps(document), encoding="utf-8")
    return file


def areas(*geometries: shapely.Geometry, codes: Sequence[str] | None = None, crs: str = "EPSG:27700") -> Boundaries:
    held = np.empty(len(geometries), dtype=object)
    held[:] = geometries
    codes = tuple(codes or (f"A{index:02}" for index in range(len(geometries))))
    return Boundaries(codes, codes, None, None, held, crs)


def topology(**members: Any) -> dict[str, Any]:
    """Two squares of a kilometre, quantised to 10 metres, that share arc 0, which the eastern one reads backwards."""
    return {
        "type": "Topology",
        "transform": {"scale": [10, 10], "translate": [407000, 287000]},
        "arcs": [
            [[100, 0], [0, 100]],
            [[100, 100], [-100, 0], [0, -100], [100, 0]],
            [[100, 0], [100, 0], [0, 100], [-100, 0]],
        ],
        "objects": {
            "wards": {
                "type": "GeometryCollection",
                "crs": {"type": "name", "properties": {"name": "EPSG:27700"}},
                "geometries": [
                    {"type": "Polygon", "properties": {"code": "N1", "name": "Small Heath"}, "arcs": [[0, 1]]},
                    {"type": "MultiPolygon", "properties": {"code": "N2", "name": "Sparkbrook"}, "arcs": [[[~0, 2]]]},
                ],
            }
        },
    } | members
