"""Whether agencies do what they promised, by the day they promised."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from partnership.actions import cancel_action, carry_forward, change_action, complete_action, mark_not_done
from partnership.changes import Saved
from partnership.reliability import AgencyReliability, Outcome, Promise, agency_reliability, reliability
from partnership.vocabulary import NotDoneBecause
from tests.partnership.builders import GEOGRAPHY, NEXT_WEEK, TODAY, Desk
from tests.partnership.oracles import reliability_by_hand

LATER_ON = TODAY + timedelta(weeks=4)


def asked(desk: Desk, who: str = "ppu", today: date = LATER_ON) -> dict[str, AgencyReliability]:
    with desk.database.read() as session:
        actor = desk.actor(who, today=today)
        lines = agency_reliability(session, actor, GEOGRAPHY, weeks=12, timezone="Europe/London")
    return {line.agency: line for line in lines}


def counts(line: AgencyReliability) -> tuple[int, int, int, int, int]:
    return line.due, line.kept, line.late, line.missed, line.excused


def on(day: date, hour: int = 10) -> datetime:
    return datetime(day.year, day.month, day.day, hour, tzinfo=UTC)


def do(desk: Desk, verb: Any, action: Saved, day: date, **rest: Any) -> Saved:
    done: Saved = desk.do(
        verb, desk.actor("ppu", today=day), action_id=action.row_id, seen_version=action.version, at=on(day), **rest
    )
    return done


@pytest.mark.parametrize(("day", "expected"), [(9, (1, 1, 0, 0, 0)), (10, (1, 0, 1, 0, 0))])
def test_done_by_its_day_is_kept_and_done_after_it_is_late(
    desk: Desk, day: int, expected: tuple[int, int, int, int, int]
) -> None:
    do(desk, complete_action, desk.action(), date(2013, 12, day))
    assert counts(asked(desk)["HOUSING"]) == expected


def test_its_day_ends_at_local_midnight(desk: Desk) -> None:
    action = desk.action(due_on=date(2014, 7, 1))
    late = datetime(2014, 7, 1, 23, 30, tzinfo=UTC)
    desk.do(complete_action, "ppu", action_id=action.row_id, seen_version=1, at=late)
    assert counts(asked(desk, today=date(2014, 7, 9))["HOUSING"]) == (1, 0, 1, 0, 0)


def test_still_open_after_its_day_is_missed(desk: Desk) -> None:
    desk.action()
    assert counts(asked(desk)["HOUSING"]) == (1, 0, 0, 1, 0)


def test_carried_after_its_day_is_missed_and_the_new_day_is_a_new_promise(desk: Desk) -> None:
    action = do(desk, carry_forward, desk.action(), date(2013, 12, 11), due_on=date(2013, 12, 16))
    do(desk, complete_action, action, date(2013, 12, 15))
    line = asked(desk)["HOUSING"]
    assert counts(line) == (2, 1, 0, 1, 0)
    assert [(week.due, week.kept) for week in line.weeks if week.due] == [(1, 0), (1, 1)]


def test_carried_before_its_day_breaks_no_promise(desk: Desk) -> None:
    do(desk, carry_forward, desk.action(), NEXT_WEEK, due_on=date(2013, 12, 16))
    assert counts(asked(desk)["HOUSING"]) == (1, 0, 0, 1, 1)


@pytest.mark.parametrize(
    ("verb", "rest", "expected"),
    [
        (cancel_action, {"reason": "She moved."}, (0, 0, 0, 0, 1)),
        (mark_not_done, {"which": NotDoneBecause.CIRCUMSTANCES_CHANGED, "note": "She moved."}, (0, 0, 0, 0, 1)),
        (mark_not_done, {"which": NotDoneBecause.AGENCY_DID_NOT, "note": "Nobody went."}, (1, 0, 0, 1, 0)),
    ],
)
def test_only_what_the_agency_did_not_do_counts_against_it(
    desk: Desk, verb: Any, rest: dict[str, Any], expected: tuple[int, int, int, int, int]
) -> None:
    do(desk, verb, desk.action(), date(2013, 12, 11), **rest)
    assert counts(asked(desk)["HOUSING"]) == expected


def test_what_was_missed_before_an_action_changed_hands_stays_with_who_had_it(desk: Desk) -> None:
    action = do(desk, carry_forward, desk.action(), date(2013, 12, 11), due_on=date(2013, 12, 16))
    other = {"what": "Change the locks.", "owner_agency": "HEALTH", "owner_name": "A. Roy"}
    action = do(desk, change_action, action, date(2013, 12, 12), **other)
    do(desk, complete_action, action, date(2013, 12, 15))
    found = asked(desk)
    assert (counts(found["HOUSING"]), counts(found["HEALTH"])) == ((1, 0, 0, 1, 0), (1, 1, 0, 0, 0))


def test_a_partner_reads_their_own_agency_alone(desk: Desk) -> None:
    case = desk.case()
    plan = desk.plan(case)
    for agency in ("HOUSING", "HEALTH"):
        desk.action(plan, owner_agency=agency, due_on=TODAY)
        desk.share(case, agency)
    assert set(asked(desk, "ppu", NEXT_WEEK)) == {"HOUSING", "HEALTH"}
    assert set(asked(desk, "housing", NEXT_WEEK)) == {"HOUSING"}


def test_a_chosen_neighbourhood_counts_its_own_cases_alone(desk: Desk) -> None:
    desk.action(due_on=TODAY)
    with desk.database.read() as session:
        actor = desk.actor("ppu", today=NEXT_WEEK)
        asked_of = {"weeks": 12, "timezone": "Europe/London"}
        here = agency_reliability(session, actor, GEOGRAPHY, neighbourhoods={"ALDER"}, **asked_of)
        there = agency_reliability(session, actor, GEOGRAPHY, neighbourhoods={"BROOK"}, **asked_of)
    assert (sum(one.due for one in here), there) == (1, ())


PROMISES = st.lists(
    st.builds(
        Promise,
        action_id=st.integers(1, 9),
        agency=st.sampled_from(["HOUSING", "HEALTH"]),
        due_on=st.integers(-40, 3).map(lambda days: TODAY + timedelta(days=days)),
        outcome=st.sampled_from(list(Outcome)),
    ),
    max_size=12,
)


@settings(max_examples=60, deadline=None)
@given(PROMISES, st.integers(1, 5))
def test_a_careful_clerk_counts_the_same(promises: list[Promise], weeks: int) -> None:
    found = {line.agency: counts(line) for line in reliability(promises, today=TODAY, weeks=weeks)}
    assert found == reliability_by_hand(promises, today=TODAY, weeks=weeks)


@settings(max_examples=60, deadline=None)
@given(PROMISES, st.integers(1, 5))
def test_the_weeks_add_up_to_the_whole(promises: list[Promise], weeks: int) -> None:
    for line in reliability(promises, today=TODAY, weeks=weeks):
        assert sum(week.due for week in line.weeks) == line.due == line.kept + line.late + line.missed
        assert sum(week.kept for week in line.weeks) == line.kept
        assert line.weeks[-1].ending == TODAY - timedelta(days=1)
