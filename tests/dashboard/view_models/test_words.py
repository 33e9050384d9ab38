"""Has every verb, decision and status its words, and are they the same wherever they are said?"""

from __future__ import annotations

import ast
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

import partnership
from dashboard.components.cells import markdown_of
from dashboard.pack.words import action_said as said_in_a_pack
from dashboard.view_models.history import DEED_WORDS
from dashboard.view_models.meeting import Setting
from dashboard.view_models.plan_words import ACTION_LOOKS, DECIDED, PLAN_LOOKS, action_said
from partnership.meeting_record import RecordedAction
from partnership.status import ActionWord, PlanWord, action_status
from partnership.views import ActionView
from partnership.vocabulary import ActionState, DecisionKind, NotDoneBecause
from tests.dashboard.pack.builders import SETTING

TODAY = date(2013, 12, 2)
ACTION = ActionView(
    action_id=1,
    what="Fit a lock.",
    owner_agency="HOUSING",
    owner_name="J. Doe",
    due_on=TODAY,
    status=ActionState.AGREED,
    note=None,
    not_done_because=None,
    times_carried=0,
    agreed_at=datetime(2013, 11, 4, 10, tzinfo=UTC),
    reported_at=None,
    version=1,
)
TABLE = Setting(TODAY, (), {}, {}, due_soon_days=7, stalled_days=28)


def verbs_of_events() -> set[str]:
    """Every verb that an event can bear: the texts the partnership's code hands on as `verb`."""
    found = set()
    for file in Path(partnership.__file__).parent.glob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.keyword) and node.arg == "verb" and isinstance(node.value, ast.Constant):
                found.add(node.value.value)
            if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]).startswith(("verb", "(verb")):
                found |= {one.value for one in ast.walk(node.value) if isinstance(one, ast.Constant)}
    return {verb for verb in found if isinstance(verb, str) and not verb.endswith("_at")}


def test_every_verb_of_an_event_has_words_in_the_history() -> None:
    verbs = verbs_of_events()
    assert {"close_plan", "open_meeting", "carry_item", "name_chair"} <= verbs
    assert verbs - DEED_WORDS.keys() == set()


def test_every_decision_and_every_status_has_its_words_and_its_look() -> None:
    assert (set(DECIDED), set(ACTION_LOOKS), set(PLAN_LOOKS)) == (set(DecisionKind), set(ActionWord), set(PlanWord))


@pytest.mark.parametrize("state", ActionState)
@pytest.mark.parametrize("days", [-9, -1, 0, 1, 3, 30])
def test_an_action_stands_the_same_on_the_table_and_in_the_pack(state: ActionState, days: int) -> None:
    because = NotDoneBecause.AGENCY_DID_NOT if state is ActionState.NOT_DONE else None
    action = replace(ACTION, status=state, due_on=TODAY + timedelta(days=days), not_done_because=because)
    said = action_said(action_status(action, TODAY, due_soon_days=7), because)
    assert said in markdown_of(TABLE.action_cell(action)).replace("\\", "")
    assert said_in_a_pack(RecordedAction(action, None), TODAY, SETTING) == said
