"""What does a browser test start from? One app on a small invented store, one browser, a fresh window each."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

playwright = pytest.importorskip("playwright", reason="playwright is a development dependency: make test installs it")

from tests.browser import harness  # noqa: E402

FACTS = {
    "force": "Sample Force",
    "is_synthetic": True,
    "first_day": "2011-11-28",
    "last_day": "2013-12-01",
    "default_as_of": "2013-12-02",
    "has_harm": True,
    "has_domestic": True,
    "neighbourhoods": [
        {"code": "S-N01", "name": "Alder Park", "sector": "South"},
        {"code": "S-N02", "name": "Weir Cross", "sector": "South"},
        {"code": "S-N03", "name": "Kiln Green", "sector": "North"},
    ],
}


def write_small_store(folder: Path) -> Path:
    """A store whose build says what it is and holds nothing."""
    (folder / "b1c2d3e4f5").mkdir(parents=True)
    (folder / "current.json").write_text(json.dumps({"build_id": "b1c2d3e4f5"}), encoding="utf-8")
    (folder / "b1c2d3e4f5" / "manifest.json").write_text(json.dumps({"facts": FACTS}), encoding="utf-8")
    return folder


@pytest.fixture(scope="session")
def app_address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the app on a small store; the same server for every test."""
    if harness.chromium() is None:
        pytest.skip(harness.HOW_TO_GET_ONE)
    folder = tmp_path_factory.mktemp("app")
    with harness.running_app(write_small_store(folder / "store"), log=folder / "server.log") as address:
        yield address


@pytest.fixture(scope="session")
def window(app_address: str) -> Iterator[Callable[..., harness.Visitor]]:
    """Opens windows on the app: `window(width=390, dark=True)`. All are closed at the end."""
    with ExitStack() as stack:
        opened = stack.enter_context(harness.browser())
        yield lambda **looks: stack.enter_context(harness.visitor(opened, app_address, **looks))
