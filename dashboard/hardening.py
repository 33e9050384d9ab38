"""What may a browser do with an answer of the app? Headers, cookies and closed doors, whatever page is asked for."""

from __future__ import annotations

import re

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from dashboard.opening import is_loopback

CLOSED = ("/_stcore/metrics", "/_stcore/agent", "/_stcore/script-health-check")
NEVER_KEPT = ("/media", "/_stcore/upload_file")
COOKIE_SECONDS = 8 * 60 * 60
_HOST = re.compile(r"[A-Za-z0-9.\-]+(:\d+)?|\[[0-9A-Fa-f:.]+\](:\d+)?")
# The library's own one-line inline script (`window.prerenderReady = false`).
_INLINE_SCRIPT = "'sha256-THxz9J9+wf7rhwR2YkXJoSZ13UCmYyC+3lNDv2+8ugA='"


def content_security_policy(host: str | None) -> str:
    """What a page may load: only from the app itself; `host`, if well formed, narrows the live connection."""
    live = f" ws://{host} wss://{host}" if host and _HOST.fullmatch(host) else ""
    return "; ".join(
        (
            "default-src 'self'",
            f"script-src 'self' {_INLINE_SCRIPT}",
            "worker-src 'self' blob:",
            "style-src 'self' 'unsafe-inline'",
            "img-src 'self' data: blob:",
            "font-src 'self' data:",
            f"connect-src 'self'{live} data: blob:",
            "object-src 'none'",
            "frame-src 'none'",
            "frame-ancestors 'none'",
            "base-uri 'self'",
            "form-action 'self'",
        )
    )


def _is_under(path: str, places: tuple[str, ...]) -> bool:
    return any(path == place or path.startswith(place + "/") for place in places)


class Hardened:
    """Closes doors nobody needs, and puts the security headers on every answer."""

    def __init__(self, app: ASGIApp, *, is_local_only: bool = True) -> None:
        self._app = app
        self._is_local_only = is_local_only

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request or live connection."""
        if scope["type"] not in {"http", "websocket"}:
            await self._app(scope, receive, send)
            return
        host = Headers(scope=scope).get("host")

        async def harden(message: Message) -> None:
            if message["type"] == "http.response.start":
                _harden_answer(MutableHeaders(scope=message), scope["path"], host)
            await send(message)

        if self._is_local_only and not _is_local(scope):
            await _refuse(scope, receive, harden, 403, "This app is open to its own machine only.")
        elif _is_under(scope["path"], CLOSED):
            await _refuse(scope, receive, harden, 404, "Not found.")
        else:
            await self._app(scope, receive, harden)


def _is_local(scope: Scope) -> bool:
    return all(is_loopback(end[0]) for end in (scope.get("server"), scope.get("client")) if end)


async def _refuse(scope: Scope, receive: Receive, send: Send, status: int, reason: str) -> None:
    if scope["type"] == "websocket":
        await receive()
        await send({"type": "websocket.close", "code": 1008, "reason": reason})
    else:
        await PlainTextResponse(reason, status_code=status)(scope, receive, send)


def _harden_answer(headers: MutableHeaders, path: str, host: str | None) -> None:
    headers["content-security-policy"] = content_security_policy(host)
    headers["x-content-type-options"] = "nosniff"
    headers["x-frame-options"] = "DENY"
    headers["referrer-policy"] = "no-referrer"
    headers["permissions-policy"] = "camera=(), microphone=(), geolocation=(), payment=(), usb=()"
    headers["cross-origin-opener-policy"] = "same-origin"
    headers["cross-origin-resource-policy"] = "same-origin"
    headers["strict-transport-security"] = "max-age=31536000"
    if _is_under(path, NEVER_KEPT):
        headers["cache-control"] = "no-store"
    cookies = headers.getlist("set-cookie")
    if cookies:
        del headers["set-cookie"]
        for cookie in cookies:
            headers.append("set-cookie", hardened_cookie(cookie))


def hardened_cookie(cookie: str) -> str:
    """A sign-in cookie, sent over TLS only and for a working day at most; any other cookie as it was."""
    if not cookie.startswith("_streamlit_user"):
        return cookie
    parts = [part for part in cookie.split("; ") if part.lower() != "secure"]
    short = [
        f"Max-Age={COOKIE_SECONDS}"
        if re.fullmatch(r"(?i)max-age=\d+", part) and int(part[8:]) > COOKIE_SECONDS
        else part
        for part in parts
    ]
    return "; ".join([*short, "Secure"])
