"""Is everything that is decided about a case saved from the person's page, and who then sees the case?"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import polars as pl
import pytest
from sqlalchemy import select
from streamlit.testing.v1 import AppTest

from dashboard.decisions_database import open_decisions
from dashboard.sign_in import Viewer
from partnership.models import Case
from partnership.vocabulary import Role
from tests.dashboard.built import all_text, built, viewer
from tests.dashboard.persons import areas_of, busiest, page_of, with_purpose


@pytest.fixture
def inspector(writable_store: Path) -> Viewer:
    return viewer(Role.SECTOR_INSPECTOR, store=writable_store)


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
    assert "no plan" in [one.value for one in app.markdown]
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
    assert [one.value for one in app.markdown if "plan on track" in one.value and "looked at again on" in one.value]


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
