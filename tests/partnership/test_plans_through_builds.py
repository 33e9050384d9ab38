"""Any history of weekly builds and decisions: no plan is orphaned, and none is moved to another person."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path

import polars as pl
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from analysis.people import People
from partnership.database import Database
from partnership.parting import follow_ids
from partnership.reading import case_for_person, plans_for
from tests.analysis.people.builders import Row, resolve
from tests.analysis.people.force import consistent, decided
from tests.analysis.people.strategies import extracts
from tests.partnership.builders import GEOGRAPHY, Desk
from tests.partnership.conftest import put_back

MOST_LOGS = 8
LOG = st.integers(0, MOST_LOGS - 1)
Verdicts = list[tuple[int, int, str]]


@dataclass(frozen=True)
class Week:
    """What happens by one build: logs that arrive, verdicts on callers' records, and who of the callers gets a plan."""

    logs: int
    verdicts: Verdicts
    plans: list[bool]


WEEK = st.builds(
    Week,
    st.integers(0, 3),
    st.lists(st.tuples(LOG, LOG, st.sampled_from(["same", "same", "different"])), max_size=3),
    st.lists(st.sampled_from([True, True, True, False]), min_size=8, max_size=8),
)


@dataclass
class Register:
    """What a careful clerk remembers: for whom each plan was made, and which records each id ever had."""

    plans: dict[int, str] = field(default_factory=dict)
    records: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))

    def read(self, build: People) -> None:
        """Note the records of every person of a build."""
        for person, record in build.records.select("person_id", "record_reference").drop_nulls().iter_rows():
            self.records[person].add(record)


def caller(build: People, number: int) -> str | None:
    """Who rang on a log of the build; None for nobody, a pool or a log that is not there."""
    rows = build.records.filter(pl.col("incident_id") == f"L{number:03d}", pl.col("role") == "caller")
    return None if rows.is_empty() else rows["person_id"].to_list()[0]


def open_plans(desk: Desk, build: People, register: Register, wanted: list[bool]) -> None:
    """A case and a plan for each of these callers who has none."""
    for number, is_wanted in enumerate(wanted):
        person = caller(build, number)
        if is_wanted and person is not None and desk.ask(case_for_person, "ppu", person, GEOGRAPHY) is None:
            plan = desk.plan(desk.case(person)).row_id
            assert plan is not None
            register.plans[plan] = person


def misplaced(desk: Desk, build: People, register: Register) -> list[int]:
    """Plans that do not stand with the person they were made for, under the id that person has now."""
    leads_to = dict(build.aliases.iter_rows())
    known = set(build.known.persons["person_id"])
    now: dict[str, set[str]] = defaultdict(set)
    for person, record in build.records.select("person_id", "record_reference").drop_nulls().iter_rows():
        now[person].add(record)
    astray = []
    for plan, made_for in register.plans.items():
        owner = leads_to.get(made_for, made_for)
        case = desk.ask(case_for_person, "ppu", owner, GEOGRAPHY)
        holders = [one.person_id for one in desk.ask(plans_for, "ppu", GEOGRAPHY) if one.plan_id == plan]
        is_theirs = case is not None and plan in {one.plan_id for one in case.plans} and holders == [owner]
        is_nobodys = owner in now and not now[owner] & (register.records[made_for] | register.records[owner])
        if owner not in known or not is_theirs or is_nobodys:
            astray.append(plan)
    return astray


@given(extracts(most_logs=MOST_LOGS, most_people=3), st.lists(WEEK, min_size=3, max_size=5))
@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_through_builds_and_decisions_every_plan_stays_with_whom_it_was_made_for(
    opened: Database, template: Path, extract: tuple[list[Row], list[Row]], weeks: list[Week]
) -> None:
    assert opened.file is not None
    put_back(template, opened.file)
    desk, register = Desk(opened), Register()
    logs, people = extract
    arrived, build = 3, resolve()
    for week in weeks:
        arrived = min(len(logs), arrived + week.logs)
        held = {row["incident_id"] for row in logs[:arrived]}
        decisions = decided(build, *spoken) if (spoken := decidable(build, week.verdicts)) else None
        rows = [row for row in people if row["incident_id"] in held]
        build = resolve(*logs[:arrived], people=rows, known=build.known, decisions=decisions)
        desk.do(follow_ids, "operator", aliases=dict(build.aliases.iter_rows()))
        assert misplaced(desk, build, register) == []
        register.read(build)
        open_plans(desk, build, register, week.plans)


def decidable(build: People, drawn: Verdicts) -> Verdicts:
    """The verdicts on callers who are somebody in the build, taken in turn; none that contradicts another."""
    callers = [number for number in range(MOST_LOGS) if caller(build, number) is not None]
    if len(callers) < 2:
        return []
    return consistent(MOST_LOGS, [(callers[a % len(callers)], callers[b % len(callers)], kind) for a, b, kind in drawn])
