"""Is a build of one extract more the same as if everything had been read anew?"""

from __future__ import annotations

import random
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from analysis.build import make_build
from analysis.questions.builds import load_assumptions
from analysis.store import Build, drop_old_builds
from tests.analysis.build.force import BUILT_AT, HEADER, of_which_nothing_stands, write_force

FIRST = datetime(2013, 10, 20)
UNITS_HEADER = "incident_id,officer_id,callsign,crew,assigned_at,cleared_at\n"


def random_week(chance: random.Random, logs: int) -> tuple[str, str]:
    """Logs and deployments of a week's extract; some logs were in an extract before, the same or corrected."""
    lines, units = [], []
    for number in chance.sample(range(3 * logs), logs):
        at = FIRST + timedelta(minutes=number * 17)
        east = chance.choice(["400500", "401500", "430000", ""])
        caller = chance.choice(
            ["Jo Sandal,07700 900001", "Kit Ember,07700 900002", "Al Moss,WITHHELD", ",0121 496 0001"]
        )
        role = chance.choice(["victim", "subject", "witness", "unknown"])
        same_as = f"L{number - 1}" if number % 5 == 0 else ""
        grade = chance.choice(["early", "routine"])
        lines.append(
            f"L{number},{at:%Y-%m-%dT%H:%M},{east},280500,N{number % 2},999,{grade},yes,{caller},{role},{same_as}"
        )
        end = f"{at + timedelta(minutes=40):%Y-%m-%dT%H:%M}" if number % 7 else ""
        units.append(f"L{number},O{number % 4},,,{at:%Y-%m-%dT%H:%M},{end}")
    lines += [lines[0], "," + lines[1].partition(",")[2]]
    return HEADER + "\n".join(lines) + "\n", UNITS_HEADER + "\n".join(units) + "\n"


def add_week(folder: Path, number: int, week: tuple[str, str]) -> None:
    (folder / f"logs_{number}.csv").write_text(week[0], encoding="utf-8")
    (folder / f"units_{number}.csv").write_text(week[1], encoding="utf-8")


def build_of(sources: Path, store: Path) -> tuple[Build, list[str]]:
    """The build, and the files that were read for it."""
    said: list[str] = []
    result = make_build(sources, store, assumptions=load_assumptions(), built_at=BUILT_AT, say=said.append)
    return result.build, [step for step in said if step.startswith("reading")]


@pytest.fixture
def sources(tmp_path: Path) -> Path:
    file = write_force(tmp_path / "force")
    for old in ("logs_1.csv", "units.csv"):
        (file.parent / old).unlink()
    file.write_text(file.read_text(encoding="utf-8").replace("units.csv", "units_*.csv"), encoding="utf-8")
    return file


@pytest.mark.parametrize("seed", [1, 2])
def test_one_week_more_gives_the_tables_of_a_whole_build(sources: Path, tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)
    weeks = chance.randint(2, 5)
    for number in range(weeks):
        add_week(sources.parent, number, random_week(chance, 60))
    store = tmp_path / "store"
    first, _ = build_of(sources, store)
    anew = of_which_nothing_stands(store, first, tmp_path / "anew")
    add_week(sources.parent, weeks, random_week(chance, 60))
    more, read = build_of(sources, store)
    whole, read_anew = build_of(sources, anew)
    assert (len(read), len(read_anew)) == (2, 2 * (weeks + 1) + 2)
    assert more.manifest == whole.manifest
    for table in more.manifest["rows"]:
        assert more.frame(table).equals(whole.frame(table)), table


OPEN = 9
"""The log whose deployment is not cleared in its own week's extract."""
CORRECTED, LATE = 7, 20
"""A log of an early week that a later extract gives another caller; one whose whole week is extracted last."""


def small_week(number: int) -> tuple[str, str]:
    """Two logs of a week of their own, and their deployments."""
    logs = (2 * number, 2 * number + 1)
    return of_logs({log: (f"Jo Sandal,07700 90000{log % 4}", log != OPEN) for log in logs})


def of_logs(callers: dict[int, tuple[str, bool]]) -> tuple[str, str]:
    """An extract of logs, each with its caller and whether its deployment is cleared."""
    lines, units = [], []
    for log, (caller, is_cleared) in callers.items():
        at = FIRST - timedelta(days=300) + timedelta(minutes=log * 40)
        lines.append(f"L{log},{at:%Y-%m-%dT%H:%M},400500,280500,N{log % 2},999,early,yes,{caller},victim,")
        end = f"{at + timedelta(minutes=50):%Y-%m-%dT%H:%M}" if is_cleared else ""
        units.append(f"L{log},O{log % 3},,,{at:%Y-%m-%dT%H:%M},{end}")
    return HEADER + "\n".join(lines) + "\n", UNITS_HEADER + "\n".join(units) + "\n"


def test_a_week_more_after_many_that_brings_late_and_corrected_rows_gives_the_tables_of_a_whole_build(
    sources: Path, tmp_path: Path
) -> None:
    for number in range(33):
        if number != LATE // 2:
            add_week(sources.parent, number + 10, small_week(number))
    store = tmp_path / "store"
    first, _ = build_of(sources, store)
    anew = of_which_nothing_stands(store, first, tmp_path / "anew")
    another = "Kit Ember,07700 900002"
    add_week(
        sources.parent,
        43,
        of_logs({66: (another, True), CORRECTED: (another, True), OPEN: ("Jo Sandal,07700 900001", True)}),
    )
    add_week(sources.parent, 44, small_week(LATE // 2))
    more, _ = build_of(sources, store)
    whole, _ = build_of(sources, anew)
    assert more.manifest == whole.manifest
    for table in more.manifest["rows"]:
        assert more.frame(table).equals(whole.frame(table)), table
    callers = dict(more.frame("incidents", ["incident_id", "caller_name"]).iter_rows())
    assert (callers[f"L{CORRECTED}"], callers[f"L{LATE}"]) == ("Kit Ember", "Jo Sandal")
    open_rows = [dict(build.frame("deployments", ["incident_id", "is_imputed"]).iter_rows()) for build in (first, more)]
    assert [rows[f"L{OPEN}"] for rows in open_rows] == [True, False]


def test_rows_of_an_extract_lie_once_on_the_disk_and_go_with_the_last_build(sources: Path, tmp_path: Path) -> None:
    chance, store = random.Random(4), tmp_path / "store"
    add_week(sources.parent, 0, random_week(chance, 20))
    first, _ = build_of(sources, store)
    add_week(sources.parent, 1, random_week(chance, 20))
    second, _ = build_of(sources, store)
    shared = [file for file in first.path.glob("read-*") if (second.path / file.name).is_file()]
    assert shared and all(file.samefile(second.path / file.name) for file in shared)
    assert drop_old_builds(store, now=BUILT_AT + timedelta(days=800), months=13) == [first.id]
    assert second.frame("incidents").height == second.manifest["rows"]["incidents"]


def test_another_mapping_reads_the_extract_again(sources: Path, tmp_path: Path) -> None:
    add_week(sources.parent, 0, random_week(random.Random(5), 20))
    build_of(sources, tmp_path / "store")
    text = sources.read_text(encoding="utf-8")
    sources.write_text(text.replace('crs = "EPSG:27700"', 'crs = "EPSG:27700"\n[feed.constants]\nsource = "101"', 1))
    build, read = build_of(sources, tmp_path / "store")
    assert read == ["reading logs_0.csv (incidents)"]
    assert build.frame("incidents")["source"].unique().to_list() == ["101"]


def test_other_areas_place_every_log_again(sources: Path, tmp_path: Path) -> None:
    add_week(sources.parent, 0, random_week(random.Random(6), 20))
    before, _ = build_of(sources, tmp_path / "store")
    text = sources.read_text(encoding="utf-8")
    sources.write_text(text.replace('code = "code"', 'code = "name"'))
    after, read = build_of(sources, tmp_path / "store")
    assert read == []
    assert set(before.frame("incidents")["ward_code"].drop_nulls()) == {"W1", "W2"}
    assert set(after.frame("incidents")["ward_code"].drop_nulls()) == {"Ward W1", "Ward W2"}
