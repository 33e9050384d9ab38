"""Do rows of the search stand for those alone of whom nothing changed, and are they a whole build's rows?"""

from __future__ import annotations

import json
import random
from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path

import polars as pl
import pytest

from analysis.build import make_build
from analysis.build.unchanged import changed_people, comparable
from analysis.ingest import input_files, read_sources
from analysis.questions.builds import load_assumptions
from analysis.store import Build
from tests.analysis.build.force import BUILT_AT, of_which_nothing_stands
from tests.analysis.ingest.force import sources_of, write

SOURCES = sources_of(
    "Weekly Force",
    incidents="logs_*",
    deployments="units",
    people="people_*",
    crimes="crimes_*",
    assessments="forms_*",
    places="places",
)
HEADERS = {
    "logs": "incident_id,received_at,neighbourhood_code,is_domestic,caller_name,caller_phone,caller_role,address,"
    "postcode,caller_address,caller_postcode,crime_ref,duplicate_of",
    "people": "incident_id,role,name,date_of_birth,phone,address,postcode",
    "crimes": "crime_ref,incident_id,offence_code,is_domestic",
    "forms": "incident_id,tool,risk,completed_at",
}
UNITS = "incident_id,callsign,assigned_at,cleared_at\nL1,A1,2013-10-01T10:05,2013-10-01T10:35\n"
PLACES = "kind,name,address,postcode,phone\nhospital,Fernbank,1 Haven House,ZS9 9ZZ,0121 496 0009\n"
NAMES = [
    f"{first} {last}"
    for first in ("Jo", "Kit", "Al", "Bo", "Una", "Di", "Ed", "Fay", "Gil", "Hal", "Ian", "Ivy")
    for last in ("Sandal", "Ember", "Moss", "Fern")
]
FIRST = datetime(2013, 10, 1)
OLDER = 60
"""Logs before the weeks that are added one by one."""


def random_week(chance: random.Random, logs: list[int], known: int) -> dict[str, str]:
    """The extracts of a week: its logs, of which some stand for older ones, and what was late about any log known."""
    lines: dict[str, list[str]] = {table: [header] for table, header in HEADERS.items()}
    for log in logs:
        at = FIRST + timedelta(hours=5 * log)
        who = chance.randrange(len(NAMES))
        phone = chance.choice(
            [f"07700 9000{who:02}", f"07700 9000{who:02}", "WITHHELD", "0121 496 0009", "0121 496 0010"]
        )
        home = chance.choice([f"{who} Ash Lane,ZS1 {who % 10}AA", ",", "1 Haven House,ZS9 9ZZ", "2 Elm Row,ZS2 1AA"])
        role = chance.choice(["victim", "subject", "witness", "unknown", "unknown"])
        same_as = f"L{chance.randrange(known)}" if chance.random() < 0.4 else ""
        where = f"N{chance.randrange(3)},{chance.choice(['yes', 'no', ''])}"
        lines["logs"].append(
            f"L{log},{at:%Y-%m-%dT%H:%M},{where},{NAMES[who]},{phone},{role},{log} Oak Road,ZS3 1AA,{home},,{same_as}"
        )
    for log in chance.sample(range(known), min(known, 5)):
        who = chance.randrange(len(NAMES))
        lines["people"].append(
            f"L{log},victim,{NAMES[who]},1980-01-{who % 28 + 1:02},07700 9000{who:02},{who} Ash Lane,"
        )
    for log in chance.sample(range(known), min(known, 3)):
        lines["crimes"].append(f"C{log},L{log},8N,{chance.choice(['yes', 'no'])}")
    for log in chance.sample(range(known), min(known, 6)):
        lines["forms"].append(f"L{log},DASH,{chance.choice(['high', 'standard'])},2013-11-{log % 28 + 1:02}T12:00")
    return {table: "\n".join(rows) + "\n" for table, rows in lines.items()}


def add_week(folder: Path, week: int, extracts: dict[str, str]) -> None:
    for table, text in extracts.items():
        (folder / f"{table}_{week}.csv").write_text(text, encoding="utf-8")


def built(sources: Path, store: Path, decisions: pl.DataFrame | None = None) -> Build:
    return make_build(sources, store, assumptions=load_assumptions(), built_at=BUILT_AT, decisions=decisions).build


def decided(build: Build, kind: str, *, same: bool) -> pl.DataFrame:
    """A decision on two records, of one person or of two."""
    records = build.frame("person_records").drop_nulls("person_id").sort("record_reference")
    pairs = records.join(records, how="cross", suffix="_b").filter(
        pl.col("record_reference") < pl.col("record_reference_b"),
        (pl.col("person_id") == pl.col("person_id_b")) == same,
    )
    return pairs.head(1).select(
        reference_a="record_reference", reference_b="record_reference_b", kind=pl.lit(kind, pl.String)
    )


def of_others(build: Build, table: str, changed: pl.Series) -> pl.DataFrame:
    return build.frame(table).filter(~pl.col("person_id").is_in(changed.implode()))


@pytest.fixture
def sources(tmp_path: Path) -> Path:
    chance = random.Random(7)
    file = write(tmp_path / "force", SOURCES, units__csv=UNITS, places__csv=PLACES)
    for week in range(3):
        add_week(file.parent, week, random_week(chance, list(range(week * 20, week * 20 + 20)), week * 20 + 1))
    return file


@pytest.mark.parametrize("seed", [1])
def test_weeks_that_bring_late_and_corrected_rows_and_decisions_on_people_give_the_rows_of_a_whole_build(
    sources: Path, tmp_path: Path, seed: int
) -> None:
    chance, store = random.Random(seed), tmp_path / "store"
    before = built(sources, store)
    decisions = decided(before, "different", same=True).clear()
    for week, step in enumerate((("different", True), ("same", False))):
        known = OLDER + 5 * week
        logs = [*range(known, known + 5), *chance.sample(range(known), 3)]
        add_week(sources.parent, 3 + week, random_week(chance, logs, known))
        decisions = pl.concat([decisions, decided(before, step[0], same=step[1])])
        anew = of_which_nothing_stands(store, before, tmp_path / f"anew_{week}")
        more, whole = built(sources, store, decisions), built(sources, anew, decisions)
        for table in more.manifest["rows"]:
            assert more.frame(table).equals(whole.frame(table)), table
        changed = changed_people(before, more)
        assert 0 < of_others(more, "search_facts", changed)["person_id"].n_unique() < more.manifest["rows"]["persons"]
        for table in ("search_keys", "search_facts"):
            assert of_others(before, table, changed).equals(of_others(whole, table, changed)), table
        before = more


def test_rows_of_unchanged_people_are_those_of_the_build_before_and_a_place_more_makes_all_anew(
    sources: Path, tmp_path: Path
) -> None:
    store = tmp_path / "store"
    before = built(sources, store)
    first = before.path / "search_facts.parquet"
    pl.read_parquet(first).with_columns(risk=pl.lit("as before")).write_parquet(first)
    add_week(sources.parent, 3, random_week(random.Random(3), [OLDER], 1))
    risks = [(more := built(sources, store)).frame("search_facts")["risk"]]
    assert (
        more.frame("search_facts").filter(risk="as before")["person_id"].is_in(changed_people(before, more)).sum() == 0
    )
    (sources.parent / "places.csv").write_text(PLACES + "hospital,Other,5 Other House,ZS9 9AA,\n", encoding="utf-8")
    risks.append(built(sources, store).frame("search_facts")["risk"])
    assert [(risk == "as before").any() for risk in risks] == [True, False]


LOGS = pl.DataFrame(
    [
        (0, "L0", "L0", "N1", False, "+441", False),
        (1, "L1", "L1", "N1", False, "+442", False),
        (2, "L2", "L1", "N2", None, "+443", False),
        (4, "L4", "L4", "N2", True, "+444", True),
    ],
    schema=[
        "read_order",
        "incident_id",
        "group_id",
        "neighbourhood_code",
        "is_domestic",
        "caller_phone",
        "is_phone_of_place",
    ],
    orient="row",
)
RECORDS = pl.DataFrame(
    [
        (0, "L0", "P-A", "+441", "caller"),
        (1, "L1", "P-B", "+442", "caller"),
        (2, "L2", "P-C", "+443", "caller"),
        (4, "L4", None, "+444", "caller"),
        (0, "L0", "P-D", "+444", "victim"),
        (1, "L9", "P-E", None, "victim"),
    ],
    schema=["read_order", "incident_id", "person_id", "phone", "role"],
    orient="row",
)
FORMS = pl.DataFrame({"read_order": [0], "incident_id": ["L0"]})
ALIASES = pl.DataFrame({"alias": ["P-F"], "person_id": ["P-E"]})
BEFORE = {"incidents": LOGS, "person_records": RECORDS, "assessments": FORMS, "person_aliases": ALIASES}


def with_value(frame: pl.DataFrame, row: int, column: str, value: object) -> pl.DataFrame:
    """The frame with one value replaced."""
    at = pl.int_range(pl.len()) == row
    return frame.with_columns(pl.when(at).then(pl.lit(value, frame.schema[column])).otherwise(column).alias(column))


def with_row(frame: pl.DataFrame, place: int, *values: object) -> pl.DataFrame:
    row = pl.DataFrame([values], schema=frame.schema, orient="row")
    return pl.concat([frame.head(place), row, frame.slice(place)])


@pytest.mark.parametrize(
    ("table", "now", "changed"),
    [
        pytest.param("incidents", LOGS, "", id="nothing"),
        pytest.param("incidents", with_row(LOGS, 4, 5, "L5", "L5", "N1", None, None, False), "", id="a log behind"),
        pytest.param(
            "incidents",
            with_row(LOGS, 4, 5, "L5", "L0", "N1", None, None, False),
            "AD",
            id="a log behind in an older group",
        ),
        pytest.param(
            "incidents",
            with_row(LOGS, 4, 5, "L9", "L9", "N1", None, None, False),
            "E",
            id="a log that somebody was recorded in before",
        ),
        pytest.param(
            "incidents",
            with_row(LOGS[[1, 2, 3]], 3, 5, "L0", "L0", "N1", False, "+441", False),
            "AD",
            id="a corrected log",
        ),
        pytest.param("incidents", with_value(LOGS, 0, "neighbourhood_code", "N3"), "AD", id="another area"),
        pytest.param("incidents", with_value(LOGS, 1, "is_domestic", None), "BC", id="another domestic flag"),
        pytest.param("incidents", with_value(LOGS, 2, "group_id", "L2"), "BC", id="a group of its own"),
        pytest.param("incidents", with_value(LOGS, 2, "is_phone_of_place", True), "C", id="a number of a place"),
        pytest.param(
            "incidents", with_value(LOGS, 3, "is_phone_of_place", False), "AD", id="a number of a place no more"
        ),
        pytest.param("person_records", with_value(RECORDS, 1, "person_id", "P-A"), "AB", id="another caller"),
        pytest.param("person_records", with_value(RECORDS, 2, "person_id", None), "C", id="a caller set apart"),
        pytest.param(
            "person_records", with_row(RECORDS, 6, 2, "L2", "P-G", None, "victim"), "CG", id="somebody recorded late"
        ),
        pytest.param("person_records", RECORDS.head(5), "E", id="somebody recorded no more"),
        pytest.param("assessments", with_row(FORMS, 1, 1, "L1"), "B", id="an assessment come late"),
        pytest.param("assessments", FORMS.clear(), "AD", id="an assessment taken back"),
        pytest.param("person_aliases", ALIASES.clear(), "E", id="an alias gone"),
    ],
)
def test_who_is_changed_by_a_row(tmp_path: Path, table: str, now: pl.DataFrame, changed: str) -> None:
    builds = []
    for name, tables in (("then", BEFORE), ("now", BEFORE | {table: now})):
        (tmp_path / name).mkdir()
        for stored, frame in tables.items():
            frame.write_parquet(tmp_path / name / f"{stored}.parquet")
        builds.append(Build(name, tmp_path / name))
    assert "".join(sorted(person[-1] for person in changed_people(*builds))) == changed


@pytest.mark.parametrize(
    ("told", "files", "stands"),
    [
        pytest.param({}, range(13), True, id="nothing"),
        pytest.param({}, [0, 1, 3, 4, 6, 7, 9, 10, 12], True, id="extracts behind"),
        pytest.param({}, range(1, 13), False, id="an extract in front"),
        pytest.param({}, [1, 0, *range(2, 13)], False, id="another order"),
        pytest.param({}, range(12), False, id="places not listed before"),
        pytest.param({"code_version": "another"}, range(13), False, id="code"),
        pytest.param({"polars": "another"}, range(13), False, id="polars"),
        pytest.param({"polars": None}, range(13), False, id="a manifest that does not say by which polars"),
        pytest.param({"assumptions": "another"}, range(13), False, id="assumptions"),
        pytest.param({"force": {"timezone": "Europe/Paris"}}, range(13), False, id="clock"),
    ],
)
def test_what_holds_for_every_row_must_be_the_same(
    sources: Path, tmp_path: Path, told: dict[str, object], files: Sequence[int], stands: bool
) -> None:
    read, assumptions = read_sources(sources), load_assumptions()
    given = [file for file in input_files(read) if file.feed.table != "deployments"]
    named = [
        {"table": file.feed.table, "file": file.name, "sha256": file.sha256, "mapping": file.feed.fingerprint()}
        for file in given
    ]
    manifest = {
        "code_version": "this",
        "polars": pl.__version__,
        "assumptions": assumptions.fingerprint,
        "force": {"timezone": "Europe/London"},
        "files": [named[place] for place in files],
    }
    said = {name: value for name, value in (manifest | told).items() if value is not None}
    (tmp_path / "manifest.json").write_text(json.dumps(said), encoding="utf-8")
    then = Build("then", tmp_path)
    assert (comparable(then, read, given, code="this", assumptions=assumptions) == then) == stands
