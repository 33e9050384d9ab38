"""Is the board in the right order, and do its words and counts say what the database holds?"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from dashboard.components.cells import markdown_of
from dashboard.components.update_form import Step
from dashboard.filters import Filters, Lens, filter_options
from dashboard.view_models.action_plans import (
    ActionRow,
    Choice,
    Grouping,
    action_rows,
    answer,
    chosen,
    grouped,
    how_many,
    label,
    overdue_by_risk_and_age,
    status_said,
)
from dashboard.view_models.action_update import update_view
from dashboard.view_models.agency_reliability import answer as reliability_answer
from dashboard.view_models.agency_reliability import by_name, pictured, reliability_table
from dashboard.view_models.shared_with_us import action_label
from partnership.reliability import Outcome, Promise, reliability
from partnership.status import ActionWord
from partnership.views import BoardLine
from partnership.vocabulary import ActionState, NotDoneBecause, PlanState, Role
from tests.dashboard.frame.builders import a_build, a_viewer

TODAY = date(2013, 12, 2)
EVERYWHERE = Filters(None, None, TODAY, 52, Lens.CONTACTS, domestic_only=True)
NAMES = {"HOUSING": "Housing", "IDVA": "Harbour support"}
LINE = BoardLine(
    reference="C-1",
    person_id="P-1",
    neighbourhood="N1",
    plan_id=1,
    plan_owner="Ruth Adeyemi",
    plan_state=PlanState.OPEN,
    action_id=1,
    what="Joint visit",
    owner_agency="HOUSING",
    owner_name="J. Doe",
    due_on=TODAY,
    status=ActionState.AGREED,
    note=None,
    not_done_because=None,
    times_carried=0,
    reported_at=None,
    is_shared_with_owner=True,
    version=3,
)


def due_in(days: int, number: int, **rest: object) -> BoardLine:
    return replace(LINE, action_id=number, due_on=TODAY + timedelta(days=days), **rest)  # type: ignore[arg-type]


def rows(*lines: BoardLine, filters: Filters = EVERYWHERE) -> tuple[ActionRow, ...]:
    options = filter_options(a_build(), a_viewer(Role.ANALYST))
    return action_rows(lines, filters=filters, options=options, agencies=NAMES, today=TODAY, due_soon_days=7)


def done(due_days_ago: int, number: int, *, at: datetime, **rest: object) -> BoardLine:
    return due_in(-due_days_ago, number, status=ActionState.DONE, reported_at=at, **rest)


def test_the_longest_overdue_comes_first_and_the_finished_last() -> None:
    finished = done(30, 5, at=datetime(2013, 11, 1, 9, tzinfo=UTC))
    board = rows(due_in(20, 1), due_in(3, 2), due_in(-2, 3), due_in(-9, 4), finished)
    assert [row.line.action_id for row in board] == [4, 3, 2, 1, 5]


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (due_in(-9, 1), "9 days overdue"),
        (due_in(-1, 1), "1 day overdue"),
        (due_in(0, 1), "due today"),
        (due_in(1, 1), "due tomorrow"),
        (due_in(14, 1), "due in 14 days"),
        (due_in(-3, 1, status=ActionState.CANCELLED), "cancelled"),
        (
            due_in(-3, 1, status=ActionState.NOT_DONE, not_done_because=NotDoneBecause.AGENCY_DID_NOT),
            "not done: the agency did not do it",
        ),
    ],
)
def test_a_status_is_said_in_words(line: BoardLine, said: str) -> None:
    assert status_said(rows(line)[0]) == said


def test_an_action_is_called_the_same_whatever_becomes_of_it() -> None:
    late, finished = rows(due_in(-2, 41))[0], rows(done(2, 41, at=datetime(2013, 12, 2, 9, tzinfo=UTC)))[0]
    assert label(late) == label(finished) == "41 · P-1 · Joint visit · Housing"
    assert action_label(late) == action_label(finished) == "C-1 · Joint visit · no. 41"


def test_a_line_says_how_many_actions_stand_how() -> None:
    board = rows(due_in(-9, 1), due_in(-2, 2), due_in(20, 3), done(9, 4, at=datetime(2013, 12, 1, 9, tzinfo=UTC)))
    assert how_many(board) == "Of 4 actions: 2 overdue, 1 on track and 1 done."


def test_a_typed_text_cannot_be_markup() -> None:
    table = grouped(rows(due_in(1, 1, what="**bold** [link](/x)")), Grouping.NONE)[0].table
    assert "\\*\\*bold\\*\\*" in markdown_of(table.rows[0][2])


def test_the_sector_of_the_bar_leaves_its_own_cases() -> None:
    south = replace(EVERYWHERE, sector="South")
    board = rows(due_in(1, 1), due_in(1, 2, neighbourhood="N3"), filters=south)
    assert [row.line.action_id for row in board] == [1]


def test_a_case_in_no_neighbourhood_of_the_build_is_lost_from_no_whole_view() -> None:
    assert len(rows(due_in(1, 1, neighbourhood="GONE"))) == 1


def test_the_age_leaves_what_is_overdue_for_longer() -> None:
    board = rows(due_in(-7, 1), due_in(-8, 2))
    assert [row.line.action_id for row in chosen(board, Choice(frozenset(ActionWord), overdue_for=7))] == [2]


def test_the_agency_with_most_overdue_is_the_first_group() -> None:
    board = rows(due_in(4, 1), due_in(-1, 2, owner_agency="IDVA"))
    assert [group.heading for group in grouped(board, Grouping.AGENCY)] == [
        "Harbour support: 1 action and 1 overdue",
        "Housing: 1 action",
    ]


def test_the_answer_names_the_longest_wait() -> None:
    said = answer(rows(due_in(-9, 1), due_in(-2, 2), due_in(3, 3)), due_soon_days=7)
    assert said == "Two actions are overdue, the longest by 9 days. One action is due within 7 days."


def test_overdue_is_counted_by_risk_and_age_and_no_risk_is_a_row_of_its_own() -> None:
    board = rows(due_in(-7, 1), due_in(-8, 2), due_in(-29, 3, person_id="P-2"), due_in(2, 4))
    table = overdue_by_risk_and_age(board, {"P-1": "high"}, limits=(0, 7, 14, 28))
    assert table.rows == (
        ("High", "1", "1", "0", "0", "2"),
        ("Medium", "0", "0", "0", "0", "0"),
        ("Standard", "0", "0", "0", "0", "0"),
        ("No risk recorded", "0", "0", "0", "1", "1"),
    )


PROMISES = (
    Promise(1, "IDVA", TODAY - timedelta(days=1), Outcome.KEPT),
    Promise(2, "IDVA", TODAY - timedelta(days=8), Outcome.MISSED),
    Promise(3, "HOUSING", TODAY - timedelta(days=1), Outcome.LATE),
    Promise(4, "HOUSING", TODAY - timedelta(days=1), Outcome.EXCUSED),
)


def test_agencies_stand_by_name_with_what_the_partnership_counted() -> None:
    found = by_name(reliability(PROMISES, today=TODAY, weeks=2), NAMES)
    assert reliability_table(found).rows == (
        ("Harbour support", "2", "1", "0", "1", "0"),
        ("Housing", "1", "0", "1", "0", "1"),
    )
    assert [(one.agency, one.on_time, one.other) for one in pictured(found)] == [
        ("Harbour support", (0, 1), (1, 0)),
        ("Housing", (0, 0), (0, 1)),
    ]


def test_the_answer_counts_promises_and_says_when_there_was_none() -> None:
    found = by_name(reliability(PROMISES, today=TODAY, weeks=2), NAMES)
    assert reliability_answer(found, weeks=2) == "1 of the 3 promises that fell due in 2 weeks were kept on time."
    assert reliability_answer((), weeks=2) == "No action fell due in the last 2 weeks."


DIRECTED = (Step.NOT_STARTED, Step.IN_PROGRESS, Step.DONE, Step.NOT_DONE, Step.CARRY, Step.CANCEL)


@pytest.mark.parametrize(
    ("role", "status", "steps"),
    [
        (Role.SECTOR_INSPECTOR, ActionState.AGREED, DIRECTED),
        (Role.SECTOR_INSPECTOR, ActionState.DONE, (Step.REOPEN,)),
        (Role.PARTNER, ActionState.IN_PROGRESS, (Step.NOT_STARTED, Step.IN_PROGRESS, Step.DONE)),
        (Role.PARTNER, ActionState.DONE, ()),
        (Role.ANALYST, ActionState.AGREED, ()),
        (Role.AUDITOR, ActionState.AGREED, ()),
    ],
)
def test_a_role_is_offered_what_it_may_report(role: Role, status: ActionState, steps: tuple[Step, ...]) -> None:
    view = update_view(replace(LINE, status=status), a_viewer(role), TODAY, plan_state=PlanState.OPEN)
    assert view.steps == steps and bool(view.closed_because) is not bool(steps)


def test_nothing_is_reported_on_a_closed_plan() -> None:
    view = update_view(LINE, a_viewer(Role.SECTOR_INSPECTOR), TODAY, plan_state=PlanState.CLOSED)
    assert view.steps == () and "plan is closed" in view.closed_because


def test_an_overdue_action_is_carried_to_today_at_the_earliest() -> None:
    view = update_view(due_in(-9, 1), a_viewer(Role.SECTOR_INSPECTOR), TODAY, plan_state=PlanState.OPEN)
    assert (view.earliest_day, view.next_day) == (TODAY, TODAY + timedelta(days=7))
