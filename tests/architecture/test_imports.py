"""Do imports point the way the design says, and would each contract notice one that does not?"""

from __future__ import annotations

import ast
import json
import shutil
import subprocess
import sys
import tomllib
from itertools import pairwise
from pathlib import Path

import pytest

from tests.architecture.sources import PACKAGES, ROOT, modules, named, tree_of

CONTRACTS = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"]["contracts"]
STEPS = (
    "build questions disclosure ranking demand officer_time people ingest store contracts assumptions errors".split()
)
PARTS = ("analysis.disclosure.release", "analysis.disclosure.contract", "dashboard.app_pages")
NOT_FOR_PAGES = {"polars", "pandas", "sqlalchemy", "geopandas", "shapely", "numpy"}
# contract, the module that breaks it, and how
PLANTED = [
    ("packages", "geo.areas", "import analysis.errors"),
    ("packages", "analysis.ranking", "import partnership"),
    ("packages", "partnership.cases", "from analysis import questions"),
    ("packages", "partnership.cases", "import dashboard"),
    *(("steps", f"analysis.{low}", f"import analysis.{high}") for high, low in pairwise(STEPS)),
    ("steps", "analysis.another_step", "import analysis.errors"),
    ("screens", "analysis.questions", "import streamlit"),
    ("screens", "partnership.cases", "from plotly import graph_objects"),
    ("screens", "geo.areas", "import plotly"),
    ("analysis_without_sql", "analysis.store", "import sqlalchemy"),
    ("analysis_without_sql", "geo.areas", "import sqlite3"),
    ("partnership_without_frames", "partnership.cases", "import polars"),
    ("questions_only", "dashboard.data", "from analysis import ranking"),
    ("questions_only", "dashboard.data", "from analysis.disclosure.contract import Answer"),
    ("gate", "analysis.build", "from analysis.disclosure.release import release"),
    ("gate", "dashboard.data", "from analysis.disclosure.release import release"),
    ("pages", "dashboard.app_pages.map", "import polars"),
    ("pages", "dashboard.app_pages.map", "from sqlalchemy.orm import Session"),
    ("pages", "dashboard.app_pages.map", "import geopandas"),
]


# In a process of its own, where the project's own packages are not yet known: for each folder the contracts broken.
LINT = """
import importlib, json, os, sys
from importlinter import api  # sets import-linter up
from importlinter.application import use_cases
from importlinter.contracts.forbidden import ForbiddenContract
from importlinter.contracts.layers import LayersContract
from importlinter.domain.contract import registry
registry.register(ForbiddenContract, "forbidden")
registry.register(LayersContract, "layers")
found = {}
for folder in sys.argv[1:]:
    os.chdir(folder)
    sys.path[0] = folder
    importlib.invalidate_caches()
    report = use_cases.create_report(use_cases.read_user_options("pyproject.toml"), cache_dir=None)
    assert not report.could_not_run, report.invalid_contract_options
    found[folder] = [contract.name for contract, check in report.get_contracts_and_checks() if not check.kept]
print("RESULT" + json.dumps(found))
"""


def broken(*folders: Path) -> dict[str, list[str]]:
    """For each folder the ids of the contracts that its packages break."""
    command = [sys.executable, "-c", LINT, *map(str, folders)]
    result = subprocess.run(command, capture_output=True, check=False, text=True, encoding="utf-8")
    assert result.returncode == 0, result.stderr
    found = json.loads(result.stdout.rpartition("RESULT")[2])
    ids = {contract["name"]: contract["id"] for contract in CONTRACTS}
    return {folder: [ids[name] for name in names] for folder, names in found.items()}


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> list[list[str]]:
    """The contracts broken by the packages with nothing in them, then by each planted import."""
    base = tmp_path_factory.mktemp("packages")
    folders = [base / str(at) for at in range(len(PLANTED) + 1)]
    for folder in folders:
        folder.mkdir()
        shutil.copy(ROOT / "pyproject.toml", folder)
        for name in [*PACKAGES, *(f"analysis.{step}" for step in STEPS), *PARTS]:
            plant(folder, name)
    for folder, (_, module, statement) in zip(folders[1:], PLANTED, strict=True):
        plant(folder, module, statement)
    by_folder = broken(*folders)
    return [by_folder[str(folder)] for folder in folders]


def plant(folder: Path, module: str, statement: str = "") -> None:
    """Write a package of that name, with those above it."""
    place = folder
    for part in module.split("."):
        place = place / part
        place.mkdir(exist_ok=True)
        (place / "__init__.py").touch()
    (place / "__init__.py").write_text(f"{statement}\n", encoding="utf-8")


def test_every_import_of_the_project_keeps_the_contracts() -> None:
    program = "from importlinter.cli import lint_imports_command; lint_imports_command()"
    command = [sys.executable, "-c", program, "--no-cache", "--no-logo"]
    result = subprocess.run(command, cwd=ROOT, capture_output=True, check=False, text=True, encoding="utf-8")
    assert result.returncode == 0, result.stdout


def test_packages_with_nothing_in_them_keep_the_contracts(found: list[list[str]]) -> None:
    assert found[0] == []


@pytest.mark.parametrize("at", range(len(PLANTED)), ids=[f"{contract}: {how}" for contract, _, how in PLANTED])
def test_a_contract_catches_what_it_forbids(found: list[list[str]], at: int) -> None:
    assert PLANTED[at][0] in found[at + 1]


def test_every_contract_is_shown_to_catch_something() -> None:
    assert {contract["id"] for contract in CONTRACTS} == {contract for contract, _, _ in PLANTED}


@pytest.mark.parametrize("page", modules("dashboard/app_pages"), ids=named)
def test_a_page_holds_no_frames_no_sql_and_no_geometry(page: Path) -> None:
    assert not imported_by(tree_of(page)) & NOT_FOR_PAGES


def imported_by(tree: ast.Module) -> set[str]:
    """The packages that a module imports."""
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module.split(".")[0])
    return found
