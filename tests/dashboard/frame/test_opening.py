"""Does the app refuse to open where real people, or other people, could be reached?"""

from __future__ import annotations

import asyncio
import gc
import io
import logging
import socket
from pathlib import Path

import pytest
from starlette.requests import Request
from streamlit.logger import get_logger

from analysis.errors import StoreError
from dashboard import asgi, settings
from dashboard.errors import DashboardError
from dashboard.opening import check_may_open, is_loopback
from dashboard.pages import landing
from dashboard.serve import check_port_is_free, keep_restart_advice_out, serve
from tests.dashboard.frame.builders import a_build


def test_an_invented_force_opens_on_its_own_machine() -> None:
    check_may_open(a_build(), address="127.0.0.1", has_identity_provider=False)


def test_a_build_of_real_people_does_not_open_without_sign_in() -> None:
    with pytest.raises(DashboardError, match="not marked synthetic"):
        check_may_open(a_build(is_synthetic=False), address="127.0.0.1", has_identity_provider=False)


def test_an_address_others_can_reach_does_not_open() -> None:
    with pytest.raises(DashboardError, match=r"Use --address 127\.0\.0\.1"):
        check_may_open(a_build(), address="0.0.0.0", has_identity_provider=False)


def test_a_choice_of_people_is_not_offered_beside_an_identity_provider() -> None:
    with pytest.raises(DashboardError, match="auth"):
        check_may_open(a_build(), address="127.0.0.1", has_identity_provider=True)


@pytest.mark.parametrize(
    ("address", "expected"),
    [("127.0.0.1", True), ("::1", True), ("localhost", True), ("127.8.8.8", True), ("::ffff:127.0.0.1", True)]
    + [(address, False) for address in ("192.168.0.4", "::", "any", "", "localhost.a.example", "::ffff:192.0.2.1")],
)
def test_only_the_machine_itself_is_loopback(address: str, *, expected: bool) -> None:
    assert is_loopback(address) is expected


def test_a_store_without_a_build_says_how_to_make_one(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="repeat-demand build"):
        serve(tmp_path)


def test_a_taken_port_names_another() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(DashboardError, match=f"--port {port + 1}"):
            check_port_is_free("127.0.0.1", port)


def effective(**changed: object) -> dict[str, object]:
    """The project's own settings, some of them changed."""
    in_force = settings.intended() | {"server.trustedUserHeaders": {}}
    return in_force | {name.replace("__", "."): value for name, value in changed.items()}


def test_the_projects_own_settings_are_accepted() -> None:
    settings.check_effective(effective().get)


@pytest.mark.parametrize(
    "changed",
    [
        {"browser__gatherUsageStats": True},
        {"client__showErrorDetails": "full"},
        {"logger__enableRich": True},
        {"server__enableAgentApi": True},
        {"server__enableCORS": False},
        {"server__enableStaticServing": True},
        {"server__enableXsrfProtection": False},
        {"server__allowedHosts": []},
        {"server__allowedHosts": ["*"]},
        {"server__trustedUserHeaders": {"x-user": "email"}},
    ],
)
def test_a_setting_not_in_force_stops_the_start(changed: dict[str, object]) -> None:
    with pytest.raises(DashboardError, match=next(iter(changed)).replace("__", ".")):
        settings.check_effective(effective(**changed).get)


def test_the_first_page_asked_for_by_its_name_opens_with_its_filters() -> None:
    path = f"/{landing(None).url_path}"
    assert path in {route.path for route in asgi.ROUTES}
    scope = {"type": "http", "path": path, "query_string": b"sector=South&next=//a.example", "headers": []}
    assert asyncio.run(asgi.front(Request(scope))).headers["location"] == "/?sector=South&next=//a.example"


def test_every_setting_has_its_reason_beside_it() -> None:
    lines = settings.CONFIG_FILE.read_text(encoding="utf-8").splitlines()
    assert [line for line in lines if "=" in line and not line.startswith("#") and " # " not in line] == []


def test_warm_imports_are_set_apart_from_the_collector() -> None:
    before = gc.get_freeze_count()
    asgi.warm()
    frozen = gc.get_freeze_count()
    gc.unfreeze()
    assert frozen > before + 10_000


def test_who_starts_the_app_is_not_asked_to_start_it_again_and_told_all_else() -> None:
    keep_restart_advice_out()
    log, heard = get_logger("streamlit.config"), io.StringIO()
    hearing = logging.StreamHandler(heard)
    log.addHandler(hearing)
    try:
        log.warning("An update was detected. To have these changes be reflected, please restart streamlit.")
        log.warning("No such setting")
    finally:
        log.removeHandler(hearing)
    assert heard.getvalue() == "No such setting\n"
