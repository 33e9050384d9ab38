"""A build of a few jobs on four squares, written by hand: what the map and the totals are asked of."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

import polars as pl
import shapely

from analysis.officer_time.units import UNITS_PER_MINUTE
from analysis.questions.builds import Build

AS_OF = date(2013, 12, 2)
FIRST_DAY = date(2012, 11, 12)
SECTORS = {"N1": "South", "N2": "South", "N3": "North"}


@dataclass(frozen=True)
class Job:
    """One incident with who rang about it, where it lay and how many minutes of officer time it took."""

    at: datetime
    ward: str | None
    neighbourhood: str | None
    callers: Sequence[str] = ("P-1",)
    minutes: int = 60
    imputed: int = 0
    is_domestic: bool = True
    point: tuple[float, float] | None = None
    is_address_of_place: bool = False
    is_phone_of_place: bool = False


def local_noon(month: int, day: int, year: int = 2013) -> datetime:
    """Noon UTC of a day."""
    return datetime(year, month, day, 12, tzinfo=UTC)


def write_build(folder: Path, jobs: Sequence[Job], *, residents: Sequence[float | None] = (None, None, None)) -> Build:
    """The tables the questions read. Wards W1 to W3 are squares side by side, and so are N1 to N3."""
    numbered = [(f"L{at}", job) for at, job in enumerate(jobs)]
    area = {
        "ward_code": pl.Series([job.ward for job in jobs], dtype=pl.String),
        "neighbourhood_code": pl.Series([job.neighbourhood for job in jobs], dtype=pl.String),
        "is_domestic": pl.Series([job.is_domestic for job in jobs], dtype=pl.Boolean),
    }
    units = {
        "units": pl.Series([job.minutes * UNITS_PER_MINUTE for job in jobs], dtype=pl.Int64),
        "units_low": pl.Series([(job.minutes - job.imputed) * UNITS_PER_MINUTE for job in jobs], dtype=pl.Int64),
        "units_high": pl.Series([(job.minutes + job.imputed) * UNITS_PER_MINUTE for job in jobs], dtype=pl.Int64),
        "imputed_units": pl.Series([job.imputed * UNITS_PER_MINUTE for job in jobs], dtype=pl.Int64),
    }
    at = pl.Series([job.at for job in jobs], dtype=pl.Datetime("us", "UTC"))
    names = pl.Series([name for name, _ in numbered], dtype=pl.String)
    incidents = pl.DataFrame(
        {
            "incident_id": names,
            "received_at": at,
            "grade": pl.Series(["routine"]).new_from_index(0, len(jobs)),
            "lon": pl.Series([job.point[0] if job.point else None for job in jobs], dtype=pl.Float64),
            "lat": pl.Series([job.point[1] if job.point else None for job in jobs], dtype=pl.Float64),
            "is_address_of_place": pl.Series([job.is_address_of_place for job in jobs], dtype=pl.Boolean),
            "is_phone_of_place": pl.Series([job.is_phone_of_place for job in jobs], dtype=pl.Boolean),
            **area,
        }
    )
    groups = pl.DataFrame({"group_id": names, "first_incident_id": names, "received_at": at, **area, **units})
    rung = [(caller, name) for name, job in numbered for caller in job.callers]
    contacts = (
        pl.DataFrame(rung, schema={"key_id": pl.String, "group_id": pl.String}, orient="row")
        .join(groups, on="group_id", maintain_order="left")
        .with_columns(key_type=pl.lit("caller"), contact_at="received_at")
    )
    tables = {
        "incidents": incidents,
        "groups": groups,
        "contacts": contacts,
        "wards": _squares("W", [None, None, None]),
        "neighbourhoods": _squares("N", residents),
    }
    folder.mkdir(parents=True, exist_ok=True)
    for name, frame in tables.items():
        frame.write_parquet(folder / f"{name}.parquet")
    facts = {
        "first_day": FIRST_DAY.isoformat(),
        "has_domestic": True,
        "neighbourhoods": [{"code": code, "name": code, "sector": sector} for code, sector in SECTORS.items()],
    }
    manifest = {"facts": facts, "force": {"timezone": "Europe/London", "synthetic": True}}
    (folder / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    return Build(folder.name, folder)


def _squares(letter: str, residents: Sequence[float | None]) -> pl.DataFrame:
    """Three squares of two kilometres side by side; the wards lie half a square to the east of the neighbourhoods."""
    shift = 1000 if letter == "W" else 0
    boxes = [shapely.box(400_000 + shift + 2000 * at, 280_000, 402_000 + shift + 2000 * at, 282_000) for at in range(3)]
    return pl.DataFrame(
        {
            "code": [f"{letter}{at}" for at in (1, 2, 3)],
            "name": [f"{letter} {at}" for at in (1, 2, 3)],
            "sector": [None] * 3,
            "population": list(residents),
            "geometry": [shapely.to_wkb(box) for box in boxes],
            "crs": ["EPSG:27700"] * 3,
            "vintage": [0] * 3,
            "valid_from": [None] * 3,
        },
        schema={
            "code": pl.String,
            "name": pl.String,
            "sector": pl.String,
            "population": pl.Float64,
            "geometry": pl.Binary,
            "crs": pl.String,
            "vintage": pl.Int64,
            "valid_from": pl.Date,
        },
    )
