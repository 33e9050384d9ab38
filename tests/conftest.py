"""Which tests are run by one worker, in which order, and what do all workers share? What is costly is made once."""

from __future__ import annotations

import pytest
from xdist.remote import Producer
from xdist.scheduler import LoadFileScheduling

from tests import shared

TOGETHER = ("tests/browser/", "tests/privacy/")
"""Two browsers would wait for each other; the force with planted identifiers is built once."""
FIRST = ("tests/browser/", "tests/whole/", "tests/real/", "tests/privacy/", "tests/dashboard/", "tests/analysis/")
"""So that no worker is left with a long file when the other has done, nor waits for the force the other makes."""


class Together(LoadFileScheduling):
    """A file's tests go to one worker; the files of some folders count as one."""

    def _split_scope(self, nodeid: str) -> str:
        file: str = super()._split_scope(nodeid)
        return next((folder for folder in TOGETHER if file.startswith(folder)), file)


def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> Together:
    """Called by the workers' own library; marks cannot say this, as their groups are lost on the way."""
    return Together(config, log)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The same order in every worker: the folders that take longest first, within them as collected."""
    items.sort(key=lambda item: next((at for at, one in enumerate(FIRST) if item.nodeid.startswith(one)), len(FIRST)))


def pytest_configure(config: pytest.Config) -> None:
    """Make the folder that workers share, before any is started."""
    if not hasattr(config, "workerinput"):
        shared.begin()


def pytest_unconfigure(config: pytest.Config) -> None:
    """Remove it, when all have stopped."""
    if not hasattr(config, "workerinput"):
        shared.end()
