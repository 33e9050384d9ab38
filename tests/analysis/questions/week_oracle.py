"""The newest week by hand: plain loops over a build's tables, no frames."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from analysis.questions.builds import Build

UNITS_PER_HOUR = 720720 * 60_000 * 60
LENGTH = 10
LEAST = 2


@dataclass(frozen=True)
class Call:
    """One domestic contact: who, where (None: unlocated), which local day, and how long officers took."""

    person: str
    area: str | None
    day: date
    at: Any
    group: str
    units: int


class Clerk:
    """Counts a scope's weeks, lists and movements one by one."""

    def __init__(self, build: Build, codes: set[str] | None, *, domestic_only: bool = True) -> None:
        local = ZoneInfo(build.timezone)
        self.codes = codes
        self.calls = [
            Call(
                row["key_id"],
                row["neighbourhood_code"],
                row["contact_at"].astimezone(local).date(),
                row["contact_at"],
                row["group_id"],
                row["units"],
            )
            for row in build.frame("contacts").iter_rows(named=True)
            if row["key_type"] == "caller" and (row["is_domestic"] or not domestic_only)
            if codes is None or row["neighbourhood_code"] in codes
        ]
        self.jobs = [
            (row["received_at"].astimezone(local).date(), row["units"], row["imputed_units"])
            for row in build.frame("groups").iter_rows(named=True)
            if (row["is_domestic"] or not domestic_only) and (codes is None or row["neighbourhood_code"] in codes)
        ]

    def contacts_in_week(self, as_of: date) -> int:
        return sum(as_of - timedelta(days=7) <= call.day < as_of for call in self.calls)

    def hours_in_week(self, as_of: date) -> float:
        return sum(units for day, units, _ in self.jobs if as_of - timedelta(days=7) <= day < as_of) / UNITS_PER_HOUR

    def usual(self, as_of: date, measure: Any, *, low: float, high: float) -> tuple[float, float]:
        before = sorted(measure(as_of - timedelta(days=7 * back)) for back in range(1, 53))
        return centile(before, low), centile(before, high)

    def lists(self, as_of: date, *, weeks: int = 52) -> dict[str, list[str]]:
        """Of each neighbourhood the keys of its list, in order."""
        found: dict[tuple[str, str], list[Call]] = defaultdict(list)
        for call in self.calls:
            if call.area is not None and as_of - timedelta(days=7 * weeks) <= call.day < as_of:
                found[(call.area, call.person)].append(call)
        listed: dict[str, list[Any]] = defaultdict(list)
        for (area, person), calls in found.items():
            if len(calls) >= LEAST:
                newest = max(call.at.timestamp() for call in calls)
                listed[area].append((-len(calls), -sum(call.units for call in calls), -newest, person))
        return {area: [entry[-1] for entry in sorted(entries)[:LENGTH]] for area, entries in listed.items()}

    def moves(self, as_of: date) -> dict[str, dict[str, str]]:
        """Of each neighbourhood who is new, returned or left; nobody else."""
        now, last = self.lists(as_of), self.lists(as_of - timedelta(days=7))
        before = [self.lists(as_of - timedelta(days=7 * back)) for back in range(2, 54)]
        moved: dict[str, dict[str, str]] = defaultdict(dict)
        for area in {*now, *last}:
            here, there = now.get(area, []), last.get(area, [])
            for person in here:
                if person not in there:
                    was = any(person in earlier.get(area, []) for earlier in before)
                    moved[area][person] = "returned" if was else "new"
            moved[area] |= dict.fromkeys((person for person in there if person not in here), "left")
        return {area: people for area, people in moved.items() if people}


def centile(ordered: list[float], at: float) -> float:
    """Between two weeks the centile is interpolated."""
    place = (len(ordered) - 1) * at / 100
    below = int(place)
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] + (ordered[above] - ordered[below]) * (place - below)


def without_assessment(build: Build, groups: set[str]) -> set[str]:
    """Of these jobs, those with a domestic crime between partners, present or former, and no assessment."""
    logs: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for log in build.frame("incidents").iter_rows(named=True):
        if log["group_id"] in groups:
            logs[log["group_id"]].append(log)
    crimes = list(build.frame("crimes").iter_rows(named=True))
    assessed = set(build.frame("assessments")["incident_id"])
    missing = set()
    for group, members in logs.items():
        ids = {log["incident_id"] for log in members}
        refs = {log["crime_ref"] for log in members} - {None}
        mandatory = any(
            crime["relationship"] in {"intimate", "ex_intimate"} and crime["is_domestic"]
            for crime in crimes
            if crime["crime_ref"] in refs or crime["incident_id"] in ids
        )
        if mandatory and not ids & assessed:
            missing.add(group)
    return missing
