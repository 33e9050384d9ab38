"""What is true of the build as a whole? Its id, its day, its areas: what the frame and the filters need to know."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

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
    """What a build says of itself; hashable, so that it can key a cache."""

    id: str
    force: str
    is_synthetic: bool
    first_day: date
    last_day: date
    default_as_of: date
    neighbourhoods: tuple[Neighbourhood, ...]
    has_harm: bool
    has_domestic: bool

    @property
    def sectors(self) -> tuple[str, ...]:
        """Every sector of the force, in order of name."""
        return tuple(sorted({area.sector for area in self.neighbourhoods}))

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
        DashboardError: there is no build yet, or what it says of itself cannot be read.
    """
    try:
        build = json.loads((store / "current.json").read_text(encoding="utf-8"))["build_id"]
        manifest = json.loads((store / build / "manifest.json").read_text(encoding="utf-8"))
        return _facts(build, manifest["facts"])
    except FileNotFoundError as error:
        raise DashboardError(
            f"{store}: no build here yet. Make one with: repeat-demand build SOURCES.toml --store {store}"
        ) from error
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise DashboardError(
            f"{store}: the build does not say what it is. Make it again with: repeat-demand build SOURCES.toml"
        ) from error


def _facts(build: str, said: Mapping[str, Any]) -> BuildFacts:
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
    )
