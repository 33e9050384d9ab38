"""How is the app served? One Streamlit app with warm imports, hardened answers and a readiness check."""

from __future__ import annotations

import gc
import importlib
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import streamlit as st
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse
from starlette.routing import Route
from streamlit import config

from analysis.errors import AnalysisError
from dashboard import build_facts, fault_log, opening, settings
from dashboard.errors import DashboardError
from dashboard.hardening import Hardened
from dashboard.other_version import lacking_said
from dashboard.pages import landing
from dashboard.sign_in import has_identity_provider
from dashboard.text import escape_markdown
from partnership.errors import PartnershipError

ENTRY = Path(__file__).with_name("app.py")
# Imported before the first visitor, then set apart from the collector, which otherwise walks them after every run.
WARM = ("polars", "pandas", "geopandas", "plotly.graph_objects", "sqlalchemy", "pyarrow")


@asynccontextmanager
async def lifespan(_: st.App) -> AsyncIterator[dict[str, Any]]:
    """Check that the app may open, warm the imports, and keep the collector away from them.

    Raises:
        DashboardError: the settings in force or the build do not allow it.
    """
    fault_log.keep_words_out()
    settings.check_effective(config.get_option)
    opening.check_may_open(
        build_facts.read(build_facts.store_folder()),
        address=config.get_option("server.address") or "any",
        has_identity_provider=has_identity_provider(),
    )
    warm()
    yield {}


def warm() -> None:
    """Import what every page needs, then keep the collector away from it; once a process."""
    for name in WARM:
        importlib.import_module(name)
    gc.collect()
    gc.freeze()


async def ready(_: Request) -> JSONResponse:
    """200 when a build can be opened, else 503; says nothing of what is in it."""
    try:
        build_facts.read(build_facts.store_folder())
    except (AnalysisError, DashboardError):
        return JSONResponse({"status": "no build"}, status_code=503)
    return JSONResponse({"status": "ready"})


async def front(request: Request) -> RedirectResponse:
    """The page that opens first has no path of its own; who asks for it by its name is led to it, filters and all."""
    query = request.url.query
    return RedirectResponse(f"/?{query}" if query else "/")


ROUTES = (Route("/readyz", ready), Route(f"/{landing(None).url_path}", front))


def show_mendable(error: Exception) -> bool:
    """What a person can mend is shown as one line; a fault of ours as a plain apology. The log says where."""
    if isinstance(error, AnalysisError | DashboardError | PartnershipError):
        st.error(escape_markdown(str(error)))
    elif said := _lacking(error):
        st.error(escape_markdown(said))
    else:
        st.error(
            "This page could not be shown: a fault of ours, not of what you did. Nothing you saved is lost. "
            "Reload the page; if it comes back, tell whoever runs the app when it happened."
        )
    return True


def _lacking(error: Exception) -> str:
    """What to say where the build is too old for the page; empty where that is not why."""
    try:
        return lacking_said(error, build_facts.read(build_facts.store_folder()))
    except (AnalysisError, DashboardError):
        return ""


def create_app(script: Path = ENTRY) -> st.App:
    """The app, ready to be served by any ASGI server from any folder; `script` is run for every visitor."""
    return st.App(
        script,
        lifespan=lifespan,
        routes=list(ROUTES),
        middleware=[Middleware(Hardened)],
        on_script_error=show_mendable,
    )


app = create_app()

if __name__ == "__main__":
    sys.exit("Start the app with: repeat-demand serve")
