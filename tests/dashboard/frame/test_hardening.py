"""Does every answer carry its protections, and do closed doors stay closed?"""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from starlette.responses import PlainTextResponse
from starlette.types import Message, Receive, Scope, Send

from dashboard.hardening import Hardened, content_security_policy, hardened_cookie


async def _inner(scope: Scope, receive: Receive, send: Send) -> None:
    answer = PlainTextResponse("inside")
    answer.headers.append("set-cookie", "_streamlit_user=abc; HttpOnly; Max-Age=2592000; Path=/; SameSite=lax")
    answer.headers.append("set-cookie", "other=1; Path=/")
    await answer(scope, receive, send)


def ask(path: str, *, client: str = "127.0.0.1", server: str = "127.0.0.1", host: str = "localhost:8501") -> Any:
    """Status, headers and cookies of an answer."""
    sent: list[Message] = []
    scope = {
        "type": "http",
        "method": "GET",
        "path": path,
        "headers": [(b"host", host.encode())],
        "client": (client, 5),
        "server": (server, 8501),
    }

    async def receive() -> Message:
        return {"type": "http.request", "body": b""}

    async def send(message: Message) -> None:
        sent.append(message)

    asyncio.run(Hardened(_inner)(scope, receive, send))
    pairs = [(name.decode(), value.decode()) for name, value in sent[0]["headers"]]
    return sent[0]["status"], dict(pairs), [value for name, value in pairs if name == "set-cookie"]


@pytest.mark.parametrize(
    "path", ["/_stcore/metrics", "/_stcore/agent/mcp", "/_stcore/agent/openapi.json", "/_stcore/script-health-check"]
)
def test_a_door_nobody_needs_is_closed(path: str) -> None:
    assert ask(path)[0] == 404


@pytest.mark.parametrize("path", ["/", "/_stcore/health", "/media/abc.csv", "/_stcore/metrics", "/no-such-page"])
def test_every_answer_may_load_from_the_app_only(path: str) -> None:
    policy = ask(path)[1]["content-security-policy"]
    assert "default-src 'self'" in policy and "unsafe-eval" not in policy and "https:" not in policy


@pytest.mark.parametrize(
    ("header", "value"),
    [("x-content-type-options", "nosniff"), ("referrer-policy", "no-referrer"), ("x-frame-options", "DENY")],
)
def test_every_answer_carries_the_header(header: str, value: str) -> None:
    assert ask("/")[1][header] == value


def test_a_downloaded_file_is_kept_by_no_cache() -> None:
    assert ask("/media/abc.csv")[1]["cache-control"] == "no-store"


@pytest.mark.parametrize(("client", "server"), [("192.0.2.7", "127.0.0.1"), ("127.0.0.1", "192.0.2.1")])
def test_another_machine_is_turned_away(client: str, server: str) -> None:
    assert ask("/", client=client, server=server)[0] == 403


def test_a_live_connection_from_another_machine_is_closed() -> None:
    sent: list[Message] = []

    async def receive() -> Message:
        return {"type": "websocket.connect"}

    async def send(message: Message) -> None:
        sent.append(message)

    scope: Scope = {
        "type": "websocket",
        "path": "/_stcore/stream",
        "headers": [],
        "client": ("192.0.2.7", 5),
        "server": None,
    }
    asyncio.run(Hardened(_inner)(scope, receive, send))
    assert [message["type"] for message in sent] == ["websocket.close"]


def test_a_sign_in_cookie_lasts_a_working_day_and_needs_tls() -> None:
    cookies = ask("/")[2]
    assert cookies == ["_streamlit_user=abc; HttpOnly; Max-Age=28800; Path=/; SameSite=lax; Secure", "other=1; Path=/"]


def test_signing_out_still_deletes_the_cookie() -> None:
    assert "Max-Age=0;" in hardened_cookie("_streamlit_user=; Max-Age=0; Path=/")


def test_a_forged_host_name_cannot_widen_the_policy() -> None:
    assert content_security_policy("a.example; script-src *") == content_security_policy(None)
