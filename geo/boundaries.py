"""Which areas are there, and what is the outline of each?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeVar

import numpy as np
import polars as pl
import shapely
from numpy.typing import NDArray

from geo.child_process import READER_LIMITS, Limits
from geo.errors import GeoError
from geo.layer import FILE_LIMITS, FileLimits, Layer
from geo.layers import read_layers
from geo.projection import LONGITUDE_LATITUDE, check_crs, metric_crs, plausible_share, to_crs

V = TypeVar("V")
Shapes = NDArray[np.object_]


@dataclass(frozen=True, eq=False)
class Boundaries:
    """Areas in order of their codes, each code once, with outlines in the reference system of their file.

    `sectors` and `populations` are None where the file was not asked for them; a population is None where the file has
    none for that area. `geometries` holds shapely polygons and multipolygons in `crs`. `repaired` counts the
    areas whose outline was invalid (a ring that crosses itself, say) and was made valid.
    """

    codes: tuple[str, ...]
    names: tuple[str, ...]
    sectors: tuple[str, ...] | None
    populations: tuple[float | None, ...] | None
    geometries: Shapes
    crs: str
    repaired: int = 0

    def __len__(self) -> int:
        return len(self.codes)

    def in_metres(self) -> Boundaries:
        """The same areas in British National Grid where they lie in its area, else in the UTM zone of their middle."""
        x, y = shapely.get_coordinates(self.geometries).T
        middle = [np.array([(values.min() + values.max()) / 2]) for values in (x, y)]
        longitude, latitude = to_crs(*middle, source=self.crs, target=LONGITUDE_LATITUDE)
        target = metric_crs(float(longitude[0]), float(latitude[0]))
        if target == self.crs:
            return self
        moved = np.column_stack(to_crs(x, y, source=self.crs, target=target))
        return replace(self, geometries=shapely.set_coordinates(self.geometries.copy(), moved), crs=target)

    def to_frame(self) -> pl.DataFrame:
        """One row an area: code, name, sector, population, geometry (WKB), null where not known."""
        empty = (None,) * len(self)
        columns = {
            "code": self.codes,
            "name": self.names,
            "sector": self.sectors or empty,
            "population": self.populations or empty,
            "geometry": shapely.to_wkb(self.geometries).tolist(),
        }
        return pl.DataFrame(columns, schema=_SCHEMA)

    @classmethod
    def from_frame(cls, frame: pl.DataFrame, crs: str, *, repaired: int = 0) -> Boundaries:
        """The boundaries that `to_frame` wrote, in order of code."""
        held = frame.sort("code")
        known = {name: held[name].null_count() < held.height for name in ("sector", "population")}
        return cls(
            codes=tuple(held["code"]),
            names=tuple(held["name"]),
            sectors=tuple(held["sector"]) if known["sector"] else None,
            populations=tuple(held["population"]) if known["population"] else None,
            geometries=shapely.from_wkb(np.array(held["geometry"].to_list(), dtype=object)),
            crs=crs,
            repaired=repaired,
        )


_SCHEMA = {"code": pl.String, "name": pl.String, "sector": pl.String, "population": pl.Float64, "geometry": pl.Binary}


def read_boundaries(
    file: Path,
    *,
    code: str,
    name: str,
    sector: str | None = None,
    population: str | None = None,
    timezone: str | None = None,
    limits: FileLimits = FILE_LIMITS,
    child: Limits = READER_LIMITS,
) -> Boundaries:
    """Read a GeoJSON, TopoJSON, GeoPackage, Shapefile or KML file; `code` to `population` name its columns.

    Outlines are kept in the file's own reference system, so that a point given in the same one is on an edge exactly
    when it is on the edge that was drawn: a straight line in degrees is a curve in metres. Areas of one code and one
    name are joined to one; an area without a name is called by its code. `timezone` (the force's) lets exchanged
    longitude and latitude be seen. GeoJSON and TopoJSON are read here, the others in a child process.

    Raises:
        GeoError: the file cannot be read; a column is not there; an area has no code or no outline; one code has two
            names; the coordinate reference system is missing, unknown or impossible. The message names the mend.
    """
    wanted = [column for column in (code, name, sector, population) if column is not None]
    layer = _layer_with(wanted, read_layers(file, wanted, limits=limits, child=child), file.name)
    codes = _texts(layer, code, file.name)
    names = [own or code for own, code in zip(_texts(layer, name, file.name, may_lack=True), codes, strict=True)]
    sectors = _texts(layer, sector, file.name) if sector else None
    crs = _system(layer, file.name)
    shapes = shapely.force_2d(_shapes(layer, file.name, limits))
    _check_possible(shapes, crs, file.name, timezone)
    shapes, repaired = _repaired(shapes, file.name)
    groups = _groups(codes)
    return Boundaries(
        codes=tuple(groups),
        names=tuple(_one(names, rows, "names", file.name) for rows in groups.values()),
        sectors=tuple(_one(sectors, rows, "sectors", file.name) for rows in groups.values()) if sectors else None,
        populations=_populations(layer, population, groups, file.name) if population else None,
        geometries=_joined(shapes, groups),
        crs=crs,
        repaired=repaired,
    )


def _layer_with(wanted: Sequence[str], layers: Sequence[Layer], file: str) -> Layer:
    """The one layer that has all the columns and some areas."""
    found = [layer for layer in layers if layer.columns]
    if len(found) > 1:
        raise GeoError(f"{file}: {len(found)} layers have the column {wanted[0]}; save the one that counts by itself")
    if found:
        if not found[0].geometries:
            raise GeoError(f"{file}: there is no area in the file; fetch it again")
        return found[0]
    fields = list(dict.fromkeys(field for layer in layers for field in layer.fields))
    if not fields:
        raise GeoError(f"{file}: there is no area in the file; fetch it again")
    missing = [column for column in wanted if column not in fields] or wanted
    listed = ", ".join(fields)
    raise GeoError(f"{file}: there is no column {' or '.join(missing)}; name one of those there are: {listed}")


def _texts(layer: Layer, column: str, file: str, *, may_lack: bool = False) -> list[str]:
    """A column as text without spaces around it; a number that is whole is written without a point."""
    texts = []
    for number, value in enumerate(layer.columns[column], start=1):
        whole = isinstance(value, float) and value.is_integer()
        known = isinstance(value, str | int) or whole
        text = str(int(value) if whole else value).strip() if known else ""  # type: ignore[call-overload]
        if not text and not may_lack:
            raise GeoError(f"{file}: area {number} has nothing in the column {column}; fill it in")
        texts.append(text)
    return texts


def _system(layer: Layer, file: str) -> str:
    if not layer.crs:
        mend = "put the .prj beside it, or save it as GeoPackage or GeoJSON with its coordinate reference system"
        raise GeoError(f"{file}: the file does not say its coordinate reference system; {mend}")
    try:
        crs = check_crs(layer.crs)
        return LONGITUDE_LATITUDE if crs == "OGC:CRS84" else crs
    except GeoError as error:
        raise GeoError(f"{file}: {error}") from None


def _shapes(layer: Layer, file: str, limits: FileLimits) -> Shapes:
    """The outlines as polygons and multipolygons. A point or line beside a polygon (a label) is left out."""
    shapes: Shapes = np.empty(len(layer.geometries), dtype=object)
    for index, wkb in enumerate(layer.geometries):
        shape = shapely.from_wkb(wkb) if wkb else None
        parts = shapely.get_parts(shapely.get_parts(shape)) if shape is not None else np.empty(0, dtype=object)
        polygons = parts[shapely.get_type_id(parts) == shapely.GeometryType.POLYGON]
        if not polygons.size:
            raise GeoError(
                f"{file}: area {index + 1} has no shape with an area; give it one or take it out of the file"
            )
        shapes[index] = polygons[0] if polygons.size == 1 else shapely.MultiPolygon(list(polygons))
    if not np.isfinite(shapely.get_coordinates(shapes)).all():
        raise GeoError(f"{file}: a coordinate is not a finite number; save the file afresh")
    counts = shapely.get_num_coordinates(shapes)
    if counts.max() > limits.vertices_per_area or counts.sum() > limits.vertices:
        raise GeoError(f"{file}: area {int(counts.argmax()) + 1} has too many vertices; use generalised outlines")
    return shapes


def _check_possible(shapes: Shapes, crs: str, file: str, timezone: str | None) -> None:
    """Refuse outlines that cannot lie where their system says."""
    x, y = shapely.get_coordinates(shapes).T
    share = plausible_share(x, y, crs, timezone=timezone)
    impossible = f"{file}: the coordinates cannot be {crs}; correct the file's coordinate reference system"
    if share is None or share <= 0.5:  # most of them
        raise GeoError(f"{impossible}, or exchange x and y")
    middle_x, middle_y = (np.array([(values.min() + values.max()) / 2]) for values in (x, y))
    longitude, latitude = to_crs(middle_x, middle_y, source=crs, target=LONGITUDE_LATITUDE)
    if not (np.isfinite(longitude).all() and np.isfinite(latitude).all()):
        raise GeoError(impossible)
    target = metric_crs(float(longitude[0]), float(latitude[0]))
    if not all(np.isfinite(values).all() for values in to_crs(x, y, source=crs, target=target)):
        raise GeoError(impossible)


def _repaired(shapes: Shapes, file: str) -> tuple[Shapes, int]:
    """The outlines, all of them valid, and how many were not."""
    broken = ~shapely.is_valid(shapes)
    shapes[broken] = shapely.make_valid(shapes[broken], method="structure", keep_collapsed=False)
    if (flat := shapely.area(shapes) == 0).any():
        number = int(flat.argmax()) + 1
        raise GeoError(f"{file}: area {number} has an outline without any area; redraw it or take it out")
    return shapes, int(broken.sum())


def _groups(codes: Sequence[str]) -> dict[str, list[int]]:
    """For each code, in order of code, where it stands in the file."""
    groups: dict[str, list[int]] = {}
    for index, code in sorted(enumerate(codes), key=lambda entry: entry[1]):
        groups.setdefault(code, []).append(index)
    return groups


def _one(values: Sequence[V], rows: Sequence[int], what: str, file: str) -> V:
    """The value that all rows of one code share."""
    for row in rows[1:]:
        if values[row] != values[rows[0]]:
            where = f"areas {rows[0] + 1} and {row + 1}"
            raise GeoError(f"{file}: {where} have one code and two {what}; give each area a code of its own")
    return values[rows[0]]


def _populations(layer: Layer, column: str, groups: dict[str, list[int]], file: str) -> tuple[float | None, ...]:
    values = [_number(value, column, number, file) for number, value in enumerate(layer.columns[column], start=1)]
    return tuple(_one(values, rows, "populations", file) for rows in groups.values())


def _number(value: object, column: str, number: int, file: str) -> float | None:
    if value is None or value == "" or value != value:  # an unknown number reads as NaN
        return None
    try:
        count = float(value)  # type: ignore[arg-type]
    except (TypeError, ValueError, OverflowError):
        count = -1.0
    if not 0 <= count < float("inf"):
        raise GeoError(f"{file}: area {number} has no number in the column {column}; correct it or leave it empty")
    return count


def _joined(shapes: Shapes, groups: dict[str, list[int]]) -> Shapes:
    joined: Shapes = np.empty(len(groups), dtype=object)
    for place, rows in enumerate(groups.values()):
        joined[place] = shapes[rows[0]] if len(rows) == 1 else shapely.union_all(shapes[rows])
    return joined
