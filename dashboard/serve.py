"""How is the app started from the command line? With the project's own settings, or not at all."""

from __future__ import annotations

import logging
import os
import socket
from pathlib import Path

from streamlit import config
from streamlit.logger import get_logger
from streamlit.web import bootstrap

from dashboard import build_facts, opening, settings
from dashboard.errors import DashboardError
from dashboard.sign_in import has_identity_provider


def serve(store: Path, *, address: str = "127.0.0.1", port: int = 8501) -> None:
    """Serve the app until it is stopped.

    Raises:
        DashboardError: the build, the address or a setting does not allow it, or the port is taken.
    """
    folder = store.resolve()
    opening.check_may_open(build_facts.read(folder), address=address, has_identity_provider=has_identity_provider())
    check_port_is_free(address, port)
    in_force = settings.intended() | {"server.address": address, "server.port": port}
    keep_restart_advice_out()
    bootstrap.load_config_options(in_force)
    settings.check_effective(config.get_option)
    os.environ[build_facts.STORE_VARIABLE] = str(folder)

    from dashboard.asgi import create_app

    create_app().run(config=in_force)


def keep_restart_advice_out() -> None:
    """Streamlit reads its file before it is given these settings, and would ask whoever starts it to start it again."""
    get_logger("streamlit.config").addFilter(_is_no_restart_advice)


def _is_no_restart_advice(record: logging.LogRecord) -> bool:
    return "please restart streamlit" not in record.getMessage()


def check_port_is_free(address: str, port: int) -> None:
    """Refuse a port another program listens on.

    Raises:
        DashboardError: the port is taken, or the address is not one of this machine's.
    """
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    with socket.socket(family) as probe:
        if os.name != "nt":
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((address, port))
        except (OSError, OverflowError) as error:
            raise DashboardError(
                f"{address} port {port} cannot be used; another program may have it. Choose another: --port {port + 1}"
            ) from error
