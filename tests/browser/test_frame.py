"""Does the frame work for people in a real browser? Wide and on a phone, light and dark, and with nothing leaving."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

import pytest

pytest.importorskip("playwright", reason="playwright is a development dependency: make test installs it")

from tests.browser import harness
from tests.browser.small_store import write_small_store

if TYPE_CHECKING:
    from tests.browser.harness import Visitor

pytestmark = pytest.mark.browser
Windows = Callable[..., "Visitor"]
DEEP = (
    "/top-ten?sector=South&neighbourhood=Teasel+Bank&week=Sun+24+Nov+2013&window=13+weeks&lens=Harm&calls=All+incidents"
)


@pytest.fixture(scope="session")
def gallery(tmp_path_factory: pytest.TempPathFactory, *, has_chromium: bool) -> Iterator[str]:
    """The address of one page of all charts and components."""
    assert has_chromium
    folder = tmp_path_factory.mktemp("gallery")
    store = write_small_store(folder / "store")
    with harness.running_app(store, log=folder / "log", command=harness.SERVE_GALLERY) as address:
        yield address


@pytest.mark.parametrize(("width", "dark"), [(harness.WIDE, True), (harness.PHONE, False)])
def test_signing_in_and_the_first_page_pass_axe_let_nothing_out_and_are_printed_without_tools(
    window: Windows, width: int, *, dark: bool
) -> None:
    one = window(width=width, dark=dark)
    one.open("/")
    found = one.violations()
    one.become("Insp. Errol Facey")
    assert (found + one.violations(), one.strayed, one.refused) == ([], [], [])
    finder = one.page.get_by_label("Find anyone").last
    finder.wait_for(state="visible")
    one.page.emulate_media(media="print")
    assert one.page.get_by_role("heading", level=1).is_visible()
    assert not finder.is_visible() and not one.page.get_by_label("Week ending").last.is_visible()


def test_a_link_opens_the_same_view_after_signing_in(window: Windows) -> None:
    one = window()
    one.open(DEEP)
    one.become("Piotr Mazur")
    one.go_to("Map")
    one.page.get_by_role("button", name="Copy link").click()
    link = one.page.get_by_test_id("stCode").inner_text()
    assert link.replace("\n", "").split("?")[1] == DEEP.split("?")[1]


def test_a_partner_who_signs_in_arrives_at_what_is_shared(window: Windows) -> None:
    one = window()
    one.open("/")
    one.become("Rita Osei")
    one.page.get_by_role("heading", name="Shared with us", exact=True).wait_for()


def test_on_a_phone_one_button_says_what_is_set_and_opens_the_bar(window: Windows) -> None:
    one = window(width=harness.PHONE)
    one.open("/")
    one.become("Insp. Errol Facey")
    assert not one.page.get_by_label("Week ending").is_visible()
    one.page.get_by_role("button", name="Show filters: South sector").click()
    one.page.get_by_label("Week ending").wait_for(state="visible")


@pytest.mark.parametrize("dark", [False, True])
def test_every_chart_and_component_is_drawn_accessibly_from_the_app_alone(
    window: Windows, gallery: str, *, dark: bool
) -> None:
    one = window(address=gallery, dark=dark)
    one.open("/")
    one.maps_drawn()
    assert (one.violations(), one.strayed, one.refused) == ([], [], [])


def test_what_a_caller_typed_is_never_an_image_or_a_link(window: Windows, gallery: str) -> None:
    one = window(address=gallery, width=harness.PHONE)
    one.open("/")
    assert one.page.locator("[data-testid=stTable] :is(a, img[src^=http], .katex)").count() == 0
