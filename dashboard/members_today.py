"""Who may sign in today? The members' table, asked anew on every run, so that a withdrawn right is gone at once."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path

import streamlit as st

from dashboard.decisions_database import open_decisions
from dashboard.sign_in import Viewer
from partnership import members
from partnership.agencies import agencies
from partnership.authority import Actor
from partnership.database import Database


@st.cache_resource(max_entries=2)
def decisions(store: Path) -> Database:
    """The store's database, opened once a process: holds connections, no rows."""
    return open_decisions(store)


def members_today(store: Path, today: date) -> tuple[Viewer, ...]:
    """Everyone who may sign in, by role and name.

    Raises:
        PartnershipError: the database cannot be read; the message names the mend.
    """
    with decisions(store).read() as session:
        names = {agency.code: agency.name for agency in agencies(session)}
        return tuple(viewer_of(actor, names) for actor in members.sign_in_choices(session, today))


def viewer_of(actor: Actor, agency_names: Mapping[str, str] | None = None) -> Viewer:
    """A member as the screens know them; `agency_names`: code to name, for those who show it."""
    assert actor.member_id is not None, "an operator opens no page"
    areas = tuple(sorted(actor.areas))
    called = (agency_names or {}).get(actor.agency or "")
    return Viewer(actor.name, actor.email, actor.role, areas, actor.agency, actor.member_id, called)
