"""Officer time worked out slowly, one stretch of time after the other, from the design's words alone."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from fractions import Fraction
from itertools import pairwise
from statistics import median
from typing import Any

import polars as pl

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
UNITS = 720_720


@dataclass
class Row:
    place: int
    incident: str
    who: tuple[str, str]
    unit: tuple[str, str]
    crew: int
    first: tuple[int, int]
    start: int
    scene: int
    cleared: int | None
    ends: dict[str, int] = field(default_factory=dict)
    units: dict[str, int] = field(default_factory=dict)
    exact: dict[str, Fraction] = field(default_factory=dict)


@dataclass
class IncidentTime:
    units: int = 0
    low: int = 0
    high: int = 0
    imputed: int = 0
    elapsed: Fraction | None = None
    unit_minutes: Fraction | None = None


@dataclass
class SlowTime:
    rows: list[Row]
    incidents: dict[str, IncidentTime]


def slow_officer_time(
    deployments: pl.DataFrame, incidents: pl.DataFrame, *, cap_hours: float, minimum: int
) -> SlowTime:
    grades = dict(incidents.select("incident_id", "grade").iter_rows())
    rows = [_row(place, given) for place, given in enumerate(deployments.iter_rows(named=True))]
    _find_ends(rows, grades, cap=int(cap_hours * 3_600_000), minimum=minimum)
    by_officer = defaultdict(list)
    for row in rows:
        by_officer[row.who].append(row)
    for which in ("imputed", "low", "high"):
        for own in by_officer.values():
            _share(own, which)
    by_incident = defaultdict(list)
    for row in rows:
        by_incident[row.incident].append(row)
    return SlowTime(rows, {incident: _incident(by_incident[incident]) for incident in grades})


def _microseconds(moment: datetime) -> int:
    return (moment - EPOCH) // timedelta(microseconds=1)


def _row(place: int, given: dict[str, Any]) -> Row:
    officer, callsign = given["officer_id"], given["callsign"]
    start = _microseconds(given["assigned_at"]) // 1000
    scene = start if given["at_scene_at"] is None else _microseconds(given["at_scene_at"]) // 1000
    return Row(
        place=place,
        incident=given["incident_id"],
        who=("officer", officer) if officer is not None else ("unit", callsign),
        unit=("unit", callsign) if callsign is not None else ("officer", officer),
        crew=given["crew"] if officer is None and given["crew"] is not None else 1,
        first=(_microseconds(given["assigned_at"]), given["read_order"]),
        start=start,
        scene=max(scene, start),
        cleared=None if given["cleared_at"] is None else _microseconds(given["cleared_at"]) // 1000,
    )


def _find_ends(rows: list[Row], grades: dict[str, str | None], *, cap: int, minimum: int) -> None:
    lengths: dict[str | None, list[int]] = defaultdict(list)
    for r in rows:
        if r.cleared is not None and r.incident in grades:
            lengths[grades[r.incident]].append(r.cleared - r.start)
    overall = [length for some in lengths.values() for length in some]
    for r in rows:
        if r.cleared is not None:
            r.ends = dict.fromkeys(("imputed", "low", "high"), r.cleared)
            continue
        later = [o.start for o in rows if o.who == r.who and o.incident != r.incident and o.start > r.start]
        grade = grades.get(r.incident)
        sample = lengths[grade] if grade is not None and len(lengths[grade]) >= minimum else overall
        imputed = r.scene
        if sample:
            imputed = max(r.scene, min([*later, r.start + int(median(sample))]))
        r.ends = {"low": r.scene, "imputed": imputed, "high": max(imputed, min([*later, r.start + cap]))}


def _share(rows: list[Row], which: str) -> None:
    """Share one officer's time. A stretch lasts as long as the same rows hold the officer."""
    for r in rows:
        r.units[which], r.exact[which] = 0, Fraction(0)
    moments = sorted({r.start for r in rows} | {r.ends[which] for r in rows})
    stretches: list[tuple[list[Row], int]] = []
    for begin, finish in pairwise(moments):
        holders: dict[str, Row] = {}
        for r in sorted(rows, key=lambda r: r.first):
            if r.start <= begin < r.ends[which]:
                holders.setdefault(r.incident, r)
        held = list(holders.values())
        if stretches and [r.place for r in stretches[-1][0]] == [r.place for r in held]:
            stretches[-1] = (held, stretches[-1][1] + finish - begin)
        else:
            stretches.append((held, finish - begin))
    for held, length in stretches:
        for r in held:
            r.units[which] += length * UNITS // len(held) * r.crew
            r.exact[which] += Fraction(length, len(held)) * r.crew
        if held:
            earliest = min(held, key=lambda r: (r.first[0], r.incident, r.first[1]))
            earliest.units[which] += length * UNITS % len(held) * earliest.crew


def _incident(rows: list[Row]) -> IncidentTime:
    if not rows:
        return IncidentTime()
    runs = [sum(r.units[which] for r in rows) for which in ("imputed", "low", "high")]
    units = {r.unit for r in rows}
    return IncidentTime(
        units=runs[0],
        low=min(runs),
        high=max(runs),
        imputed=sum(r.units["imputed"] for r in rows if r.cleared is None),
        elapsed=Fraction(max(r.ends["imputed"] for r in rows) - min(r.start for r in rows), 60_000),
        unit_minutes=Fraction(sum(union_length([r for r in rows if r.unit == unit]) for unit in units), 60_000),
    )


def union_length(rows: list[Row], which: str = "imputed") -> int:
    """Milliseconds covered by at least one of the rows."""
    moments = sorted({r.start for r in rows} | {r.ends[which] for r in rows})
    return sum(
        finish - begin for begin, finish in pairwise(moments) if any(r.start <= begin < r.ends[which] for r in rows)
    )
