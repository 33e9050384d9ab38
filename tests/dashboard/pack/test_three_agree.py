"""Does the pack say what the page says, and both what the database holds, whatever was agreed and reported?"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from dashboard.components.cells import markdown_of
from dashboard.text import day
from dashboard.view_models.meeting import Setting as TableSetting
from dashboard.view_models.meeting import decisions_table
from dashboard.view_models.meeting_case import actions_of
from partnership import actions
from partnership.agencies import AgencyLine
from partnership.models import Action, ActionPlan, Case, Decision
from partnership.vocabulary import OPEN_ACTION_STATES, ActionState, DecisionKind, NotDoneBecause
from tests.dashboard.pack.builders import HELD_ON, SETTING, part, police_edition, table_of
from tests.partnership.agenda_builders import decide, drawn, fact, record
from tests.partnership.builders import Desk

PEOPLE = ("P-1", "P-2")
AT_THE_TABLE = TableSetting(
    today=HELD_ON,
    agencies=tuple(AgencyLine(code, name, 1) for code, name in SETTING.agencies.items()),
    areas=SETTING.areas,
    names={},
    due_soon_days=SETTING.due_soon_days,
    stalled_days=SETTING.stalled_days,
)
ENDS = {
    "open": None,
    "done": (actions.complete_action, {"note": "It was done."}),
    "not done": (actions.mark_not_done, {"which": NotDoneBecause.AGENCY_DID_NOT, "note": "Nobody went."}),
    "cancelled": (actions.cancel_action, {"reason": "She moved."}),
    "carried": (actions.carry_forward, {"due_on": HELD_ON + timedelta(days=21)}),
}
AGREED = st.tuples(st.sampled_from(PEOPLE), st.integers(0, 12), st.sampled_from(sorted(ENDS)))
KINDS = st.sampled_from([DecisionKind.NO_ACTION, DecisionKind.REFER, DecisionKind.CONTINUE_PLAN, None])


def played(desk: Desk, agreed: Sequence[tuple[str, int, str]], decided: Sequence[DecisionKind | None]) -> Any:
    """The record of a meeting in which this was agreed, reported and decided."""
    meeting = drawn(desk, fact("P-1", 1), fact("P-2", 2))
    plans = {person: desk.plan(desk.case(person)) for person in PEOPLE}
    for number, (person, days, end) in enumerate(agreed):
        due = {"what": f"Job {number}.", "due_on": HELD_ON + timedelta(days=days)}
        action = desk.action(plans[person], meeting_id=meeting.row_id, **due)
        ending = ENDS[end]
        if ending is not None:
            verb, said = ending
            desk.do(verb, "ppu", action_id=action.row_id, seen_version=action.version, **said)
    for person, what in zip(PEOPLE, decided, strict=True):
        if what is not None:
            decide(desk, meeting, person, what)
    return record(desk, meeting)


def held_in_the_database(desk: Desk) -> tuple[set[tuple[str, str, str]], set[tuple[str, str]], set[tuple[str, str]]]:
    """What anybody would find there: actions with their day, the open ones, and decisions; each with its case."""
    with desk.database.read() as session:
        of_case = select(Case.reference, Action).join(ActionPlan, ActionPlan.case_id == Case.id)
        rows = session.execute(of_case.join(Action, Action.plan_id == ActionPlan.id)).all()
        made = session.execute(select(Case.reference, Decision).join(Decision, Decision.case_id == Case.id)).all()
        return (
            {(reference, row.what, day(row.due_on)) for reference, row in rows},
            {(reference, row.what) for reference, row in rows if row.status in OPEN_ACTION_STATES},
            {(reference, row.reason) for reference, row in made},
        )


@settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck))
@given(agreed=st.lists(AGREED, max_size=5), decided=st.tuples(KINDS, KINDS))
def test_pack_page_and_database_say_the_same(
    fresh: Any, agreed: list[tuple[str, int, str]], decided: tuple[DecisionKind | None, DecisionKind | None]
) -> None:
    desk = fresh()
    found = played(desk, agreed, decided)
    pack = police_edition(found)
    in_pack, on_page = set(), set()
    for case in found.agenda:
        page = actions_of(case, AT_THE_TABLE).rows
        if page:
            packed = table_of(part(pack, case.reference), "Actions").rows
            assert [(row[0], row[3]) for row in packed] == [(row[0], row[2]) for row in page]
            # The status in words stands on the page within its shape and colour.
            stands = [
                (row[4].split(";")[0], markdown_of(row_of_page[3]))
                for row, row_of_page in zip(packed, page, strict=True)
            ]
            assert all(said in shown.replace("\\", "") for said, shown in stands)
            in_pack |= {(case.reference, row[0], row[3]) for row in packed}
        on_page |= {(case.reference, str(row[0]), str(row[2])) for row in page}
    every, still_open, made = held_in_the_database(desk)
    assert in_pack == on_page == every
    due = part(pack, "Actions due").blocks[0]
    assert {(row[1], row[2]) for row in getattr(due, "rows", ())} == still_open
    references = {case.person_id: case.reference for case in found.agenda}
    minutes = [block for block in part(pack, "Minutes").blocks if getattr(block, "title", "") == "Decisions"]
    assert {(row[0], row[2]) for block in minutes for row in block.rows} == made
    assert {(references[str(row[0])], row[2]) for row in decisions_table(found, AT_THE_TABLE).rows} == made


def test_an_ended_action_is_never_said_to_be_open(desk: Desk) -> None:
    found = played(desk, [("P-1", 0, end) for end in sorted(ENDS)], (None, None))
    said = {row[0]: row[4] for row in table_of(part(police_edition(found), found.agenda[0].reference), "Actions").rows}
    over = {one.action.what for one in found.agenda[0].actions if one.action.status is not ActionState.AGREED}
    assert {what for what, stands in said.items() if not stands.startswith("due")} == over
