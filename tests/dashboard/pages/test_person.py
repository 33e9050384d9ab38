"""Is a person's page opened only for a purpose, in scope, and do its figures add up to the incidents it lists?"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import polars as pl
import pytest
from streamlit.testing.v1 import AppTest

from dashboard.asgi import ENTRY
from dashboard.decisions_database import log_key, open_decisions
from dashboard.sign_in import CHOSEN, Viewer
from partnership import access_log
from partnership.models import AccessLogEntry
from partnership.vocabulary import Operation, Role
from tests.dashboard.built import all_text, built, viewer
from tests.dashboard.every_number import lines_that_lack, without_a_list, without_a_source
from tests.dashboard.persons import PURPOSE, areas_of, busiest, page_of, with_purpose


def contacts_in_the_year(person_id: str, areas: list[str]) -> pl.DataFrame:
    """The person's domestic contacts of the 52 weeks before the sample's day, counted from the stored table."""
    as_of = date.fromisoformat(built().manifest["facts"]["default_as_of"])
    end = datetime.combine(as_of, time(), ZoneInfo("Europe/London")).astimezone(UTC)
    start = datetime.combine(as_of - timedelta(weeks=52), time(), ZoneInfo("Europe/London")).astimezone(UTC)
    return (
        built()
        .frame("contacts")
        .filter(
            pl.col("key_type") == "caller",
            pl.col("key_id") == person_id,
            pl.col("is_domestic"),
            pl.col("neighbourhood_code").is_in(areas),
            pl.col("contact_at").is_between(start, end, closed="left"),
        )
    )


@pytest.fixture
def inspector(writable_store: Path) -> Viewer:
    return viewer(Role.SECTOR_INSPECTOR, store=writable_store)


def test_nobody_opened_says_what_to_do(inspector: Viewer) -> None:
    app = page_of(inspector, None)
    assert not app.exception
    assert "Nobody is opened yet" in all_text(app)


def test_a_record_opens_only_for_a_purpose(inspector: Viewer) -> None:
    app = page_of(inspector, busiest(areas_of(inspector)[0]))
    assert not app.exception
    assert "Contacts by neighbourhood" not in all_text(app)
    app = with_purpose(app)
    assert not app.exception
    assert "Contacts by neighbourhood" in all_text(app)
    assert without_a_list(app) == []


def test_no_purpose_opens_nothing(inspector: Viewer) -> None:
    app = page_of(inspector, busiest(areas_of(inspector)[0]))
    next(button for button in app.button if button.label == "Open the record").click().run()
    assert "Contacts by neighbourhood" not in all_text(app)
    assert app.error


def test_opening_a_record_stands_in_the_access_log(inspector: Viewer, writable_store: Path) -> None:
    person_id = busiest(areas_of(inspector)[0])
    with_purpose(page_of(inspector, person_id))
    database = open_decisions(writable_store)
    with database.read() as session:
        rows = session.query(AccessLogEntry).filter(AccessLogEntry.purpose == PURPOSE).all()
    database.close()
    reference = access_log.subject_reference(person_id, key=log_key(writable_store))
    assert [(row.operation, row.subject_reference) for row in rows] == [(Operation.CONSULTATION, reference)]


def test_the_purpose_is_asked_once_a_session(inspector: Viewer) -> None:
    app = with_purpose(page_of(inspector, busiest(areas_of(inspector)[0])))
    app = app.switch_page("app_pages/this_week.py").run().switch_page("app_pages/person.py").run()
    assert "Contacts by neighbourhood" in all_text(app)


def test_names_are_hidden_with_one_click(inspector: Viewer) -> None:
    person_id = busiest(areas_of(inspector)[0])
    log = built().frame("incidents").filter(pl.col("caller_id") == person_id)
    name = log.filter(pl.col("neighbourhood_code") == areas_of(inspector)[0])["caller_name"].drop_nulls()[0]
    app = with_purpose(page_of(inspector, person_id))
    assert name in all_text(app)
    app.button(key="person_mask").click().run()
    assert name not in all_text(app)


def test_somebody_of_another_area_looks_like_nobody(inspector: Viewer) -> None:
    elsewhere = (
        built()
        .frame("persons")
        .join(
            built()
            .frame("person_records")
            .join(built().frame("incidents", ["incident_id", "neighbourhood_code"]), on="incident_id")
            .filter(pl.col("neighbourhood_code").is_in(areas_of(inspector))),
            on="person_id",
            how="anti",
        )["person_id"][0]
    )
    there = page_of(inspector, elsewhere)
    none = page_of(inspector, "P-0000000000")
    assert all_text(there) == all_text(none)
    assert elsewhere not in all_text(there)


def test_the_total_row_adds_up_to_the_contacts_of_the_person(inspector: Viewer) -> None:
    area = areas_of(inspector)[0]
    person_id = busiest(area)
    app = with_purpose(page_of(inspector, person_id))
    table = next(table.value for table in app.table if "Safety" in table.value.columns)
    minutes = [int(re.sub(r"[^0-9]", "", cell.split("(")[0].rstrip("\\ "))) for cell in table["Officer minutes"]]
    rung = contacts_in_the_year(person_id, areas_of(inspector))
    assert len(table) - 1 == rung.height
    assert minutes[-1] == round(rung["units"].sum() / (720_720 * 60_000))
    assert abs(sum(minutes[:-1]) - minutes[-1]) <= rung.height / 2
    assert table.index[-1] == f"Total\\: {rung.height} contacts"
    kinds = next(table.value for table in app.table if table.value.index.name == "Type").index
    assert all(any(what.startswith(kind) for what in table["What"]) for kind in kinds), "one word for each type"


@pytest.mark.parametrize("role", [Role.NEIGHBOURHOOD_OFFICER, Role.PPU_OFFICER, Role.ANALYST])
def test_every_police_role_opens_a_person_in_scope_and_the_lists_of_their_numbers(
    role: Role, writable_store: Path
) -> None:
    who = viewer(role, store=writable_store)
    area = areas_of(who)[0] if who.areas else "S-N01"
    app = with_purpose(page_of(who, busiest(area)))
    assert not app.exception
    assert "Contacts by neighbourhood" in all_text(app)
    assert (without_a_list(app), without_a_source(app), lines_that_lack(app)) == ([], [], [])


@pytest.mark.parametrize("role", [Role.PARTNER, Role.AUDITOR, None])
def test_nobody_else_sees_a_person(role: Role | None, app_store: Path) -> None:
    who = None if role is None else viewer(role)
    app = AppTest.from_file(str(ENTRY), default_timeout=60)
    if who is not None:
        app.session_state[CHOSEN] = who.email
    app.run()
    app.session_state["person_opened"] = busiest("S-N01")
    app.switch_page("app_pages/person.py").run()
    assert not app.exception
    assert busiest("S-N01") not in all_text(app)
