"""A force of a few logs, built from its extracts: what the pages on demand are asked of, worked out by hand."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

from analysis.build import make_build
from analysis.questions.builds import Build, load_assumptions
from tests.analysis.ingest.force import write

AS_OF = date(2013, 12, 2)
AFTER_MARCH = date(2014, 4, 7)
BUILT_AT = datetime(2014, 4, 7, 6, tzinfo=UTC)

SOURCES = """[force]
name = "Test Force"
timezone = "Europe/London"
synthetic = true

[[feed]]
table = "incidents"
files = ["incidents*.csv"]

[[feed]]
table = "deployments"
files = ["deployments.csv"]

[[feed]]
table = "crimes"
files = ["crimes.csv"]

[[feed]]
table = "safeguarding"
files = ["safeguarding.csv"]
"""
HEADER = "incident_id,received_at,neighbourhood_code,is_domestic,caller_name,caller_date_of_birth,caller_role\n"
# Ann rings three times before December and once in the night of March, Bob twice, Cara once; Dan twice in N2.
LOGS = """L1,2013-10-27T00:40:00,N1,yes,Ann Archer,1980-02-01,victim
L2,2013-11-05T10:00:00,N1,yes,Ann Archer,1980-02-01,victim
L3,2013-11-20T22:30:00,N1,yes,Ann Archer,1980-02-01,victim
L4,2013-11-06T10:00:00,N1,yes,Bob Baker,1981-03-02,victim
L5,2013-11-07T10:00:00,N1,yes,Bob Baker,1981-03-02,victim
L6,2013-11-08T10:00:00,N1,yes,Cara Cook,1982-04-03,victim
L7,2014-03-30T00:40:00,N1,yes,Ann Archer,1980-02-01,victim
L8,2013-11-09T10:00:00,N2,yes,Dan Dyer,1983-05-04,subject
L9,2013-11-10T10:00:00,N2,yes,Dan Dyer,1983-05-04,subject
"""
LATE_LOGS = """L10,2013-11-12T10:00:00,N1,yes,Bob Baker,1981-03-02,victim
L11,2013-11-13T10:00:00,N1,yes,Bob Baker,1981-03-02,victim
"""
# The night of 27 October 2013, when 01:00 to 02:00 was told twice, and that of 30 March 2014, when it was not told.
DEPLOYMENTS = """incident_id,officer_id,assigned_at,en_route_at,at_scene_at,cleared_at
L1,PC1,2013-10-27T00:40:00,,,2013-10-27T02:20:00
L1,PC2,2013-10-27T00:40:00,,,2013-10-27T01:20:00
L1,PC3,2013-10-27T00:40:00,,,2013-10-27T01:20:00+00:00
L1,PC4,2013-10-27T01:50:00,,,2013-10-27T01:10:00
L2,PC1,2013-11-05T10:05:00,2013-11-05T10:10:00,2013-11-05T10:20:00,2013-11-05T11:05:00
L3,PC1,2013-11-20T22:45:00,,2013-11-20T23:00:00,2013-11-20T23:30:00
L6,PC2,2013-11-08T10:00:00,,2013-11-08T10:15:00,2013-11-08T11:00:00
L7,PC1,2014-03-30T00:40:00,,,2014-03-30T02:20:00
L8,PC5,2013-11-09T10:00:00,,2013-11-09T10:30:00,2013-11-09T11:30:00
"""
CRIMES = "crime_ref,incident_id,offence_code\nC1,L4,8N\n"
SAFEGUARDING = "incident_id,event,at\nL2,marac_referral,2013-11-06T09:00:00\nL4,marac_referral,2013-11-06T12:00:00\n"


def build_force(folder: Path, *, with_late_logs: bool = False) -> Build:
    """The force built into `folder`/store; again with the logs that came late."""
    sources = write(
        folder,
        SOURCES,
        incidents__csv=HEADER + LOGS + (LATE_LOGS if with_late_logs else ""),
        deployments__csv=DEPLOYMENTS,
        crimes__csv=CRIMES,
        safeguarding__csv=SAFEGUARDING,
    )
    return make_build(sources, folder / "store", assumptions=load_assumptions(), built_at=BUILT_AT).build


def person(build: Build, incident_id: str) -> str:
    """The id of who rang in a log."""
    incidents = build.frame("incidents", ["incident_id", "caller_id"])
    return str(dict(incidents.iter_rows())[incident_id])
