"""Is it said of a build that other code made it, with what mends it, and nothing of one that this code made?"""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import polars as pl
import pytest
from streamlit.testing.v1 import AppTest

from dashboard.__main__ import main
from dashboard.build_facts import read
from dashboard.other_version import lacking_said, other_version_said, running_code
from partnership.vocabulary import Role
from tests.dashboard.built import built, built_store, opened, viewer

MISSING = pl.exceptions.ColumnNotFoundError("imputed_units")
MEND = "Build again: repeat-demand build SOURCES.toml"


def test_a_build_of_the_running_code_is_said_nothing_of(app_store: Path) -> None:
    facts = read(built_store())
    assert facts.code_version == built().manifest["code_version"]
    facts = replace(facts, code_version=running_code())
    assert (other_version_said(facts), lacking_said(MISSING, facts)) == ("", "")


def test_a_build_of_other_code_is_said_to_be_one_with_the_mend() -> None:
    facts = replace(read(built_store()), code_version="older")
    assert other_version_said(facts).startswith(f"Build {facts.id[:8]} was made by another version")
    assert other_version_said(facts).endswith(MEND) and lacking_said(MISSING, facts).endswith(MEND)


def test_another_fault_is_not_laid_to_the_builds_age() -> None:
    assert lacking_said(ZeroDivisionError(), replace(read(built_store()), code_version="older")) == ""


def test_start_and_data_page_warn_and_a_page_that_lacks_a_column_names_the_mend(
    writable_store: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = writable_store / built().id / "manifest.json"
    file.chmod(0o600)
    file.write_text(json.dumps(json.loads(file.read_text()) | {"code_version": "older"}))
    assert main(["serve", "--address", "0.0.0.0", "--port", "0", "--store", str(writable_store)]) == 2
    assert MEND in capsys.readouterr().err
    app = opened(viewer(Role.ANALYST, store=writable_store), "data")
    assert not app.exception and MEND in app.warning[0].value.replace("\\", "")
    failed = AppTest.from_string(
        "import polars as pl\n"
        "from dashboard.asgi import show_mendable\n"
        "show_mendable(pl.exceptions.ColumnNotFoundError('imputed_units'))"
    ).run()
    assert MEND in failed.error[0].value.replace("\\", "")


def test_an_export_that_an_older_build_cannot_give_names_the_mend(
    writable_store: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = writable_store / built().id / "manifest.json"
    said = json.loads(file.read_text()) | {"code_version": "older"}
    del said["without_neighbourhood"]
    file.chmod(0o600)
    file.write_text(json.dumps(said))
    assert main(["export", "ranking", "--out", str(tmp_path / "a.csv"), "--store", str(writable_store)]) == 2
    assert capsys.readouterr().err.endswith(f"was made by another version. {MEND}\n")
    assert not list(tmp_path.glob("*.csv"))
