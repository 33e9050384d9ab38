"""Who may be chosen on an invented force? One member a role, until the members' table is asked."""

from __future__ import annotations

from dashboard.build_facts import BuildFacts
from dashboard.sign_in import Viewer
from partnership.vocabulary import Role


def sample_people(facts: BuildFacts) -> tuple[Viewer, ...]:
    """The sample people of a build: an inspector and an officer of its first sector, and one of each other role."""
    sector = facts.sectors[0]
    beats = tuple(area.code for area in facts.neighbourhoods if area.sector == sector)[:2]
    rows = (
        ("Ruth Adeyemi", Role.SECTOR_INSPECTOR, (sector,), None),
        ("Imran Khalid", Role.NEIGHBOURHOOD_OFFICER, beats, None),
        ("Marta Nowak", Role.PPU_OFFICER, (), None),
        ("Dev Patel", Role.ANALYST, (), None),
        ("Siobhan Daly", Role.PARTNER, (), "HOUSING"),
        ("Grace Chen", Role.AUDITOR, (), None),
    )
    return tuple(
        Viewer(name, f"{name.split()[0].lower()}@example.org", role, areas, agency, number)
        for number, (name, role, areas, agency) in enumerate(rows, 1)
    )
