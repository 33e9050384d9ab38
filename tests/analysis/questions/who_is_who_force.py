"""A few callers of whom two may be one: their extracts, their build, and the table of pairs written by hand."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import polars as pl

from analysis.build import make_build
from analysis.questions.builds import load_assumptions
from analysis.questions.view import View
from analysis.store import Build
from tests.analysis.ingest.force import sources_of, write

SOURCES = sources_of("Pair Force", incidents="logs", deployments="units", places="places")
# Ada and Zoe have three jobs between them in N1: L4 is the same job as L1. Max has three, Kim two and rang last.
LOGS = (
    "incident_id,received_at,neighbourhood_code,is_domestic,caller_name,caller_phone,caller_role,duplicate_of\n"
    "L01,2013-11-11T10:00,N1,yes,Ada Birch,07700 900001,victim,\n"
    "L02,2013-11-12T10:00,N1,yes,Ada Birch,07700 900001,victim,\n"
    "L03,2013-11-13T10:00,N1,yes,Zoe Quill,07700 900222,victim,\n"
    "L04,2013-11-11T10:05,N1,yes,Zoe Quill,07700 900222,victim,L01\n"
    "L05,2013-11-14T10:00,N1,yes,Max Rowe,07700 900333,victim,\n"
    "L06,2013-11-15T10:00,N1,yes,Max Rowe,07700 900333,victim,\n"
    "L07,2013-11-16T10:00,N1,yes,Max Rowe,07700 900333,victim,\n"
    "L08,2013-11-20T10:00,N1,yes,Kim Dale,07700 900444,victim,\n"
    "L09,2013-11-21T10:00,N1,yes,Kim Dale,07700 900444,victim,\n"
    "L10,2013-11-22T10:00,N2,yes,Ada Birch,07700 900001,victim,\n"
    "L11,2013-11-23T10:00,N2,no,Ward Desk,0121 496 0009,unknown,\n"
)
UNITS = (
    "incident_id,callsign,assigned_at,cleared_at\n"
    "L01,A1,2013-11-11T10:00,2013-11-11T10:15\n"
    "L02,A1,2013-11-12T10:00,2013-11-12T10:15\n"
    "L03,A1,2013-11-13T10:00,2013-11-13T10:30\n"
    "L08,A1,2013-11-20T10:00,2013-11-20T11:00\n"
)
PLACES = "kind,name,phone\nhospital,Fernbank,0121 496 0009\n"
WINDOW = View(date(2013, 12, 2), 4)
PAIR = "D-1"


def pair_force(folder: Path) -> Build:
    """Build it, and write the pair of Ada and Zoe as the resolver would."""
    files = {"logs": LOGS, "units": UNITS, "places": PLACES}
    sources = write(folder / "extracts", SOURCES, **{f"{name}__csv": text for name, text in files.items()})
    at = datetime(2013, 12, 2, 6, tzinfo=UTC)
    build = make_build(sources, folder / "store", assumptions=load_assumptions(), built_at=at).build
    records = build.frame("person_records").with_columns(record_reference="R-" + pl.col("incident_id"))
    records.write_parquet(build.path / "person_records.parquet")
    pair = {
        "pair_reference": [PAIR],
        "reference_a": ["R-L01"],
        "reference_b": ["R-L03"],
        "person_a": [person(build, "Ada Birch")],
        "person_b": [person(build, "Zoe Quill")],
        "score": [0.7],
        "evidence": ["same_street|overlap_in_time"],
    }
    pl.DataFrame(pair).write_parquet(build.path / "doubtful.parquet")
    return build


def person(build: Build, name: str) -> str:
    """The id of a caller of this name."""
    found = build.frame("incidents", ["caller_name", "caller_id"]).filter(pl.col("caller_name") == name)
    return str(found["caller_id"].unique().item())
