"""The numbers of the design worked out again from the raw rows, slowly, in plain Python with exact fractions."""

from __future__ import annotations

from collections import defaultdict
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction
from itertools import pairwise
from statistics import median
from typing import Any
from zoneinfo import ZoneInfo

Row = dict[str, Any]
LONDON = ZoneInfo("Europe/London")
CAP = timedelta(hours=12)
LEAST_FOR_MEDIAN = 30


def minutes_of(span: timedelta) -> Fraction:
    return Fraction(span // timedelta(microseconds=1), 60_000_000)


class Force:
    """Logs, deployments, people, crimes as lists of dicts with times in UTC; harm as days by offence code."""

    def __init__(
        self, logs: list[Row], deployments: list[Row], people: list[Row], crimes: list[Row], harm: dict[str, float]
    ) -> None:
        self.logs = {log["incident_id"]: log for log in logs}
        self.deployments, self.people, self.crimes, self.harm = deployments, people, crimes, harm
        self.group = {name: self._end_of_chain(name) for name in self.logs}
        self.minutes = self._officer_minutes()

    def _end_of_chain(self, name: str) -> str:
        seen = [name]
        while (target := self.logs[seen[-1]]["duplicate_of"]) is not None:
            if target not in self.logs:
                return seen[-1]
            if target in seen:
                return name
            seen.append(target)
        return seen[-1]

    def crimes_of(self, name: str) -> set[str]:
        known = {crime["crime_ref"] for crime in self.crimes}
        own = {self.logs[name]["crime_ref"]} & known
        return own | {crime["crime_ref"] for crime in self.crimes if crime["incident_id"] == name}

    def is_domestic(self, name: str) -> bool | None:
        flags = [self.logs[name]["is_domestic"]]
        flags += [crime["is_domestic"] for crime in self.crimes if crime["crime_ref"] in self.crimes_of(name)]
        return True if True in flags else False if False in flags else None

    def first_log(self, group: str) -> Row:
        logs = [log for name, log in self.logs.items() if self.group[name] == group]
        return min(logs, key=lambda log: (log["received_at"], log["incident_id"]))

    # Officer time

    def _ends(self, row: Row) -> tuple[datetime, datetime, datetime]:
        if row["cleared_at"] is not None:
            return (row["cleared_at"],) * 3
        start = row["assigned_at"]
        scene = max(start, row["at_scene_at"] or start)
        later = [
            other["assigned_at"]
            for other in self.deployments
            if self.officer(other) == self.officer(row)
            and other["incident_id"] != row["incident_id"]
            and other["assigned_at"] > start
        ]
        following = min(later, default=None)
        complete = [
            (other["cleared_at"] - other["assigned_at"], self.logs[other["incident_id"]]["grade"])
            for other in self.deployments
            if other["cleared_at"] is not None and other["incident_id"] in self.logs
        ]
        grade = self.logs.get(row["incident_id"], {}).get("grade")
        of_grade = [length for length, its in complete if its == grade and grade is not None]
        lengths = of_grade if len(of_grade) >= LEAST_FOR_MEDIAN else [length for length, _ in complete]
        if lengths:
            seconds = median(length.total_seconds() for length in lengths)
            usual = start + timedelta(seconds=seconds)
            imputed = max(scene, min(following or usual, usual))
        else:
            imputed = scene
        high = max(imputed, min(following or start + CAP, start + CAP))
        return imputed, scene, high

    @staticmethod
    def officer(row: Row) -> tuple[str, str]:
        return ("officer", row["officer_id"]) if row["officer_id"] else ("unit", row["callsign"])

    def _officer_minutes(self) -> dict[str, tuple[Fraction, Fraction, Fraction]]:
        runs = [self._split([self._ends(row)[which] for row in self.deployments]) for which in range(3)]
        return {
            name: (runs[0][name], min(run[name] for run in runs), max(run[name] for run in runs)) for name in self.logs
        }

    def _split(self, ends: list[datetime]) -> dict[str, Fraction]:
        total: dict[str, Fraction] = defaultdict(Fraction)
        by_officer: dict[tuple[str, str], list[tuple[int, Row]]] = defaultdict(list)
        for place, row in enumerate(self.deployments):
            by_officer[self.officer(row)].append((place, row))
        for rows in by_officer.values():
            moments = sorted({row["assigned_at"] for _, row in rows} | {ends[place] for place, _ in rows})
            for begin, end in pairwise(moments):
                here = [(place, row) for place, row in rows if row["assigned_at"] <= begin and ends[place] >= end]
                holders: dict[str, tuple[Any, Row]] = {}
                for place, row in here:
                    first = (row["assigned_at"], place)
                    if row["incident_id"] not in holders or first < holders[row["incident_id"]][0]:
                        holders[row["incident_id"]] = (first, row)
                for _, row in holders.values():
                    crew = 1 if row["officer_id"] else (row["crew"] or 1)
                    total[row["incident_id"]] += minutes_of(end - begin) / len(holders) * crew
        return total

    def elapsed(self, name: str) -> Fraction | None:
        rows = [row for row in self.deployments if row["incident_id"] == name]
        if not rows:
            return None
        return minutes_of(max(self._ends(row)[0] for row in rows) - min(row["assigned_at"] for row in rows))

    def unit_minutes(self, name: str) -> Fraction | None:
        spans: dict[tuple[str, str], list[tuple[datetime, datetime]]] = defaultdict(list)
        for row in self.deployments:
            if row["incident_id"] == name:
                unit = ("unit", row["callsign"]) if row["callsign"] else ("officer", row["officer_id"])
                spans[unit].append((row["assigned_at"], self._ends(row)[0]))
        if not spans:
            return None
        total, none = Fraction(0), datetime.min.replace(tzinfo=UTC)
        for own in spans.values():
            reached = none
            for begin, end in sorted(own):
                total += minutes_of(max(timedelta(0), end - max(begin, reached)))
                reached = max(reached, end)
        return total

    # Contacts and ranking

    def keys_of(self, name: str, key: str) -> list[str]:
        log = self.logs[name]
        if log["source"] == "officer":
            return []
        rings = (log["caller_role"] or "unknown") in ("victim", "subject", "unknown")
        caller = log["caller_nominal_id"]
        if key == "caller":
            return [caller] if caller and rings else []
        victims = [caller] if caller and log["caller_role"] == "victim" else []
        recorded = [row for row in self.people if row["incident_id"] == name and row["role"] == "victim"]
        victims += [row["nominal_id"] for row in recorded if row["nominal_id"]]
        if victims or recorded or log["caller_role"] == "victim":
            return list(dict.fromkeys(victims))
        return [caller] if caller and (log["caller_role"] or "unknown") == "unknown" else []

    def contacts(self, key: str) -> dict[tuple[str, str], datetime]:
        first: dict[tuple[str, str], datetime] = {}
        for name, log in self.logs.items():
            for who in self.keys_of(name, key):
                at = (who, self.group[name])
                first[at] = min(first.get(at, log["received_at"]), log["received_at"])
        return first

    def ranking(self, *, as_of: date, weeks: int, by: str, key: str, domestic_only: bool) -> list[Row]:
        begin = datetime.combine(as_of - timedelta(weeks=weeks), datetime.min.time(), LONDON)
        end = datetime.combine(as_of, datetime.min.time(), LONDON)
        found: dict[tuple[str, str], list[tuple[datetime, str]]] = defaultdict(list)
        for (who, group), at in self.contacts(key).items():
            lead = self.first_log(group)
            if begin <= at < end and (not domestic_only or self.is_domestic(lead["incident_id"]) is True):
                found[lead["neighbourhood_code"] or "unlocated", who].append((at, group))
        rows = [self._ranked(area, who, own, found) for (area, who), own in found.items() if len(own) >= 2]
        listed = []
        for area in sorted({row["area_code"] for row in rows}):
            mine = [row for row in rows if row["area_code"] == area]
            lens = {"contacts": "contacts", "officer_hours": "officer_minutes", "harm": "harm"}[by]
            for row in mine:
                better = [
                    other
                    for other in mine
                    if other[lens] is not None and (row[lens] is None or other[lens] > row[lens])
                ]
                row["rank"] = None if row[lens] is None else 1 + len(better)
                row["is_tied"] = row["rank"] is not None and sum(other[lens] == row[lens] for other in mine) > 1
            measures = list(dict.fromkeys([lens, "contacts", "officer_minutes"]))
            mine.sort(
                key=lambda row: (
                    *[(row[name] is None, -(row[name] or 0)) for name in measures],
                    -row["last_contact_at"].timestamp(),
                    row["key_id"],
                )
            )
            for position, row in enumerate(mine, start=1):
                row["position"] = position
            listed += mine
        return listed

    def _ranked(self, area: str, who: str, own: list[tuple[datetime, str]], found: dict[Any, Any]) -> Row:
        groups = {group for _, group in own}
        logs = [name for name in self.logs if self.group[name] in groups]
        codes = {crime["crime_ref"]: crime["offence_code"] for crime in self.crimes}
        crimes = {crime for name in logs for crime in self.crimes_of(name)}
        days = [self.harm[codes[crime]] for crime in crimes if codes[crime] in self.harm]
        sums = [sum((self.minutes[name][which] for name in logs), Fraction(0)) for which in range(3)]
        return {
            "area_code": area,
            "key_id": who,
            "contacts": len(own),
            "officer_minutes": sums[0],
            "officer_hours": sums[0] / 60,
            "officer_hours_low": sums[1] / 60,
            "officer_hours_high": sums[2] / 60,
            "harm": sum(days) if days else None,
            "first_contact_at": min(at for at, _ in own),
            "last_contact_at": max(at for at, _ in own),
            "contacts_elsewhere": sum(
                len(other) for (where, key), other in found.items() if key == who and where != area
            ),
        }
