"""The published boundaries of Birmingham, beside the project."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import polars as pl
import pytest
import shapely

from geo.boundaries import Boundaries
from geo.locate import locate
from geo.shapes import area_overlap, display_geojson
from tests.geo.builders import PUBLISHED, published, reads_published_boundaries, wards_before_2018, wards_of_2018
from tests.geo.oracles import area_of_point

pytestmark = [pytest.mark.real_data, reads_published_boundaries]


@pytest.fixture(scope="module")
def new() -> Boundaries:
    return wards_of_2018()


@pytest.fixture(scope="module")
def old() -> Boundaries:
    return wards_before_2018()


def points_inside(geometry: shapely.Geometry, wanted: int, chance: np.random.Generator) -> np.ndarray:
    """Points well inside one area, found without the code under test."""
    west, south, east, north = geometry.bounds
    drawn = chance.uniform((west, south), (east, north), size=(wanted * 20, 2))
    return drawn[shapely.contains(geometry, shapely.points(drawn))][:wanted]


@pytest.mark.parametrize(("wards", "count"), [(wards_of_2018, 69), (wards_before_2018, 40)])
def test_incidents_made_inside_a_ward_are_found_in_it(wards: Callable[[], Boundaries], count: int) -> None:
    boundaries, chance = wards(), np.random.default_rng(20241202)
    made = [points_inside(geometry, 50, chance) for geometry in boundaries.geometries]
    truth = np.repeat(np.arange(len(made)), [len(points) for points in made])
    assert (len(boundaries), len(truth)) == (count, count * 50)
    points = np.vstack(made)
    assert locate(points[:, 0], points[:, 1], boundaries).tolist() == truth.tolist()


def test_the_wards_of_2018_measure_what_is_published(new: Boundaries) -> None:
    assert (new.crs, new.repaired, new.codes[0], new.codes[-1]) == ("EPSG:4326", 0, "E05011118", "E05011186")
    assert shapely.area(new.in_metres().geometries).sum() / 1e6 == pytest.approx(267.78, abs=0.01)


def test_geojson_and_geopackage_agree(new: Boundaries) -> None:
    grid = published("birmingham_wards_2018_69_bng27700.gpkg", "ward_code", "ward_name")
    assert (grid.codes, grid.names) == (new.codes, new.names)
    apart = shapely.hausdorff_distance(grid.geometries, new.in_metres().geometries)
    assert apart.max() < 3  # metres: one file was made with the OSTN15 grid, the other with seven parameters


def test_topojson_and_geojson_agree(old: Boundaries) -> None:
    topology = published("birmingham_wards_pre2018_40.topojson", "WD13CD", "WD13NM")
    assert (topology.codes, topology.names) == (old.codes, old.names)
    apart = shapely.area(shapely.symmetric_difference(topology.geometries, old.geometries)) / shapely.area(
        old.geometries
    )
    assert apart.max() < 0.01  # its outlines are rounded to a lattice


def test_vertices_and_midpoints_of_real_wards_are_where_a_plain_search_finds_them(new: Boundaries) -> None:
    vertices = np.vstack([shapely.get_coordinates(geometry)[:60:4] for geometry in new.geometries[:12]])
    points = np.vstack([vertices, (vertices[:-1] + vertices[1:]) / 2])
    assert locate(points[:, 0], points[:, 1], new).tolist() == [area_of_point(x, y, new) for x, y in points]


def test_a_point_in_a_sliver_of_two_wards_belongs_to_the_lower_code() -> None:
    wards = published("wm7_wards_2018_vintage_192.geojson", "ward_code", "ward_name")
    left, right = shapely.STRtree(wards.geometries).query(wards.geometries, predicate="overlaps")
    slivers = shapely.intersection(wards.geometries[left], wards.geometries[right])
    inside = shapely.point_on_surface(slivers[shapely.area(slivers) > 1e-10])  # square degrees, about a square metre
    found = locate(shapely.get_x(inside), shapely.get_y(inside), wards)
    first = [min(np.flatnonzero(shapely.covers(wards.geometries, point))) for point in inside]
    assert len(wards) == 192
    assert len(first) > 10
    assert found.tolist() == first


def test_invalid_outlines_are_repaired_without_loss() -> None:
    outlines = published("lsoa2011_birmingham.json", "LSOA11CD", "LSOA11NM")
    assert len(outlines) == 639
    assert outlines.repaired > 0
    assert shapely.is_valid(outlines.geometries).all()
    assert shapely.area(outlines.in_metres().geometries).sum() / 1e6 == pytest.approx(267.78, rel=0.001)


def test_shares_of_new_wards_in_old_ones_are_those_derived_before(new: Boundaries, old: Boundaries) -> None:
    table = pl.read_csv(PUBLISHED / "birmingham_ward_2018_to_pre2018_area_overlap.csv")
    wanted = table.select(a_code="ward_code", b_code="WD13CD", wanted="share_of_new")
    both = wanted.join(area_overlap(new, old), on=["a_code", "b_code"], how="left").with_columns(
        pl.col("share").fill_null(0)
    )
    assert (both["share"] - both["wanted"]).abs().max() == pytest.approx(0, abs=0.001)


def test_wards_drawn_for_the_map_leave_no_gap_between_them(new: Boundaries) -> None:
    features = display_geojson(new, tolerance_metres=20)["features"]
    drawn = [shapely.geometry.shape(feature["geometry"]) for feature in features]
    whole = shapely.union_all(drawn)
    assert whole.geom_type == "Polygon"
    assert len(whole.interiors) == 0
