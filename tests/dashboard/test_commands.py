"""Does every command explain itself, end with 0, or with 2 and one line that names the mend?"""

from __future__ import annotations

import argparse
import json
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import select

from dashboard.__main__ import main, parser
from dashboard.decisions_database import FILE_NAME, open_decisions
from partnership.models import ActionPlan, Case
from tests.analysis.build.force import write_force
from tests.dashboard.built import own_copy, sample_folder

ROOT = Path(__file__).parents[2]


def verbs(of: argparse.ArgumentParser, before: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """Every command and its deeds, as one would type them."""
    for action in of._actions:
        if isinstance(action, argparse._SubParsersAction):
            for name, inner in action.choices.items():
                yield (*before, name)
                yield from verbs(inner, (*before, name))


COMMANDS = tuple(verbs(parser()))
LEAVES = tuple(one for one in COMMANDS if not any(other[: len(one)] == one != other for other in COMMANDS))


@pytest.mark.parametrize("command", [(), *COMMANDS], ids=" ".join)
def test_every_command_explains_itself(command: tuple[str, ...], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main([*command, "--help"])
    assert (ended.value.code, "usage: repeat-demand" in capsys.readouterr().out) == (0, True)


@pytest.mark.parametrize("command", LEAVES, ids=" ".join)
def test_every_command_takes_a_store(command: tuple[str, ...], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main([*command, "--help"])
    assert "--store DIR" in capsys.readouterr().out


def test_a_list_of_weeks_without_data_is_told(store: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    typed = ["export", "ranking", "--as-of", "2031-12-02", "--out", str(tmp_path / "a.csv"), "--store", str(store)]
    assert main(typed) == 0
    assert "no day of the window lies in the data, 2011-11-28 to 2013-12-01" in capsys.readouterr().err


def test_a_command_waits_for_no_other_to_be_imported() -> None:
    assert {command[0] for command in verbs(parser(["log", "verify"]))} == {"log"}
    assert {command[0] for command in verbs(parser(["--help"]))} == {command[0] for command in COMMANDS}


def test_the_commands_of_the_design_are_there() -> None:
    assert {command[0] for command in COMMANDS} >= set(
        "build export db member boundaries log erase sample serve".split()
    )


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the sample's store for commands that write nothing others here rely on."""
    return own_copy(tmp_path_factory.mktemp("commands"))


# What goes wrong, and what the one line must name.
MISTAKES: dict[str, tuple[list[str], str]] = {
    "no sources": (["build", "{tmp}/none.toml"], "none.toml"),
    "torn sources": (["build", "{tmp}/torn.toml"], "torn.toml"),
    "decisions of nothing": (["demo", "{tmp}/other.json"], "repeat-demand sample"),
    "no store": (["export", "persons", "--out", "{tmp}/a.csv", "--store", "{tmp}/none"], "repeat-demand build"),
    "no such format": (["export", "persons", "--out", "{tmp}/a.doc"], ".parquet"),
    "file is there": (["export", "persons", "--out", "{tmp}/there.csv"], "--force"),
    "no such folder": (["export", "persons", "--out", "{tmp}/none/a.csv"], "folder"),
    "weeks of the whole": (["export", "persons", "--out", "{tmp}/a.csv", "--weeks", "3", "--all"], "--all, --weeks"),
    "blank purpose": (["export", "persons", "--out", "{tmp}/a.csv", "--identities", "--purpose", " "], "--purpose"),
    "no backup": (["db", "restore", "{tmp}/none.sqlite"], "none.sqlite"),
    "wrong anchor": (["log", "verify", "--anchor", "seven"], "--anchor"),
    "no such member": (["member", "remove", "--email", "nobody@example.org"], "member list"),
    "partner without agency": (["member", "add", "--email", "a@example.org", "--role", "partner"], "agency"),
    "no such agency": (["agency", "rename", "--code", "nobody", "--name", "Somebody"], "agency list"),
    "a partner of no such agency": (
        ["member", "add", "--email", "a@example.org", "--role", "partner", "--agency", "nobody"],
        "add it first",
    ),
    "a code that is taken": (["agency", "add", "--code", "HOUSING", "--name", "Somebody"], "agency rename"),
    "no decisions": (["demo", "{tmp}/none.json"], "none.json"),
    "an area of another force": (
        ["member", "add", "--email", "a@example.org", "--role", "sector_inspector", "--areas", "Nowhere"],
        "South",
    ),
    "no database to check": (["db", "check", "--store", "{tmp}/none"], "--store"),
    "no database to back up": (["db", "backup", "{tmp}/a.sqlite", "--store", "{tmp}/none"], "--store"),
    "no database to log in": (
        ["export", "persons", "--out", "{tmp}/a.csv", "--identities", "--purpose", "x", "--store", "{tmp}/none"],
        "repeat-demand build",
    ),
    "no log": (["log", "verify", "--store", "{tmp}/none"], "--store"),
    "no members": (["member", "list", "--store", "{tmp}/none"], "--store"),
    "nothing to erase from": (["erase", "P-1", "--reason", "asked", "--store", "{tmp}/none"], "--store"),
    "open to others": (["serve", "--address", "0.0.0.0", "--port", "0"], "127.0.0.1"),
}


@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_mistake_ends_with_2_and_one_line_that_names_the_mend(
    mistake: str, store: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words, names = MISTAKES[mistake]
    (tmp_path / "torn.toml").write_text("[force", encoding="utf-8")
    (tmp_path / "other.json").write_text("{}", encoding="utf-8")
    (tmp_path / "there.csv").write_text("kept", encoding="utf-8")
    typed = [word.replace("{tmp}", str(tmp_path)) for word in words]
    assert main(typed if "--store" in typed else [*typed, "--store", str(store)]) == 2
    said = capsys.readouterr().err.strip().splitlines()
    assert len(said) == 1 and said[0].startswith("repeat-demand: ") and names in said[0]
    assert (tmp_path / "there.csv").read_text(encoding="utf-8") == "kept"
    assert not (tmp_path / "none").exists()


@pytest.mark.parametrize(
    "typed",
    [
        ["export", "secrets", "--out", "a.csv"],
        ["export", "ranking", "--out", "a.csv", "--as-of", "Monday"],
        ["export", "ranking", "--out", "a.csv", "--weeks", "0"],
        ["export", "ranking", "--out", "a.csv", "--top", "-1"],
        ["member", "add", "--email", "a@example.org", "--role", "operator"],
        ["pack", "--meeting", "99999999999999999999", "--for", "police", "--out", "a.pdf"],
        ["serve", "--port", "99999"],
        ["fly"],
        [],
    ],
    ids=" ".join,
)
def test_a_mistyped_option_ends_with_2_and_one_line(typed: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(typed)
    said = capsys.readouterr().err.strip().splitlines()
    assert (ended.value.code, len(said)) == (2, 1) and said[0].startswith("repeat-demand")


def test_from_the_shell_a_mistake_is_one_line_without_a_traceback(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "dashboard", "build", str(tmp_path / "none.toml"), "--store", str(tmp_path / "store")],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    said = done.stderr.strip().splitlines()
    assert (done.returncode, done.stdout, len(said)) == (2, "", 1) and said[0].startswith("repeat-demand: ")


def test_a_build_reports_one_json_object_with_the_counts_of_every_file(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    sources = write_force(tmp_path / "force")
    assert main(["build", str(sources), "--json", "--store", str(tmp_path / "store")]) == 0
    said = json.loads(capsys.readouterr().out)
    assert set(said) == {"build_id", "feeds"}
    names = {"table", "file", "read", "accepted", "rejected", "repeated", "corrected"}
    assert all(set(feed) == names for feed in said["feeds"])
    assert [feed["read"] - feed["accepted"] - feed["rejected"] for feed in said["feeds"]] == [0, 0, 0, 0]


@pytest.mark.parametrize("is_watched", [False, True], ids=["by nobody", "by somebody"])
def test_only_a_build_that_is_watched_shows_its_progress(
    is_watched: bool, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    sources = write_force(tmp_path / "force", logs="incident_id\nL1\n")
    monkeypatch.setattr(sys.stderr, "isatty", lambda: is_watched)
    assert main(["build", str(sources), "--store", str(tmp_path / "store")]) == 2
    said = capsys.readouterr().err.splitlines()
    assert (len(said) > 1) is is_watched and "received_at is missing" in said[-1]


def test_a_failing_build_names_no_value_of_a_row(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    logs = "incident_id,received_at,caller_name,x,y\nL1,soon,Zebedee Quillfeather,1,2\n"
    assert main(["build", str(write_force(tmp_path / "force", logs=logs)), "--store", str(tmp_path / "store")]) == 2
    said = capsys.readouterr()
    assert "Quillfeather" not in said.err + said.out and "soon" not in said.err


def test_what_goes_well_ends_with_0(store: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for typed in (
        ["db", "upgrade"],
        ["db", "check"],
        ["db", "backup", str(tmp_path / "copy.sqlite")],
        ["db", "restore", str(tmp_path / "copy.sqlite")],
        ["log", "verify"],
        ["member", "add", "--email", "new@example.org", "--role", "analyst"],
        ["member", "list"],
        ["member", "remove", "--email", "new@example.org"],
        ["agency", "add", "--code", "probation", "--name", "Probation"],
        ["agency", "add", "--code", "probation", "--name", "Probation"],
        ["agency", "rename", "--code", "probation", "--name", "Probation service"],
        ["agency", "list"],
        ["member", "add", "--email", "p@example.org", "--role", "partner", "--agency", "probation"],
        ["member", "remove", "--email", "p@example.org"],
        ["demo", str(sample_folder() / "decisions.json")],
        ["export", "persons", "--out", str(tmp_path / "a.csv")],
        ["export", "persons", "--out", str(tmp_path / "a.csv"), "--force"],
    ):
        assert main([*typed, "--store", str(store)]) == 0, typed
    said = capsys.readouterr().out
    assert "new@example.org may no longer sign in" in said
    assert "probation            Probation service" in said
    assert f"kept as {store / FILE_NAME}.before-restore-1" in said
    assert stat.S_IMODE((tmp_path / "a.csv").stat().st_mode) == 0o600


def test_a_spreadsheet_runs_nothing_a_caller_said(tmp_path: Path) -> None:
    logs = (
        "incident_id,received_at,caller_name,caller_phone,x,y\n"
        '=1+1,2013-11-01T10:00,"=HYPERLINK(""http://a.example"")",07700 900001,400500,280500\n'
    )
    force = write_force(tmp_path / "force", logs=logs)
    assert main(["build", str(force), "--store", str(tmp_path / "store")]) == 0
    out = tmp_path / "out.csv"
    assert main(["export", "incidents", "--out", str(out), "--store", str(tmp_path / "store")]) == 0
    assert "'=1+1" in out.read_text(encoding="utf-8")


def test_an_erasure_says_what_went_and_leaves_no_word_in_the_file(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    store = own_copy(tmp_path)
    database = open_decisions(store)
    with database.read() as session:
        plan = session.scalars(select(ActionPlan).order_by(ActionPlan.id)).first()
        assert plan is not None
        wrote, person = plan.objective, session.scalars(select(Case.person_id).where(Case.id == plan.case_id)).one()
    database.close()
    file = store / FILE_NAME
    before = file.read_bytes().count(wrote.encode())
    for deed in ("backup", "restore"):
        assert main(["db", deed, str(tmp_path / "b.sqlite"), "--store", str(store)]) == 0
    assert main(["erase", str(person), "--reason", "asked for by the person", "--store", str(store)]) == 0
    said = capsys.readouterr().out
    assert "erased from the database: 1 case, 1 plan" in said
    assert f"backups made before still have it, and so have {file}.before-restore-1" in said
    # Of the sample's plans several may have one objective: what is written about this one is gone.
    assert file.read_bytes().count(wrote.encode()) < before


def test_erasing_nobody_is_not_called_an_erasure(store: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["erase", "P-NOBODY", "--reason", "asked for", "--store", str(store)]) == 0
    said = capsys.readouterr().out
    assert "is the id right?" in said and "erased" not in said
