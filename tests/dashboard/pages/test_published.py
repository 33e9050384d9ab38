"""Is a week frozen when its meeting opens or an inspector says so, and does a correction stand beside it?"""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

from analysis.disclosure import police
from analysis.questions.builds import current_build, load_assumptions
from analysis.questions.published_lists import published_against_now, weeks_published
from dashboard.components.outcome import Outcome
from dashboard.components.published import LABEL
from dashboard.data import view_of
from dashboard.data.published import published
from dashboard.decisions_database import log_key, open_decisions
from dashboard.published_weeks import publish_held
from dashboard.publishing import may_publish, publish_lists, with_the_lists
from partnership.access_log import subject_reference
from partnership.models import AccessLogEntry
from partnership.vocabulary import Role
from tests.dashboard.built import all_text, opened, viewer, visit_of

AS_OF = date(2013, 12, 2)


def rows_about_publishing(store: Path) -> int:
    database = open_decisions(store)
    try:
        with database.read() as session:
            named = subject_reference(f"published lists {AS_OF.isoformat()}", key=log_key(store))
            return session.query(AccessLogEntry).filter_by(subject_reference=named).count()
    finally:
        database.close()


def test_an_inspector_publishes_the_week_once_and_it_is_logged(writable_store: Path) -> None:
    app = opened(viewer(Role.SECTOR_INSPECTOR, store=writable_store), "top_ten")
    assert "are not published yet" in all_text(app)
    app = next(button for button in app.button if button.label == LABEL).click().run()
    assert not app.exception
    said = all_text(app)
    assert "As published on Mon 2 Dec 2013" in said and "the data say the same today" in said.lower()
    assert LABEL not in [button.label for button in app.button]
    assert (weeks_published(current_build(writable_store)), rows_about_publishing(writable_store)) == ([AS_OF], 1)


def test_opening_the_meeting_publishes_its_week_and_a_second_one_leaves_it(writable_store: Path) -> None:
    visit = visit_of(viewer(Role.SECTOR_INSPECTOR, store=writable_store), store=writable_store)
    saved = Outcome(is_saved=True, said="The meeting is open.")
    assert "are published. A later correction" in with_the_lists(saved, visit, AS_OF).said
    assert "published already" in with_the_lists(saved, visit, AS_OF).said
    assert rows_about_publishing(writable_store) == 1


def test_a_meeting_that_was_not_opened_publishes_nothing(writable_store: Path) -> None:
    visit = visit_of(viewer(Role.SECTOR_INSPECTOR, store=writable_store), store=writable_store)
    refused = Outcome(is_saved=False, said="Nothing was saved.")
    assert with_the_lists(refused, visit, AS_OF) == refused
    assert weeks_published(current_build(writable_store)) == []


def test_only_an_inspector_is_asked_to_publish(app_store: Path) -> None:
    asked = {role for role in Role if role is not Role.OPERATOR and may_publish(visit_of(viewer(role)))}
    assert asked == {Role.SECTOR_INSPECTOR}


def test_an_officer_sees_the_published_list_of_the_own_neighbourhood(writable_store: Path) -> None:
    inspector = visit_of(viewer(Role.SECTOR_INSPECTOR, store=writable_store), store=writable_store)
    assert publish_lists(inspector, AS_OF).is_saved
    officer = visit_of(viewer(Role.NEIGHBOURHOOD_OFFICER, store=writable_store), store=writable_store)
    own = officer.options.neighbourhoods[0].code
    found = published(officer, own)
    assert found is not None and set(found.rows.rows["area_code"]) == {own}
    elsewhere = replace(view_of(officer), neighbourhoods=("S-N12",) if own != "S-N12" else ("S-N01",))
    other = published_against_now(current_build(writable_store), elsewhere, police(frozenset({own})))
    assert other is not None and other.rows.rows.is_empty()


def test_the_weeks_of_meetings_held_are_published_once_and_no_week_before_there_are_lists(
    writable_store: Path,
) -> None:
    build = current_build(writable_store)
    held = [(date(2013, 11, 27), datetime(2013, 11, 27, 10, tzinfo=UTC))]
    late = [(date(2013, 12, 9), datetime(2013, 12, 9, 10, tzinfo=UTC))]
    settings = {"last": AS_OF, "has_domestic": True, "assumptions": load_assumptions()}
    assert publish_held(build, [*held, *late, *held], **settings) == 2
    assert weeks_published(build) == [date(2013, 11, 25), AS_OF]
    assert publish_held(build, held, **settings) == 0


def test_what_is_published_holds_no_name(writable_store: Path) -> None:
    visit = visit_of(viewer(Role.SECTOR_INSPECTOR, store=writable_store), store=writable_store)
    publish_lists(visit, AS_OF)
    written = json.loads((writable_store / "published" / "2013-12-02.json").read_text(encoding="utf-8"))
    keys = {key for row in written["rows"] for key in row}
    assert keys == {"lens", "area_code", "position", "rank", "key_id", "contacts", "units", "imputed_units", "harm"}
