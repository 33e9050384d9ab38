"""Is each file small enough to read, about one question, and free of what the house style rules out?"""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from tests.architecture.sources import PACKAGES, ROOT, committed, modules, named, text_of, tree_of

MODULES = modules(*PACKAGES)
VAGUE = {"utils", "helpers", "misc", "core", "manager", "service", "common"}
CLOCKS = {("datetime", "now"), ("datetime", "utcnow"), ("datetime", "today"), ("date", "today"), ("time", "time")}
WORDS = re.compile("league " + "table|nuis" + "ance|risk " + "score", re.IGNORECASE)
HOSTS = re.compile(r"https?://[\w.-]*(pypi|pythonhosted|npmjs|registry)[\w.-]*|--(extra-)?index-url|--find-links", re.I)
# where the words are ruled out by name, and where a published document is quoted
MAY_SAY = {"docs/glossary.md", "docs/decisions.md", "tests/architecture/test_shape.py"}


def test_a_module_is_at_most_300_lines() -> None:
    assert {named(file): lines for file in MODULES if (lines := _lines(file)) > 300} == {}


def test_a_page_is_at_most_80_lines() -> None:
    pages = modules("dashboard/app_pages")
    assert {named(file): lines for file in pages if (lines := _lines(file)) > 80} == {}


def test_no_module_has_a_name_that_says_nothing() -> None:
    assert [named(file) for file in MODULES if file.stem in VAGUE or file.parent.name in VAGUE] == []


def test_the_first_line_of_a_module_says_what_it_answers() -> None:
    silent = [file for file in MODULES if "migrations/versions" not in named(file) and text_of(file).strip()]
    assert [named(file) for file in silent if not ast.get_docstring(tree_of(file))] == []


def test_the_analysis_asks_no_clock() -> None:
    assert [named(file) for file in modules("analysis", "geo") if clocks_in(tree_of(file))] == []


@pytest.mark.parametrize("text", ["datetime.now(UTC)", "date.today()", "time.time()", "dt.datetime.now()"])
def test_a_clock_is_noticed(text: str) -> None:
    assert clocks_in(ast.parse(text))


def clocks_in(tree: ast.Module) -> bool:
    """Whether a module asks what time it is."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute):
            owner = node.value
            name = owner.attr if isinstance(owner, ast.Attribute) else getattr(owner, "id", "")
            if (name, node.attr) in CLOCKS:
                return True
    return False


def test_no_committed_file_uses_words_that_harm() -> None:
    assert [named(file) for file in committed() if named(file) not in MAY_SAY and WORDS.search(text_of(file))] == []


def test_no_committed_file_names_a_registry() -> None:
    others = [file for file in committed() if file != Path(__file__)]
    assert [named(file) for file in others if HOSTS.search(text_of(file))] == []


def test_every_pin_of_the_lock_has_a_hash() -> None:
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    pins = re.findall(r"^[a-z0-9].*?(?=^[a-z0-9]|\Z)", lock, re.MULTILINE | re.DOTALL)
    assert len(pins) > 50
    assert [pin.split()[0] for pin in pins if "--hash=sha256:" not in pin] == []


def _lines(file: Path) -> int:
    return len(file.read_text(encoding="utf-8").splitlines())
