"""What went into a build, and what became of it? The manifest's content."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime
from typing import Any

import polars as pl

from analysis.assumptions import Assumptions
from analysis.build.places import Areas, Vintage
from analysis.demand.windows import default_as_of
from analysis.ingest import Ingested, InputFile, Sources
from analysis.store import Build

_OF_INCIDENTS = (
    "received_at",
    "unlocated_reason",
    "neighbourhood_code",
    "ward_code",
    "is_domestic",
    "is_link_broken",
    "is_clock_changed",
)
_OF_DEPLOYMENTS = ("is_imputed", "is_orphaned", "is_over_cap", "is_crew_assumed", "is_clock_changed")


def manifest(
    sources: Sources,
    files: tuple[InputFile, ...],
    ingested: Ingested,
    *,
    build_id: str,
    sequence: int,
    built_at: datetime,
    code: str,
    companions: dict[str, str],
    assumptions: Assumptions,
    areas: Areas,
    build: Build,
    rows: dict[str, int],
) -> dict[str, Any]:
    """Everything a reader of the build may want to know about its making; no value of any row.

    Args:
        build: the tables as written.
        rows: how many each of them has.
    """
    incidents = build.frame("incidents", list(_OF_INCIDENTS))
    deployments = build.frame("deployments", list(_OF_DEPLOYMENTS))
    return {
        "build_id": build_id,
        "sequence": sequence,
        "built_at": built_at.isoformat(),
        "code_version": code,
        "polars": pl.__version__,
        "assumptions": assumptions.fingerprint,
        "force": {
            "name": sources.force.name,
            "timezone": sources.force.timezone,
            "synthetic": sources.force.is_synthetic,
        },
        "facts": _facts(sources, incidents, areas),
        "files": [
            {"table": file.feed.table, "file": file.name, "sha256": file.sha256, "mapping": file.feed.fingerprint()}
            for file in files
        ],
        "companions": companions,
        "feeds": [asdict(count) for count in ingested.counts],
        "given": {table: sorted(names) for table, names in ingested.given.items()},
        "rows": rows,
        "oldest_received_at": incidents["received_at"].min(),
        "newest_received_at": incidents["received_at"].max(),
        "unlocated": _counts(incidents, "unlocated_reason"),
        "without_neighbourhood": int(incidents["neighbourhood_code"].is_null().sum()),
        "without_ward": int(incidents["ward_code"].is_null().sum()),
        "domestic": {
            "yes": int(incidents["is_domestic"].sum()),
            "unknown": int(incidents["is_domestic"].is_null().sum()),
        },
        "pools": _counts(build.frame("person_records", ["pool"]), "pool"),
        "officer_time": {
            "imputed": int(deployments["is_imputed"].sum()),
            "orphaned": int(deployments["is_orphaned"].sum()),
            "over_cap": int(deployments["is_over_cap"].sum()),
            "crew_assumed": int(deployments["is_crew_assumed"].sum()),
        },
        "broken_links": int(incidents["is_link_broken"].sum()),
        "clock_changed": sum(int(frame["is_clock_changed"].sum()) for frame in (incidents, deployments)),
        "boundaries": {
            "ward": [_vintage(vintage) for vintage in areas.wards],
            "neighbourhood": [_vintage(vintage) for vintage in areas.neighbourhoods],
        },
        "harm": {"source": sources.harm.source, "year": sources.harm.year} if sources.harm else None,
    }


def _facts(sources: Sources, incidents: pl.DataFrame, areas: Areas) -> dict[str, Any]:
    """What the app's frame and filters need to know of the build."""
    timezone = sources.force.timezone
    days = incidents["received_at"].dt.convert_time_zone(timezone).dt.date()
    newest = incidents["received_at"].max()
    assert isinstance(newest, datetime)
    return {
        "force": sources.force.name,
        "is_synthetic": sources.force.is_synthetic,
        "first_day": days.min(),
        "last_day": days.max(),
        "default_as_of": default_as_of(newest, timezone),
        "neighbourhoods": _neighbourhoods(sources, incidents, areas),
        "has_harm": sources.harm is not None,
        "has_domestic": bool(incidents["is_domestic"].any()),
        "has_wards": bool(areas.wards),
        "has_neighbourhood_boundaries": bool(areas.neighbourhoods),
    }


def _neighbourhoods(sources: Sources, incidents: pl.DataFrame, areas: Areas) -> list[dict[str, str]]:
    """Code, name and sector of every neighbourhood; without a sector the whole force is one."""
    found: dict[str, dict[str, str]] = {}
    for vintage in areas.neighbourhoods:
        for code, name, sector in vintage.boundaries.to_frame().select("code", "name", "sector").iter_rows():
            found[code] = {"code": code, "name": name or code, "sector": sector or sources.force.name}
    has_sectors = any(area["sector"] != sources.force.name for area in found.values())
    for code in incidents["neighbourhood_code"].drop_nulls().unique().sort():
        found.setdefault(
            code, {"code": code, "name": code, "sector": "No sector" if has_sectors else sources.force.name}
        )
    return [found[code] for code in sorted(found)]


def _counts(frame: pl.DataFrame, column: str) -> dict[str, int]:
    counted = frame[column].drop_nulls().value_counts().sort(column)
    return dict(counted.iter_rows())


def _vintage(vintage: Vintage) -> dict[str, Any]:
    return {
        "areas": len(vintage.boundaries.codes),
        "repaired": vintage.boundaries.repaired,
        "valid_from": vintage.valid_from,
    }
