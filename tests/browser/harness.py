"""How is the real app opened in a real browser? A server on a free port, a page that lets nothing leave."""

from __future__ import annotations

import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext, ConsoleMessage, Page, Request, sync_playwright

ROOT = Path(__file__).parents[2]
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
HOW_TO_GET_ONE = "no Chromium on this machine: install one with `apt-get install chromium` (Debian) and run again"
# Software drawing, so that maps are painted on a machine without a screen, and by that the maps alone; nothing in the
# background, and no other host to be found.
FLAGS = (
    "--no-sandbox",
    "--use-gl=angle",
    "--use-angle=swiftshader",
    "--enable-unsafe-swiftshader",
    "--ignore-gpu-blocklist",
    "--disable-gpu-compositing",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--disable-quic",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
)
STARTS_WITHIN = 60.0
WIDE, PHONE = 1280, 390


def chromium() -> str | None:
    """The browser of this machine, if there is one."""
    return next((found for name in BROWSERS if (found := shutil.which(name))), None)


def free_port() -> int:
    """A port nobody listens on at the moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


SERVE = (
    "import sys, pathlib; from dashboard.serve import serve; serve(pathlib.Path(sys.argv[1]), port=int(sys.argv[2]))"
)
SERVE_GALLERY = """
import os, sys, pathlib
from dashboard import settings
from dashboard.asgi import create_app
os.environ["REPEAT_DEMAND_STORE"] = sys.argv[1]
create_app(pathlib.Path("tests/browser/gallery.py").resolve()).run(
    config=settings.intended() | {"server.port": int(sys.argv[2])}
)
"""


@contextmanager
def running_app(store: Path, *, log: Path, command: str = SERVE) -> Iterator[str]:
    """Serve the store as the command does, and give the address; stopped afterwards."""
    port = free_port()
    with log.open("w", encoding="utf-8") as written:
        server = subprocess.Popen(
            [sys.executable, "-c", command, str(store), str(port)], cwd=ROOT, stdout=written, stderr=subprocess.STDOUT
        )
        try:
            _wait_until_ready(f"http://127.0.0.1:{port}/readyz", server, log)
            yield f"http://127.0.0.1:{port}"
        finally:
            server.terminate()
            try:
                server.wait(timeout=10)
            except subprocess.TimeoutExpired:
                server.kill()
                server.wait()


def _wait_until_ready(url: str, server: subprocess.Popen[bytes], log: Path) -> None:
    give_up = time.monotonic() + STARTS_WITHIN
    while time.monotonic() < give_up:
        if server.poll() is not None:
            raise AssertionError(f"the app did not start:\n{log.read_text(encoding='utf-8')[-2000:]}")
        try:
            with urllib.request.urlopen(url, timeout=2) as answer:
                if answer.status == 200:
                    return
        except (urllib.error.URLError, OSError):
            time.sleep(0.2)
    raise AssertionError(
        f"the app was not ready within {STARTS_WITHIN:.0f} s:\n{log.read_text(encoding='utf-8')[-2000:]}"
    )


@dataclass
class Visitor:
    """One person's browser window on the app, and what it tried to do that it should not."""

    page: Page
    address: str
    strayed: list[str] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)

    def open(self, path: str = "/") -> None:
        """Go to a path of the app and wait until it is drawn."""
        self.page.goto(self.address + path)
        self.settled()

    def settled(self) -> None:
        """Wait until the run is over and the page has come to rest."""
        self.page.wait_for_selector('[data-testid="stApp"][data-test-script-state="notRunning"]', timeout=30_000)
        self._until("document.querySelectorAll('[data-stale=\"true\"]').length === 0")

    def at_rest(self) -> None:
        """Wait until all is loaded and nothing fades or moves: what fades in is pale, and axe measures contrast."""
        self.settled()
        self.page.wait_for_selector('[data-testid="stSkeleton"]', state="detached", timeout=30_000)
        self._until(
            """document.getAnimations().every(
                one => one.playState !== 'running' || one.effect.getComputedTiming().endTime === Infinity
            )"""
        )

    def _until(self, is_so: str, *, seconds: float = 30.0) -> None:
        # The library's own waiting asks by eval, which the content security policy rightly refuses.
        give_up = time.monotonic() + seconds
        while not self.page.evaluate(is_so):
            assert time.monotonic() < give_up, f"still not so after {seconds:.0f} s: {is_so}"
            self.page.wait_for_timeout(50)

    def maps_drawn(self) -> None:
        """Wait until every map on the page has been painted."""
        self.page.locator(".maplibregl-canvas").first.wait_for(timeout=60_000)
        self._until(
            """[...document.querySelectorAll('.js-plotly-plot')].every(plot => {
                const map = plot._fullLayout?.map?._subplot?.map;
                return !map || (map.loaded() && map.areTilesLoaded());
            })""",
            seconds=60,
        )

    def become(self, name: str) -> None:
        """Choose a sample person on the sign-in page."""
        card = self.page.get_by_test_id("stLayoutWrapper").filter(has_text=name).last
        card.get_by_role("button", name="Continue").click()
        self.page.get_by_role("button", name="Change person").wait_for(timeout=30_000)
        self.settled()

    def go_to(self, title: str) -> None:
        """Open a page by its link in the navigation, which a phone keeps folded at the side."""
        links = self.page.get_by_test_id("stTopNavLinkContainer")
        is_folded = not links.count()
        if is_folded:
            self.page.get_by_test_id("stExpandSidebarButton").click()
            links = self.page.get_by_test_id("stSidebarNav")
        links.get_by_role("link", name=title, exact=True).click()
        if is_folded:
            # a phone folds it by itself; this browser only has a phone's width
            self.page.get_by_test_id("stSidebarCollapseButton").get_by_role("button").click()
            self.page.get_by_test_id("stExpandSidebarButton").wait_for()
        self.settled()

    def violations(self) -> list[str]:
        """What axe finds against WCAG 2.2 AA, one line each."""
        from axe_playwright_python.sync_playwright import Axe

        tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
        found: dict[str, Any] = Axe().run(self.page, options={"runOnly": {"type": "tag", "values": tags}}).response
        return [
            f"{rule['id']}: {rule['help']} ({node['target']})" for rule in found["violations"] for node in rule["nodes"]
        ]

    def picture(self, file: Path) -> None:
        """The whole page as a picture."""
        self.page.evaluate("document.activeElement && document.activeElement.blur()")
        height = self.page.evaluate("document.querySelector('[data-testid=stMain]')?.scrollHeight || 900")
        size = self.page.viewport_size or {"width": WIDE, "height": 900}
        self.page.set_viewport_size({"width": size["width"], "height": max(int(height), 600)})
        self.page.screenshot(path=file)
        self.page.set_viewport_size(size)


@contextmanager
def browser() -> Iterator[BrowserContext]:
    """The machine's own Chromium, without a window; what it was once given by the app it need not ask for again."""
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=chromium(), args=list(FLAGS))
        try:
            yield opened.new_context(locale="en-GB")
        finally:
            opened.close()


@contextmanager
def visitor(opened: BrowserContext, address: str, *, width: int = WIDE, dark: bool = False) -> Iterator[Visitor]:
    """A fresh window, in which nobody is signed in. It remembers each request for another place; none can leave."""
    page = opened.new_page()
    page.set_viewport_size({"width": width, "height": 900})
    page.emulate_media(color_scheme="dark" if dark else "light")
    page.set_default_timeout(20_000)
    one = Visitor(page, address)
    home = urlsplit(address).netloc

    def watch(request: Request) -> None:
        if urlsplit(request.url).netloc not in {home, ""}:
            one.strayed.append(request.url)

    def listen(message: ConsoleMessage) -> None:
        if "Content Security Policy" in message.text:
            one.refused.append(message.text)

    page.on("console", listen)
    page.on("request", watch)
    try:
        yield one
    finally:
        page.close()
