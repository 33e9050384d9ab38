"""Does the box on every page find who is in scope, log it first, and say the same of who is elsewhere and of nobody?"""

from __future__ import annotations

import json
from pathlib import Path

import polars as pl
import pytest
from sqlalchemy import select
from streamlit.testing.v1 import AppTest

from dashboard.decisions_database import open_decisions
from dashboard.sign_in import CHOSEN, Viewer
from partnership.models import AccessLogEntry, Case
from partnership.vocabulary import Operation, Role
from tests.dashboard.built import all_text, built, opened, viewer, visit_of
from tests.dashboard.walked_pages import busiest_callers


@pytest.fixture
def inspector(writable_store: Path) -> Viewer:
    return viewer(Role.SECTOR_INSPECTOR, store=writable_store)


def words(app: AppTest) -> str:
    """What the page shows, without the escapes of Markdown."""
    return all_text(app).replace("\\", "")


def logged(store: Path) -> list[AccessLogEntry]:
    """Consultations, the oldest first."""
    database = open_decisions(store)
    with database.read() as session:
        rows = select(AccessLogEntry).where(AccessLogEntry.operation == Operation.CONSULTATION)
        found = list(session.scalars(rows.order_by(AccessLogEntry.seq)))
    database.close()
    return found


def seeking(app: AppTest, typed: str, *, why: str | None = "a call this morning") -> AppTest:
    """The page after somebody typed this into the box."""
    app.text_input(key="find_text").set_value(typed)
    if why is not None:
        app.text_input(key="find_why").set_value(why)
    return app.button(key="find_go").click().run()


def number_in(who: Viewer, *, is_inside: bool) -> tuple[str, str]:
    """A caller's number and id, of someone recorded inside the areas of an inspector, or only outside."""
    areas = built().manifest["facts"]["neighbourhoods"]
    mine = [area["code"] for area in areas if area["sector"] in who.areas]
    keys = built().frame("search_keys").filter(pl.col("kind") == "number")
    inside = pl.col("neighbourhood_code").is_in(mine)
    found = (
        keys.filter(inside) if is_inside else keys.filter(~inside.any().over("person_id"), ~inside.any().over("key"))
    )
    row = found.drop_nulls().sort("key", "person_id").row(0, named=True)
    return f"+44 7{row['key']}", row["person_id"]


def test_a_search_asks_for_a_purpose_once_logs_each_person_and_leads_to_the_record(
    inspector: Viewer, writable_store: Path
) -> None:
    app = opened(inspector, "top_ten")
    typed, person = number_in(inspector, is_inside=True)
    refused = seeking(app, typed, why=" ")
    assert "Write why you are looking" in refused.error[0].value and person not in words(refused)
    before = len(logged(writable_store))
    shown = words(seeking(app, typed))
    assert person in shown and "this telephone number" in shown and "previous domestic incident" in shown
    rows = logged(writable_store)[before:]
    assert len(rows) == 1 + json.loads(rows[0].details)["people"] >= 2
    assert {row.purpose for row in rows} == {"a call this morning"}
    assert {json.loads(row.details)["by"] for row in rows} == {"number"}
    assert not any(typed[-6:] in f"{row.details}{row.subject_reference}{row.purpose}" for row in rows)
    assert "find_why" not in [field.key for field in app.text_input]
    assert not any(typed[-6:] in value for value in map(str, app.query_params.values()))
    app.button(key="find_away").click().run()
    assert "this telephone number" not in words(app) and app.text_input(key="find_text").value == ""
    visit = visit_of(inspector, store=writable_store)
    seeking(app, busiest_callers(visit, visit.options.neighbourhoods)[0].lower(), why=None)
    opens = app.button(key="find_0_opens").label.replace("\\", "")
    assert opens.removeprefix(":blue[").split()[0] in words(app).partition("previous domestic incident")[0]
    seeking(app, person.lower(), why=None)
    app.button(key="find_0_open").click().run()
    assert not app.exception and app.title[0].value.replace("\\", "") == f"Person {person}"


def test_somebody_out_of_scope_and_nobody_look_alike_on_the_page_and_in_the_log(
    inspector: Viewer, writable_store: Path
) -> None:
    app = seeking(opened(inspector, "data"), "nobody at all")
    typed, person = number_in(inspector, is_inside=False)
    there = words(seeking(app, typed, why=None)).replace(typed, "")
    shape = [(row.subject_reference, row.details, row.purpose) for row in logged(writable_store)[-1:]]
    counted = len(logged(writable_store))
    none = words(seeking(app, "0770 999 9999", why=None)).replace("0770 999 9999", "")
    after = logged(writable_store)
    assert "Nobody in your area matches" in there and there == none and person not in there
    assert [(row.subject_reference, row.details, row.purpose) for row in after[counted:]] == shape


def test_who_may_see_less_than_when_they_searched_is_shown_nothing_of_the_answer(inspector: Viewer) -> None:
    app = seeking(opened(inspector, "methods"), number_in(inspector, is_inside=True)[0])
    assert "find_away" in {button.key for button in app.button}
    app.session_state[CHOSEN] = viewer(Role.NEIGHBOURHOOD_OFFICER).email
    app.run()
    assert not app.exception and "find_away" not in {button.key for button in app.button}
    assert "find_found" not in app.session_state


def test_a_case_is_found_by_its_reference(writable_store: Path) -> None:
    database = open_decisions(writable_store)
    with database.read() as session:
        case = session.scalars(select(Case).where(Case.merged_into.is_(None), Case.is_restricted.is_(False))).first()
    database.close()
    assert case is not None
    app = seeking(opened(viewer(Role.ANALYST, store=writable_store), "methods"), case.reference)
    assert str(case.person_id) in words(app) and "the case of this reference" in words(app)


@pytest.mark.parametrize(("role", "page"), [(Role.PARTNER, "shared_with_us"), (Role.AUDITOR, "methods")])
def test_who_is_not_of_the_police_has_no_box(role: Role, page: str, app_store: Path) -> None:
    assert "find_text" not in [field.key for field in opened(viewer(role), page).text_input]
