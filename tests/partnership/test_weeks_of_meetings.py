"""Any history of weeks: no action is lost, everybody in a top ten is decided, and nothing leaks or changes later."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from partnership import actions, meetings
from partnership.agency_edition import agency_edition
from partnership.agenda import with_plans
from partnership.agenda_drawing import draw_up_agenda
from partnership.agenda_items import carry_item, drop_item
from partnership.carrying_over import CasesUndecided
from partnership.cases import change_owning_neighbourhood
from partnership.changes import Saved
from partnership.closing import close_plan
from partnership.database import Database
from partnership.errors import PartnershipError
from partnership.meeting_reading import meeting_record
from partnership.meeting_record import CaseRecord, MeetingRecord
from partnership.plans import open_plan
from partnership.reading import case_for_person, cases_for, plan_board, plans_for
from partnership.shares import share_case
from partnership.vocabulary import OPEN_ACTION_STATES, DecisionKind, NotDoneBecause, PlanState, ShareLevel
from tests.partnership.agenda_builders import agenda, fact
from tests.partnership.builders import GEOGRAPHY, PLAN, TODAY, Desk
from tests.partnership.conftest import put_back
from tests.partnership.oracles import ActionBook

PEOPLE = ("P-1", "P-2", "P-3")
PERSON = st.sampled_from(PEOPLE)
POSITION = st.none() | st.integers(1, 10)
ENDINGS = st.sampled_from(["done", "not_done", "cancelled"])


@dataclass
class Week:
    """The South's meeting of one week, while it is open."""

    held_on: date
    meeting: Saved
    in_top_ten: set[str] = field(default_factory=set)


def machine(database: Database, template: Path) -> type[RuleBasedStateMachine]:
    class Weeks(RuleBasedStateMachine):
        def __init__(self) -> None:
            super().__init__()
            assert database.file is not None
            put_back(template, database.file)
            self.desk = Desk(database)
            self.book = ActionBook()
            self.today = TODAY
            self.ppu = self.desk.actor("ppu")
            self.minute = 0
            self.references = {person: str(self.desk.case(person).reference) for person in PEOPLE}
            self.closed: dict[int, list[object]] = {}
            self.shared: dict[str, date] = {}
            self.names = 0

        @initialize(positions=st.lists(POSITION, min_size=3, max_size=3))
        def the_first_week(self, positions: list[int | None]) -> None:
            self.begin(positions)

        def do(self, verb: Any, **rest: Any) -> Any:
            self.minute += 1
            at = datetime(self.today.year, self.today.month, self.today.day, 9, tzinfo=UTC)
            at += timedelta(minutes=self.minute)
            return self.desk.do(verb, self.ppu, at=at, **rest)

        def begin(self, positions: list[int | None]) -> None:
            """Arrange, open and draw up this week's meeting."""
            draft = self.do(meetings.arrange_meeting, sector="SOUTH", held_on=self.today)
            meeting = self.do(meetings.open_meeting, meeting_id=draft.row_id, seen_version=draft.version)
            south = self.in_the_south()
            here = [
                fact(person, position)
                for person, position in zip(PEOPLE, positions, strict=True)
                if position is not None and person in south
            ]
            plans = [plan for plan in self.ask(plans_for) if GEOGRAPHY[plan.neighbourhood] == "SOUTH"]
            proposal = agenda(*with_plans(here, plans, today=self.today), today=self.today, places=2)
            self.do(draw_up_agenda, meeting_id=meeting.row_id, agenda=proposal)
            listed = {one.person_id for one in here if one.is_in_top_ten}
            self.week = Week(self.today, meeting, listed)

        def record(self) -> MeetingRecord:
            found: MeetingRecord = self.read(self.week.meeting.row_id)
            return found

        def read(self, number: int | None) -> Any:
            return self.ask(meeting_record, number)

        def case(self, person: str) -> CaseRecord | None:
            return next((case for case in self.record().every_case if case.person_id == person), None)

        def ask(self, question: Any, *rest: Any) -> Any:
            return self.desk.ask(question, self.ppu, *rest, GEOGRAPHY)

        def in_the_south(self) -> set[str]:
            return {line.person_id for line in self.ask(cases_for) if GEOGRAPHY[line.neighbourhood] == "SOUTH"}

        @rule(person=PERSON)
        def plan_and_agree(self, person: str) -> None:
            plans = self.ask(plans_for)
            standing = [one.plan_id for one in plans if one.person_id == person and one.state is PlanState.OPEN]
            review = {"review_on": self.today + timedelta(days=7)}
            if not standing:
                opened = self.do(open_plan, reference=self.references[person], **{**PLAN, **review})
                standing = [opened.row_id]
            self.names += 1
            rest = {"owner_agency": "HOUSING", "owner_name": "J. Doe", "due_on": self.today + timedelta(days=7)}
            done = self.do(actions.agree_action, plan_id=standing[0], what=f"Task {self.names}.", **rest)
            self.book.agree(done.row_id, person)

        @rule(which=st.integers(0, 9), ending=ENDINGS)
        def end_an_action(self, which: int, ending: str) -> None:
            line = self.an_open_action(which)
            if line is None:
                return
            said = {"action_id": line.action_id, "seen_version": line.version}
            match ending:
                case "done":
                    self.do(actions.complete_action, **said)
                case "not_done":
                    self.do(actions.mark_not_done, which=NotDoneBecause.AGENCY_DID_NOT, note="Nobody went.", **said)
                case _:
                    self.do(actions.cancel_action, reason="She moved.", **said)
            self.book.end(line.action_id)

        @rule(which=st.integers(0, 9))
        def carry_an_action(self, which: int) -> None:
            line = self.an_open_action(which)
            if line is not None:
                later = max(line.due_on, self.today) + timedelta(days=7)
                said = {"action_id": line.action_id, "seen_version": line.version}
                self.do(actions.carry_forward, due_on=later, because=NotDoneBecause.AGENCY_DID_NOT, **said)

        def an_open_action(self, which: int) -> Any:
            lines = self.ask(plan_board)
            still_open = [line for line in lines if line.status in OPEN_ACTION_STATES]
            return still_open[which % len(still_open)] if still_open else None

        @rule(person=PERSON)
        def close_a_plan(self, person: str) -> None:
            plans = self.ask(plans_for)
            for plan in plans:
                if plan.person_id == person and plan.state is PlanState.OPEN:
                    said = {"contacted_on": self.today, "contact_note": "She feels safe."}
                    why = {"reason": "It stopped.", "assessment": "Six calls before, none after."}
                    asked = {"plan_id": plan.plan_id, "seen_version": plan.version, **said, **why}
                    if any(action.status in OPEN_ACTION_STATES for action in plan.actions):
                        with pytest.raises(PartnershipError, match="open actions"):
                            self.do(close_plan, **asked)
                    else:
                        self.do(close_plan, **asked)

        @rule(person=PERSON, what=st.sampled_from([DecisionKind.NO_ACTION, DecisionKind.REFER]))
        def decide(self, person: str, what: DecisionKind) -> None:
            if person not in self.in_the_south():
                return
            found = self.case(person)
            seen = 0 if found is None or found.decision is None else found.decision.version
            asked = {"reference": self.references[person], "what": what, "reason": "Said so.", "seen_version": seen}
            self.do(meetings.record_decision, meeting_id=self.week.meeting.row_id, **asked)

        @rule(person=PERSON, verb=st.sampled_from([drop_item, carry_item]))
        def leave_out(self, person: str, verb: Any) -> None:
            found = self.case(person)
            if found is not None and found.item_id is not None:
                self.do(verb, item_id=found.item_id, reason="No time.", seen_version=found.item_version)

        @rule(person=PERSON, days=st.integers(0, 9), level=st.sampled_from(list(ShareLevel)))
        def share(self, person: str, days: int, level: ShareLevel) -> None:
            if self.shared.get(person, date.min) < self.today:
                until = self.today + timedelta(days=days)
                asked = {"reference": self.references[person], "agency": "HOUSING", "level": level, "until": until}
                self.do(share_case, seen_version=0, **asked)
                self.shared[person] = until

        @rule(person=PERSON, to=st.sampled_from(["ALDER", "CEDAR"]))
        def move(self, person: str, to: str) -> None:
            version = self.ask(case_for_person, person).version
            asked = {"reference": self.references[person], "neighbourhood": to, "reason": "Moved."}
            self.do(change_owning_neighbourhood, seen_version=version, **asked)

        @rule(positions=st.lists(POSITION, min_size=3, max_size=3))
        def close_and_go_on(self, positions: list[int | None]) -> None:
            number, version = self.week.meeting.row_id, self.week.meeting.version
            wanting = self.wanting()
            asked = {"meeting_id": number, "seen_version": version}
            if wanting:
                with pytest.raises(CasesUndecided) as refused:
                    self.do(meetings.close_meeting, **asked)
                assert set(refused.value.references) == {self.references[person] for person in wanting}
                for person in sorted(wanting):
                    self.decide(person, DecisionKind.NO_ACTION)
            self.do(meetings.close_meeting, **asked)
            assert number is not None
            self.closed[number] = seen(self.read(number))
            self.today += timedelta(days=7)
            self.ppu = replace(self.ppu, today=self.today)
            left = {case.person_id for case in self.record().carried}
            self.begin(positions)
            brought = {case.person_id for case in self.record().agenda}
            assert left & self.in_the_south() <= brought

        def wanting(self) -> set[str]:
            """Who a clerk would say keeps the meeting open."""
            planned = {plan.person_id for plan in self.ask(plans_for) if plan.state is PlanState.OPEN}
            decided = {case.person_id for case in self.record().every_case if case.decision is not None}
            return (self.week.in_top_ten & self.in_the_south()) - planned - decided

        @invariant()
        def no_action_is_lost_and_no_agency_reads_what_is_not_shared(self) -> None:
            found = self.record()
            lines = self.ask(plan_board)
            assert {line.action_id for line in lines if line.status in OPEN_ACTION_STATES} == self.book.still_open()
            before_it = {
                one.action.action_id
                for case in found.every_case
                for one in case.actions
                if one.action.status in OPEN_ACTION_STATES
            }
            assert before_it >= self.book.still_open(self.in_the_south())
            self.leaks_nothing(found)

        def leaks_nothing(self, found: MeetingRecord) -> None:
            may_see = {self.references[person] for person, until in self.shared.items() if until >= self.today}
            edition = agency_edition(found, "HOUSING")
            assert {case.reference for case in edition.every_case} <= may_see
            hidden = [*PEOPLE, *(one for one in self.references.values() if one not in may_see)]
            assert not [secret for secret in hidden if secret in repr(edition)]

        def teardown(self) -> None:
            """A closed record never changes; everybody in a top ten has a decision or a plan in it; nothing leaks."""
            for number, before in self.closed.items():
                found = self.read(number)
                assert seen(found) == before
                self.leaks_nothing(found)
                for case in found.every_case:
                    is_planned = case.plan is not None and case.plan.state is PlanState.OPEN
                    is_ours = GEOGRAPHY[case.neighbourhood] == "SOUTH"
                    assert case.top_ten_position is None or not is_ours or case.decision is not None or is_planned

    return Weeks


def seen(record: MeetingRecord) -> list[object]:
    """What a reader sees of a record, without versions and shares, which are for today."""
    return [
        replace(
            case,
            shares=(),
            is_restricted=False,
            plan=None if case.plan is None else replace(case.plan, version=0, actions=()),
            actions=tuple(replace(one, action=replace(one.action, version=0)) for one in case.actions),
        )
        for case in record.every_case
    ]


@pytest.mark.slow
def test_any_history_of_weeks_keeps_what_was_agreed(opened: Database, template: Path) -> None:
    few = settings(
        max_examples=6,
        stateful_step_count=16,
        deadline=None,
        suppress_health_check=list(HealthCheck),
        database=None,
        # A history of sixteen steps reads well as it is; shortening it would take minutes.
        phases=[Phase.generate],
    )
    run_state_machine_as_test(machine(opened, template), settings=few)
