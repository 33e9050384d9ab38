"""Does the top ten's page show who, why and how sure, to the right people, and names only for a purpose?"""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest
from streamlit.testing.v1 import AppTest

from dashboard.asgi import ENTRY
from dashboard.sign_in import CHOSEN, Viewer
from partnership.vocabulary import Role
from tests.dashboard.built import all_text, built, opened, viewer

POLICE = [Role.SECTOR_INSPECTOR, Role.NEIGHBOURHOOD_OFFICER, Role.PPU_OFFICER, Role.ANALYST]
PURPOSE = "Preparing Monday's meeting"


def first_area(who: Viewer) -> str:
    areas = built().manifest["facts"]["neighbourhoods"]
    own = [area["code"] for area in areas if not who.areas or {area["code"], area["sector"]} & set(who.areas)]
    return str(own[0])


def callers_outside(who: Viewer) -> set[str]:
    """Repeat callers who never rang from the viewer's areas."""
    areas = built().manifest["facts"]["neighbourhoods"]
    own = [area["code"] for area in areas if {area["code"], area["sector"]} & set(who.areas)]
    contacts = built().frame("contacts").filter(pl.col("key_type") == "caller")
    inside = contacts.filter(pl.col("neighbourhood_code").is_in(own))["key_id"].unique()
    return set(contacts.filter(~pl.col("key_id").is_in(inside.implode()))["key_id"])


@pytest.mark.parametrize("role", POLICE)
def test_every_police_role_sees_a_list_that_says_why(role: Role, app_store: Path) -> None:
    app = opened(viewer(role), "top_ten")
    assert not app.exception
    assert "Here because of" in all_text(app)
    # A heading with a link to itself is a stop for the keyboard in every row.
    assert len(app.subheader) > 10 and all(one.hide_anchor for one in app.subheader)


@pytest.mark.parametrize("role", [Role.SECTOR_INSPECTOR, Role.NEIGHBOURHOOD_OFFICER])
def test_nobody_of_another_area_is_on_the_page(role: Role, app_store: Path) -> None:
    who = viewer(role)
    shown = all_text(opened(who, "top_ten"))
    assert not {person for person in callers_outside(who) if person in shown}


@pytest.mark.parametrize("role", [Role.PARTNER, Role.AUDITOR])
def test_a_partner_and_an_auditor_see_no_person(role: Role, app_store: Path) -> None:
    app = opened(viewer(role), "top_ten")
    assert not app.exception
    assert "Here because of" not in all_text(app)
    assert "P-" not in all_text(app)


def test_nobody_signed_in_sees_no_person(app_store: Path) -> None:
    assert "Here because of" not in all_text(opened(None, "top_ten"))


def test_the_page_says_which_neighbourhood_it_chose(app_store: Path) -> None:
    assert "This is the first of the" in all_text(opened(viewer(Role.SECTOR_INSPECTOR), "top_ten"))


def names_of(area: str) -> set[str]:
    logs = built().frame("incidents").filter(pl.col("neighbourhood_code") == area, pl.col("caller_id").is_not_null())
    return {name for name in logs["caller_name"].drop_nulls() if " " in name}


def test_names_are_shown_only_after_a_purpose(writable_store: Path) -> None:
    who = viewer(Role.SECTOR_INSPECTOR, store=writable_store)
    names = names_of(first_area(who))
    app = opened(who, "top_ten")
    shown = all_text(app)
    assert not {name for name in names if name in shown}
    app.text_input(key="top_ten_why").set_value(PURPOSE)
    app = next(button for button in app.button if button.label == "Show names").click().run()
    assert not app.exception
    shown = all_text(app)
    assert {name for name in names if name in shown}


def test_a_row_opens_the_person(app_store: Path) -> None:
    app = opened(viewer(Role.SECTOR_INSPECTOR), "top_ten")
    label = app.button(key="top_ten_0_open").label.replace("\\", "")
    app.button(key="top_ten_0_open").click().run()
    assert f"Person {label}" in app.title[0].value.replace("\\", "")


def test_a_link_from_another_session_shows_no_person(app_store: Path) -> None:
    app = AppTest.from_file(str(ENTRY), default_timeout=60)
    app.session_state[CHOSEN] = viewer(Role.SECTOR_INSPECTOR).email
    app.query_params["case"] = "no-such-reference"
    app.run()
    app.switch_page("app_pages/person.py").run()
    assert not app.exception
