"""Birmingham: incidents generated inside real wards are found in the right one, in both vintages."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from pathlib import Path

import numpy as np
import polars as pl
import pytest
import shapely

from analysis import assumptions
from analysis.build import make_build
from tests.real.extracts import DATA, needs_extracts

pytestmark = needs_extracts
NEW, OLD = "birmingham_wards_2018_69.geojson", "birmingham_wards_pre2018_40.geojson"


def _points_inside(file: str, code: str, each: int) -> pl.DataFrame:
    """Points at least a few metres inside each ward of a file, in longitude and latitude."""
    rng = np.random.default_rng(7)
    found = []
    for feature in json.loads((DATA / "boundaries" / file).read_text())["features"]:
        inner = shapely.geometry.shape(feature["geometry"]).buffer(-0.00005)
        west, south, east, north = inner.bounds
        x, y = rng.uniform(west, east, 400), rng.uniform(south, north, 400)
        inside = np.flatnonzero(shapely.contains_xy(inner, x, y))[:each]
        found += [(feature["properties"][code], x[place], y[place]) for place in inside]
    return pl.DataFrame(found, schema=["expected", "x", "y"], orient="row")


@pytest.mark.parametrize(
    ("file", "code", "name", "day", "wards"),
    [
        (NEW, "ward_code", "ward_name", date(2019, 1, 1), 69),
        (OLD, "WD13CD", "WD13NM", date(2013, 12, 1), 40),
    ],
)
def test_incidents_generated_inside_a_ward_are_found_in_it_on_their_day(
    tmp_path: Path, file: str, code: str, name: str, day: date, wards: int
) -> None:
    points = _points_inside(file, code, each=20)
    points.select(
        pl.format("L{}", pl.int_range(pl.len())).alias("incident_id"), pl.lit(str(day)).alias("received_at"), "x", "y"
    ).write_csv(tmp_path / "incidents.csv")
    (tmp_path / "sources.toml").write_text(f"""
[[feed]]
table = "incidents"
files = ["incidents.csv"]
crs = "EPSG:4326"
[[boundaries.ward]]
file = "{(DATA / "boundaries" / OLD).as_posix()}"
code = "WD13CD"
name = "WD13NM"
[[boundaries.ward]]
file = "{(DATA / "boundaries" / NEW).as_posix()}"
code = "ward_code"
name = "ward_name"
valid_from = 2018-05-03
""")
    build = make_build(
        tmp_path / "sources.toml", tmp_path / "store", assumptions=assumptions.load(), built_at=datetime.now(UTC)
    ).build
    assert build.frame("incidents")["ward_code"].to_list() == points["expected"].to_list()
    assert points["expected"].n_unique() == wards
