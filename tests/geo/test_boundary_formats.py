"""Every format is read by its first bytes, and nothing but the file in hand is opened."""

from __future__ import annotations

import json
import sqlite3
from functools import cache
from pathlib import Path

import pytest
import shapely

from geo.boundaries import Boundaries, read_boundaries
from geo.child_process import run_in_child
from geo.errors import GeoError, ParseRefused
from tests.geo.builders import EAST, WEST, collection, feature, square, topology, written
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


# ---- what is read ----


@pytest.mark.parametrize(("driver", "extension"), [("GPKG", "gpkg"), ("ESRI Shapefile", "shp")])
def test_a_native_file_gives_the_areas_it_was_written_from(tmp_path: Path, driver: str, extension: str) -> None:
    found = read(laid(tmp_path, parts(driver, extension), extension))
    assert (found.codes, found.names, found.crs) == (("N1", "N2"), ("Small Heath", "Sparkbrook"), "EPSG:27700")
    assert shapely.equals(found.geometries, SHAPES).all()


def test_a_kml_gives_the_areas_and_the_columns_of_its_extended_data(tmp_path: Path) -> None:
    file = laid(tmp_path, parts("LIBKML", "kml", "EPSG:4326"), "kml")
    found = read_boundaries(file, code="code", name="Name").in_metres()
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
