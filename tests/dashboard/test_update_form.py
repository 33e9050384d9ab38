"""Is a report saved once, by the version the person saw, and is nothing typed ever lost?"""

from __future__ import annotations

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from dashboard import decisions, deeds
from dashboard.today import now
from dashboard.visit import Visit
from partnership import actions, members
from partnership.views import BoardLine
from partnership.vocabulary import OPEN_ACTION_STATES, ActionState, NotDoneBecause, PlanState, Role
from tests.dashboard.built import opened, viewer, visit_of


@pytest.fixture
def inspector(writable_store: Path) -> Visit:
    """An inspector's visit on a store of the test's own."""
    return visit_of(viewer(Role.SECTOR_INSPECTOR, store=writable_store), store=writable_store)


def an_open_action(visit: Visit) -> BoardLine:
    return next(
        line
        for line in decisions.plan_board(visit)
        if line.status in OPEN_ACTION_STATES and line.plan_state is PlanState.OPEN
    )


def now_stands(visit: Visit, action: BoardLine) -> BoardLine:
    return next(line for line in decisions.plan_board(visit) if line.action_id == action.action_id)


def form_of(visit: Visit, action: BoardLine) -> AppTest:
    app = opened(visit.viewer, "action_plans")
    return app.selectbox(key="board_chosen").set_value(action.action_id).run()


def field(action: BoardLine, name: str, turn: int = 0) -> str:
    return f"board_action_{action.action_id}_{turn}_{name}"


def save(app: AppTest, action: BoardLine, turn: int = 0) -> AppTest:
    app.button(key=field(action, "save", turn)).click().run()
    assert not app.exception
    return app


def progress_by_a_colleague(visit: Visit, action: BoardLine, note: str) -> None:
    saved = deeds.do(
        visit,
        actions.record_progress,
        saying="the action is in progress",
        action_id=action.action_id,
        status=ActionState.IN_PROGRESS,
        note=note,
        seen_version=now_stands(visit, action).version,
    )
    assert saved.is_saved


def test_a_completed_action_says_what_was_saved_and_when(inspector: Visit) -> None:
    action = an_open_action(inspector)
    app = form_of(inspector, action)
    app.radio(key=field(action, "step")).set_value("done").run()
    app.text_area(key=field(action, "done")).set_value("The locks are changed.")
    save(app, action)
    assert app.success[0].value.startswith("Saved Mon 2 Dec 2013") and "the action is done" in app.success[0].value
    stands = now_stands(inspector, action)
    assert (stands.status, stands.note, stands.version) == (
        ActionState.DONE,
        "The locks are changed.",
        action.version + 1,
    )


def test_what_was_just_reported_can_be_undone_from_the_same_place(inspector: Visit) -> None:
    action = an_open_action(inspector)
    app = form_of(inspector, action)
    # A browser keeps a choice by its words: were they to change, the choice would be lost.
    offered = app.multiselect(key="board_status").options
    app.radio(key=field(action, "step")).set_value("done").run()
    save(app, action)
    assert app.multiselect(key="board_status").options == offered
    app.text_area(key=field(action, "reopen", turn=1)).set_value("Reported by mistake.")
    save(app, action, turn=1)
    assert now_stands(inspector, action).status is ActionState.AGREED
    assert "the action is open again" in app.success[0].value


def test_of_two_people_the_second_sees_both_texts_and_keeps_their_own(inspector: Visit) -> None:
    action = an_open_action(inspector)
    app = form_of(inspector, action)
    app.radio(key=field(action, "step")).set_value("in_progress").run()
    app.text_area(key=field(action, "note")).set_value("I rang her.")
    progress_by_a_colleague(inspector, action, "Visited on Sunday.")
    save(app, action)
    both = app.table[0].value.to_csv()
    assert "saved this first" in app.warning[0].value and "Visited on Sunday" in both and "I rang her" in both
    assert app.text_area(key=field(action, "note")).value == "I rang her."
    assert now_stands(inspector, action).note == "Visited on Sunday."


def test_who_has_seen_both_texts_may_save_over(inspector: Visit) -> None:
    action = an_open_action(inspector)
    app = form_of(inspector, action)
    app.radio(key=field(action, "step")).set_value("in_progress").run()
    app.text_area(key=field(action, "note")).set_value("I rang her.")
    progress_by_a_colleague(inspector, action, "Visited on Sunday.")
    save(save(app, action), action)
    assert now_stands(inspector, action).note == "I rang her."


def test_not_done_asks_which_of_the_two_it_was(inspector: Visit) -> None:
    action = an_open_action(inspector)
    app = form_of(inspector, action)
    app.radio(key=field(action, "step")).set_value("not_done").run()
    app.text_area(key=field(action, "not_done")).set_value("Nobody was free.")
    save(app, action)
    assert "which of the two" in app.error[0].value
    app.radio(key=field(action, "why")).set_value(NotDoneBecause.AGENCY_DID_NOT.value)
    save(app, action)
    stands = now_stands(inspector, action)
    assert (stands.status, stands.not_done_because) == (ActionState.NOT_DONE, NotDoneBecause.AGENCY_DID_NOT)


def test_a_cancellation_without_a_reason_is_refused_in_words(inspector: Visit) -> None:
    action = an_open_action(inspector)
    app = form_of(inspector, action)
    app.radio(key=field(action, "step")).set_value("cancel").run()
    save(app, action)
    said = app.error[0].value.replace("\\", "")
    assert said == "Nothing was saved. reason: nothing is written. Write something, then save again."
    assert now_stands(inspector, action).version == action.version


def test_carrying_an_action_gives_it_a_later_day_and_counts(inspector: Visit) -> None:
    action = an_open_action(inspector)
    app = form_of(inspector, action)
    app.radio(key=field(action, "step")).set_value("carry").run()
    save(app, action)
    stands = now_stands(inspector, action)
    assert stands.due_on > action.due_on and stands.times_carried == action.times_carried + 1


def test_a_right_withdrawn_while_the_form_is_open_saves_nothing(inspector: Visit) -> None:
    action = an_open_action(inspector)
    with decisions.database().write() as session:
        operator = members.operator("test", inspector.facts.default_as_of)
        known = {line.email: line for line in members.members(session, operator)}
        members.remove_member(
            session,
            operator,
            email=inspector.viewer.email,
            seen_version=known[inspector.viewer.email].version,
            at=now(inspector.facts),
        )
    outcome = deeds.do(
        inspector,
        actions.complete_action,
        saying="the action is done",
        action_id=action.action_id,
        seen_version=action.version,
    )
    assert not outcome.is_saved and "no such record open to you" in outcome.said


def test_a_report_that_changes_nothing_says_so(inspector: Visit) -> None:
    action = next(line for line in decisions.plan_board(inspector) if line.status is ActionState.IN_PROGRESS)
    outcome = deeds.do(
        inspector,
        actions.record_progress,
        saying="the action is in progress",
        action_id=action.action_id,
        status=action.status,
        note=action.note,
        seen_version=action.version,
    )
    assert outcome.said == "Nothing to change: the action is in progress already."
