"""Real extracts and boundaries that lie beside the project, and the sources.toml that maps them."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

DATA = Path(__file__).parents[3] / "shared" / "data"
SAN_FRANCISCO = DATA / "calls" / "sf_fire_calls_for_service_2020_unit_level.csv"
VIRGINIA_BEACH = DATA / "calls" / "virginia_beach_ems_ungeocoded_2017_18.csv"

needs_extracts = [
    pytest.mark.real_data,
    pytest.mark.skipif(not DATA.exists(), reason="the published extracts are not beside the project"),
]

SAN_FRANCISCO_SOURCES = """
[force]
name = "San Francisco Fire Department (published extract)"
timezone = "America/Los_Angeles"

[[feed]]
table = "incidents"
files = ["calls.csv"]
datetime_format = "%m/%d/%Y %I:%M:%S %p"
[feed.columns]
incident_id = "Call Number"
received_at = "Received DtTm"
address = "Address"
postcode = "Zipcode of Incident"
neighbourhood_code = "Neighborhooods - Analysis Boundaries"
grade = "Final Priority"
opening_code = "Call Type"
[feed.values.grade]
3 = "immediate"
2 = "early"

[[feed]]
table = "deployments"
files = ["calls.csv"]
datetime_format = "%m/%d/%Y %I:%M:%S %p"
[feed.columns]
incident_id = "Call Number"
callsign = "Unit ID"
assigned_at = "Dispatch DtTm"
en_route_at = "Response DtTm"
at_scene_at = "On Scene DtTm"
cleared_at = "Available DtTm"
"""

VIRGINIA_BEACH_SOURCES = """
[force]
name = "Virginia Beach EMS (published extract)"
timezone = "America/New_York"

[[feed]]
table = "incidents"
files = ["calls.csv"]
datetime_format = "%m/%d/%y %H:%M"
crs = "EPSG:4326"
[feed.columns]
incident_id = "EMSCallNumber"
received_at = "CallDateandTime"
closed_at = "CloseDateandTime"
address = "BlockAddress"
postcode = "Zipcode"
x = "X"
y = "Y"

[[feed]]
table = "deployments"
files = ["calls.csv"]
datetime_format = "%m/%d/%y %H:%M"
[feed.columns]
incident_id = "EMSCallNumber"
callsign = "RescueSquad.Number"
assigned_at = "DispatchDateandTime"
en_route_at = "EnrouteDateandTime"
at_scene_at = "OnSceneDateandTime"
cleared_at = "CloseDateandTime"
[feed.values.callsign]
NA = ""
[feed.values.assigned_at]
NA = ""
[feed.values.en_route_at]
NA = ""
[feed.values.at_scene_at]
NA = ""
"""


def lay_out(folder: Path, extract: Path, sources: str) -> Path:
    """The extract under a plain name beside its sources.toml; returns the latter."""
    shutil.copy(extract, folder / "calls.csv")
    file = folder / "sources.toml"
    file.write_text(sources, encoding="utf-8")
    return file
