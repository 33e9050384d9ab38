"""Any history of giving, changing, taking away and running out: what an agency sees is what a careful clerk says."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from partnership.database import Database
from partnership.partner_reading import shared_with
from partnership.reading import case_by_reference
from partnership.shares import end_share, share_case
from partnership.vocabulary import ShareLevel
from tests.partnership.builders import GEOGRAPHY, TODAY, Desk
from tests.partnership.conftest import put_back
from tests.partnership.oracles import ShareBook

PEOPLE = ("P-1", "P-2")
AGENCIES = {"HOUSING": "housing", "HEALTH": "health"}


def machine(database: Database, template: Path) -> type[RuleBasedStateMachine]:
    class Shares(RuleBasedStateMachine):
        def __init__(self) -> None:
            super().__init__()
            assert database.file is not None
            put_back(template, database.file)
            self.desk = Desk(database)
            self.book = ShareBook()
            self.today = TODAY
            self.references = {person: str(self.desk.case(person).reference) for person in PEOPLE}

        def current(self, person: str, agency: str) -> tuple[int | None, int]:
            actor = self.desk.actor("ppu", today=self.today)
            view = self.desk.ask(case_by_reference, actor, self.references[person], GEOGRAPHY)
            return next(((share.share_id, share.version) for share in view.shares if share.agency == agency), (None, 0))

        @rule(
            person=st.sampled_from(PEOPLE),
            agency=st.sampled_from(sorted(AGENCIES)),
            level=st.sampled_from(list(ShareLevel)),
            days=st.integers(0, 3),
        )
        def give(self, person: str, agency: str, level: ShareLevel, days: int) -> None:
            until = self.today + timedelta(days=days)
            _, version = self.current(person, agency)
            self.desk.do(
                share_case,
                self.desk.actor("ppu", today=self.today),
                reference=self.references[person],
                agency=agency,
                level=level,
                until=until,
                seen_version=version,
            )
            self.book.give(person, agency, level, until, self.today)

        @rule(person=st.sampled_from(PEOPLE), agency=st.sampled_from(sorted(AGENCIES)))
        def take(self, person: str, agency: str) -> None:
            share_id, version = self.current(person, agency)
            if share_id is not None:
                actor = self.desk.actor("ppu", today=self.today)
                self.desk.do(end_share, actor, share_id=share_id, seen_version=version)
            self.book.take(person, agency, self.today)

        @rule(days=st.integers(1, 2))
        def wait(self, days: int) -> None:
            self.today += timedelta(days=days)

        @invariant()
        def every_agency_sees_what_the_clerk_says(self) -> None:
            for agency, who in AGENCIES.items():
                seen = self.desk.ask(shared_with, self.desk.actor(who, today=self.today))
                assert {(case.reference, case.level) for case in seen} == {
                    (self.references[person], level) for person, level in self.book.seen_by(agency, self.today)
                }

    return Shares


@pytest.mark.slow
def test_any_history_of_shares_agrees_with_the_clerk(opened: Database, template: Path) -> None:
    few = settings(
        max_examples=25,
        stateful_step_count=7,
        deadline=None,
        suppress_health_check=list(HealthCheck),
        database=None,
    )
    run_state_machine_as_test(machine(opened, template), settings=few)


def test_the_clerk_counts_the_last_day() -> None:
    book = ShareBook()
    book.give("P-1", "HOUSING", ShareLevel.CASE, date(2013, 12, 9), TODAY)
    assert book.seen_by("HOUSING", date(2013, 12, 9))
    assert not book.seen_by("HOUSING", date(2013, 12, 10))
