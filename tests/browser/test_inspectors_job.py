"""Can a sector inspector do Monday's work in a real browser: what changed, who, why, where, and what is being done?"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

pytest.importorskip("playwright", reason="playwright is a development dependency: make test installs it")

from dashboard.pages import PAGES
from partnership.vocabulary import Role
from tests.browser import harness
from tests.dashboard.built import viewer

if TYPE_CHECKING:
    from tests.browser.harness import Visitor

pytestmark = [pytest.mark.browser, pytest.mark.slow]
Windows = Callable[..., "Visitor"]
NOT_HERE = ("person", "incidents", "meeting")
"""Opened from another page, or played by a test of their own."""
LOOKS = [(harness.WIDE, False), (harness.PHONE, True)]


@pytest.fixture(scope="module")
def inspector() -> str:
    """The inspector's name on the sign-in page."""
    return viewer(Role.SECTOR_INSPECTOR).name


@pytest.mark.parametrize(("width", "dark"), LOOKS)
def test_every_page_of_the_inspector_passes_axe_and_lets_nothing_out(
    window: Windows, inspector: str, width: int, *, dark: bool
) -> None:
    one = window(width=width, dark=dark)
    one.open("/")
    one.become(inspector)
    found = {}
    for entry in PAGES:
        if Role.SECTOR_INSPECTOR not in entry.roles or entry.name in NOT_HERE:
            continue
        one.go_to(entry.title)
        one.page.get_by_role("heading", name=entry.title, level=1).wait_for(timeout=60_000)
        one.at_rest()
        is_wider = one.page.evaluate("document.documentElement.scrollWidth > window.innerWidth")
        if faults := one.violations() + (["wider than the window"] if is_wider else []):
            found[entry.title] = faults
    assert (found, one.strayed, one.refused) == ({}, [], [])


def test_from_the_week_to_a_person_with_a_purpose_and_on_to_the_plans(window: Windows, inspector: str) -> None:
    one = window()
    one.open("/")
    one.become(inspector)
    one.go_to("Top ten")
    one.page.get_by_role("button", name="P-").first.click()
    one.settled()
    heading = one.page.get_by_role("heading", name="Person P-", level=1)
    heading.wait_for(timeout=60_000)
    assert "P-" not in one.page.url
    one.page.get_by_text("A record is opened for a purpose.").wait_for()
    one.page.get_by_label("Purpose").fill("preparing Monday's meeting")
    one.page.get_by_role("button", name="Open the record").click()
    one.page.get_by_text("Your purpose: preparing Monday's meeting").wait_for(timeout=60_000)
    one.go_to("Action plans")
    one.page.get_by_role("heading", name="Action plans", level=1).wait_for(timeout=60_000)
    assert (one.strayed, one.refused) == ([], [])
