"""One small invented force with an answer by hand for every gap, and its build."""

from __future__ import annotations

import json
import shutil
from datetime import UTC, datetime
from pathlib import Path

from analysis.build import BuildResult, make_build
from analysis.questions.builds import load_assumptions
from analysis.store import Build
from tests.analysis.ingest.force import write

BUILT_AT = datetime(2013, 12, 2, 6, tzinfo=UTC)
SOURCES = """[force]
name = "Hand Force"
timezone = "Europe/London"
synthetic = true

[[feed]]
table = "incidents"
files = ["logs*.csv"]
crs = "EPSG:27700"

[[feed]]
table = "deployments"
files = ["units.csv"]

[[feed]]
table = "crimes"
files = ["crimes.csv"]
[feed.columns]
crime_ref = "crime"
outcome = "result"

[[feed]]
table = "places"
files = ["places.csv"]

[boundaries.ward]
file = "wards.geojson"
code = "code"
name = "name"
"""
HEADER = (
    "incident_id,received_at,x,y,neighbourhood_code,source,grade,is_domestic,"
    "caller_name,caller_phone,caller_role,duplicate_of\n"
)
# Two wards side by side from (400000, 280000), a kilometre each; L7 is in the hour that October repeats.
LOGS = HEADER + (
    "L1,2013-10-26T22:00,400500,280500,N1,999,early,yes,Jo Sandal,07700 900001,victim,\n"
    "L2,2013-10-26T23:00,401500,280500,N2,999,early,yes,Jo Sandal,07700 900001,victim,\n"
    "L3,2013-10-27T09:00,0,0,N1,101,early,no,Kit Ember,WITHHELD,unknown,\n"
    "L4,2013-10-27T10:00,,,N1,999,early,no,,0121 496 0001,unknown,\n"
    "L5,2013-10-27T11:00,430000,300000,,999,early,,Al Moss,07700 900005,witness,\n"
    "L6,2013-10-27T12:00,400600,280600,N1,officer,early,no,,,professional,\n"
    "L7,2013-10-27T01:30,400700,280700,N1,999,early,no,Bo Fern,07700 900007,subject,L99\n"
    "L8,2013-10-27T13:00,400600,280600,N1,999,sometimes,no,Al Moss,07700 900005,witness,L5\n"
    ",2013-10-27T14:00,400600,280600,N1,999,early,no,,,unknown,\n"
    "L9,yesterday,400600,280600,N1,999,early,no,,,unknown,\n"
)
UNITS = (
    "incident_id,officer_id,callsign,crew,assigned_at,cleared_at\n"
    "L1,O1,A1,,2013-10-26T22:10,2013-10-26T23:10\n"
    "L2,,A2,,2013-10-26T23:10,2013-10-26T23:40\n"
    "L3,O3,A3,,2013-10-27T09:10,\n"
    "L404,O4,A4,,2013-10-27T09:10,2013-10-27T09:20\n"
    "L6,O5,A5,,2013-10-27T12:10,2013-10-28T01:10\n"
    "L6,O6,A6,,2013-10-27T12:10,2013-10-27T12:00\n"
)
CRIMES = "crime,incident_id,offence_code\nC1,L2,8N\n"
PLACES = "kind,name,phone\nhospital,Fernbank,0121 496 0001\n"


def _square(west: int, code: str) -> dict[str, object]:
    ring = [[west, 280_000], [west + 1_000, 280_000], [west + 1_000, 281_000], [west, 281_000], [west, 280_000]]
    return {
        "type": "Feature",
        "properties": {"code": code, "name": f"Ward {code}"},
        "geometry": {"type": "Polygon", "coordinates": [ring]},
    }


WARDS = json.dumps(
    {
        "type": "FeatureCollection",
        "crs": {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::27700"}},
        "features": [_square(400_000, "W1"), _square(401_000, "W2")],
    }
)


def write_force(folder: Path, *, logs: str = LOGS) -> Path:
    """The extracts and their sources.toml, which is returned."""
    return write(
        folder,
        SOURCES,
        logs_1__csv=logs,
        units__csv=UNITS,
        crimes__csv=CRIMES,
        places__csv=PLACES,
        wards__geojson=WARDS,
    )


def build_force(sources: Path, store: Path) -> BuildResult:
    """Build it on a day of its own."""
    return make_build(sources, store, assumptions=load_assumptions(), built_at=BUILT_AT)


def of_which_nothing_stands(store: Path, build: Build, copy: Path) -> Path:
    """A copy of a store, its build as if another polars had made it and no rows were kept: all is made anew."""
    shutil.copytree(store, copy)
    for noted in (copy / build.id).glob("read-*.facts.json"):
        noted.unlink()
    manifest = copy / build.id / "manifest.json"
    told = json.loads(manifest.read_text(encoding="utf-8")) | {"polars": "another"}
    manifest.write_text(json.dumps(told), encoding="utf-8")
    return copy
