"""Is a build the same for the same inputs, whole or not there at all, and told what is gone?"""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from analysis.errors import SourcesError
from analysis.store import builds, current_build, open_build
from tests.analysis.build.force import HEADER, LOGS, SOURCES, build_force, write_force

MORE = HEADER + "M1,2013-11-02T10:00,400500,280500,N1,999,early,yes,Jo Sandal,07700 900001,victim,\n"


def files_of(store: Path) -> dict[str, tuple[int, int]]:
    """Every file of the store with its size and the moment it was written."""
    return {
        file.relative_to(store).as_posix(): (file.stat().st_size, file.stat().st_mtime_ns)
        for file in sorted(store.rglob("*"))
        if file.is_file() and file.name != "current.json"
    }


@pytest.fixture
def sources(tmp_path: Path) -> Path:
    return write_force(tmp_path / "force")


@pytest.fixture
def store(tmp_path: Path) -> Path:
    return tmp_path / "store"


def test_the_same_inputs_give_the_same_build_and_write_nothing(sources: Path, store: Path) -> None:
    first = build_force(sources, store)
    written = files_of(store)
    second = build_force(sources, store)
    assert (second.build.id, first.is_new, second.is_new) == (first.build.id, True, False)
    assert files_of(store) == written


@pytest.mark.parametrize("text", ["{", '{"build_id": "gone"}'])
def test_building_again_mends_what_names_the_current_build(text: str, sources: Path, store: Path) -> None:
    first = build_force(sources, store).build
    (store / "current.json").write_text(text)
    assert build_force(sources, store).is_new is False
    assert current_build(store).id == first.id


def test_a_build_is_its_owners_alone(sources: Path, store: Path) -> None:
    assert stat.S_IMODE(build_force(sources, store).build.path.stat().st_mode) == 0o700


def test_another_row_gives_another_build_and_the_first_stays(sources: Path, store: Path) -> None:
    first = build_force(sources, store).build
    write_force(sources.parent, logs=LOGS + MORE.removeprefix(HEADER))
    second = build_force(sources, store).build
    assert second.id != first.id
    assert [build.id for build in builds(store)] == [first.id, second.id]
    assert (current_build(store).id, open_build(store, first.id).manifest["rows"]["incidents"]) == (second.id, 8)


def test_going_back_to_earlier_inputs_goes_back_to_the_earlier_build(sources: Path, store: Path) -> None:
    first = build_force(sources, store).build
    write_force(sources.parent, logs=LOGS + MORE.removeprefix(HEADER))
    build_force(sources, store)
    write_force(sources.parent)
    again = build_force(sources, store)
    assert (again.is_new, current_build(store).id) == (False, first.id)


@pytest.mark.parametrize(
    ("damage", "names"),
    [
        ({"logs_1.csv": "number,received_at\nL1,2013-11-01T10:00\n"}, "logs_1.csv: column incident_id"),
        ({"logs_1.csv": ""}, "logs_1.csv"),
        ({"units.csv": "incident_id,assigned_at\nL1,2013-11-01T10:00\n"}, "officer_id or callsign"),
        ({"wards.geojson": '{"type": "FeatureCollection"'}, "wards.geojson"),
        ({"sources.toml": SOURCES.replace("EPSG:27700", "EPSG:4326")}, "crs"),
    ],
    ids=["no column", "empty file", "no unit", "torn boundaries", "another crs"],
)
def test_a_build_that_fails_leaves_the_old_one_untouched(
    sources: Path, store: Path, damage: dict[str, str], names: str
) -> None:
    first = build_force(sources, store).build
    before = files_of(store)
    for name, text in damage.items():
        (sources.parent / name).write_text(text, encoding="utf-8")
    with pytest.raises(SourcesError, match=names):
        build_force(sources, store)
    assert (current_build(store).id, files_of(store)) == (first.id, before)


def test_a_crash_while_writing_leaves_the_old_build_and_nothing_half_made(
    sources: Path, store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = build_force(sources, store).build
    before = files_of(store)
    write_force(sources.parent, logs=LOGS + MORE.removeprefix(HEADER))

    def stop(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(Path, "rename", stop)
    with pytest.raises(KeyboardInterrupt):
        build_force(sources, store)
    assert (current_build(store).id, files_of(store)) == (first.id, before)


def test_a_file_that_is_gone_is_told(sources: Path, store: Path) -> None:
    (sources.parent / "logs_2.csv").write_text(MORE, encoding="utf-8")
    build_force(sources, store)
    (sources.parent / "logs_2.csv").unlink()
    assert build_force(sources, store).gone == ("logs_2.csv",)


def test_people_keep_their_ids_when_an_extract_is_added(sources: Path, store: Path) -> None:
    first = build_force(sources, store).build.frame("incidents", ["incident_id", "caller_id"])
    (sources.parent / "logs_2.csv").write_text(MORE, encoding="utf-8")
    second = dict(build_force(sources, store).build.frame("incidents", ["incident_id", "caller_id"]).iter_rows())
    assert {log: second[log] for log, _ in first.iter_rows()} == dict(first.iter_rows())
    assert second["M1"] == second["L1"] is not None


def test_another_store_gives_other_ids(sources: Path, store: Path, tmp_path: Path) -> None:
    here = build_force(sources, store).build.frame("persons")["person_id"]
    there = build_force(sources, tmp_path / "another").build.frame("persons")["person_id"]
    assert set(here) & set(there) == set() and len(here) == len(there)


def test_read_is_accepted_and_rejected_and_rows_are_accepted_less_repeated_and_corrected(
    sources: Path, store: Path
) -> None:
    corrected = "L1,2013-10-26T22:00,400500,280500,N2,999,early,yes,Jo Sandal,07700 900001,victim,\n"
    repeated = "L3,2013-10-27T09:00,0,0,N1,101,early,no,Kit Ember,WITHHELD,unknown,\n"
    (sources.parent / "logs_2.csv").write_text(HEADER + corrected + repeated, encoding="utf-8")
    build = build_force(sources, store).build
    feeds = [feed for feed in build.manifest["feeds"] if feed["table"] == "incidents"]
    assert [(feed["read"], feed["accepted"], feed["rejected"]) for feed in feeds] == [(10, 8, 2), (2, 2, 0)]
    assert [(feed["repeated"], feed["corrected"]) for feed in feeds] == [(0, 0), (1, 1)]
    kept = build.frame("incidents")
    assert (kept.height, kept.filter(incident_id="L1")["neighbourhood_code"][0]) == (8, "N2")
