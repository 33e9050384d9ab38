"""Where does a meeting to be packed come from? A database with the cast in it, for each test anew."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from shutil import copyfile

import pytest

from partnership.database import open_database
from tests.partnership.builders import Desk, found
from tests.partnership.conftest import put_back


@pytest.fixture(scope="session")
def cast(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with the cast, closed."""
    file = tmp_path_factory.mktemp("pack") / "cast.sqlite"
    found(file)
    return file


@pytest.fixture
def desk(cast: Path, tmp_path: Path) -> Iterator[Desk]:
    """The database with nobody but the cast in it."""
    database = open_database(f"sqlite:///{copyfile(cast, tmp_path / 'partnership.sqlite')}")
    yield Desk(database)
    database.close()


@pytest.fixture
def fresh(cast: Path, desk: Desk) -> Callable[[], Desk]:
    """Gives the database with nobody but the cast in it as often as it is called."""

    def emptied() -> Desk:
        assert desk.database.file is not None
        put_back(cast, desk.database.file)
        return desk

    return emptied
