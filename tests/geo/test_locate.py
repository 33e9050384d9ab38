from __future__ import annotations

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.boundaries import Boundaries
from geo.locate import locate
from tests.geo.builders import areas
from tests.geo.oracles import area_of_point

TWO = areas(shapely.box(0, 0, 10, 10), shapely.box(10, 0, 20, 10))


def found(points: list[tuple[float, float]], boundaries: Boundaries) -> list[int]:
    x, y = np.array(points, dtype=np.float64).reshape(-1, 2).T
    return locate(x, y, boundaries).tolist()


def test_a_point_is_in_the_area_around_it() -> None:
    assert found([(5, 5), (15, 5)], TWO) == [0, 1]


def test_a_point_outside_all_areas_is_in_none() -> None:
    assert found([(5, 11), (-0.001, 5), (20.001, 5)], TWO) == [-1, -1, -1]


@pytest.mark.parametrize("point", [(10, 5), (10, 0), (10, 10)], ids=["edge", "lower corner", "upper corner"])
def test_a_point_on_a_shared_edge_belongs_to_the_lowest_code(point: tuple[float, float]) -> None:
    assert found([point], TWO) == [0]


def test_a_point_on_an_outer_edge_or_corner_is_inside() -> None:
    assert found([(0, 5), (20, 5), (15, 0), (0, 0), (20, 10)], TWO) == [0, 1, 1, 0, 1]


def test_a_point_in_an_overlap_belongs_to_the_lowest_code() -> None:
    assert found([(5, 5)], areas(shapely.box(4, 4, 6, 6), shapely.box(0, 0, 10, 10))) == [0]
    assert found([(5, 5)], areas(shapely.box(0, 0, 10, 10), shapely.box(4, 4, 6, 6))) == [0]


def test_a_point_in_a_hole_is_outside_and_on_its_edge_inside() -> None:
    ring = areas(shapely.box(0, 0, 10, 10).difference(shapely.box(4, 4, 6, 6)))
    assert found([(5, 5), (4, 5)], ring) == [-1, 0]


def test_each_part_of_an_area_in_parts_counts() -> None:
    parts = areas(shapely.MultiPolygon([shapely.box(0, 0, 1, 1), shapely.box(8, 8, 9, 9)]))
    assert found([(0.5, 0.5), (8.5, 8.5), (5, 5)], parts) == [0, 0, -1]


def test_a_point_with_a_missing_coordinate_is_in_no_area() -> None:
    nan, infinite = float("nan"), float("inf")
    assert found([(nan, 5), (5, nan), (infinite, 5), (5, -infinite), (5, 5)], TWO) == [-1, -1, -1, -1, 0]


def test_no_points_are_in_no_areas() -> None:
    located = locate(np.array([]), np.array([]), TWO)
    assert (located.tolist(), str(located.dtype)) == ([], "int32")


def test_the_outlines_are_left_unprepared_for_other_threads() -> None:
    fresh = areas(shapely.box(0, 0, 10, 10))
    found([(5, 5)], fresh)
    assert not shapely.is_prepared(fresh.geometries).any()


# ---- against the oracle ----

steps = st.integers(0, 12).map(lambda n: n / 4)  # a coarse lattice: points meet vertices and edges often
corners = st.tuples(steps, steps)
polygons = (
    st.lists(corners, min_size=3, max_size=7, unique=True)
    .map(lambda ring: shapely.make_valid(shapely.Polygon(ring), method="structure", keep_collapsed=False))
    .filter(lambda shape: shape.area > 0)
)


def with_vertices_and_midpoints(drawn: list[tuple[float, float]], shapes: list[shapely.Geometry]) -> np.ndarray:
    vertices = shapely.get_coordinates(shapes)
    midpoints = (vertices[:-1] + vertices[1:]) / 2
    return np.vstack([np.array(drawn, dtype=np.float64).reshape(-1, 2), vertices, midpoints])


@settings(max_examples=60, deadline=None)
@given(st.lists(polygons, min_size=1, max_size=5), st.lists(corners, max_size=20))
def test_every_point_is_where_a_plain_search_finds_it(
    shapes: list[shapely.Geometry], drawn: list[tuple[float, float]]
) -> None:
    points, boundaries = with_vertices_and_midpoints(drawn, shapes), areas(*shapes)
    assert locate(points[:, 0], points[:, 1], boundaries).tolist() == [
        area_of_point(x, y, boundaries) for x, y in points
    ]


@settings(max_examples=40, deadline=None)
@given(st.lists(polygons, min_size=1, max_size=3), st.floats(-1, 4), st.floats(-1, 4))
def test_any_number_is_a_place(shapes: list[shapely.Geometry], x: float, y: float) -> None:
    boundaries = areas(*shapes)
    assert found([(x, y)], boundaries) == [area_of_point(x, y, boundaries)]


@settings(max_examples=25, deadline=None)
@given(st.lists(polygons, min_size=1, max_size=4), st.lists(corners, min_size=2, max_size=20), st.randoms())
def test_the_order_of_the_points_never_matters(
    shapes: list[shapely.Geometry], drawn: list[tuple[float, float]], chance: object
) -> None:
    boundaries = areas(*shapes)
    shuffled = list(drawn)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    assert dict(zip(shuffled, found(shuffled, boundaries), strict=True)) == dict(
        zip(drawn, found(drawn, boundaries), strict=True)
    )


def test_a_point_on_an_edge_drawn_in_degrees_is_on_that_edge() -> None:
    # A straight edge in degrees is a curve in metres: half-way along it a point would slip to one side.
    west, east = shapely.box(-1.95, 52.40, -1.90, 52.45), shapely.box(-1.90, 52.40, -1.85, 52.45)
    north = shapely.box(-1.95, 52.45, -1.85, 52.50)
    boundaries = areas(east, west, north, codes=("A", "B", "C"), crs="EPSG:4326")
    found = locate(np.array([-1.90, -1.925, -1.875]), np.array([52.425, 52.45, 52.45]), boundaries)
    assert [boundaries.codes[place] for place in found] == ["A", "B", "A"]
