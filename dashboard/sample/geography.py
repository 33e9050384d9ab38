"""Which wards, police neighbourhoods and sectors does the made-up force have?"""

from __future__ import annotations

import json
import math
import tomllib
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import shapely
from pyproj import Transformer
from shapely.geometry.base import BaseGeometry

from dashboard.sample.chance import Floats, Ints, data_text, stream
from dashboard.sample.errors import SampleError
from dashboard.sample.force import Force
from dashboard.sample.outlines import draw_coverage, draw_outline

CENTRE = (404_500.0, 281_500.0)
SECTOR_NAMES = ("North", "Central", "South")
# EPSG:1314, the published seven-parameter shift from OSGB36 to WGS 84 (about 3 m). Written out, so that the bytes
# do not depend on which shift grids a machine has.
TO_DEGREES = (
    "+proj=pipeline +step +inv +proj=tmerc +lat_0=49 +lon_0=-2 +k=0.9996012717 +x_0=400000 +y_0=-100000 +ellps=airy "
    "+step +proj=push +v_3 +step +proj=cart +ellps=airy "
    "+step +proj=helmert +x=446.448 +y=-125.157 +z=542.06 +rx=0.15 +ry=0.247 +rz=0.842 +s=-20.489 "
    "+convention=position_vector +step +inv +proj=cart +ellps=WGS84 +step +proj=pop +v_3 "
    "+step +proj=unitconvert +xy_in=rad +xy_out=deg"
)


@dataclass(frozen=True)
class Area:
    """One ward or neighbourhood; `shape` in metres, EPSG:27700."""

    code: str
    name: str
    sector: str | None
    shape: BaseGeometry


@dataclass(frozen=True)
class Geography:
    """Wards and police neighbourhoods over the same ground, neither following the other."""

    wards: tuple[Area, ...]
    neighbourhoods: tuple[Area, ...]

    @property
    def sectors(self) -> tuple[str, ...]:
        """Sector codes, in the order of their first neighbourhood."""
        return tuple(dict.fromkeys(area.sector or "" for area in self.neighbourhoods))


def draw_geography(force: Force, seed: int, *, boundaries: Path | None = None) -> Geography:
    """Invented wards and neighbourhoods, or the wards of a GeoJSON file with invented neighbourhoods inside them.

    Raises:
        SampleError: the file is no GeoJSON of areas in Great Britain, or too intricate.
    """
    if boundaries is None:
        outline: BaseGeometry = draw_outline(stream(seed, "outline"), centre=CENTRE, width=force.width_metres)
        names = _area_names(force.wards + force.neighbourhoods, seed)
        shapes = draw_coverage(stream(seed, "wards"), outline, force.wards)
        wards = tuple(
            Area(_code("W", i, force.wards), name, None, shape)
            for i, (name, shape) in enumerate(zip(names[force.neighbourhoods :], shapes, strict=True))
        )
    else:
        wards = read_wards(boundaries)
        outline = shapely.union_all([ward.shape for ward in wards], grid_size=0.1)
        outline = outline.buffer(30).buffer(-30)
        names = _area_names(force.neighbourhoods, seed)
    shapes = draw_coverage(stream(seed, "neighbourhoods"), outline, force.neighbourhoods)
    shapes, sectors = _in_sectors(shapes, force.sectors)
    neighbourhoods = tuple(
        Area(_code("N", i, force.neighbourhoods), names[i], sectors[i], shape) for i, shape in enumerate(shapes)
    )
    return Geography(wards, neighbourhoods)


def read_wards(file: Path) -> tuple[Area, ...]:
    """The polygons of a GeoJSON file in degrees; code and name are the first columns that look like them.

    Raises:
        SampleError: names the file and the mend.
    """
    try:
        features = json.loads(file.read_text(encoding="utf-8"))["features"]
        properties = [feature["properties"] for feature in features]
        shapes = shapely.make_valid(
            shapely.from_geojson(np.asarray([json.dumps(feature["geometry"]) for feature in features], dtype=object))
        )
        names = [str(name) for name in properties[0]]
    except OSError as error:
        raise SampleError(f"{file}: cannot be opened ({error.strerror}). Name a file that is there.") from error
    except (ValueError, KeyError, IndexError, TypeError, shapely.GEOSException) as error:
        raise SampleError(f"{file.name}: not a GeoJSON file of areas. Give one in longitude and latitude.") from error
    code = _column(names, ("code", "cd"))
    name = _column(names, ("name", "nm")) or code
    if code is None or name is None:
        raise SampleError(f"{file.name}: no column that ends in 'code' or 'cd'. Name the column of codes so.")
    if not (shapely.get_type_id(shapes) >= 3).all():
        raise SampleError(f"{file.name}: holds shapes that are no areas. Leave only polygons.")
    metres = shapely.transform(shapes, _to_metres)
    west, south, east, north = shapely.total_bounds(metres)
    if not (-100_000 < west < east < 800_000 and -100_000 < south < north < 1_400_000):
        raise SampleError(f"{file.name}: not in Great Britain in longitude and latitude. Give such a file.")
    areas = [Area(str(row[code]), str(row[name]), None, shape) for row, shape in zip(properties, metres, strict=True)]
    return tuple(sorted(areas, key=lambda area: area.code))


def geojson(areas: tuple[Area, ...], *, title: str) -> str:
    """The areas in degrees, EPSG:4326, six decimals (0.1 m); a vertex that two areas share stays one vertex."""
    features = []
    for area in areas:
        shape = shapely.transform(area.shape, _to_degrees)
        properties = {"code": area.code, "name": area.name} | ({"sector": area.sector} if area.sector else {})
        geometry = json.loads(shapely.to_geojson(shape))
        features.append({"type": "Feature", "properties": properties, "geometry": geometry})
    lines = ",\n".join(json.dumps(feature, ensure_ascii=False, separators=(",", ":")) for feature in features)
    return f'{{"type":"FeatureCollection","name":{json.dumps(title)},"features":[\n{lines}\n]}}\n'


def nearest_area(x: Floats, y: Floats, areas: tuple[Area, ...]) -> Ints:
    """Index of the area each point lies in, or of the nearest where it lies in none."""
    tree = shapely.STRtree([area.shape for area in areas])
    points = shapely.points(x, y)
    found = np.full(len(points), -1, dtype=np.int64)
    point, area = tree.query(points, predicate="intersects")
    found[point[::-1]] = area[::-1]
    lost = np.flatnonzero(found < 0)
    found[lost] = tree.nearest(points[lost])
    return found


def _to_degrees(points: Floats) -> Floats:
    longitude, latitude = Transformer.from_pipeline(TO_DEGREES).transform(points[:, 0], points[:, 1])
    return np.round(np.column_stack([longitude, latitude]), 6)


def _to_metres(points: Floats) -> Floats:
    x, y = Transformer.from_pipeline(TO_DEGREES).transform(points[:, 0], points[:, 1], direction="INVERSE")
    return np.column_stack([x, y])


def _code(kind: str, at: int, count: int) -> str:
    """S-W01, or S-W001 where there are a hundred or more, so that codes sort as they were numbered."""
    return f"S-{kind}{at + 1:0{max(2, len(str(count)))}d}"


def _column(names: list[str], endings: tuple[str, ...]) -> str | None:
    return next((name for name in names for ending in endings if name.lower().endswith(ending)), None)


def _area_names(count: int, seed: int) -> list[str]:
    """Distinct invented names such as "Alder Park"; beyond the word list they carry a number."""
    area_words = tomllib.loads(data_text("places.toml"))["areas"]
    pairs = [f"{first} {second}" for first in area_words["first"] for second in area_words["second"]]
    order = stream(seed, "area names").permutation(len(pairs))
    chosen: list[str] = []
    first_words: set[str] = set()
    for index in order:
        if pairs[index].split()[0] not in first_words or len(first_words) == len(area_words["first"]):
            chosen.append(pairs[index])
            first_words.add(pairs[index].split()[0])
    rest = [pair for pair in (pairs[i] for i in order) if pair not in set(chosen)]
    chosen += rest
    return [chosen[i % len(chosen)] + (f" {i // len(chosen) + 1}" if i >= len(chosen) else "") for i in range(count)]


def _in_sectors(shapes: list[BaseGeometry], sectors: int) -> tuple[list[BaseGeometry], list[str]]:
    """The shapes reordered so that neighbours share a sector, and each one's sector."""
    middles = np.array([(shape.centroid.x, shape.centroid.y) for shape in shapes])
    bands = max(1, round(math.sqrt(sectors))) if sectors > len(SECTOR_NAMES) else 1
    band = np.argsort(np.argsort(-middles[:, 1])) * bands // len(shapes)
    along = middles[:, 0] if bands > 1 else -middles[:, 1] - 0.35 * middles[:, 0]
    order = np.lexsort([along, band])
    names = SECTOR_NAMES if sectors == len(SECTOR_NAMES) else [f"Sector {i + 1:02d}" for i in range(sectors)]
    return [shapes[i] for i in order], [names[i * sectors // len(shapes)] for i in range(len(shapes))]
