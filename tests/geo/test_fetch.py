from __future__ import annotations

import json
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from geo.boundaries import read_boundaries
from geo.errors import GeoError
from geo.fetch import LICENCE, fetch_wards, services_url, ward_collection, ward_service, wards_url
from tests.geo.builders import feature, square, written


def catalogue(*names: str) -> bytes:
    return json.dumps({"services": [{"name": name, "type": "FeatureServer"} for name in names]}).encode()


def answer(*codes: str, **members: Any) -> bytes:
    features = [feature(square((-1.9, 52.4), 0.1), WD24CD=code, WD24NM="x") for code in codes]
    return json.dumps({"type": "FeatureCollection", "features": features} | members).encode()


def test_the_query_asks_for_the_wards_of_one_authority_in_degrees() -> None:
    url = urlsplit(wards_url("Wards_December_2024_Boundaries_UK_BGC", "E08000025", 2024))
    assert (url.scheme, url.netloc) == ("https", "services1.arcgis.com")
    assert url.path.endswith("/Wards_December_2024_Boundaries_UK_BGC/FeatureServer/0/query")
    assert parse_qs(url.query) == {
        "where": ["LAD24CD='E08000025'"],
        "outFields": ["WD24CD,WD24NM,LAD24CD,LAD24NM"],
        "outSR": ["4326"],
        "f": ["geojson"],
    }


def test_the_catalogue_is_asked_for_over_https() -> None:
    assert services_url().startswith("https://services1.arcgis.com/")


@pytest.mark.parametrize("authority", ["Birmingham", "E0800002", "E08000025' OR '1'='1", "", "e08000025"])
def test_an_authority_that_is_no_code_is_an_error(authority: str, tmp_path: Path) -> None:
    with pytest.raises(GeoError, match="such as E08000025"):
        fetch_wards(authority, 2024, tmp_path / "wards.geojson")


@pytest.mark.parametrize("year", [24, 20244, -1])
def test_a_year_that_is_no_year_is_an_error(year: int, tmp_path: Path) -> None:
    with pytest.raises(GeoError, match="such as 2024"):
        fetch_wards("E08000025", year, tmp_path / "wards.geojson")


@pytest.mark.parametrize(
    ("names", "chosen"),
    [
        (["Wards_December_2024_Boundaries_UK_BGC", "Wards_December_2024_Boundaries_UK_BFC"], 0),
        (["Wards_May_2024_Boundaries_UK_BGC", "Wards_December_2024_Boundaries_UK_BGC"], 1),
        (["Wards_December_2024_Boundaries_EW_BGC", "Wards_May_2024_Boundaries_UK_BGC"], 1),
        (["WD_MAY_2024_UK_BGC", "WD_MAY_2023_UK_BGC", "WD24_LAD24_UK_LU"], 0),
    ],
    ids=["generalised outlines", "the latest month", "the whole kingdom", "the short spelling"],
)
def test_the_layer_of_a_year_is_chosen_from_the_catalogue(names: list[str], chosen: int) -> None:
    assert ward_service(catalogue(*names), 2024) == names[chosen]


def test_a_year_without_wards_is_told_with_the_years_there_are() -> None:
    with pytest.raises(GeoError, match="no wards of 2030; choose a year it has: 2022, 2024"):
        ward_service(catalogue("Wards_December_2024_Boundaries_UK_BGC", "Wards_December_2022_Boundaries_UK_BGC"), 2030)


@pytest.mark.parametrize("body", [b"<html>", b"[]", b"", b"[" * 100_000])
def test_an_answer_that_is_no_catalogue_is_an_error(body: bytes) -> None:
    with pytest.raises(GeoError, match="not JSON"):
        ward_service(body, 2024)


def test_wards_come_in_order_of_code_with_their_licence() -> None:
    found = ward_collection(answer("E05000002", "E05000001"), "E08000025", 2024)
    assert [ward["properties"]["WD24CD"] for ward in found["features"]] == ["E05000001", "E05000002"]
    assert found["attribution"] == LICENCE


def test_fetched_wards_can_be_read_as_boundaries(tmp_path: Path) -> None:
    file = written(tmp_path, ward_collection(answer("E05000001"), "E08000025", 2024))
    assert read_boundaries(file, code="WD24CD", name="WD24NM").codes == ("E05000001",)


@pytest.mark.parametrize(
    ("body", "told"),
    [
        (b'{"error": {"code": 400}}', "answered with an error"),
        (answer("E05000001", exceededTransferLimit=True), "cut its answer short"),
        (answer("E05000001", properties={"exceededTransferLimit": True}), "cut its answer short"),
        (answer(), "no wards of E08000025 in 2024"),
        (b'{"type": "FeatureCollection", "features": [{"properties": {}}]}', "no column WD24CD"),
    ],
    ids=["an error", "cut short", "cut short, as newer servers say it", "no ward", "no code"],
)
def test_an_answer_that_is_no_set_of_wards_is_an_error(body: bytes, told: str) -> None:
    with pytest.raises(GeoError, match=told):
        ward_collection(body, "E08000025", 2024)
