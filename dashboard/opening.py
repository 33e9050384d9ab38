"""May the app open here? Without sign-in only to the machine itself, and only on invented people."""

from __future__ import annotations

import ipaddress

from dashboard.build_facts import BuildFacts
from dashboard.errors import DashboardError


def is_loopback(address: str) -> bool:
    """Whether an address can only be reached from the machine itself."""
    if address == "localhost":
        return True
    try:
        parsed = ipaddress.ip_address(address.strip("[]"))
    except ValueError:
        return False
    mapped = getattr(parsed, "ipv4_mapped", None)
    return bool((mapped or parsed).is_loopback)


def check_may_open(facts: BuildFacts, *, address: str, has_identity_provider: bool) -> None:
    """Refuse to open anything but an invented force, to anyone but this machine, while sign-in is by choice.

    Raises:
        DashboardError: an identity provider is set up, the address is not loopback, or the build holds real people.
    """
    if has_identity_provider:
        raise DashboardError(
            "secrets.toml has [auth], but this version signs in sample people only. Remove [auth] to open the sample."
        )
    if not is_loopback(address):
        raise DashboardError(
            f"--address {address} can be reached by others, and there is no sign-in. Use --address 127.0.0.1."
        )
    if not facts.is_synthetic:
        raise DashboardError(
            f"build {facts.id[:8]} is not marked synthetic, and there is no sign-in. "
            "Open a synthetic build: repeat-demand sample --out DIR, then repeat-demand build DIR/sources.toml."
        )
