"""Can a planted caller be found on any page, by anyone who may not see them? And by one who may, with a purpose?"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from dashboard.asgi import ENTRY
from dashboard.build_facts import STORE_VARIABLE
from dashboard.decisions_database import URL_VARIABLE, open_decisions
from dashboard.pages import PAGES
from dashboard.sign_in import CHOSEN, Viewer
from partnership.models.records import AccessLogEntry
from partnership.vocabulary import Operation, Role
from tests.dashboard.built import arrived
from tests.privacy.planted import (
    IDENTITIES,
    NEIGHBOURHOOD,
    SECTOR,
    TYPED,
    address,
    everyone,
    found_in,
    is_in_scope,
    planted_person,
    planted_store,
    sent,
)

EMAILS = (
    "maeve.tierney@example.org",
    "errol.facey@example.org",
    "leanne.round@example.org",
    "saima.lodhi@example.org",
    "piotr.mazur@example.org",
    "rita.osei@example.org",
    "keith.danks@example.org",
)


@pytest.fixture
def store(monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.delenv(URL_VARIABLE, raising=False)
    monkeypatch.setenv(STORE_VARIABLE, str(planted_store()))
    return planted_store()


def member(email: str) -> Viewer:
    return next(one for one in everyone() if one.email == email)


def signed_in(email: str | None) -> AppTest:
    """The app before its first run."""
    app = AppTest.from_file(str(ENTRY), default_timeout=120)
    if email:
        app.session_state[CHOSEN] = email
    return app


def visited(app: AppTest) -> Iterator[tuple[str, AppTest]]:
    """Every page there is, one after the other, whether it is the viewer's or not."""
    for entry in PAGES:
        arrived(app, entry.name).run()
        assert not app.exception, entry.name
        yield entry.name, app


def test_these_are_people_of_every_role() -> None:
    assert {member(email).role for email in EMAILS} == set(Role) - {Role.OPERATOR}


@pytest.mark.parametrize("email", EMAILS)
def test_no_page_and_no_address_sends_what_this_person_may_not_see(store: Path, email: str) -> None:
    who = member(email)
    hidden = dict(IDENTITIES)
    if not is_in_scope(who):
        hidden |= {"person": planted_person()}
    if who.role in {Role.PARTNER, Role.AUDITOR}:
        hidden |= TYPED
    # An address names nobody, whatever its reader may see on the page.
    named = IDENTITIES | {"person": planted_person()}
    leaks = {
        name: found
        for name, app in visited(signed_in(email))
        if (found := found_in(sent(app), hidden) + found_in(address(app), named) + ["P-"] * ("P-" in address(app)))
    }
    assert leaks == {}


def test_nobody_is_sent_nothing(store: Path) -> None:
    everything = IDENTITIES | TYPED | {"person": planted_person()}
    assert {name: found_in(sent(app), everything) for name, app in visited(signed_in(None))} == {
        entry.name: [] for entry in PAGES
    }


def opened_top_ten(email: str) -> AppTest:
    app = signed_in(email)
    arrived(app, "top_ten").run()
    if app.selectbox(key="sector").value != SECTOR:
        app.selectbox(key="sector").set_value(SECTOR).run()
    if app.selectbox(key="neighbourhood").value != NEIGHBOURHOOD:
        app.selectbox(key="neighbourhood").set_value(NEIGHBOURHOOD).run()
    return app


def consultations(store: Path) -> list[str]:
    database = open_decisions(store)
    try:
        with database.read() as session:
            rows = session.query(AccessLogEntry).filter_by(operation=Operation.CONSULTATION).all()
            return [str(row.purpose) for row in rows]
    finally:
        database.close()


def test_the_reference_of_the_planted_caller_is_on_the_inspectors_top_ten(store: Path) -> None:
    app = opened_top_ten("maeve.tierney@example.org")
    assert found_in(sent(app), {"person": planted_person()}) == ["person"]
    assert found_in(sent(app), IDENTITIES) == []


def test_a_purpose_shows_the_name_to_who_may_see_it_and_stands_in_the_access_log(
    tmp_path: Path, store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = Path(shutil.copytree(planted_store(), tmp_path / "store"))
    monkeypatch.setenv(STORE_VARIABLE, str(own))
    before = consultations(own)
    app = opened_top_ten("maeve.tierney@example.org")
    app.text_input(key="top_ten_why").set_value("a check of what is shown")
    next(button for button in app.button if button.label == "Show names").click().run()
    assert found_in(sent(app), {"surname": IDENTITIES["surname"]}) == ["surname"]
    assert set(consultations(own)[len(before) :]) == {"a check of what is shown"}
    next(button for button in app.button if button.label == "Hide names").click().run()
    assert found_in(sent(app), IDENTITIES) == []
    st.cache_resource.clear()


def test_another_session_sees_no_name_after_the_first_was_shown(store: Path) -> None:
    assert found_in(sent(opened_top_ten("piotr.mazur@example.org")), IDENTITIES) == []


def test_an_opened_record_and_its_incidents_name_the_person_to_who_gave_a_purpose_and_to_nobody_else(
    tmp_path: Path, store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = Path(shutil.copytree(planted_store(), tmp_path / "store"))
    monkeypatch.setenv(STORE_VARIABLE, str(own))
    app = opened_record("maeve.tierney@example.org")
    assert found_in(sent(app), IDENTITIES) == []
    app.text_input(key="person_why").set_value("a check of a record")
    next(button for button in app.button if button.label == "Open the record").click().run()
    assert set(found_in(sent(app), IDENTITIES)) >= {"surname", "number", "address"}
    assert "P-" not in address(app)
    app.button(key="person_figures_0_opens").click().run()
    assert app.title[0].value == "Incidents" and app.table
    assert found_in(sent(app), IDENTITIES) == [] and "P-" not in address(app)
    for email in ("errol.facey@example.org", "rita.osei@example.org", "keith.danks@example.org"):
        shown = sent(opened_record(email))
        hidden = IDENTITIES if is_in_scope(member(email)) else IDENTITIES | {"person": planted_person()}
        assert found_in(shown, hidden) == [], email
    st.cache_resource.clear()


def opened_record(email: str) -> AppTest:
    """The person's page, as opened from a list."""
    app = signed_in(email)
    app.session_state["person_opened"] = planted_person()
    return arrived(app, "person").run()
