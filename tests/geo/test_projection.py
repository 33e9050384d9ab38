from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.errors import GeoError
from geo.projection import check_crs, metric_crs, plausible_share, to_crs

BIRMINGHAM, SAN_FRANCISCO = (-1.89, 52.48), (-122.42, 37.77)


def share(points: list[tuple[float, float]], crs: str, timezone: str | None = None) -> float | None:
    x, y = np.array(points, dtype=np.float64).reshape(-1, 2).T
    return plausible_share(x, y, crs, timezone=timezone)


# ---- names ----


@pytest.mark.parametrize(
    "text",
    [
        "EPSG:27700",
        "epsg:27700",
        " EPSG:27700 ",
        "urn:ogc:def:crs:EPSG::27700",
        "http://www.opengis.net/def/crs/EPSG/0/27700",
    ],
)
def test_all_spellings_of_a_system_are_one(text: str) -> None:
    assert check_crs(text) == "EPSG:27700"


def test_the_text_of_a_prj_file_is_known_by_its_code() -> None:
    prj = (
        'PROJCS["British_National_Grid",GEOGCS["GCS_OSGB_1936",DATUM["D_OSGB_1936",SPHEROID["Airy_1830",6377563.396,'
        '299.3249646]],PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]],PROJECTION["Transverse_Mercator"],'
        'PARAMETER["False_Easting",400000.0],PARAMETER["False_Northing",-100000.0],PARAMETER["Central_Meridian",-2.0],'
        'PARAMETER["Scale_Factor",0.9996012717],PARAMETER["Latitude_Of_Origin",49.0],UNIT["Meter",1.0]]'
    )
    assert check_crs(prj) == "EPSG:27700"


@pytest.mark.parametrize(
    "text",
    ["", "  ", "EPSG:1", "27700", "BNG", "+proj=longlat", "+init=file:other", "/etc/passwd", "PROJCS[", "EPSG:5701"],
)
def test_a_system_that_is_missing_unknown_or_of_heights_is_an_error_with_a_mend(text: str) -> None:
    with pytest.raises(GeoError, match='such as "EPSG:27700"'):
        check_crs(text)


# ---- moving ----


def test_the_worked_example_of_ordnance_survey_comes_out_to_the_millimetre() -> None:
    # "A guide to coordinate systems in Great Britain", annexe C, on the Airy ellipsoid.
    longitude, latitude = 1 + 43 / 60 + 4.5177 / 3600, 52 + 39 / 60 + 27.2531 / 3600
    x, y = to_crs(np.array([longitude]), np.array([latitude]), source="EPSG:4277", target="EPSG:27700")
    assert (x[0], y[0]) == pytest.approx((651409.903, 313177.270), abs=0.002)


def test_from_gps_to_national_grid_is_within_the_stated_metres() -> None:
    # The same place as a GPS receiver gives it: 52°39'28.72" N, 1°42'57.79" E.
    x, y = to_crs(np.array([1.716053]), np.array([52.657978]), source="EPSG:4326", target="EPSG:27700")
    assert np.hypot(x[0] - 651409.903, y[0] - 313177.270) < 3


def test_within_one_system_nothing_moves() -> None:
    x, y = to_crs(np.array([0.1 + 0.2]), np.array([52.1]), source="EPSG:4326", target="urn:ogc:def:crs:EPSG::4326")
    assert (x[0], y[0]) == (0.1 + 0.2, 52.1)


def test_a_point_that_is_missing_or_cannot_be_placed_is_missing() -> None:
    x, y = to_crs(
        np.array([np.nan, -1.9, -1.9]), np.array([52.4, np.nan, 1e9]), source="EPSG:4326", target="EPSG:27700"
    )
    assert np.isnan(x).all()
    assert np.isnan(y).all()


@settings(max_examples=40, deadline=None)
@given(st.floats(100_000, 650_000), st.floats(20_000, 1_200_000))
def test_there_and_back_is_the_same_place(easting: float, northing: float) -> None:
    away = to_crs(np.array([easting]), np.array([northing]), source="EPSG:27700", target="EPSG:4326")
    x, y = to_crs(*away, source="EPSG:4326", target="EPSG:27700")
    assert (x[0], y[0]) == pytest.approx((easting, northing), abs=0.01)


# ---- what can be true ----


@pytest.mark.parametrize(
    ("point", "crs", "timezone"),
    [
        (BIRMINGHAM, "EPSG:4326", "Europe/London"),
        (SAN_FRANCISCO, "EPSG:4326", "America/Los_Angeles"),
        (SAN_FRANCISCO, "EPSG:4326", None),
        ((407000, 287000), "EPSG:27700", "Europe/London"),
        ((6005000, 2110000), "EPSG:2227", "America/Los_Angeles"),
        ((-76.0, 36.85), "EPSG:4326", "America/New_York"),
        ((87.6, 43.8), "EPSG:4326", "Asia/Shanghai"),
        ((8.0, 6.5), "EPSG:4326", "Africa/Lagos"),
        ((-150, 61), "EPSG:4326", "America/Anchorage"),
        ((178.4, -18.1), "EPSG:4326", "Pacific/Fiji"),
    ],
)
def test_a_real_place_in_its_own_system_is_possible(point: tuple[float, float], crs: str, timezone: str | None) -> None:
    assert share([point], crs, timezone) == 1


@pytest.mark.parametrize(
    ("point", "crs", "timezone"),
    [
        ((407000, 287000), "EPSG:4326", None),
        (BIRMINGHAM, "EPSG:27700", None),
        ((0.5, 51.2), "EPSG:27700", None),
        (SAN_FRANCISCO, "EPSG:27700", None),
        (BIRMINGHAM, "EPSG:3857", None),
        (BIRMINGHAM[::-1], "EPSG:4326", "Europe/London"),
        (SAN_FRANCISCO[::-1], "EPSG:4326", None),
        ((287000, 4070000), "EPSG:27700", None),
        ((1e308, 1e308), "EPSG:4326", None),
    ],
    ids=[
        "metres as degrees",
        "degrees as metres",
        "degrees in Kent as metres",
        "San Francisco as grid",
        "degrees as web map",
        "Birmingham exchanged",
        "San Francisco exchanged",
        "off the grid",
        "enormous",
    ],
)
def test_a_place_in_a_system_it_cannot_be_in_is_impossible(
    point: tuple[float, float], crs: str, timezone: str | None
) -> None:
    assert share([point], crs, timezone) == 0


def test_points_at_nought_and_missing_ones_do_not_count() -> None:
    nan = float("nan")
    assert share([(0, 0), (nan, 52), (-1.9, nan), (0, 0), BIRMINGHAM, (500, 500)], "EPSG:4326") == 0.5


def test_without_any_point_there_is_no_share() -> None:
    assert share([(0, 0), (0, 0)], "EPSG:4326", "America/New_York") is None


def test_a_time_zone_without_a_place_of_its_own_hinders_nothing() -> None:
    assert share([BIRMINGHAM], "EPSG:4326", "UTC") == 1


@pytest.mark.parametrize(
    ("place", "crs"),
    [
        (BIRMINGHAM, "EPSG:27700"),
        (SAN_FRANCISCO, "EPSG:32610"),
        ((151.2, -33.9), "EPSG:32756"),
        ((180, 0), "EPSG:32660"),
    ],
)
def test_shapes_are_kept_in_metres_that_fit_their_place(place: tuple[float, float], crs: str) -> None:
    assert metric_crs(*place) == crs
