"""Where does a test's database come from? A copy of one that was made once, in the test's own folder."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from partnership.database import open_database
from tests.partnership.builders import Desk, found


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with the cast, closed."""
    file = tmp_path_factory.mktemp("partnership") / "template.sqlite"
    found(file)
    return file


@pytest.fixture
def desk(template: Path, tmp_path: Path) -> Iterator[Desk]:
    """An open database of the test's own, with the cast in it."""
    file = tmp_path / "partnership.sqlite"
    shutil.copy(template, file)
    database = open_database(f"sqlite:///{file}")
    yield Desk(database)
    database.close()
