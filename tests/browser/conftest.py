"""What does a browser test start from? One app on a small invented store, one browser, a fresh window each."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from typing import TYPE_CHECKING

import pytest

pytest.importorskip("playwright", reason="playwright is a development dependency: make test installs it")

from tests.browser import harness
from tests.dashboard.built import own_copy

if TYPE_CHECKING:
    from tests.browser.harness import Visitor


@pytest.fixture(scope="session")
def app_address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the app on the small force's store; the same server for every test."""
    if harness.chromium() is None:
        pytest.skip(harness.HOW_TO_GET_ONE)
    folder = tmp_path_factory.mktemp("app")
    with harness.running_app(own_copy(folder), log=folder / "server.log") as address:
        yield address


@pytest.fixture(scope="module")
def window(app_address: str) -> Iterator[Callable[..., Visitor]]:
    """Opens windows on the app: `window(width=390, dark=True)`. All are closed at the end of the module.

    The browser too: while it is open its library keeps an event loop running, in which no other test may start one.
    """
    with ExitStack() as stack:
        opened = stack.enter_context(harness.browser())
        yield lambda *, address=app_address, **looks: stack.enter_context(harness.visitor(opened, address, **looks))
