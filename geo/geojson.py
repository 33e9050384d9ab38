"""What does a GeoJSON or TopoJSON text hold? Read with the standard library: JSON opens no other file."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any, NoReturn

import numpy as np
import shapely
from numpy.typing import NDArray

from geo.errors import GeoError
from geo.layer import FileLimits, Layer
from geo.projection import LONGITUDE_LATITUDE

Ring = NDArray[np.float64]
_MALFORMED = (KeyError, TypeError, ValueError, OverflowError, IndexError, AttributeError)
_AGAIN = "save it afresh from the program it came from"


def layers_of_json(text: bytes, name: str, columns: Sequence[str], limits: FileLimits) -> tuple[Layer, ...]:
    """The layers of a GeoJSON FeatureCollection (one) or a TopoJSON Topology (one an object).

    Without a `crs` member the system is longitude and latitude (RFC 7946); with one, it is honoured.

    Raises:
        GeoError: the text is no JSON, or no such collection, or a shape in it is missing, open or not finite.
    """
    try:
        document = json.loads(text.decode("utf-8"), parse_constant=_not_finite)
    except RecursionError:
        raise GeoError(f"{name}: the JSON is nested too deeply to be boundaries; {_AGAIN}") from None
    except ValueError:
        raise GeoError(f"{name}: the file is no valid JSON in UTF-8 (or holds NaN or Infinity); {_AGAIN}") from None
    kind = document.get("type")
    if kind == "FeatureCollection":
        features = _list(document, "features", name)
        return (_layer(name, "", features, columns, crs=_crs(document, name), ring=_plain_ring, limits=limits),)
    if kind == "Topology":
        return _topology(document, name, columns, limits)
    raise GeoError(f"{name}: the JSON is neither a FeatureCollection nor a Topology; save it as GeoJSON")


def _not_finite(constant: str) -> NoReturn:
    raise ValueError(constant)


def _list(holder: Mapping[str, Any], member: str, name: str) -> list[Any]:
    found = holder.get(member)
    if not isinstance(found, list):
        raise GeoError(f'{name}: the list "{member}" is missing; {_AGAIN}')
    return found


def _crs(holder: Mapping[str, Any], name: str) -> str:
    if "crs" not in holder:
        return LONGITUDE_LATITUDE
    try:
        return str(holder["crs"]["properties"]["name"])
    except _MALFORMED:
        mend = "name it in the file, or save the file in longitude and latitude without the member"
        raise GeoError(f'{name}: its "crs" member names no coordinate reference system; {mend}') from None


def _layer(
    name: str,
    layer: str,
    features: Sequence[Any],
    columns: Sequence[str],
    *,
    crs: str,
    ring: Callable[[Any], Ring],
    limits: FileLimits,
) -> Layer:
    """A layer of features, whose rings are made of their JSON by `ring`."""
    rows = [_properties(feature, name, number) for number, feature in enumerate(features, start=1)]
    fields = tuple(dict.fromkeys(field for row in rows for field in row))
    if not set(columns) <= set(fields):
        return Layer(layer, fields, crs, {}, ())
    geometries, vertices = [], 0
    for number, feature in enumerate(features, start=1):
        shape = _shape(feature, ring, name, number)
        count = int(shapely.get_num_coordinates(shape))
        vertices += count
        if count > limits.vertices_per_area or vertices > limits.vertices:
            raise GeoError(f"{name}: area {number} has too many vertices; use generalised outlines")
        geometries.append(bytes(shapely.to_wkb(shape)))
    held = {column: tuple(row.get(column) for row in rows) for column in columns}
    return Layer(layer, fields, crs, held, tuple(geometries))


def _properties(feature: object, name: str, number: int) -> dict[str, object]:
    """A feature's own columns; its id is one of them where no property is called so."""
    if not isinstance(feature, dict):
        raise GeoError(f"{name}: area {number} is no feature; {_AGAIN}")
    properties = feature.get("properties") or {}
    if not isinstance(properties, dict):
        raise GeoError(f"{name}: area {number} has no list of properties; {_AGAIN}")
    return ({"id": feature["id"]} if "id" in feature else {}) | properties


def _shape(feature: Mapping[str, Any], ring: Callable[[Any], Ring], name: str, number: int) -> shapely.Geometry:
    geometry = feature.get("geometry")
    if not isinstance(geometry, dict):
        raise GeoError(f"{name}: area {number} has no shape; give it one or take it out of the file")
    try:
        polygons = {"Polygon": lambda parts: [parts], "MultiPolygon": list}[geometry["type"]](geometry["coordinates"])
        built = [shapely.Polygon(*_rings(polygon, ring)) for polygon in polygons]
        if not built:
            raise ValueError("no polygon")
        return built[0] if len(built) == 1 else shapely.MultiPolygon(built)
    except (*_MALFORMED, shapely.errors.GEOSException):
        expected = "one or several polygons of closed rings with finite coordinates"
        raise GeoError(f"{name}: area {number} is not {expected}; repair it or take it out of the file") from None


def _rings(polygon: Sequence[Any], ring: Callable[[Any], Ring]) -> tuple[Ring, list[Ring]]:
    outline, *holes = [_checked(ring(part)) for part in polygon]
    return outline, holes


def _checked(ring: Ring) -> Ring:
    if ring.ndim != 2 or ring.shape[0] < 4 or ring.shape[1] < 2:
        raise ValueError("a ring has at least four positions")
    ring = ring[:, :2]
    if not np.isfinite(ring).all() or not np.array_equal(ring[0], ring[-1]):
        raise ValueError("a ring is closed and finite")
    return ring


def _plain_ring(coordinates: Any) -> Ring:  # noqa: ANN401 - JSON
    return np.asarray(coordinates, dtype=np.float64)


def _topology(document: Mapping[str, Any], name: str, columns: Sequence[str], limits: FileLimits) -> tuple[Layer, ...]:
    """A layer for each object of a topology, its arcs joined to rings (TopoJSON 1.0, sections 2.1.3 and 2.1.4)."""
    try:
        arcs = _arcs(document)
        objects = {key: value for key, value in document["objects"].items() if isinstance(value, dict)}
    except _MALFORMED:
        raise GeoError(f"{name}: the arcs or objects of the topology are damaged; {_AGAIN}") from None
    layers = []
    for key, value in objects.items():
        members = _list(value, "geometries", name) if value.get("type") == "GeometryCollection" else [value]
        features = [_feature(member) for member in members]
        crs = _crs(value if "crs" in value else document, name)
        layers.append(_layer(name, str(key), features, columns, crs=crs, ring=_joiner(arcs, limits), limits=limits))
    return tuple(layers)


def _arcs(document: Mapping[str, Any]) -> list[Ring]:
    """The arcs in the file's coordinates: quantised ones are sums of steps, scaled and moved."""
    arcs = [np.asarray(arc, dtype=np.float64)[:, :2] for arc in document["arcs"]]
    if "transform" not in document:
        return arcs
    scale, translate = (np.asarray(document["transform"][part], dtype=np.float64) for part in ("scale", "translate"))
    if scale.shape != (2,) or translate.shape != (2,):
        raise ValueError("a transform has two scales and two shifts")
    return [np.cumsum(arc, axis=0) * scale + translate for arc in arcs]


def _feature(member: object) -> object:
    """A member of a topology written as a feature, its arc numbers in place of coordinates."""
    if not isinstance(member, dict):
        return member
    geometry = {"type": member.get("type"), "coordinates": member.get("arcs")} if member.get("type") else None
    kept = {key: member[key] for key in ("id", "properties") if key in member}
    return kept | {"geometry": geometry}


def _joiner(arcs: Sequence[Ring], limits: FileLimits) -> Callable[[Any], Ring]:
    """Joins arcs, given by number, to a ring; a number below zero is an arc read backwards."""

    def join(numbers: Any) -> Ring:  # noqa: ANN401 - JSON
        parts = [arcs[number] if number >= 0 else arcs[~number][::-1] for number in numbers]
        if sum(map(len, parts)) > limits.vertices_per_area + len(parts):  # a short text can name one long arc often
            raise ValueError("too many vertices")
        return np.concatenate([parts[0], *(part[1:] for part in parts[1:])])

    return join
