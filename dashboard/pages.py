"""Which pages are there, and for whom? Every page is always registered; what a role may not see says so."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from partnership.vocabulary import Role

POLICE = frozenset({Role.SECTOR_INSPECTOR, Role.NEIGHBOURHOOD_OFFICER, Role.PPU_OFFICER, Role.ANALYST})
EVERYONE = POLICE | {Role.PARTNER, Role.AUDITOR}
FOLDER = Path(__file__).with_name("app_pages")


@dataclass(frozen=True)
class PageEntry:
    """A page: its file's name, its title in the navigation, and the roles it answers to."""

    name: str
    title: str
    roles: frozenset[Role]
    has_filters: bool = True
    is_in_navigation: bool = True

    @property
    def file(self) -> Path:
        """The page's file."""
        return FOLDER / f"{self.name}.py"

    @property
    def url_path(self) -> str:
        """The page's path in the address."""
        return self.name.replace("_", "-")


PAGES = (
    PageEntry("this_week", "This week", POLICE),
    PageEntry("top_ten", "Top ten", POLICE),
    PageEntry("person", "Person", POLICE),
    PageEntry("demand", "Demand", POLICE),
    PageEntry("map", "Map", POLICE),
    PageEntry("incidents", "Incidents", POLICE, is_in_navigation=False),
    PageEntry("meeting", "Meeting", POLICE, has_filters=False),
    PageEntry("action_plans", "Action plans", POLICE),
    PageEntry("shared_with_us", "Shared with us", frozenset({Role.PARTNER}), has_filters=False),
    PageEntry("who_is_who", "Who is who", frozenset({Role.SECTOR_INSPECTOR, Role.ANALYST})),
    PageEntry("data", "Data", POLICE, has_filters=False),
    PageEntry("access_log", "Access log", frozenset({Role.AUDITOR}), has_filters=False),
    PageEntry("methods", "Methods", EVERYONE, has_filters=False),
)


def titled(name: str) -> str:
    """The title of the page of that name."""
    return next(entry.title for entry in PAGES if entry.name == name)


def landing(role: Role | None) -> PageEntry:
    """The page that opens first for a role."""
    return next((entry for entry in PAGES if role in entry.roles), PAGES[0])
