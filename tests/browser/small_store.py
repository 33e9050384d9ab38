"""What is the least store the app opens? A build that says what it is and holds nothing, and one member a role."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from pathlib import Path

from dashboard.decisions_database import open_decisions
from partnership import agencies, members
from partnership.database import upgrade
from partnership.vocabulary import Role

FACTS = {
    "force": "Sample Force",
    "is_synthetic": True,
    "first_day": "2011-11-28",
    "last_day": "2013-12-01",
    "default_as_of": "2013-12-02",
    "has_harm": True,
    "has_domestic": True,
    "has_wards": True,
    "has_neighbourhood_boundaries": True,
    "neighbourhoods": [
        {"code": "S-N01", "name": "Alder Park", "sector": "South"},
        {"code": "S-N02", "name": "Weir Cross", "sector": "South"},
        {"code": "S-N03", "name": "Kiln Green", "sector": "North"},
    ],
}


PEOPLE = (
    ("Ruth Adeyemi", Role.SECTOR_INSPECTOR, ("South",), None),
    ("Imran Khalid", Role.NEIGHBOURHOOD_OFFICER, ("S-N01",), None),
    ("Marta Nowak", Role.PPU_OFFICER, (), None),
    ("Dev Patel", Role.ANALYST, (), None),
    ("Siobhan Daly", Role.PARTNER, (), "HOUSING"),
    ("Grace Chen", Role.AUDITOR, (), None),
)


def write_small_store(folder: Path) -> Path:
    """A store whose build says what it is and holds nothing, and one member of each role."""
    (folder / "b1c2d3e4f5").mkdir(parents=True)
    (folder / "current.json").write_text(json.dumps({"build_id": "b1c2d3e4f5"}), encoding="utf-8")
    (folder / "key").write_text("c5" * 32, encoding="utf-8")
    manifest = {"facts": FACTS, "sequence": 1}
    (folder / "b1c2d3e4f5" / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    database = open_decisions(folder)
    upgrade(database)
    operator, at = members.operator("test", date(2013, 12, 2)), datetime(2013, 12, 2, 9, tzinfo=UTC)
    with database.write() as session:
        agencies.add_agency(session, operator, code="HOUSING", name="Housing", at=at)
        for name, role, areas, agency in PEOPLE:
            email = f"{name.split()[0].lower()}@example.org"
            members.add_member(session, operator, email=email, name=name, role=role, areas=areas, agency=agency, at=at)
    database.close()
    return folder
