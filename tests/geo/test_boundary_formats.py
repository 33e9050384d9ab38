"""Every format is read by its first bytes, and nothing but the file in hand is opened."""

from __future__ import annotations

import json
import sqlite3
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import shapely

from geo.boundaries import Boundaries, read_boundaries
from geo.child_process import run_in_child
from geo.errors import GeoError, ParseRefused
from geo.layer import FileLimits
from tests.geo.builders import EAST, WEST, collection, feature, square, written
from tests.geo.native_files import native_file

SHAPES = [shapely.Polygon(square(WEST)[0]), shapely.Polygon(square(EAST)[0])]
COLUMNS = {"code": ["N1", "N2"], "name": ["Small Heath", "Sparkbrook"]}
IN_DEGREES = [shapely.box(-1.9, 52.4, -1.8, 52.5), shapely.box(-1.8, 52.4, -1.7, 52.5)]


@cache
def parts(driver: str, extension: str, crs: str | None = "EPSG:27700", layers: int = 1) -> dict[str, bytes]:
    shapes = IN_DEGREES if crs == "EPSG:4326" else SHAPES
    wkb = [bytes(shapely.to_wkb(shape)) for shape in shapes]
    return run_in_child(native_file, driver, extension, wkb, COLUMNS, crs, layers)


def laid(folder: Path, contents: dict[str, bytes], main: str, name: str = "areas") -> Path:
    for extension, content in contents.items():
        (folder / f"{name}.{extension}").write_bytes(content)
    return folder / f"{name}.{main}"


def read(file: Path) -> Boundaries:
    return read_boundaries(file, code="code", name="name")


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


# ---- what is read ----


@pytest.mark.parametrize(("driver", "extension"), [("GPKG", "gpkg"), ("ESRI Shapefile", "shp")])
def test_a_native_file_gives_the_areas_it_was_written_from(tmp_path: Path, driver: str, extension: str) -> None:
    found = read(laid(tmp_path, parts(driver, extension), extension))
    assert (found.codes, found.names, found.crs) == (("N1", "N2"), ("Small Heath", "Sparkbrook"), "EPSG:27700")
    assert shapely.equals(found.geometries, SHAPES).all()


def test_a_kml_gives_the_areas_and_the_columns_of_its_extended_data(tmp_path: Path) -> None:
    file = laid(tmp_path, parts("LIBKML", "kml", "EPSG:4326"), "kml")
    found = read_boundaries(file, code="code", name="Name")
    # 0.1° by 0.1° at 52.45° N: 6,797 m by 11,128 m on the ellipsoid
    assert (found.codes, found.crs) == (("N1", "N2"), "EPSG:27700")
    assert shapely.area(found.geometries) == pytest.approx([6797 * 11128] * 2, rel=0.002)


def test_a_topology_joins_its_arcs_to_closed_rings(tmp_path: Path) -> None:
    found = read(written(tmp_path, topology(), "areas.topojson"))
    assert found.codes == ("N1", "N2")
    assert shapely.equals(found.geometries, SHAPES).all()


def test_a_topology_without_quantisation_holds_plain_positions(tmp_path: Path) -> None:
    ring = square(WEST)[0]
    members = {"geometries": [{"type": "Polygon", "properties": {"code": "N1", "name": "x"}, "arcs": [[0]]}]}
    crs = {"type": "name", "properties": {"name": "EPSG:27700"}}
    document = {
        "type": "Topology",
        "crs": crs,
        "arcs": [ring],
        "objects": {"w": {"type": "GeometryCollection"} | members},
    }
    assert read(written(tmp_path, document)).geometries[0].equals(SHAPES[0])


def test_a_byte_order_mark_before_json_does_no_harm(tmp_path: Path) -> None:
    file = tmp_path / "areas.geojson"
    file.write_bytes(b"\xef\xbb\xbf" + json.dumps(collection(feature(square(WEST), code="N1", name="x"))).encode())
    assert read(file).codes == ("N1",)


def test_the_first_bytes_count_and_not_the_name(tmp_path: Path) -> None:
    file = tmp_path / "wards.geojson"
    file.write_bytes(parts("GPKG", "gpkg")["gpkg"])
    assert read(file).codes == ("N1", "N2")


def test_a_height_beside_each_position_is_left_out(tmp_path: Path) -> None:
    ring = [[[*position, 120.0] for position in square(WEST)[0]]]
    assert not read(written(tmp_path, collection(feature(ring, code="N1", name="x")))).geometries[0].has_z


# ---- what is refused: files that would open others ----


VRT = """<OGRVRTDataSource><OGRVRTLayer name="areas"><SrcDataSource>{target}</SrcDataSource>
<SrcLayer>areas</SrcLayer></OGRVRTLayer></OGRVRTDataSource>"""


@pytest.mark.parametrize("name", ["x.geojson", "x.gpkg", "x.kml", "x.shp", "x.topojson", "x.vrt"])
def test_a_virtual_file_is_refused_whatever_it_is_called(tmp_path: Path, name: str) -> None:
    target = written(tmp_path, collection(feature(square(WEST), code="N1", name="x")), "target.geojson")
    with pytest.raises(GeoError, match="no boundary format that is read"):
        read(written(tmp_path, VRT.format(target=target), name))


def test_a_virtual_file_behind_a_kml_opens_nothing(tmp_path: Path) -> None:
    target = written(tmp_path, collection(feature(square((-1.9, 52.4), 0.1), code="N1", name="x"), crs=None), "t.json")
    polyglot = "<kml></kml>" + VRT.format(target=target)
    # Refused by the KML reader, as bad KML: the virtual one, which would have opened the target first, is not there.
    with pytest.raises(ParseRefused, match="DataSourceError"):
        read(written(tmp_path, polyglot, "areas.kml"))


@pytest.mark.parametrize(
    "inside",
    ['<!DOCTYPE kml [<!ENTITY x SYSTEM "file:///etc/hostname">]><kml>&x;</kml>', "<kml><NetworkLink/></kml>"],
    ids=["DTD", "network link"],
)
def test_a_kml_that_points_outside_itself_is_refused(tmp_path: Path, inside: str) -> None:
    with pytest.raises(GeoError, match="points outside itself"):
        read(written(tmp_path, f'<?xml version="1.0"?>\n<!-- a map -->{inside}', "areas.kml"))


def test_a_crs_that_is_a_link_is_refused(tmp_path: Path) -> None:
    link = {"crs": {"type": "link", "properties": {"href": "http://example.org/crs"}}}
    with pytest.raises(GeoError, match="names no coordinate reference system"):
        read(written(tmp_path, collection(feature(square(WEST), code="N1", name="x")) | link))


# ---- what is refused: damage, with the mend ----


def test_a_database_that_is_no_geopackage_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "wards.gpkg"
    connection = sqlite3.connect(file)
    connection.execute("CREATE TABLE wards (code TEXT)")
    connection.close()
    with pytest.raises(GeoError, match="a database but not a GeoPackage"):
        read(file)


def test_a_damaged_geopackage_is_refused_with_its_name(tmp_path: Path) -> None:
    content = parts("GPKG", "gpkg")["gpkg"]
    with pytest.raises(ParseRefused, match=r"areas\.gpkg: the file could not be read .* save it afresh"):
        read(laid(tmp_path, {"gpkg": content[:200] + bytes(len(content) - 200)}, "gpkg"))


@pytest.mark.parametrize("missing", ["shx", "dbf"])
def test_a_shapefile_without_its_other_files_names_them(tmp_path: Path, missing: str) -> None:
    contents = {name: part for name, part in parts("ESRI Shapefile", "shp").items() if name != missing}
    with pytest.raises(GeoError, match=rf"areas\.shp: .* put the \.{missing} beside it"):
        read(laid(tmp_path, contents, "shp"))


def test_a_shapefile_without_its_system_says_what_is_missing(tmp_path: Path) -> None:
    contents = {name: part for name, part in parts("ESRI Shapefile", "shp").items() if name != "prj"}
    with pytest.raises(GeoError, match=r"areas\.shp: .*does not say its coordinate reference system; put the \.prj"):
        read(laid(tmp_path, contents, "shp"))


def test_two_layers_that_would_both_do_are_an_error(tmp_path: Path) -> None:
    with pytest.raises(GeoError, match="2 layers have the column code; save the one"):
        read(laid(tmp_path, parts("GPKG", "gpkg", layers=2), "gpkg"))


def test_a_native_file_without_the_column_lists_those_it_has(tmp_path: Path) -> None:
    file = laid(tmp_path, parts("GPKG", "gpkg"), "gpkg")
    with pytest.raises(GeoError, match=r"areas\.gpkg: there is no column WD24CD; .*: code, name$"):
        read_boundaries(file, code="WD24CD", name="name")


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
