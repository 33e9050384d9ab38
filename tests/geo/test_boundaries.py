from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import shapely

from geo.boundaries import Boundaries, read_boundaries
from geo.errors import GeoError
from tests.geo.builders import EAST, WEST, collection, feature, square, written


def read(file: Path, **columns: str) -> Boundaries:
    columns = {"code": "code", "name": "name"} | columns
    return read_boundaries(file, **columns)  # type: ignore[arg-type]


def two_squares() -> dict[str, object]:
    return collection(
        feature(square(EAST), code="N2", name="East", sector="S1", people=4200),
        feature(square(WEST), code="N1", name="West", sector="S1", people=None),
    )


def test_areas_come_in_order_of_code(tmp_path: Path) -> None:
    assert read(written(tmp_path, two_squares())).codes == ("N1", "N2")


def test_names_sectors_and_populations_go_with_their_codes(tmp_path: Path) -> None:
    found = read(written(tmp_path, two_squares()), sector="sector", population="people")
    assert (found.names, found.sectors, found.populations) == (("West", "East"), ("S1", "S1"), (None, 4200.0))


def test_sectors_and_populations_not_asked_for_are_not_there(tmp_path: Path) -> None:
    found = read(written(tmp_path, two_squares()))
    assert (found.sectors, found.populations) == (None, None)


def test_outlines_in_national_grid_are_kept_to_the_last_digit(tmp_path: Path) -> None:
    found = read(written(tmp_path, two_squares()))
    assert shapely.bounds(found.geometries).tolist() == [
        [407000, 287000, 408000, 288000],
        [408000, 287000, 409000, 288000],
    ]


def test_outlines_without_a_crs_member_are_longitude_and_latitude(tmp_path: Path) -> None:
    # The worked example of "A guide to coordinate systems in Great Britain" (Ordnance Survey): TG 51409 13177.
    ring = square((1.716053, 52.657978), side=0.001)
    found = read(written(tmp_path, collection(feature(ring, code="N1", name="Caister"), crs=None)))
    assert found.crs == "EPSG:4326"
    assert found.in_metres().crs == "EPSG:27700"
    assert shapely.get_coordinates(found.in_metres().geometries)[0] == pytest.approx([651410, 313177], abs=5)


def test_outlines_outside_britain_are_measured_in_their_utm_zone(tmp_path: Path) -> None:
    ring = square((-122.42, 37.77), side=0.01)
    found = read(written(tmp_path, collection(feature(ring, code="N1", name="Mission"), crs=None)))
    found = found.in_metres()
    assert found.crs == "EPSG:32610"
    # 0.01° of latitude is 1,110 m, of longitude at 37.775° N 881 m
    assert shapely.area(found.geometries)[0] == pytest.approx(1110 * 881, rel=0.002)


def test_a_numeric_code_is_written_without_a_point(tmp_path: Path) -> None:
    document = collection(feature(square(WEST), code=7, name="x"), feature(square(EAST), code=8.0, name="y"))
    assert read(written(tmp_path, document)).codes == ("7", "8")


def test_an_area_without_a_name_is_called_by_its_code(tmp_path: Path) -> None:
    assert read(written(tmp_path, collection(feature(square(WEST), code="N1", name=None)))).names == ("N1",)


def test_one_column_may_be_both_code_and_name(tmp_path: Path) -> None:
    found = read(written(tmp_path, two_squares()), name="code")
    assert found.names == found.codes == ("N1", "N2")


def test_the_feature_id_can_be_the_code(tmp_path: Path) -> None:
    document = collection(feature(square(WEST), name="x") | {"id": "N9"})
    assert read(written(tmp_path, document), code="id").codes == ("N9",)


def test_parts_of_one_code_and_one_name_are_one_area(tmp_path: Path) -> None:
    document = collection(feature(square(WEST), code="N1", name="x"), feature(square(EAST), code="N1", name="x"))
    found = read(written(tmp_path, document))
    assert (found.codes, shapely.area(found.geometries).tolist()) == (("N1",), [2_000_000])


@pytest.mark.parametrize(("column", "told"), [("name", "names"), ("sector", "sectors"), ("people", "populations")])
def test_one_code_that_means_two_things_is_an_error(tmp_path: Path, column: str, told: str) -> None:
    same: dict[str, Any] = {"code": "N1", "name": "x", "sector": "S1", "people": 1}
    document = collection(feature(square(WEST), **same), feature(square(EAST), **(same | {column: 2})))
    with pytest.raises(GeoError, match=f"areas 1 and 2 have one code and two {told}"):
        read(written(tmp_path, document), sector="sector", population="people")


@pytest.mark.parametrize("missing", ["code", "name", "sector", "population"])
def test_a_missing_column_is_told_with_those_there_are(tmp_path: Path, missing: str) -> None:
    columns = {"code": "code", "name": "name", "sector": "sector", "population": "people"} | {missing: "WD24CD"}
    with pytest.raises(GeoError, match=r"areas\.geojson: .*no column WD24CD; .*: code, name, sector, people"):
        read(written(tmp_path, two_squares()), **columns)


@pytest.mark.parametrize("value", [None, "", "  ", 1.5, ["N1"]])
def test_an_area_without_a_code_is_an_error_that_says_which(tmp_path: Path, value: object) -> None:
    document = collection(feature(square(EAST), code="N1", name="x"), feature(square(WEST), code=value, name="x"))
    with pytest.raises(GeoError, match="area 2 has nothing in the column code"):
        read(written(tmp_path, document))


@pytest.mark.parametrize("value", ["many", -5, 1e999, [1]])
def test_a_population_that_is_no_number_of_people_is_an_error(tmp_path: Path, value: object) -> None:
    document = collection(feature(square(WEST), code="N1", name="x", people=str(value)))
    with pytest.raises(GeoError, match="area 1 has no number in the column people"):
        read(written(tmp_path, document), population="people")


def test_an_outline_that_crosses_itself_is_repaired_and_counted(tmp_path: Path) -> None:
    bow_tie = [[[407000, 287000], [408000, 288000], [408000, 287000], [407000, 288000], [407000, 287000]]]
    document = collection(feature(bow_tie, code="N1", name="x"), feature(square(EAST), code="N2", name="y"))
    found = read(written(tmp_path, document))
    assert (found.repaired, shapely.is_valid(found.geometries).all()) == (1, True)
    assert shapely.area(found.geometries)[0] == pytest.approx(500_000)


def test_a_repaired_outline_keeps_to_areas_and_drops_its_spike(tmp_path: Path) -> None:
    first, *others = square(WEST)[0]
    spiked = [[first, *others[:2], [408000, 290000], *others[1:]]]
    found = read(written(tmp_path, collection(feature(spiked, code="N1", name="x"))))
    assert found.geometries[0].equals(shapely.box(407000, 287000, 408000, 288000))


def test_an_outline_without_any_area_is_an_error(tmp_path: Path) -> None:
    line = [[[407000, 287000], [408000, 287000], [407500, 287000], [407000, 287000]]]
    with pytest.raises(GeoError, match="area 1 has an outline without any area"):
        read(written(tmp_path, collection(feature(line, code="N1", name="x"))))


def test_a_collection_without_areas_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(GeoError, match="no area in the file"):
        read(written(tmp_path, collection()))


@pytest.mark.parametrize("crs", ["EPSG:4326", "EPSG:3857"])
def test_a_system_that_cannot_be_true_is_an_error(tmp_path: Path, crs: str) -> None:
    corner = (407000, 287000) if crs == "EPSG:4326" else (-1.9, 52.4)
    document = collection(feature(square(corner, 0.1), code="N1", name="x"), crs=crs)
    with pytest.raises(GeoError, match=f"cannot be {crs}; correct"):
        read(written(tmp_path, document))


def test_exchanged_longitude_and_latitude_is_seen_where_the_time_zone_is_known(tmp_path: Path) -> None:
    file = written(tmp_path, collection(feature(square((52.4, -1.9), 0.1), code="N1", name="x"), crs=None))
    with pytest.raises(GeoError, match="exchange x and y"):
        read(file, timezone="Europe/London")


def test_boundaries_written_to_a_frame_come_back_the_same(tmp_path: Path) -> None:
    found = read(written(tmp_path, two_squares()), sector="sector", population="people")
    again = Boundaries.from_frame(found.to_frame().reverse(), found.crs)
    assert (again.codes, again.names, again.sectors, again.populations) == (
        found.codes, found.names, found.sectors, found.populations,
    )  # fmt: skip
    assert shapely.to_wkb(again.geometries).tolist() == shapely.to_wkb(found.geometries).tolist()


def test_a_frame_without_sectors_comes_back_without_sectors(tmp_path: Path) -> None:
    found = read(written(tmp_path, two_squares()))
    assert Boundaries.from_frame(found.to_frame(), found.crs).sectors is None
