"""What is true of the build as a whole? Its id, its day, its areas: what the frame and the filters need to know."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from analysis.questions.builds import current_build
from dashboard.errors import DashboardError

STORE_VARIABLE = "REPEAT_DEMAND_STORE"
DEFAULT_STORE = Path("data/store")


@dataclass(frozen=True)
class Neighbourhood:
    """A police neighbourhood and the sector it belongs to; the code and name of a sector are one text."""

    code: str
    name: str
    sector: str


@dataclass(frozen=True)
class BuildFacts:
    """What a build says of itself; hashable, so that it can key a cache. `code_version`: of the code that made it."""

    id: str
    force: str
    is_synthetic: bool
    first_day: date
    last_day: date
    default_as_of: date
    neighbourhoods: tuple[Neighbourhood, ...]
    has_harm: bool
    has_domestic: bool
    has_wards: bool
    has_neighbourhood_boundaries: bool
    code_version: str = ""

    @property
    def sectors(self) -> tuple[str, ...]:
        """Every sector of the force, in order of name."""
        return tuple(sorted({area.sector for area in self.neighbourhoods}))

    @property
    def area_names(self) -> Mapping[str, str]:
        """The name of each neighbourhood code."""
        return {area.code: area.name for area in self.neighbourhoods}

    @property
    def geography(self) -> Mapping[str, str]:
        """The sector of each neighbourhood code."""
        return {area.code: area.sector for area in self.neighbourhoods}


def store_folder() -> Path:
    """The store the app reads: the environment's, else the default of the commands."""
    return Path(os.environ.get(STORE_VARIABLE) or DEFAULT_STORE)


def read(store: Path) -> BuildFacts:
    """The facts of the store's current build.

    Raises:
        StoreError: there is no build yet, or it cannot be opened.
        DashboardError: what the build says of itself is not what this version needs.
    """
    build = current_build(store)
    try:
        return _facts(build.id, build.manifest["facts"], code=str(build.manifest.get("code_version", "")))
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise DashboardError(
            f"build {build.id[:8]} was made by another version. Build again: repeat-demand build SOURCES.toml"
        ) from error


def _facts(build: str, said: Mapping[str, Any], *, code: str) -> BuildFacts:
    return BuildFacts(
        id=build,
        force=said["force"],
        is_synthetic=said["is_synthetic"] is True,
        first_day=date.fromisoformat(said["first_day"]),
        last_day=date.fromisoformat(said["last_day"]),
        default_as_of=date.fromisoformat(said["default_as_of"]),
        neighbourhoods=tuple(Neighbourhood(**area) for area in said["neighbourhoods"]),
        has_harm=said["has_harm"],
        has_domestic=said["has_domestic"],
        has_wards=said["has_wards"],
        has_neighbourhood_boundaries=said["has_neighbourhood_boundaries"],
        code_version=code,
    )
