from __future__ import annotations

import json
import math

import numpy as np
import pytest
import shapely

from geo.shapes import area_overlap, centroids, display_geojson, view
from tests.geo.builders import EAST, WEST, areas

SQUARES = areas(shapely.box(*WEST, WEST[0] + 1000, WEST[1] + 1000), shapely.box(*EAST, EAST[0] + 1000, EAST[1] + 1000))


def wavy_pair() -> tuple[shapely.Polygon, shapely.Polygon]:
    """Two areas that share a crooked edge of 101 vertices."""
    shared = [(408000 + 30 * math.sin(n), 287000 + 10 * n) for n in range(101)]
    return (
        shapely.Polygon([(407000, 287000), *shared, (407000, 288000)]),
        shapely.Polygon([(409000, 287000), *shared, (409000, 288000)]),
    )


def drawn(collection: dict) -> np.ndarray:
    return np.array([shapely.from_geojson(json.dumps(feature["geometry"])) for feature in collection["features"]])


def test_each_area_is_drawn_with_its_code_and_name() -> None:
    found = display_geojson(SQUARES, tolerance_metres=10)
    assert [feature["properties"] for feature in found["features"]] == [
        {"code": "A00", "name": "A00"},
        {"code": "A01", "name": "A01"},
    ]


def test_outlines_are_in_degrees_of_five_decimals() -> None:
    positions = shapely.get_coordinates(drawn(display_geojson(SQUARES, tolerance_metres=10)))
    assert (positions == positions.round(5)).all()
    assert positions.mean(axis=0) == pytest.approx([-1.884, 52.484], abs=0.01)


def test_a_crooked_shared_edge_is_simplified_without_a_gap() -> None:
    found = drawn(display_geojson(areas(*wavy_pair()), tolerance_metres=100))
    assert shapely.get_num_coordinates(found).max() < 30
    assert shapely.union_all(found).geom_type == "Polygon"
    assert len(shapely.union_all(found).interiors) == 0
    assert shapely.area(shapely.intersection(found[0], found[1])) == 0


def test_areas_that_overlap_are_simplified_each_by_itself() -> None:
    west, east = wavy_pair()
    found = drawn(display_geojson(areas(west, shapely.union(west, east)), tolerance_metres=100))
    assert shapely.is_valid(found).all()
    assert shapely.get_num_coordinates(found).max() < 60


def test_drawing_leaves_the_outlines_as_they_were() -> None:
    before = shapely.to_wkb(SQUARES.geometries).tolist()
    display_geojson(SQUARES, tolerance_metres=0)
    assert shapely.to_wkb(SQUARES.geometries).tolist() == before


def pixels(longitude: float, latitude: float, zoom: float) -> tuple[float, float]:
    """Web Mercator by its textbook formula, in pixels of a world of 512 x 2^zoom."""
    world = 512 * 2**zoom
    north = math.log(math.tan(math.pi / 4 + math.radians(latitude) / 2))
    return world * (longitude + 180) / 360, world * (0.5 - north / (2 * math.pi))


@pytest.mark.parametrize(("width", "height"), [(800, 300), (300, 800), (390, 390)])
def test_the_view_just_holds_all_areas_with_a_margin(width: int, height: int) -> None:
    seen = view(SQUARES, width_px=width, height_px=height, margin_px=20)
    positions = shapely.get_coordinates(drawn(display_geojson(SQUARES, tolerance_metres=0)))
    middle = np.array(pixels(seen.longitude, seen.latitude, seen.zoom))
    offsets = np.abs(np.array([pixels(x, y, seen.zoom) for x, y in positions]) - middle)
    room = offsets.max(axis=0) / [(width - 40) / 2, (height - 40) / 2]
    assert room.max() == pytest.approx(1, abs=0.01)


def test_a_tiny_area_is_not_magnified_without_end() -> None:
    tiny = areas(shapely.box(407000, 287000, 407000.1, 287000.1))
    assert view(tiny, width_px=800, height_px=600, greatest_zoom=15).zoom == 15


def test_the_share_of_an_area_in_others_is_by_area() -> None:
    asked = areas(shapely.box(407750, 287000, 408250, 288000), codes=["X"])
    assert area_overlap(asked, SQUARES).rows() == [("X", "A00", 0.5), ("X", "A01", 0.5)]


def test_areas_that_only_touch_share_nothing() -> None:
    assert area_overlap(SQUARES, SQUARES).rows() == [("A00", "A00", 1.0), ("A01", "A01", 1.0)]


def test_overlaps_are_found_across_systems() -> None:
    degrees = drawn(display_geojson(SQUARES, tolerance_metres=0))
    overlap = area_overlap(SQUARES, areas(*degrees, crs="EPSG:4326"))
    assert overlap.filter(overlap["a_code"] == overlap["b_code"])["share"].to_list() == pytest.approx([1, 1], abs=0.01)


def test_the_middle_of_a_square_is_its_centroid() -> None:
    found = centroids(areas(shapely.box(-1.9, 52.4, -1.8, 52.5), crs="EPSG:4326"))
    assert found.row(0) == ("A00", pytest.approx(-1.85), pytest.approx(52.45))


def test_the_middle_of_a_bent_area_lies_inside_it() -> None:
    bent = shapely.Polygon([(0, 50), (0.1, 50), (0.1, 50.9), (2, 50.9), (2, 51), (0, 51)])
    _, longitude, latitude = centroids(areas(bent, crs="EPSG:4326")).row(0)
    assert not bent.covers(bent.centroid)
    assert bent.covers(shapely.Point(longitude, latitude))
