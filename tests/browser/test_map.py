"""Does the map really draw, can an area be chosen on it, and does nothing leave the app?"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

pytest.importorskip("playwright", reason="playwright is a development dependency: make test installs it")

from partnership.vocabulary import Role
from tests.browser import harness
from tests.dashboard.built import viewer

if TYPE_CHECKING:
    from tests.browser.harness import Visitor

pytestmark = pytest.mark.browser
Windows = Callable[..., "Visitor"]


def on_the_map(window: Windows, **looks: object) -> Visitor:
    """The map page of a sector inspector, drawn."""
    one = window(**looks)
    one.open("/map")
    one.become(viewer(Role.SECTOR_INSPECTOR).name)
    one.page.get_by_role("heading", name="Map", exact=True).wait_for()
    one.maps_drawn()
    return one


def chosen(one: Visitor) -> str:
    """The area chosen in the list, empty where none is."""
    return one.page.get_by_role("combobox", name="Choose a neighbourhood").input_value()


def test_the_map_is_painted_accessibly_and_a_click_on_an_area_chooses_its_row(window: Windows) -> None:
    one = on_the_map(window)
    assert one.violations() == []
    canvas = one.page.locator(".maplibregl-canvas").first
    canvas.scroll_into_view_if_needed()
    box = canvas.bounding_box()
    assert box is not None
    # Somewhere along the diagonal lies an area, wherever the sample put this inspector's sector.
    for at in (5, 4, 6, 3, 7):
        x, y = box["x"] + box["width"] * at / 10, box["y"] + box["height"] * at / 10
        one.page.mouse.move(x - 2, y - 2)
        one.page.mouse.click(x, y)
        one.page.wait_for_timeout(700)
        one.settled()
        if chosen(one):
            break
    name = chosen(one)
    assert name and one.page.locator(".st-key-map_list_table").get_by_text(f"▸ {name}").is_visible()
    assert (one.strayed, one.refused) == ([], [])


def test_on_a_phone_in_the_dark_the_list_stands_under_the_map(window: Windows) -> None:
    one = on_the_map(window, width=harness.PHONE, dark=True)
    painted = one.page.locator(".maplibregl-canvas").first.bounding_box()
    listed = one.page.get_by_role("combobox", name="Choose a neighbourhood").bounding_box()
    assert painted is not None and listed is not None and listed["y"] > painted["y"] + painted["height"]
    assert (one.violations(), one.strayed, one.refused) == ([], [], [])
