"""Does what somebody decided about who is who hold in every later build, until it is undone?"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from analysis.disclosure import police
from analysis.questions.builds import current_build
from analysis.questions.numbers import numbers
from dashboard.__main__ import main
from dashboard.decisions_database import URL_VARIABLE, open_decisions
from partnership import members
from partnership.cases import open_case
from partnership.identity import decide_pair, undo_pair
from partnership.identity_numbers import mark_number, unmark_number
from partnership.reading import case_for_person
from partnership.vocabulary import IdentityReason, NumberKind, Role, Verdict
from tests.analysis.ingest.force import write
from tests.analysis.questions.who_is_who_force import LOGS, PLACES, SOURCES, UNITS, person

AT = datetime(2013, 12, 2, 9, tzinfo=UTC)
TODAY = date(2013, 12, 2)
HEADER = LOGS.split("\n", 1)[0]
WARD = "0121 496 0009"


@pytest.fixture
def force(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The extracts, built once; the store stands beside them, with an analyst who may decide."""
    monkeypatch.delenv(URL_VARIABLE, raising=False)
    sources = SOURCES.replace('"logs.csv"', '"logs*.csv"')
    write(tmp_path, sources, logs__csv=LOGS, units__csv=UNITS, places__csv=PLACES)
    build(tmp_path)
    assert main(["db", "upgrade", "--store", str(tmp_path / "store")]) == 0
    ana: dict[str, Any] = {"email": "ana@example.org", "name": "Ana", "role": Role.ANALYST, "areas": (), "agency": None}
    deed(tmp_path, members.add_member, members.operator("Operator", TODAY), **ana)
    return tmp_path


def build(folder: Path) -> None:
    assert main(["build", str(folder / "sources.toml"), "--store", str(folder / "store")]) == 0


def deed(folder: Path, verb: Callable[..., Any], actor: Any = None, **fields: Any) -> None:
    """Do one verb, as the analyst unless somebody else is named."""
    database = open_decisions(folder / "store")
    with database.write() as session:
        who = actor or members.sign_in(session, "ana@example.org", TODAY)
        scope = {} if actor else {"geography": {"N1": "S", "N2": "S"}}
        verb(session, who, at=AT, **scope, **fields)
    database.close()


def one_more_log(folder: Path, number: int) -> None:
    """Another extract, with a call of somebody new."""
    row = f"L9{number},2013-11-28T1{number}:00,N1,yes,New Caller {number},07700 90077{number},victim,\n"
    (folder / f"logs_{number}.csv").write_text(f"{HEADER}\n{row}")


def decide(folder: Path, verdict: Verdict, *, seen_version: int = 0) -> None:
    records = current_build(folder / "store").frame("person_records", ["incident_id", "record_reference"])
    of_log = dict(records.iter_rows())
    deed(
        folder,
        decide_pair,
        pair_reference="D-1",
        reference_a=of_log["L01"],
        reference_b=of_log["L03"],
        verdict=verdict,
        why=IdentityReason.KNOWN_TO_OFFICERS,
        neighbourhoods=["N1"],
        seen_version=seen_version,
    )


def both(folder: Path) -> tuple[str, str]:
    """The ids under which Ada and Zoe stand."""
    current = current_build(folder / "store")
    return person(current, "Ada Birch"), person(current, "Zoe Quill")


def test_two_said_to_be_one_are_one_in_every_later_build_until_it_is_undone(force: Path) -> None:
    ada, zoe = both(force)
    assert ada != zoe
    decide(force, Verdict.SAME)
    build(force)
    assert len(set(both(force))) == 1 and set(both(force)) <= {ada, zoe}
    one_more_log(force, 1)
    build(force)
    joined = both(force)
    assert joined[0] == joined[1]
    aliases = dict(current_build(force / "store").frame("person_aliases").select("alias", "person_id").iter_rows())
    assert aliases[({ada, zoe} - {joined[0]}).pop()] == joined[0]
    deed(force, undo_pair, pair_reference="D-1", why=IdentityReason.MISTAKE, seen_version=1)
    one_more_log(force, 2)
    build(force)
    assert len(set(both(force))) == 2


def test_a_case_follows_its_person_through_a_joining_and_back(force: Path) -> None:
    people = both(force)
    per: dict[str, Any] = {"email": "per@example.org", "name": "Per", "role": Role.PPU_OFFICER, "areas": ()}
    deed(force, members.add_member, members.operator("Operator", TODAY), **per, agency=None)

    def references() -> list[str | None]:
        database = open_decisions(force / "store")
        with database.read() as session:
            who = members.sign_in(session, "per@example.org", TODAY)
            found = [case_for_person(session, who, one, {"N1": "S", "N2": "S"}) for one in both(force)]
        database.close()
        return [None if case is None else case.reference for case in found]

    database = open_decisions(force / "store")
    with database.write() as session:
        who = members.sign_in(session, "per@example.org", TODAY)
        scope = {"neighbourhood": "N1", "geography": {"N1": "S", "N2": "S"}, "at": AT}
        opened = [open_case(session, who, person_id=one, **scope).reference for one in people]  # type: ignore[arg-type]
    database.close()
    assert references() == opened
    decide(force, Verdict.SAME)
    build(force)
    assert len(set(references())) == 1 and set(references()) <= set(opened)
    deed(force, undo_pair, pair_reference="D-1", why=IdentityReason.MISTAKE, seen_version=1)
    build(force)
    assert references() == opened


def test_not_sure_leaves_a_build_as_it_is(force: Path) -> None:
    before = current_build(force / "store").id
    decide(force, Verdict.NOT_SURE)
    build(force)
    assert current_build(force / "store").id == before


def test_two_said_to_be_different_stay_apart_and_are_not_asked_again(force: Path) -> None:
    decide(force, Verdict.DIFFERENT)
    build(force)
    one_more_log(force, 1)
    build(force)
    ada, zoe = both(force)
    doubtful = current_build(force / "store").frame("doubtful", ["person_a", "person_b"])
    assert ada != zoe and not any({*pair} == {ada, zoe} for pair in doubtful.iter_rows())


def test_a_places_number_marked_as_a_persons_own_makes_its_callers_people_until_unmarked(force: Path) -> None:
    def pool() -> list[str | None]:
        logs = current_build(force / "store").frame("incidents", ["incident_id", "caller_pool"])
        return logs.filter(pl.col("incident_id") == "L11")["caller_pool"].to_list()

    assert pool() == ["institution"]
    reference = numbers(current_build(force / "store"), police(None), minimum_people=2).rows["reference"].item()
    fields = {"reference": reference, "neighbourhoods": ["N2"]}
    why = IdentityReason.KNOWN_TO_OFFICERS
    deed(force, mark_number, kind=NumberKind.PERSONAL, why=why, seen_version=0, **fields)
    build(force)
    assert pool() == [None]
    deed(force, unmark_number, reference=reference, why=IdentityReason.MISTAKE, seen_version=1)
    build(force)
    assert pool() == ["institution"]


def test_a_database_of_an_older_release_stops_the_build_with_the_mend(
    force: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with sqlite3.connect(force / "store" / "partnership.sqlite") as connection:
        connection.execute("UPDATE alembic_version SET version_num = '0002'")
    connection.close()
    one_more_log(force, 1)
    assert main(["build", str(force / "sources.toml"), "--store", str(force / "store")]) == 2
    assert "db upgrade" in capsys.readouterr().err
