"""Where does a test's database come from? One file, put back to the cast alone before each test."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from partnership.database import Database, open_database
from tests.partnership.builders import Desk, found


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with the cast, closed."""
    file = tmp_path_factory.mktemp("partnership") / "template.sqlite"
    found(file)
    return file


@pytest.fixture(scope="session")
def opened(tmp_path_factory: pytest.TempPathFactory, template: Path) -> Iterator[Database]:
    """One open database for all tests, so that statements are compiled once."""
    file = tmp_path_factory.mktemp("partnership") / "partnership.sqlite"
    put_back(template, file)
    database = open_database(f"sqlite:///{file}")
    yield database
    database.close()


@pytest.fixture
def desk(template: Path, opened: Database) -> Desk:
    """The database with nobody but the cast in it."""
    assert opened.file is not None
    put_back(template, opened.file)
    return Desk(opened)


@pytest.fixture
def own_desk(template: Path, tmp_path: Path) -> Iterator[Desk]:
    """A database file of the test's own, for tests that damage or replace it."""
    file = tmp_path / "partnership.sqlite"
    put_back(template, file)
    database = open_database(f"sqlite:///{file}")
    yield Desk(database)
    database.close()


def put_back(template: Path, file: Path) -> None:
    """Copy the template over the file, whoever has it open."""
    with closing(sqlite3.connect(template)) as source, closing(sqlite3.connect(file)) as target:
        source.backup(target)
