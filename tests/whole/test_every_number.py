"""From extracts to exported tables through the commands, against the same numbers worked out by hand."""

from __future__ import annotations

import csv
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dashboard.__main__ import main
from tests.whole.by_hand import Force

START = datetime(2013, 10, 25, 12, 0, tzinfo=UTC)
AS_OF = date(2013, 10, 28)
HARM = {"V1": 10.0, "V2": 2.5}
SOURCES = """
[force]
synthetic = true
[[feed]]
table = "incidents"
files = ["incidents.csv"]
[[feed]]
table = "deployments"
files = ["deployments.csv"]
[[feed]]
table = "people"
files = ["people.csv"]
[[feed]]
table = "crimes"
files = ["crimes.csv"]
[harm]
file = "harm.csv"
source = "invented for the test"
"""
minutes = st.integers(0, 3 * 24 * 60)
who = st.sampled_from([None, "N1", "N2", "N3"])
log_names = [f"L{number}" for number in range(9)]


@st.composite
def forces(draw: st.DrawFn) -> tuple[list[dict[str, Any]], ...]:
    names = log_names[: draw(st.integers(2, 9))]
    logs = [
        {
            "incident_id": name,
            "received_at": START + timedelta(minutes=draw(minutes)),
            "neighbourhood_code": draw(st.sampled_from(["A", "A", "B", None])),
            "source": draw(st.sampled_from(["999", "999", None, "officer"])),
            "grade": draw(st.sampled_from(["immediate", "early", None])),
            "is_domestic": draw(st.sampled_from([True, True, False, None])),
            "caller_nominal_id": draw(who),
            "caller_role": draw(st.sampled_from(["victim", "subject", "unknown", None, "witness", "third_party"])),
            "crime_ref": draw(st.sampled_from([None, None, "C1", "C2", "C9"])),
            "duplicate_of": draw(st.sampled_from([None, None, None, *names, "L99"])),
        }
        for name in names
    ]
    deployments = []
    for _ in range(draw(st.integers(0, 9))):
        assigned = START + timedelta(minutes=draw(minutes), seconds=draw(st.sampled_from([0, 7])))
        length = draw(st.one_of(st.none(), st.integers(0, 400)))
        scene = draw(st.one_of(st.none(), st.integers(-5, 60)))
        deployments.append(
            {
                "incident_id": draw(st.sampled_from([*names, "L77"])),
                "assigned_at": assigned,
                "officer_id": draw(st.sampled_from([None, "7", "8"])),
                "callsign": draw(st.sampled_from(["7", "Z1"])),
                "crew": draw(st.sampled_from([None, 1, 2])),
                "at_scene_at": None if scene is None else assigned + timedelta(minutes=scene),
                "cleared_at": None if length is None else assigned + timedelta(minutes=length),
            }
        )
    unique = {(row["incident_id"], Force.officer(row), row["assigned_at"]): row for row in deployments}
    people = [
        {"incident_id": draw(st.sampled_from(names)), "role": role, "nominal_id": draw(who)}
        for role in draw(st.lists(st.sampled_from(["victim", "subject", "witness"]), max_size=4))
    ]
    people = list({tuple(row.values()): row for row in people}.values())
    crimes = [
        {
            "crime_ref": ref,
            "incident_id": draw(st.sampled_from([None, *names])),
            "offence_code": draw(st.sampled_from(["V1", "V2", "V9"])),
            "is_domestic": draw(st.sampled_from([True, False, None])),
        }
        for ref in draw(st.lists(st.sampled_from(["C1", "C2", "C3"]), unique=True, max_size=3))
    ]
    return logs, list(unique.values()), people, crimes


def _write(folder: Path, name: str, rows: list[dict[str, Any]], columns: list[str]) -> None:
    with (folder / name).open("w", newline="") as file:
        writer = csv.DictWriter(file, columns)
        writer.writeheader()
        for row in rows:
            writer.writerow({key: "" if value is None else value for key, value in row.items()})


def _build(folder: Path, force: tuple[list[dict[str, Any]], ...]) -> Force:
    logs, deployments, people, crimes = force
    (folder / "sources.toml").write_text(SOURCES)
    _write(folder, "incidents.csv", logs, list(logs[0]))
    _write(
        folder,
        "deployments.csv",
        deployments,
        ["incident_id", "assigned_at", "officer_id", "callsign", "crew", "at_scene_at", "cleared_at"],
    )
    _write(folder, "people.csv", people, ["incident_id", "role", "nominal_id"])
    _write(folder, "crimes.csv", crimes, ["crime_ref", "incident_id", "offence_code", "is_domestic"])
    (folder / "harm.csv").write_text("offence_code,days\n" + "".join(f"{code},{days}\n" for code, days in HARM.items()))
    assert main(["build", str(folder / "sources.toml"), "--store", str(folder / "store")]) == 0
    return Force(logs, deployments, people, crimes, HARM)


def _exported(folder: Path, *words: str) -> pl.DataFrame:
    out = folder / "out.parquet"
    assert main(["export", *words, "--store", str(folder / "store"), "--out", str(out), "--force"]) == 0
    return pl.read_parquet(out)


@pytest.mark.usefixtures("capsys")
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(forces(), st.sampled_from(["contacts", "officer_hours", "harm"]), st.sampled_from(["caller", "concerned"]))
def test_incidents_and_rankings_agree_with_the_design_by_hand(
    tmp_path_factory: pytest.TempPathFactory, force: tuple[list[dict[str, Any]], ...], by: str, key: str
) -> None:
    folder = tmp_path_factory.mktemp("force")
    by_hand = _build(folder, force)
    incidents = _exported(folder, "incidents")
    for row in incidents.iter_rows(named=True):
        name = row["incident_id"]
        imputed, low, high = by_hand.minutes[name]
        assert row["group_id"] == by_hand.group[name]
        assert row["is_domestic"] == by_hand.is_domestic(name)
        assert row["officer_minutes"] == pytest.approx(float(imputed), abs=1e-6)
        assert row["officer_minutes_low"] == pytest.approx(float(low), abs=1e-6)
        assert row["officer_minutes_high"] == pytest.approx(float(high), abs=1e-6)
        assert _same(row["elapsed_minutes"], by_hand.elapsed(name))
        assert _same(row["unit_minutes"], by_hand.unit_minutes(name))
    names = _names_of_people(folder)
    for domestic in (True, False):
        if domestic and not incidents["is_domestic"].any():
            continue
        if incidents["neighbourhood_code"].is_null().all():
            continue
        words = ["ranking", "--as-of", str(AS_OF), "--weeks", "2", "--by", by, "--key", key, "--top", "0"]
        found = _exported(folder, *words, *([] if domestic else ["--all"])).rows(named=True)
        expected = by_hand.ranking(as_of=AS_OF, weeks=2, by=by, key=key, domestic_only=domestic)
        assert [row["area_code"] for row in found] == [row["area_code"] for row in expected]
        for one, other in zip(_settled(found, names), _settled(expected, {}), strict=True):
            for column in ("area_code", "key_id", "rank", "is_tied", "contacts", "harm", "contacts_elsewhere"):
                assert one[column] == other[column], column
            for column in ("first_contact_at", "last_contact_at"):
                assert one[column] == other[column], column
            for column in ("officer_hours", "officer_hours_low", "officer_hours_high"):
                assert one[column] == pytest.approx(float(other[column]), abs=1e-7), column


def _same(found: float | None, expected: Any) -> bool:
    if found is None or expected is None:
        return found is expected
    return abs(found - float(expected)) < 1e-6


def _settled(rows: list[dict[str, Any]], names: dict[str, str]) -> list[dict[str, Any]]:
    """Rows in an order that does not depend on what the store's key makes of an id in the very last tie."""
    known = [row | {"key_id": names.get(row["key_id"], row["key_id"])} for row in rows]

    def order(row: dict[str, Any]) -> tuple[Any, ...]:
        return (row["area_code"], row["rank"] or 10**6, -row["contacts"], -float(row["officer_hours"]), row["key_id"])

    return sorted(known, key=order)


def _names_of_people(folder: Path) -> dict[str, str]:
    """The nominal id behind each person id, from the record the build was given."""
    records = _exported(folder, "person_records").drop_nulls("person_id")
    logs = {row["incident_id"]: row["caller_nominal_id"] for row in csv.DictReader((folder / "incidents.csv").open())}
    people = list(csv.DictReader((folder / "people.csv").open()))
    return {
        row["person_id"]: logs[row["incident_id"]]
        if row["role"] == "caller"
        else people[row["source_line"] - 2]["nominal_id"]
        for row in records.iter_rows(named=True)
    }
