"""A small invented force, built and with its decisions loaded; made once a run, copied by each process."""

from __future__ import annotations

import os
import shutil
import tempfile
from atexit import register
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

from streamlit.testing.v1 import AppTest
from streamlit.util import calc_hash

from analysis.build import make_build
from analysis.questions.builds import Build, current_build, load_assumptions
from dashboard.asgi import ENTRY
from dashboard.build_facts import STORE_VARIABLE, read
from dashboard.data import audience_of, view_of
from dashboard.decisions_database import URL_VARIABLE, open_decisions
from dashboard.filters import Filters, Lens, filter_options
from dashboard.members_today import viewer_of
from dashboard.pages import PAGES
from dashboard.sample.write import write_sample
from dashboard.sample_decisions import load_decisions
from dashboard.sign_in import CHOSEN, Viewer
from dashboard.visit import Visit
from partnership import members
from partnership.database import upgrade
from partnership.vocabulary import Role
from tests.shared import made_once

INCIDENTS = 12_000
BUILT_AT = datetime(2013, 12, 2, 6, tzinfo=UTC)
PAGE_TIMEOUT = 60
STORE_KEY = "5e" * 32


@cache
def built_store() -> Path:
    """This process's own store of the small force; treat it as read-only."""
    own = Path(tempfile.mkdtemp(prefix="repeat-demand-"))
    register(shutil.rmtree, own, ignore_errors=True)
    return Path(shutil.copytree(made_once("small_force", _make), own / "made")) / "store"


def _make(folder: Path) -> None:
    """Write the sample, build it and load its decisions."""
    write_sample(folder / "sample", incidents=INCIDENTS)
    store = folder / "store"
    store.mkdir()
    # So that persons have the same ids, and stand in the same order, in every run.
    (store / "key").write_text(STORE_KEY, encoding="utf-8")
    make_build(folder / "sample" / "sources.toml", store, assumptions=load_assumptions(), built_at=BUILT_AT)
    database = open_decisions(store)
    upgrade(database)
    database.close()
    load_decisions(folder / "sample" / "decisions.json", store)


def sample_folder() -> Path:
    """The extracts and decisions the small force was built from."""
    return built_store().parent / "sample"


def own_copy(folder: Path) -> Path:
    """A copy of the store that a test may write to."""
    return Path(shutil.copytree(built_store(), folder / "store"))


def built() -> Build:
    """The build of the small force."""
    return current_build(built_store())


def viewer(role: Role, *, store: Path | None = None, agency: str | None = None) -> Viewer:
    """The first sample person of a role, by name; of that agency where one is given."""
    where = store or built_store()
    database = open_decisions(where)
    try:
        with database.read() as session:
            choices = members.sign_in_choices(session, read(where).default_as_of)
    finally:
        database.close()
    return viewer_of(next(one for one in choices if one.role is role and agency in (None, one.agency)))


def visit_of(
    who: Viewer,
    *,
    store: Path | None = None,
    sector: str | None = None,
    neighbourhood: str | None = None,
    weeks: int = 52,
    lens: Lens = Lens.CONTACTS,
    domestic_only: bool = True,
) -> Visit:
    """A visit of a page at the newest week; the environment must name the store (see `app_store`)."""
    facts = read(store or built_store())
    filters = Filters(sector, neighbourhood, facts.default_as_of, weeks, lens, domestic_only)
    return Visit(who, facts, filter_options(facts, who), filters)


def opened(who: Viewer | None, page: str) -> AppTest:
    """The app after this person went to a page (`this_week`); the environment must name the store."""
    assert os.environ.get(STORE_VARIABLE), "take the fixture app_store, or writable_store"
    assert URL_VARIABLE not in os.environ, "the fixtures take the store's own database"
    app = AppTest.from_file(str(ENTRY), default_timeout=PAGE_TIMEOUT)
    if who is not None:
        app.session_state[CHOSEN] = who.email
    return arrived(app, page).run()


def arrived(app: AppTest, page: str) -> AppTest:
    """The app, not yet run, at a page's own address, as somebody comes who follows a link."""
    entry = next(one for one in PAGES if one.name == page)
    # Before the first run `switch_page` knows a page by its file's name only, which is not always its address.
    app._page_hash = calc_hash(entry.url_path)
    return app


def all_text(app: AppTest) -> str:
    """Everything the page shows in words, tables and labels, as one text."""
    shown: list[str] = []
    for element in app:
        for part in ("value", "label", "body", "help", "options"):
            said = getattr(element, part, None)
            if said is not None:
                shown.append(said.to_csv() if hasattr(said, "to_csv") else str(said))
    return "\n".join(shown)


__all__ = ["all_text", "audience_of", "built", "built_store", "opened", "own_copy", "view_of", "viewer", "visit_of"]
