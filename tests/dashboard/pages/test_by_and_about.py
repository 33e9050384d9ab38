"""Are incidents about people listed beside the calls they made, and is who stands on both sides said to the police?"""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import polars as pl
from streamlit.testing.v1 import AppTest

from analysis.disclosure import police
from analysis.questions.builds import current_build, load_assumptions
from analysis.questions.ranking import KeyType, RankingFilters, ranking
from dashboard.asgi import ENTRY
from dashboard.sign_in import CHOSEN
from partnership.vocabulary import Role
from tests.dashboard.built import all_text, built, opened, viewer


def test_the_page_lists_whom_incidents_are_about_when_asked(app_store: Path) -> None:
    app = opened(viewer(Role.PPU_OFFICER), "top_ten")
    assert not [button for button in app.button if str(button.key).startswith("about_")]
    assert "are nobody" in all_text(app)
    app.radio(key="about_which").set_value("Incidents about").run()
    assert not app.exception
    keys = re.compile(r"about_\d+_open$")
    shown = [button.label for button in app.button if keys.match(str(button.key))]
    area = built().frame("neighbourhoods").sort("code")
    as_of = date.fromisoformat(built().manifest["facts"]["default_as_of"])
    rows = ranking(
        built(),
        RankingFilters(as_of, key_type=KeyType.CONCERNED),
        police(frozenset(area["code"].head(1))),
        minimum_contacts=load_assumptions().whole("repeat_minimum_contacts"),
    ).rows
    assert [label.split("[")[1].rstrip("]").replace("\\", "") for label in shown] == rows["key_id"].to_list() != []


def test_who_stands_on_both_sides_is_said_once_the_record_is_open(writable_store: Path) -> None:
    build = current_build(writable_store)
    records = build.frame("person_records")
    met = records.filter(pl.col("role") == "subject", pl.col("person_id").is_not_null()).head(1)
    callers = records.filter(pl.col("role") == "caller", pl.col("person_id").is_not_null())
    one = callers.filter(pl.col("person_id") != met["person_id"][0]).row(0, named=True)["person_id"]
    here = {"incident_id": pl.lit(met["incident_id"][0])}
    sides = [
        met.with_columns(**here, role=pl.lit(role), person_id=pl.lit(who))
        for role in ("victim", "subject")
        for who in (one, met["person_id"][0])
    ]
    pl.concat([records, *sides]).write_parquet(build.path / "person_records.parquet")
    app = AppTest.from_file(str(ENTRY), default_timeout=60)
    app.session_state[CHOSEN] = viewer(Role.ANALYST, store=writable_store).email
    app.run()
    app.session_state["person_opened"] = one
    app.switch_page("app_pages/person.py").run()
    assert "Counter-allegations" not in all_text(app)
    app.text_input(key="person_why").set_value("a call this morning")
    app.button(key="person_go").click().run()
    assert not app.exception
    said = next(warning.value for warning in app.warning if "Counter-allegations" in warning.value).replace("\\", "")
    assert str(met["person_id"][0]) in said and "neither is weighed" in said
