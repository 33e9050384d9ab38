"""Does a partner see what is shared and nothing else, with each case logged before it is drawn?"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from dashboard import decisions
from dashboard.build_facts import read
from dashboard.components.cells import markdown_of
from dashboard.decisions_database import FILE_NAME, log_key, open_decisions
from dashboard.view_models.shared_with_us import case_detail, cases_table
from partnership import access_log
from partnership.access_log import LogLine, LogSearch
from partnership.authority import Actor
from partnership.views import ActionView, SharedCase
from partnership.vocabulary import ActionState, Operation, Role, ShareLevel
from tests.dashboard.built import all_text, built, opened, viewer, visit_of
from tests.dashboard.every_number import lines_that_lack, without_a_list, without_a_source

PAGE = "shared_with_us"
TODAY = date(2013, 12, 2)
TODAY_AT = datetime(2013, 12, 2, 9, tzinfo=UTC)


def logged(store: Path, agency: str) -> tuple[LogLine, ...]:
    """What the log says was shown to an agency, newest first."""
    database = open_decisions(store)
    auditor = Actor(None, "A", "a@example.org", Role.AUDITOR, frozenset(), None, TODAY)
    try:
        with database.read() as session:
            asked = LogSearch(operation=Operation.CONSULTATION, recipient=agency)
            return access_log.search(session, auditor, asked, key=log_key(store), limit=100_000)
    finally:
        database.close()


def a_case(level: ShareLevel, **more: object) -> SharedCase:
    """A case with another agency's action of which the words are not given."""
    other = ActionView(
        1, None, "HEALTH", None, date(2013, 11, 30), ActionState.AGREED, None, None, 0, TODAY_AT, None, 1
    )
    known = {"objective": "Safe at home", "plan_owner": "PC Sahota", "review_on": date(2013, 12, 9)}
    return SharedCase("R1", level, date(2014, 1, 1), (), other_actions=(other,), **(known | more))  # type: ignore[arg-type]


def test_of_other_agencies_who_when_and_how_far_but_never_their_words() -> None:
    detail = case_detail(a_case(ShareLevel.CASE), agencies={"HEALTH": "Health"}, today=TODAY, due_soon_days=7)
    assert detail.others is not None
    ((agency, due, stands),) = detail.others.rows
    assert (agency, due) == ("Health", "Sat 30 Nov 2013") and "2 days overdue" in markdown_of(stands)


def test_a_case_shared_for_actions_only_says_nothing_of_the_plan() -> None:
    case = a_case(ShareLevel.ACTIONS, objective=None, plan_owner=None, review_on=None)
    detail = case_detail(case, agencies={}, today=TODAY, due_soon_days=7)
    assert detail.others is None and "own actions only" in detail.lines[0]


def test_the_list_says_what_may_be_seen_and_until_when() -> None:
    row = cases_table([a_case(ShareLevel.CASE)]).rows[0]
    assert row == ("R1", "The plan's aim and progress, and our own actions", "Wed 1 Jan 2014", "0")


def test_each_case_of_the_list_is_logged_once_a_session(writable_store: Path) -> None:
    who = viewer(Role.PARTNER, store=writable_store)
    before = len(logged(writable_store, who.agency or ""))
    app = opened(who, PAGE)
    first = len(logged(writable_store, who.agency or "")) - before
    app.run()
    again = len(logged(writable_store, who.agency or "")) - before
    cases = decisions.shared_cases(visit_of(who, store=writable_store))
    assert not app.exception and first == again == len(cases) > 0


def test_each_opening_of_a_case_is_logged_again(writable_store: Path) -> None:
    who = viewer(Role.PARTNER, store=writable_store)
    app = opened(who, PAGE)
    before = len(logged(writable_store, who.agency or ""))
    choice = app.selectbox(key="our_case_chosen")
    choice.select_index(0).run()
    newest = logged(writable_store, who.agency or "")
    assert len(newest) == before + 1 and newest[0].details["what"] == "shared case opened"


def test_nothing_of_a_case_is_shown_when_the_log_cannot_be_written(
    writable_store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    who = viewer(Role.PARTNER, store=writable_store)
    reference = decisions.shared_cases(visit_of(who, store=writable_store))[0].reference
    with closing(sqlite3.connect(writable_store / FILE_NAME)) as file:
        file.execute("CREATE TRIGGER full BEFORE INSERT ON access_log BEGIN SELECT RAISE(ABORT, 'disk full'); END")
    app = opened(who, PAGE)
    assert reference not in all_text(app)


def test_an_update_of_our_action_is_saved_and_said(writable_store: Path) -> None:
    who = viewer(Role.PARTNER, store=writable_store)
    app = opened(who, PAGE)
    app.selectbox(key="our_action_chosen").select_index(0).run()
    next(box for box in app.text_area if box.key and box.key.startswith("our_action_")).set_value("Visited on Monday")
    next(button for button in app.button if button.key and button.key.startswith("our_action_")).click().run()
    assert not app.exception and app.success and "Saved" in app.success[0].value
    board = decisions.plan_board(visit_of(who, store=writable_store))
    assert "Visited on Monday" in {line.note for line in board}


def test_of_two_saves_the_second_is_refused_with_both_texts(writable_store: Path) -> None:
    who = viewer(Role.PARTNER, store=writable_store)
    first, second = opened(who, PAGE), opened(who, PAGE)
    for app, note in ((first, "ours"), (second, "also ours")):
        app.selectbox(key="our_action_chosen").select_index(0).run()
        next(box for box in app.text_area if box.key and box.key.startswith("our_action_")).set_value(note)
    for app in (first, second):
        next(button for button in app.button if button.key and button.key.startswith("our_action_")).click().run()
    assert first.success and second.warning and "saved this first" in second.warning[0].value.replace("\\", "")
    assert {"ours", "also ours"} <= set(
        all_text(second).replace("\\", "").replace('"', "").replace("\n", ",").split(",")
    )


@pytest.mark.parametrize("agency", ["HOUSING", "IDVA"])
def test_no_person_no_point_no_address_and_no_other_agencys_case_is_on_the_page(app_store: Path, agency: str) -> None:
    who = viewer(Role.PARTNER, agency=agency)
    text = all_text(opened(who, PAGE))
    persons = built().frame("persons", ["person_id"])["person_id"]
    names = built().frame("incidents", ["caller_name"])["caller_name"].drop_nulls().unique()
    numbers = built().frame("incidents", ["caller_phone"])["caller_phone"].drop_nulls().unique()
    assert len(text) > 500
    full_names = [name for name in names if " " in name and name != who.name]
    assert [value for value in (*persons, *full_names, *numbers) if value in text] == []
    own = {case.reference for case in decisions.shared_cases(visit_of(who))}
    other = viewer(Role.PARTNER, agency="IDVA" if agency == "HOUSING" else "HOUSING")
    theirs = {case.reference for case in decisions.shared_cases(visit_of(other))}
    assert [reference for reference in theirs - own if reference in text.replace("\\", "")] == []


@pytest.mark.parametrize("role", [role for role in Role if role not in {Role.PARTNER, Role.OPERATOR}])
def test_the_page_is_for_partners_only(app_store: Path, role: Role) -> None:
    assert "not part of what" in all_text(opened(viewer(role), PAGE))


def test_the_longer_period_can_be_chosen(app_store: Path) -> None:
    app = opened(viewer(Role.PARTNER), PAGE)
    assert (without_a_list(app), without_a_source(app), lines_that_lack(app)) == ([], [], [])
    app.radio(key="our_period").set_value("long").run()
    assert not app.exception and "52 weeks to Sun 10 Nov 2013" in all_text(app)


def test_the_totals_are_of_the_newest_fixed_period_on_the_builds_own_day(app_store: Path) -> None:
    text = all_text(opened(viewer(Role.PARTNER), PAGE))
    assert read(app_store).default_as_of == TODAY and "13 weeks to Sun 10 Nov 2013" in text


def test_the_minutes_of_a_meeting_we_sat_at_are_logged_and_shown_in_our_edition(writable_store: Path) -> None:
    who = viewer(Role.PARTNER, store=writable_store)
    app = opened(who, PAGE)
    before = len(logged(writable_store, who.agency or ""))
    app.selectbox(key="our_minutes_chosen").select_index(0).run()
    shown = all_text(app)
    assert not app.exception and "Who was there" in shown and "DS Saima Lodhi" in shown
    assert len(logged(writable_store, who.agency or "")) > before
