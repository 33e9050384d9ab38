"""Small builds and viewers, as the frame knows them."""

from __future__ import annotations

from datetime import date

from dashboard.build_facts import BuildFacts, Neighbourhood
from dashboard.sign_in import Viewer
from partnership.vocabulary import Role

AREAS = (
    Neighbourhood("N1", "Alder Park", "South"),
    Neighbourhood("N2", "Weir Cross", "South"),
    Neighbourhood("N3", "Kiln Green", "North"),
)


def a_build(*, is_synthetic: bool = True, has_harm: bool = True, has_domestic: bool = True) -> BuildFacts:
    """Two years to Sunday 1 December 2013, two sectors, three neighbourhoods."""
    return BuildFacts(
        id="b1c2d3e4f5",
        force="Sample Force",
        is_synthetic=is_synthetic,
        first_day=date(2011, 11, 28),
        last_day=date(2013, 12, 1),
        default_as_of=date(2013, 12, 2),
        neighbourhoods=AREAS,
        has_harm=has_harm,
        has_domestic=has_domestic,
        has_wards=True,
        has_neighbourhood_boundaries=True,
    )


def a_viewer(role: Role, *areas: str, agency: str | None = None) -> Viewer:
    """A member of a role."""
    return Viewer("Ruth Adeyemi", "ruth@example.org", role, areas, agency, 1)
