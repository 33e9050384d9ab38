"""How does a test open the page of one person of the small force?"""

from __future__ import annotations

import polars as pl
from streamlit.testing.v1 import AppTest

from dashboard.sign_in import Viewer
from tests.dashboard.built import built, opened

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


def page_of(who: Viewer, person_id: str | None) -> AppTest:
    """The person's page as opened from a list."""
    app = opened(who, "this_week")
    if person_id is not None:
        app.session_state["person_opened"] = person_id
    return app.switch_page("app_pages/person.py").run()


def with_purpose(app: AppTest) -> AppTest:
    app.text_input(key="person_why").set_value(PURPOSE)
    return next(button for button in app.button if button.label == "Open the record").click().run()
