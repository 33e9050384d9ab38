"""A small force of people who have nothing to do with a test, so that agreement can be told from chance."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

import polars as pl

from analysis.people import KnownIds, People
from tests.analysis.people.builders import Row, log, resolve

GIVEN = ("Alan", "Bella", "Carl", "Dora", "Edgar", "Freya", "Glenn", "Hilda", "Ivor", "Jessie", "Keith", "Lorna")
FAMILY = ("Ash", "Birch", "Cedar", "Drake", "Elm", "Finch", "Gorse", "Heron", "Iris", "Jay")
FIRST_OF_FORCE = 500


def bystanders() -> list[Row]:
    """A hundred and twenty people, one log each, all different in everything but names."""
    rows = []
    for number in range(120):
        given, family = GIVEN[number % 12], FAMILY[number % 10]
        rows.append(
            log(
                FIRST_OF_FORCE + number,
                name=f"{given} {family}",
                phone=f"0121496{number * 37 % 7919:04d}",
                date_of_birth=date(1950, 1, 15) + timedelta(days=151 * number),
                address=f"{number + 1} Elsewhere Road",
                postcode=f"ZS{number % 9 + 1} {number % 7 + 1}QQ",
            )
        )
    return rows


def found(*logs: Row, **given: object) -> People:
    """Everybody resolved, the bystanders among them."""
    return resolve(*logs, *bystanders(), **given)  # type: ignore[arg-type]


def letters_of(people: People, count: int) -> str:
    """Who rang on the first `count` logs: a letter each, '-' in a pool."""
    ids = people.records.filter(pl.col("role") == "caller")["person_id"].to_list()[:count]
    seen: dict[str, str] = {}
    return "".join("-" if one is None else seen.setdefault(one, chr(ord("A") + len(seen))) for one in ids)


def same(*logs: Row, **given: object) -> str:
    return letters_of(found(*logs, **given), len(logs))


def reference(people: People, number: int, role: str = "caller") -> str:
    row = people.records.filter((pl.col("incident_id") == f"L{number:03d}") & (pl.col("role") == role))
    return str(row["record_reference"].item())


def decided(people: People, *pairs: tuple[int, int, str]) -> pl.DataFrame:
    """Decisions on the callers of logs: number, number, 'same' or 'different'."""
    rows = [(reference(people, one), reference(people, other), kind) for one, other, kind in pairs]
    return pl.DataFrame(rows, schema=["reference_a", "reference_b", "kind"], orient="row")


def person(people: People, number: int) -> str | None:
    row = people.records.filter((pl.col("incident_id") == f"L{number:03d}") & (pl.col("role") == "caller"))
    value: str | None = row["person_id"].item()
    return value


def consistent(logs: int, drawn: Iterable[tuple[int, int, str]]) -> list[tuple[int, int, str]]:
    """Of decisions on pairs of the first so many logs those that do not contradict each other through others."""
    group = list(range(logs))
    kept: list[tuple[int, int, str]] = []
    for one, other, kind in drawn:
        if one == other or max(one, other) >= logs:
            continue
        trial = list(group)
        if kind == "same":
            trial = [group[one] if lead == group[other] else lead for lead in group]
        differing = [(a, b) for a, b, what in [*kept, (one, other, kind)] if what == "different"]
        if all(trial[a] != trial[b] for a, b in differing):
            group = trial
            kept.append((one, other, kind))
    return kept


__all__ = ["KnownIds", "bystanders", "consistent", "decided", "found", "letters_of", "person", "reference", "same"]
