"""What does a browser test start from? One app on a small invented store, one browser, a fresh window each."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

pytest.importorskip("playwright", reason="playwright is a development dependency: make test installs it")

from tests.browser import harness
from tests.dashboard.built import own_copy

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext

    from tests.browser.harness import Visitor


@pytest.fixture(scope="session")
def served_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the small force, which the app serves."""
    return own_copy(tmp_path_factory.mktemp("app"))


@pytest.fixture(scope="session")
def has_chromium() -> bool:
    """There is a browser; without one its tests are skipped, with a word about how to get it."""
    if harness.chromium() is None:
        pytest.skip(harness.HOW_TO_GET_ONE)
    return True


@pytest.fixture(scope="session")
def app_address(served_store: Path, *, has_chromium: bool) -> Iterator[str]:
    """The address of the app on the small force's store; the same server for every test."""
    assert has_chromium
    with harness.running_app(served_store, log=served_store.with_name("server.log")) as address:
        yield address


@pytest.fixture(scope="module")
def opened_browser(app_address: str) -> Iterator[BrowserContext]:
    """The browser, closed at the end of the module.

    While it is open its library keeps an event loop running, in which no other test may start one.
    """
    with harness.browser() as opened:
        yield opened


@pytest.fixture
def window(app_address: str, opened_browser: BrowserContext) -> Iterator[Callable[..., Visitor]]:
    """Opens windows on the app: `window(width=390, dark=True)`. All are closed at the end of the test."""
    with ExitStack() as stack:
        yield lambda *, address=app_address, **looks: stack.enter_context(
            harness.visitor(opened_browser, address, **looks)
        )
