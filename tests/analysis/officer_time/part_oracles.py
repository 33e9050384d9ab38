"""Phases and hours worked out slowly: one stretch after the other, in exact fractions, from the design's words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction
from itertools import pairwise
from typing import Any
from zoneinfo import ZoneInfo

UNITS = 720_720
MILLISECOND = timedelta(milliseconds=1)
QUARTER = timedelta(minutes=15)
Given = dict[str, Any]


def _floored(moment: datetime | None) -> datetime | None:
    return None if moment is None else moment - timedelta(microseconds=moment.microsecond % 1000)


def _officer(row: Given) -> tuple[str, str]:
    return ("officer", row["officer_id"]) if row["officer_id"] is not None else ("unit", row["callsign"])


def _times(row: Given) -> int:
    return row["crew"] if row["officer_id"] is None and (row["crew"] or 0) >= 1 else 1


def slow_shares(
    rows: list[Given], cuts: Iterable[datetime], label: Callable[[Given, datetime], Any]
) -> dict[tuple[str, Any], Fraction]:
    """Units by incident and label, where `label` says what a row is at the beginning of a stretch."""
    rows = [{**row, "start": _floored(row["assigned_at"]), "end": _floored(row["end_at"])} for row in rows]
    by_officer = defaultdict(list)
    for row in rows:
        by_officer[_officer(row)].append(row)
    cuts = list(cuts)
    shares: dict[tuple[str, Any], Fraction] = defaultdict(Fraction)
    for own in by_officer.values():
        moments = sorted({moment for row in own for moment in (row["start"], row["end"])} | set(cuts))
        for begin, finish in pairwise(moments):
            holders: dict[str, Given] = {}
            for row in sorted(own, key=lambda row: (row["assigned_at"], row["read_order"])):
                if row["start"] <= begin < row["end"]:
                    holders.setdefault(row["incident_id"], row)
            for incident, row in holders.items():
                share = Fraction((finish - begin) // MILLISECOND, len(holders)) * UNITS * _times(row)
                if not row["is_orphaned"]:
                    shares[incident, label(row, begin)] += share
    return {key: share for key, share in shares.items() if share}


def slow_phases(rows: list[Given]) -> dict[tuple[str, Any], Fraction]:
    """Units by incident and phase."""
    cuts = {
        moment for row in rows for name in ("en_route_at", "at_scene_at") if (moment := _floored(row[name])) is not None
    }
    return slow_shares(rows, cuts, phase_at)


def phase_at(row: Given, moment: datetime) -> str:
    """What the officer was doing, as far as the stamps say."""
    start, end = _floored(row["assigned_at"]), _floored(row["end_at"])
    scene, off = _floored(row["at_scene_at"]), _floored(row["en_route_at"])
    assert start is not None and end is not None
    if scene is None or max(scene, start) > end:
        return "not_recorded"
    scene = max(scene, start)
    if moment < scene:
        return "setting_off" if off is not None and moment < off <= scene else "travel"
    return "at_scene" if row["cleared_at"] is not None else "not_recorded"


def slow_hours(rows: list[Given], zone: ZoneInfo) -> dict[tuple[str, tuple[date, int]], Fraction]:
    """Units by incident, local day and local hour."""
    first = min((row["assigned_at"] for row in rows), default=None)
    last = max((row["end_at"] for row in rows), default=None)
    cuts = []
    if first is not None and last is not None:
        moment = datetime(first.year, first.month, first.day, tzinfo=UTC)
        while moment < last:
            cuts.append(moment)
            moment += QUARTER
    return slow_shares(rows, cuts, lambda _, moment: _local(moment, zone))


def _local(moment: datetime, zone: ZoneInfo) -> tuple[date, int]:
    local = moment.astimezone(zone)
    return local.date(), local.hour
