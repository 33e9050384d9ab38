"""Is somebody who stands on both sides with somebody else found, with both roles kept?"""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.build import make_build
from analysis.disclosure import Audience, police
from analysis.disclosure.audience import partner
from analysis.questions.builds import load_assumptions
from analysis.questions.counter_allegations import counter_allegations
from analysis.questions.figures import OfCounter
from analysis.questions.incidents_behind import incidents_behind
from analysis.questions.view import View
from analysis.store import Build
from tests.analysis.ingest.force import sources_of, write

AT = datetime(2013, 11, 1, 10, tzinfo=UTC)
# Each log: its group, its area, its caller and the caller's role, and the others recorded in it.
Log = tuple[str, str, str | None, str, list[tuple[str, str]]]
ROWS: list[Log] = [
    ("G1", "N1", "ann", "victim", [("bob", "subject")]),
    ("G2", "N1", "bob", "victim", [("ann", "subject"), ("ann", "witness")]),
    ("G3", "N2", "ann", "victim", [("bob", "subject"), ("cat", "subject")]),
    ("G4", "N2", None, "third_party", [("dan", "victim"), ("ann", "subject")]),
]


def build_of(folder: Path, logs: list[Log]) -> Build:
    """A build that holds the three tables the question reads."""
    incidents = [(f"L{at}", group, role, caller) for at, (group, _, caller, role, _) in enumerate(logs)]
    records = [(f"L{at}", "caller", caller) for at, (_, _, caller, _, _) in enumerate(logs) if caller]
    records += [(f"L{at}", role, who) for at, (*_, others) in enumerate(logs) for who, role in others]
    groups = {group: (area, AT + timedelta(days=at)) for at, (group, area, *_) in enumerate(logs)}
    folder.mkdir(parents=True, exist_ok=True)
    text = pl.String
    schema = {"incident_id": text, "group_id": text, "caller_role": text, "caller": text}
    pl.DataFrame(incidents, schema=schema, orient="row").write_parquet(folder / "incidents.parquet")
    schema = {"incident_id": text, "role": text, "person_id": text}
    pl.DataFrame(records, schema=schema, orient="row").write_parquet(folder / "person_records.parquet")
    pl.DataFrame(
        [(group, *said) for group, said in groups.items()],
        schema={"group_id": text, "neighbourhood_code": text, "received_at": pl.Datetime("us", "UTC")},
        orient="row",
    ).write_parquet(folder / "groups.parquet")
    (folder / "manifest.json").write_text(json.dumps({"force": {"timezone": "Europe/London"}}))
    return Build(folder.name, folder)


def found(build: Build, who: str, audience: Audience | None = None) -> list[tuple[str, str, int, int]]:
    rows = counter_allegations(build, who, audience or police(None)).rows
    return [] if rows.is_empty() else rows.select("neighbourhood_code", "other_id", "as_victim", "as_subject").rows()


@pytest.fixture(scope="module")
def build(tmp_path_factory: pytest.TempPathFactory) -> Build:
    return build_of(tmp_path_factory.mktemp("counter") / "b1", ROWS)


def test_who_stands_on_both_sides_is_found_with_both_roles_in_each_area(build: Build) -> None:
    assert found(build, "ann") == [("N2", "bob", 1, 0), ("N1", "bob", 1, 1)]
    assert found(build, "bob") == [("N2", "ann", 0, 1), ("N1", "ann", 1, 1)]


@pytest.mark.parametrize("who", ["cat", "dan", "nobody"])
def test_who_stands_on_one_side_only_is_not(build: Build, who: str) -> None:
    assert found(build, who) == []


def test_both_directions_must_lie_in_the_readers_area(build: Build) -> None:
    assert found(build, "ann", police(frozenset({"N1"}))) == [("N1", "bob", 1, 1)]
    assert found(build, "ann", police(frozenset({"N2"}))) == []


def test_a_partner_is_shown_none_even_of_a_shared_person(build: Build) -> None:
    who = partner("HOUSING", shared_persons=frozenset({"ann", "bob"}), threshold=5)
    assert counter_allegations(build, "ann", who).rows.is_empty()


SOURCES = sources_of("Two Sides", incidents="logs", deployments="units", people="people")
EXTRACTS = {
    "logs__csv": "incident_id,received_at,neighbourhood_code,caller_nominal_id,caller_role,duplicate_of\n"
    "L1,2013-11-01T10:00,N1,ann,victim,\nL2,2013-11-02T10:00,N1,bob,victim,\n"
    "L3,2013-11-03T10:00,N2,ann,victim,\nL4,2013-11-03T10:05,N2,cat,victim,L3\n",
    "units__csv": "incident_id,callsign,assigned_at,cleared_at\nL1,A1,2013-11-01T10:00,2013-11-01T10:15\n",
    "people__csv": "incident_id,role,nominal_id\nL1,subject,bob\nL2,subject,ann\nL4,subject,bob\n",
}


VIEW = View(date(2013, 12, 2), 4)


@pytest.fixture(scope="module")
def force(tmp_path_factory: pytest.TempPathFactory) -> Build:
    folder = tmp_path_factory.mktemp("sides")
    sources = write(folder, SOURCES, **EXTRACTS)
    return make_build(sources, folder / "store", assumptions=load_assumptions(), built_at=AT).build


def listed(force: Build, who: Audience, *, is_victim: bool) -> list[str]:
    ann, bob = force.frame("incidents", ["incident_id", "caller_id"]).sort("incident_id")["caller_id"].head(2)
    found = incidents_behind(force, VIEW, who, OfCounter(ann, bob, is_victim), assumptions=load_assumptions())
    return found.rows.rows["incident_id"].to_list() if found.rows.rows.width else []


@pytest.mark.parametrize(
    ("area", "victim", "subject"), [(None, ["L3", "L1"], ["L2"]), ("N1", ["L1"], ["L2"]), ("N2", [], [])]
)
def test_each_count_opens_the_incidents_it_counts(
    force: Build, area: str | None, victim: list[str], subject: list[str]
) -> None:
    who = police(None if area is None else frozenset({area}))
    assert (listed(force, who, is_victim=True), listed(force, who, is_victim=False)) == (victim, subject)
    ann = force.frame("incidents", ["incident_id", "caller_id"]).sort("incident_id")["caller_id"][0]
    rows = counter_allegations(force, ann, who).rows
    counted = [sum(rows[name]) if rows.width else 0 for name in ("as_victim", "as_subject")]
    assert counted == [len(victim), len(subject)]


def test_a_partner_is_given_no_incident_of_either_side(force: Build) -> None:
    everybody = frozenset(force.frame("incidents", ["caller_id"])["caller_id"])
    assert listed(force, partner("HOUSING", shared_persons=everybody, threshold=5), is_victim=True) == []


PEOPLE, SIDES = st.sampled_from("abc"), st.sampled_from(["victim", "subject", "witness"])


@settings(max_examples=25, deadline=None)
@given(logs=st.lists(st.tuples(PEOPLE, SIDES, st.lists(st.tuples(PEOPLE, SIDES), max_size=3)), max_size=5))
def test_it_is_what_a_clerk_would_find_pair_by_pair(
    tmp_path_factory: pytest.TempPathFactory, logs: list[tuple[str, str, list[tuple[str, str]]]]
) -> None:
    rows: list[Log] = [(f"G{at}", "N1", caller, role, others) for at, (caller, role, others) in enumerate(logs)]
    made = build_of(tmp_path_factory.mktemp("clerk") / "b1", rows)

    def together(victim: str, subject: str) -> int:
        sides = [{(caller, role), *others} for _, _, caller, role, others in rows]
        return sum((victim, "victim") in log and (subject, "subject") in log for log in sides)

    expected = {
        (other, together("a", other), together(other, "a"))
        for other in "bc"
        if together("a", other) and together(other, "a")
    }
    assert {(other, victim, subject) for _, other, victim, subject in found(made, "a")} == expected
