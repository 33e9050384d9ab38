"""Which role gets which page? And does the gate stand in the app, not only in the navigation?"""

from __future__ import annotations

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from analysis.disclosure import Clearance
from dashboard.asgi import ENTRY
from dashboard.build_facts import read
from dashboard.members_today import members_today
from dashboard.pages import FOLDER, PAGES, landing
from dashboard.sign_in import CHOSEN
from partnership.vocabulary import Role
from tests.dashboard.built import PAGE_TIMEOUT, built_store
from tests.dashboard.frame.builders import a_build, a_viewer

POLICE_PAGES = [
    "this_week",
    "top_ten",
    "person",
    "demand",
    "map",
    "incidents",
    "meeting",
    "action_plans",
    "data",
    "methods",
]
DECIDE_IDENTITY = {Role.SECTOR_INSPECTOR, Role.ANALYST}
SCOPE = {Role.SECTOR_INSPECTOR: ("South",), Role.NEIGHBOURHOOD_OFFICER: ("N1",)}


@pytest.mark.parametrize(
    ("role", "pages"),
    [(role, POLICE_PAGES) for role in Role if role not in {Role.PARTNER, Role.AUDITOR, Role.OPERATOR}]
    + [(Role.PARTNER, ["shared_with_us", "methods"]), (Role.AUDITOR, ["access_log", "methods"]), (Role.OPERATOR, [])],
)
def test_a_role_has_its_pages_and_no_other(role: Role, pages: list[str]) -> None:
    own = [entry.name for entry in PAGES if role in entry.roles]
    assert [page for page in own if page != "who_is_who"] == pages
    assert ("who_is_who" in own) == (role in DECIDE_IDENTITY)


def test_every_page_file_is_registered() -> None:
    assert {entry.file for entry in PAGES} == set(FOLDER.glob("[!_]*.py"))


def test_partners_start_at_what_is_shared_and_auditors_at_the_log() -> None:
    assert (landing(Role.PARTNER).name, landing(Role.AUDITOR).name) == ("shared_with_us", "access_log")


@pytest.mark.parametrize(
    ("role", "clearance", "neighbourhoods"),
    [
        (Role.SECTOR_INSPECTOR, Clearance.POLICE, frozenset({"N1", "N2"})),
        (Role.NEIGHBOURHOOD_OFFICER, Clearance.POLICE, frozenset({"N1"})),
        (Role.PPU_OFFICER, Clearance.POLICE, None),
        (Role.ANALYST, Clearance.POLICE, None),
        (Role.PARTNER, Clearance.PARTNER, None),
        (Role.AUDITOR, Clearance.AUDITOR, frozenset()),
        (Role.OPERATOR, Clearance.NOBODY, frozenset()),
    ],
)
def test_the_gate_is_told_the_role_and_the_scope(
    role: Role, clearance: Clearance, neighbourhoods: frozenset[str] | None
) -> None:
    viewer = a_viewer(role, *SCOPE.get(role, ()), agency="HOUSING" if role is Role.PARTNER else None)
    audience = viewer.audience(a_build().geography)
    assert (audience.clearance, audience.neighbourhoods, audience.agency) == (clearance, neighbourhoods, viewer.agency)


@pytest.fixture
def app(app_store: Path) -> AppTest:
    """The entry file on the small force's store, before its first run."""
    assert app_store.is_dir()
    return AppTest.from_file(str(ENTRY), default_timeout=PAGE_TIMEOUT)


def test_before_the_choice_no_page_and_no_filter_is_drawn(app: AppTest) -> None:
    app.run()
    assert not app.exception and app.title[0].value == "Who are you today?" and not app.selectbox


def test_a_chosen_person_lands_on_their_page_with_filters(app: AppTest) -> None:
    app.session_state[CHOSEN] = "errol.facey@example.org"
    app.run()
    assert not app.exception and app.title[0].value == "This week" and app.selectbox(key="sector").value == "South"


@pytest.mark.parametrize(
    "page", ["this_week", "top_ten", "person", "demand", "map", "incidents", "meeting", "action_plans", "data"]
)
def test_a_partner_who_knows_a_page_by_its_address_is_told_why_not(app: AppTest, page: str) -> None:
    app.session_state[CHOSEN] = "rita.osei@example.org"
    app.run()
    app.switch_page(f"app_pages/{page}.py").run()
    shown = " ".join(element.value for element in app.markdown)
    assert not app.exception and "not part of what a partner works with" in shown and not app.selectbox


def test_an_officers_neighbourhood_is_called_by_its_name() -> None:
    officer = a_viewer(Role.NEIGHBOURHOOD_OFFICER, "N1")
    assert officer.described(a_build().area_names) == "neighbourhood officer, Alder Park"


def test_a_partners_agency_is_called_by_its_name() -> None:
    known = members_today(built_store(), read(built_store()).default_as_of)
    housing = next(one for one in known if one.agency == "HOUSING")
    assert housing.described({}) == f"partner, {housing.agency_name}" and housing.agency_name not in (None, "HOUSING")


def test_inspectors_are_offered_first(app: AppTest) -> None:
    cards = [one.value for one in app.run().markdown if "  \n" in one.value]
    assert [card.split("  \n")[1].startswith("sector inspector") for card in cards].index(False) == 3


def test_a_person_who_is_no_member_any_more_is_nobody(app: AppTest) -> None:
    app.session_state[CHOSEN] = "left@example.org"
    app.run()
    assert app.title[0].value == "Who are you today?"


def test_choosing_another_sector_offers_its_neighbourhoods_only(app: AppTest) -> None:
    app.session_state[CHOSEN] = "piotr.mazur@example.org"
    app.run()
    app.selectbox(key="sector").set_value("North").run()
    options = app.selectbox(key="neighbourhood").options
    assert options[1:] == [area.name for area in read(built_store()).neighbourhoods if area.sector == "North"]


def test_a_link_with_another_persons_scope_in_it_shows_ones_own(app: AppTest) -> None:
    app.session_state[CHOSEN] = "errol.facey@example.org"
    app.query_params["sector"] = "North"
    app.run()
    assert not app.exception and app.selectbox(key="sector").value == "South"
