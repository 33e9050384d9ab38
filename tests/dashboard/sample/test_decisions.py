from __future__ import annotations

import json
from collections import Counter
from datetime import date
from typing import Any

import polars as pl
import pytest

from tests.dashboard.sample.conftest import COMMITTED, Extracts

TODAY = date(2013, 12, 2)
PARTS = ("agenda", "added", "decisions", "carried")


@pytest.fixture(scope="module")
def decided() -> dict[str, Any]:
    return json.loads((COMMITTED / "decisions.json").read_text())


def every_action(decided: dict[str, Any]) -> list[dict[str, Any]]:
    return [action for case in decided["cases"] for action in case["actions"]]


def due(action: dict[str, Any]) -> date:
    return date.fromisoformat((action["carried_to"] or [action])[-1]["due"])


def is_open(action: dict[str, Any]) -> bool:
    return not (action["completed_on"] or action["not_done"] or action["cancelled"])


def test_every_case_names_a_call_that_is_in_the_extracts(decided: dict[str, Any], committed: Extracts) -> None:
    assert {case["caller_of"] for case in decided["cases"]} <= set(committed.incidents["incident_id"])


def test_nobody_has_two_cases(decided: dict[str, Any], committed: Extracts) -> None:
    named = pl.DataFrame({"incident_id": [case["caller_of"] for case in decided["cases"]]})
    people = named.join(committed.callers, on="incident_id")["person"]
    assert people.null_count() == 0
    assert people.n_unique() == len(decided["cases"])


def test_every_case_names_a_call_with_a_name_on_it(decided: dict[str, Any], committed: Extracts) -> None:
    ids = [case["caller_of"] for case in decided["cases"]]
    assert committed.incidents.filter(pl.col("incident_id").is_in(ids))["caller_name"].null_count() == 0


def test_there_are_25_to_36_cases_spread_over_the_sectors(decided: dict[str, Any]) -> None:
    each = Counter(case["opened_by"] for case in decided["cases"])
    assert 25 <= each.total() <= 36
    assert len(each) == 3
    assert min(each.values()) >= 7


def test_every_role_has_a_member_and_inspectors_have_a_sector_each(decided: dict[str, Any]) -> None:
    roles = Counter(member["role"] for member in decided["members"])
    assert set(roles) == {
        "sector_inspector",
        "neighbourhood_officer",
        "ppu_officer",
        "analyst",
        "partner",
        "auditor",
    }
    areas = [member["areas"] for member in decided["members"] if member["role"] == "sector_inspector"]
    assert sorted(areas) == [["Central"], ["North"], ["South"]]


def test_partners_and_owners_belong_to_agencies_that_are_named(decided: dict[str, Any]) -> None:
    agencies = {agency["code"] for agency in decided["agencies"]}
    used = {action["agency"] for action in every_action(decided)}
    used |= {member["agency"] for member in decided["members"] if member["agency"]}
    used |= {share["agency"] for case in decided["cases"] for share in case["shares"]}
    assert used <= agencies
    assert {"HOUSING", "IDVA"} <= used


def test_each_sector_has_three_meetings_behind_it_and_one_before_it(decided: dict[str, Any]) -> None:
    for sector in ("North", "Central", "South"):
        meetings = [(one["date"], one["state"]) for one in decided["meetings"] if one["sector"] == sector]
        assert meetings == [
            ("2013-11-11", "closed"),
            ("2013-11-18", "closed"),
            ("2013-11-25", "closed"),
            ("2013-12-02", "open" if sector == "Central" else "draft"),
        ]


def test_a_meeting_looks_only_at_cases_of_its_day_and_sector(decided: dict[str, Any]) -> None:
    cases = {case["caller_of"]: case for case in decided["cases"]}
    inspectors = {member["email"]: member["areas"] for member in decided["members"]}
    for meeting in decided["meetings"]:
        named = [cases[one["caller_of"]] for part in PARTS for one in meeting.get(part, [])]
        assert all(case["opened_on"] <= meeting["date"] for case in named)
        assert all(inspectors[case["opened_by"]] == [meeting["sector"]] for case in named)


def test_nothing_is_decided_of_a_case_that_is_carried(decided: dict[str, Any]) -> None:
    carried = 0
    for meeting in decided["meetings"]:
        both = [{one["caller_of"] for one in meeting.get(part, [])} for part in ("decisions", "carried")]
        assert not both[0] & both[1]
        carried += len(both[1])
    assert carried > 0


STATES = {
    "overdue": lambda action: is_open(action) and due(action) < TODAY,
    "due within a week": lambda action: is_open(action) and 0 <= (due(action) - TODAY).days <= 7,
    "on track": lambda action: is_open(action) and (due(action) - TODAY).days > 7,
    "done": lambda action: action["completed_on"] is not None,
    "not done, circumstances": lambda action: (action["not_done"] or {}).get("which") == "circumstances_changed",
    "not done, agency": lambda action: (action["not_done"] or {}).get("which") == "agency_did_not",
    "cancelled": lambda action: action["cancelled"] is not None,
    "carried twice": lambda action: len(action["carried_to"]) == 2,
}


@pytest.mark.parametrize("state", STATES)
def test_there_is_an_action_in_every_state(decided: dict[str, Any], state: str) -> None:
    assert any(STATES[state](action) for action in every_action(decided))


def test_some_plans_are_closed_and_some_cases_have_no_plan(decided: dict[str, Any]) -> None:
    plans = [case["plan"] for case in decided["cases"]]
    assert any(plan and plan["closed"] for plan in plans)
    assert None in plans


def test_a_closed_plan_has_no_open_action(decided: dict[str, Any]) -> None:
    closed = [case for case in decided["cases"] if case["plan"] and case["plan"]["closed"]]
    assert not any(is_open(action) for case in closed for action in case["actions"])


def test_an_action_ends_in_at_most_one_way(decided: dict[str, Any]) -> None:
    ends = [[action["completed_on"], action["not_done"], action["cancelled"]] for action in every_action(decided)]
    assert all(sum(end is not None for end in three) <= 1 for three in ends)


def test_nothing_happens_before_its_case_was_opened_or_after_today(decided: dict[str, Any]) -> None:
    for case in decided["cases"]:
        days = [share["on"] for share in case["shares"]]
        days += (case["plan"] or {"signed_off_on": []})["signed_off_on"]
        for action in case["actions"]:
            days += [step["on"] for step in action["progress"] + action["carried_to"]]
            days += [action["agreed_on"], action["completed_on"] or action["agreed_on"]]
            days += [end["on"] for end in (action["not_done"], action["cancelled"]) if end]
        assert all(case["opened_on"] <= day <= TODAY.isoformat() for day in days)


def test_an_action_is_carried_no_later_than_the_day_it_is_due(decided: dict[str, Any]) -> None:
    for action in every_action(decided):
        before = action["due"]
        for step in action["carried_to"]:
            assert step["on"] <= before < step["due"]
            before = step["due"]


def test_only_agencies_with_an_action_of_the_case_see_it(decided: dict[str, Any]) -> None:
    for case in decided["cases"]:
        assert {share["agency"] for share in case["shares"]} <= {action["agency"] for action in case["actions"]}


def test_no_text_speaks_of_anybody_by_name(decided: dict[str, Any], committed: Extracts) -> None:
    persons = pl.read_parquet(committed.folder / "truth" / "persons.parquet")
    full = set(persons.select(pl.col("given") + " " + pl.col("family")).to_series())
    texts = " ".join(str(case["plan"]) + str([a["what"] for a in case["actions"]]) for case in decided["cases"])
    owners = {member["name"].split(" ", 1)[1] for member in decided["members"]}
    assert not [name for name in full - owners if name in texts]
