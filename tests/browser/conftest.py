"""What does a browser test start from? One app on a small invented store, one browser, a fresh window each."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from dashboard.decisions_database import open_decisions
from partnership import agencies, members
from partnership.database import upgrade
from partnership.vocabulary import Role

playwright = pytest.importorskip("playwright", reason="playwright is a development dependency: make test installs it")

from tests.browser import harness  # noqa: E402

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


@pytest.fixture(scope="session")
def app_address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the app on a small store; the same server for every test."""
    if harness.chromium() is None:
        pytest.skip(harness.HOW_TO_GET_ONE)
    folder = tmp_path_factory.mktemp("app")
    with harness.running_app(write_small_store(folder / "store"), log=folder / "server.log") as address:
        yield address


@pytest.fixture(scope="session")
def window(app_address: str) -> Iterator[Callable[..., harness.Visitor]]:
    """Opens windows on the app: `window(width=390, dark=True)`. All are closed at the end."""
    with ExitStack() as stack:
        opened = stack.enter_context(harness.browser())
        yield lambda **looks: stack.enter_context(harness.visitor(opened, app_address, **looks))
