"""Are the hardening settings really in force? What was meant is not enough: the effective value is asked."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from dashboard.errors import DashboardError

CONFIG_FILE = Path(__file__).parents[1] / ".streamlit" / "config.toml"

# Values without which the app does not start, each with what it guards against.
REQUIRED: Mapping[str, tuple[object, str]] = {
    "browser.gatherUsageStats": (False, "every screen would report to the library's makers"),
    "client.showErrorDetails": ("none", "a fault would show its text, which may hold a row's value"),
    "logger.enableRich": (
        False,
        "a fault would be printed with its text, which may hold a row's value",
    ),
    "server.enableAgentApi": (False, "programs could drive the app"),
    "server.enableCORS": (True, "other sites could read answers"),
    "server.enableStaticServing": (False, "a folder would be served as it stands"),
    "server.enableXsrfProtection": (True, "other sites could post"),
}


def flat(tree: Mapping[str, Any], *, before: str = "") -> dict[str, Any]:
    """Nested settings as dotted names: {"theme": {"light": {"textColor": 1}}} is {"theme.light.textColor": 1}."""
    settings: dict[str, Any] = {}
    for name, value in tree.items():
        if isinstance(value, Mapping):
            settings |= flat(value, before=f"{before}{name}.")
        else:
            settings[f"{before}{name}"] = value
    return settings


def intended(file: Path = CONFIG_FILE) -> dict[str, Any]:
    """The project's own settings by dotted name, so that they hold from any folder and over the environment.

    Raises:
        DashboardError: the file is absent or cannot be read.
    """
    try:
        return flat(tomllib.loads(file.read_text(encoding="utf-8")))
    except (OSError, tomllib.TOMLDecodeError) as error:
        raise DashboardError(f"{file.name}: cannot be read. Restore the file from the project.") from error


def check_effective(effective: Callable[[str], Any]) -> None:
    """Refuse settings that are not in force.

    Args:
        effective: gives the effective value of a setting by its dotted name.

    Raises:
        DashboardError: a setting of `REQUIRED` has another value, or any host name is answered.
    """
    for name, (value, guards_against) in REQUIRED.items():
        if effective(name) != value:
            raise DashboardError(f"{name} is not {value!r}: {guards_against}. Set it in {CONFIG_FILE.name}.")
    hosts = effective("server.allowedHosts")
    if not hosts or "*" in hosts:
        raise DashboardError(
            f"server.allowedHosts answers to any name. List the app's own host names in {CONFIG_FILE.name}."
        )
    if effective("server.trustedUserHeaders"):
        raise DashboardError(
            f"server.trustedUserHeaders is set: a request could say who it is. Remove it from {CONFIG_FILE.name}."
        )
