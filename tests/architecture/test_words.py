"""Has every word one meaning, and are the words that harm or confuse left out?"""

from __future__ import annotations

import ast
import re

import pytest

from tests.architecture.sources import PACKAGES, ROOT, committed, modules, named, tree_of

GLOSSARY = (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8")
BEFORE, _, NOT_USED = GLOSSARY.partition("## Words not used")
EXPORTED = {
    "incidents": "incident_id received_at ward_code neighbourhood_code is_domestic caller_id caller_role concerned_id "
    "group_id officer_minutes officer_minutes_low officer_minutes_high elapsed_minutes unit_minutes",
    "deployments": "incident_id officer_id assigned_at cleared_at minutes is_imputed is_orphaned",
    "persons": "person_id contacts first_contact_at last_contact_at",
    "person_records": "incident_id role source_file source_line person_id pool",
    "rejects": "table file line column rule is_row_refused",
    "ranking": "area_code area_name position rank is_tied key_id contacts officer_hours officer_hours_low "
    "officer_hours_high harm first_contact_at last_contact_at contacts_elsewhere",
}
NOUNS = (
    "Incident group|Contact|Caller|Concerned person|Person|Neighbourhood|Sector|Ward|Window|Deployment|Case|Plan|Action"
)


@pytest.mark.parametrize("table", EXPORTED)
def test_every_exported_column_is_defined(table: str) -> None:
    defined = set(re.findall(r"`(\w+)`", BEFORE))
    assert set(EXPORTED[table].split()) - defined == set()


def test_every_test_and_module_a_document_names_is_there() -> None:
    files = {named(file) for file in committed()}
    documents = [file for file in committed() if file.suffix == ".md"]
    told = {
        (named(file), name)
        for file in documents
        for name in re.findall(r"`([\w/]+\.py|tests/[\w/]*)`", file.read_text(encoding="utf-8"))
    }
    assert len(told) > 30
    is_there = {
        (document, name)
        for document, name in told
        if any(f"/{file}".endswith(f"/{name}") or (name.endswith("/") and file.startswith(name)) for file in files)
    }
    assert told - is_there == set()


@pytest.mark.parametrize("noun", NOUNS.split("|"))
def test_every_main_noun_is_defined(noun: str) -> None:
    assert re.search(rf"\*\*{noun}\*\*:", BEFORE)


def test_no_term_is_defined_twice() -> None:
    terms = re.findall(r"\*\*([\w ]+)\*\*:", BEFORE)
    assert len(terms) == len(set(terms))


def test_no_name_in_the_code_is_a_word_that_is_not_used() -> None:
    words = set(re.findall(r"^- (\w+):", NOT_USED, re.MULTILINE))
    assert len(words) > 5
    found = {
        f"{named(file)}: {name}"
        for file in modules(*PACKAGES)
        for name in names_in(tree_of(file))
        if set(name.lower().split("_")) & words or name.lower() in words
    }
    assert found == set()


def names_in(tree: ast.Module) -> set[str]:
    """The names that a module gives to functions, classes, arguments, attributes and variables."""
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            found.add(node.name)
        elif isinstance(node, ast.arg):
            found.add(node.arg)
        elif isinstance(node, ast.Name):
            found.add(node.id)
        elif isinstance(node, ast.Attribute):
            found.add(node.attr)
    return found
