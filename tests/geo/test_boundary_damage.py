"""A file that is damaged, or larger than it may be, says so and names the mend."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from geo.boundaries import Boundaries, read_boundaries
from geo.errors import GeoError
from geo.layer import FileLimits
from tests.geo.builders import EAST, WEST, collection, feature, square, topology, written


def read(file: Path) -> Boundaries:
    return read_boundaries(file, code="code", name="name")


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "is empty"),
        (b"PK\x03\x04rest", "zip archive; unpack it"),
        (b"code,name\n", "no boundary format"),
        (b"<html><body>Sign in</body></html>", "no boundary format"),
        ('{"type": "FeatureCollection"}'.encode("utf-16"), "no boundary format"),
        (b'{"type": "FeatureCollection", "features": [', "no valid JSON"),
        (b'{"type": "FeatureCollection", "features": "\xff"}', "no valid JSON in UTF-8"),
        (b'{"a":' * 100_000, "nested too deeply"),
        (b'{"type": "FeatureCollection"}', 'list "features" is missing'),
        (b'{"type": "FeatureCollection", "features": [7]}', "area 1 is no feature"),
        (b'{"type": "Point", "coordinates": [0, 0]}', "neither a FeatureCollection nor a Topology"),
    ],
    ids=["empty", "zip", "csv", "html", "utf-16", "cut short", "not utf-8", "deep", "no list", "no feature", "a point"],
)
def test_a_file_that_is_no_boundaries_says_so(tmp_path: Path, content: bytes, told: str) -> None:
    file = tmp_path / "areas.geojson"
    file.write_bytes(content)
    with pytest.raises(GeoError, match=rf"^areas\.geojson: .*{told}"):
        read(file)


def test_a_file_that_is_not_there_says_so(tmp_path: Path) -> None:
    with pytest.raises(GeoError, match=r"^wards\.geojson: there is no such file"):
        read(tmp_path / "wards.geojson")


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    with pytest.raises(GeoError, match="there is no such file"):
        read(tmp_path)


RING = square(WEST)[0]


@pytest.mark.parametrize(
    "geometry",
    [
        {"type": "Polygon", "coordinates": [RING[:-1]]},
        {"type": "Polygon", "coordinates": [[RING[0], RING[1], RING[0]]]},
        {"type": "Polygon", "coordinates": []},
        {"type": "MultiPolygon", "coordinates": []},
        {"type": "Polygon", "coordinates": [[[1], [2], [3], [1]]]},
        {"type": "Polygon", "coordinates": [[RING[0], [407000, "x"], RING[2], RING[0]]]},
        {"type": "Polygon", "coordinates": [[RING[0], [407000, 1e400], RING[2], RING[0]]]},
        {"type": "Polygon", "coordinates": None},
        {"type": "Point", "coordinates": RING[0]},
        {"type": "LineString", "coordinates": RING},
        {},
    ],
)
def test_an_outline_that_is_open_or_not_finite_is_an_error(tmp_path: Path, geometry: dict[str, Any]) -> None:
    document = collection({"type": "Feature", "properties": {"code": "N1", "name": "x"}, "geometry": geometry})
    text = json.dumps(document).replace("Infinity", "1e400")
    with pytest.raises(GeoError, match="area 1 is not one or several polygons of closed rings"):
        read(written(tmp_path, text))


def test_a_number_that_json_does_not_have_is_an_error(tmp_path: Path) -> None:
    document = collection(feature([[RING[0], [407000, float("nan")], RING[2], RING[0]]], code="N1", name="x"))
    with pytest.raises(GeoError, match="holds NaN or Infinity"):
        read(written(tmp_path, document))


def test_an_area_without_a_shape_is_an_error(tmp_path: Path) -> None:
    document = collection(feature(square(WEST), code="N1", name="x"), feature(square(EAST), code="N2", name="y"))
    document["features"][1]["geometry"] = None
    with pytest.raises(GeoError, match="area 2 has no shape"):
        read(written(tmp_path, document))


@pytest.mark.parametrize(
    "arcs", [[[0, 99]], [["0"]], [[0, 2]], [[]], None], ids=["absent", "text", "open", "none", "null"]
)
def test_a_topology_whose_arcs_make_no_ring_is_an_error(tmp_path: Path, arcs: object) -> None:
    document = topology()
    document["objects"]["wards"]["geometries"][0]["arcs"] = arcs
    with pytest.raises(GeoError, match="area 1 is not one or several polygons of closed rings"):
        read(written(tmp_path, document, "areas.topojson"))


@pytest.mark.parametrize("arcs", [None, [[1, 2]], [[["a", "b"]]]])
def test_a_topology_with_damaged_arcs_is_an_error(tmp_path: Path, arcs: object) -> None:
    with pytest.raises(GeoError, match="the arcs or objects of the topology are damaged"):
        read(written(tmp_path, topology(arcs=arcs), "areas.topojson"))


@pytest.mark.parametrize("crs", [None, {}, {"type": "name", "properties": {}}])
def test_a_crs_member_that_names_nothing_is_an_error(tmp_path: Path, crs: object) -> None:
    document = collection(feature(square(WEST), code="N1", name="x")) | {"crs": crs}
    with pytest.raises(GeoError, match="names no coordinate reference system"):
        read(written(tmp_path, document))


@pytest.mark.parametrize("crs", ["EPSG:99999", "Birmingham", "+proj=longlat +nadgrids=@/etc/passwd"])
def test_a_crs_that_is_not_known_is_an_error_with_the_file_and_the_mend(tmp_path: Path, crs: str) -> None:
    document = collection(feature(square(WEST), code="N1", name="x"))
    document["crs"] = {"type": "name", "properties": {"name": crs}}
    with pytest.raises(GeoError, match=r"^areas\.geojson: the coordinate reference system .*EPSG:27700"):
        read(written(tmp_path, document))


# ---- limits ----


def test_a_file_over_the_limit_is_refused_before_it_is_read(tmp_path: Path) -> None:
    file = written(tmp_path, collection(feature(square(WEST), code="N1", name="x")))
    with pytest.raises(GeoError, match="larger than 0 MB"):
        read_boundaries(file, code="code", name="name", limits=FileLimits(file_bytes=100))


def test_an_area_with_too_many_vertices_is_refused(tmp_path: Path) -> None:
    file = written(tmp_path, collection(feature(square(WEST), code="N1", name="x")))
    with pytest.raises(GeoError, match="area 1 has too many vertices"):
        read_boundaries(file, code="code", name="name", limits=FileLimits(vertices_per_area=4))


def test_too_many_vertices_in_all_are_refused(tmp_path: Path) -> None:
    file = written(tmp_path, collection(*(feature(square(WEST), code=code, name="x") for code in "ABC")))
    with pytest.raises(GeoError, match="area 3 has too many vertices"):
        read_boundaries(file, code="code", name="name", limits=FileLimits(vertices=14))


def test_a_short_text_that_names_one_arc_again_and_again_is_refused(tmp_path: Path) -> None:
    document = topology()
    document["objects"]["wards"]["geometries"][0]["arcs"] = [[0, 1] * 200_000]
    with pytest.raises(GeoError, match="area 1 is not"):
        read(written(tmp_path, document, "areas.topojson"))
