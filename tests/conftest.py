"""Which tests are run by one worker? Those of a file together, and those that drive a browser all together."""

from __future__ import annotations

import pytest
from xdist.remote import Producer
from xdist.scheduler import LoadFileScheduling


class OneBrowser(LoadFileScheduling):
    """A file's tests go to one worker; the browser's files count as one, for two browsers would wait for each other."""

    def _split_scope(self, nodeid: str) -> str:
        file: str = super()._split_scope(nodeid)
        return "tests/browser" if file.startswith("tests/browser/") else file


def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> OneBrowser:
    """Called by the workers' own library; marks cannot say this, as their groups are lost on the way."""
    return OneBrowser(config, log)
