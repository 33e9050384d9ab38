"""Is a person's page opened only for a purpose, in scope, and do its figures add up to the incidents it lists?"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import polars as pl
import pytest
from sqlalchemy import select
from streamlit.testing.v1 import AppTest

from dashboard.asgi import ENTRY
from dashboard.decisions_database import log_key, open_decisions
from dashboard.sign_in import CHOSEN, Viewer
from partnership import access_log
from partnership.models import AccessLogEntry, Case
from partnership.vocabulary import Operation, Role
from tests.dashboard.built import all_text, built, opened, viewer
from tests.dashboard.every_number import lines_that_lack, without_a_list, without_a_source

PURPOSE = "Preparing Monday's meeting"


def busiest(area: str) -> str:
    """The caller with the most domestic contacts in an area."""
    contacts = (
        built()
        .frame("contacts")
        .filter(pl.col("key_type") == "caller", pl.col("neighbourhood_code") == area, pl.col("is_domestic"))
    )
    return str(contacts.group_by("key_id").len().sort("len", "key_id", descending=True)["key_id"][0])


def areas_of(who: Viewer) -> list[str]:
    facts = built().manifest["facts"]
    return [
        area["code"] for area in facts["neighbourhoods"] if area["sector"] in who.areas or area["code"] in who.areas
    ]


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


def page_of(who: Viewer, person_id: str | None) -> AppTest:
    """The person's page as opened from a list."""
    app = opened(who, "this_week")
    if person_id is not None:
        app.session_state["person_opened"] = person_id
    return app.switch_page("app_pages/person.py").run()


def with_purpose(app: AppTest) -> AppTest:
    app.text_input(key="person_why").set_value(PURPOSE)
    return next(button for button in app.button if button.label == "Open the record").click().run()


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
    table = next(table.value for table in app.table if "Gap before" in table.value.columns)
    minutes = [int(re.sub(r"[^0-9]", "", cell.split("(")[0].rstrip("\\ "))) for cell in table["Officer minutes"]]
    rung = contacts_in_the_year(person_id, areas_of(inspector))
    assert len(table) - 1 == rung.height
    assert minutes[-1] == round(rung["units"].sum() / (720_720 * 60_000))
    assert abs(sum(minutes[:-1]) - minutes[-1]) <= rung.height / 2


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


def without_a_case(who: Viewer, store: Path) -> str:
    """A repeat caller of the inspector's area who has no case yet."""
    database = open_decisions(store)
    with database.read() as session:
        taken = set(session.scalars(select(Case.person_id)))
    database.close()
    contacts = (
        built()
        .frame("contacts")
        .filter(
            pl.col("key_type") == "caller", pl.col("neighbourhood_code").is_in(areas_of(who)), pl.col("is_domestic")
        )
    )
    listed = contacts.group_by("key_id").len().sort("len", "key_id", descending=True)["key_id"]
    return next(person for person in listed if person not in taken)


def field(app: AppTest, kind: str, label: str) -> Any:
    return next(one for one in getattr(app, kind) if one.label.startswith(label))


def test_a_case_a_plan_and_an_action_are_opened_one_after_the_other(inspector: Viewer, writable_store: Path) -> None:
    person_id = without_a_case(inspector, writable_store)
    app = with_purpose(page_of(inspector, person_id))
    field(app, "button", "Open a case").click().run()
    assert "the case is open" in app.success[0].value.replace("\\", "")
    field(app, "text_area", "What is to become better").set_value("Feel safe at home")
    field(app, "text_area", "What is happening").set_value("Calls at night")
    field(app, "text_area", "Why it keeps").set_value("Locks were never changed")
    field(app, "button", "Open the plan").click().run()
    assert "the plan is open" in app.success[0].value.replace("\\", "")
    field(app, "text_area", "What is to be done").set_value("Change the locks")
    field(app, "text_input", "Who there").set_value("J. Doe")
    field(app, "button", "Agree the action").click().run()
    assert not app.exception
    assert "Change the locks" in all_text(app)
    field(app, "text_area", "The action in better words").set_value("Change the front door's lock")
    field(app, "button", "Save the action").click().run()
    assert "the action stands as written" in app.success[0].value
    assert "front door's lock" in all_text(app)
    # Nobody is second to themselves: reporting on the action moves its version on.
    field(app, "radio", "What has happened?").set_value("in_progress").run()
    field(app, "text_area", "Note").set_value("Locksmith booked")
    next(one for one in app.button if one.key and "update" in one.key and one.label == "Save").click().run()
    field(app, "text_input", "Who does it").set_value("A. N. Other")
    field(app, "button", "Save the action").click().run()
    assert not app.exception and not app.error, [one.value for one in app.error]
    assert "A. N. Other" in all_text(app)


def test_a_refused_save_keeps_what_was_typed(inspector: Viewer, writable_store: Path) -> None:
    app = with_purpose(page_of(inspector, without_a_case(inspector, writable_store)))
    field(app, "button", "Open a case").click().run()
    field(app, "text_area", "What is to become better").set_value("Feel safe at home")
    field(app, "button", "Open the plan").click().run()
    assert "Nothing was saved" in app.error[0].value
    assert field(app, "text_area", "What is to become better").value == "Feel safe at home"


def test_a_note_a_share_a_sign_off_and_the_end_of_a_plan_are_each_saved_from_the_page(
    inspector: Viewer, writable_store: Path
) -> None:
    app = with_purpose(page_of(inspector, without_a_case(inspector, writable_store)))
    field(app, "button", "Open a case").click().run()
    for label in ("What is to become better", "What is happening", "Why it keeps"):
        field(app, "text_area", label).set_value("Feel safe at home")
    field(app, "button", "Open the plan").click().run()
    field(app, "text_area", "How, when and where").set_value("Ring in the morning, never after six")
    field(app, "button", "Save the note").click().run()
    assert "the safe-contact note stands" in app.success[0].value.replace("\\", "")
    assert "Ring in the morning" in app.warning[0].value
    field(app, "button", "Share the case").click().run()
    assert "the case is shared with" in app.success[0].value.replace("\\", "")
    assert any("Sees" in table.value.columns for table in app.table)
    field(app, "button", "Stop sharing").click().run()
    assert "no longer shared" in app.success[0].value
    field(app, "button", "The unit was told today").click().run()
    assert "public protection unit is told" in app.success[0].value
    field(app, "button", "Sign it off").click().run()
    assert "the plan is signed off" in app.success[0].value.replace("\\", "")
    # Nobody is second to themselves: a form drawn before the sign-off is saved against the plan as it is after it.
    days = {one.value for one in app.date_input if one.label == "Look at it again on"}
    assert len(days) == 1, "the plan's own form shows the day that was just agreed"
    field(app, "text_area", "Why it is closed").set_value("Moved in with her sister, and safe there")
    field(app, "text_area", "What came of it: ").set_value("No contact since")
    field(app, "text_area", "What the person said").set_value("She feels safe")
    field(app, "button", "Close the plan").click().run()
    assert not app.exception and not app.error, [one.value for one in app.error]
    assert "the plan is closed" in app.success[0].value.replace("\\", "")
    assert "Moved in with her sister" in all_text(app)
    field(app, "text_area", "Why the closing is undone").set_value("She has rung again")
    field(app, "button", "Open it again").click().run()
    assert "the plan is open again" in app.success[0].value


def test_a_restricted_case_is_no_case_to_an_officer_of_the_area_until_the_restriction_is_lifted(
    inspector: Viewer, writable_store: Path
) -> None:
    officer = viewer(Role.NEIGHBOURHOOD_OFFICER, store=writable_store)
    person_id = busiest(next(area for area in areas_of(officer) if area in areas_of(inspector)))
    open_to_all = with_purpose(page_of(officer, person_id))
    app = with_purpose(page_of(inspector, person_id))
    if any(one.label == "Open a case" for one in app.button):
        field(app, "button", "Open a case").click().run()
    assert "There is no case open to you" not in all_text(open_to_all.run())
    field(app, "text_area", "Why it is restricted").set_value("A member of staff knows the family")
    field(app, "button", "Restrict the case").click().run()
    assert "the case is restricted" in app.success[0].value
    assert "There is no case open to you" in all_text(open_to_all.run())
    field(app, "text_area", "Why it is lifted").set_value("They have moved away")
    field(app, "button", "Lift the restriction").click().run()
    assert "the restriction is lifted" in app.success[0].value
    assert "There is no case open to you" not in all_text(open_to_all.run())


def test_a_case_handed_to_another_sector_leaves_the_inspectors_cases_and_says_so(
    inspector: Viewer, writable_store: Path
) -> None:
    app = with_purpose(page_of(inspector, without_a_case(inspector, writable_store)))
    field(app, "button", "Open a case").click().run()
    choice = field(app, "selectbox", "To which neighbourhood")
    elsewhere = next(one for one in choice.options if one.rsplit(", ", 1)[-1] not in inspector.areas)
    choice.select(elsewhere)
    field(app, "text_area", "Why, such as that").set_value("Moved in with her sister")
    field(app, "button", "Hand the case over").click().run()
    assert not app.exception
    assert "the case is handed over" in app.success[0].value
    assert "There is no case open to you" in all_text(app)
