from __future__ import annotations

import json
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from dashboard.build_facts import read
from dashboard.decisions_database import log_key, open_decisions
from dashboard.errors import DashboardError
from dashboard.sample_decisions import load_decisions
from partnership import members, reading
from partnership.access_log import verify
from partnership.authority import Actor
from partnership.database import upgrade
from partnership.meeting_reading import meeting_record
from partnership.views import BoardLine, MeetingView, PlanView
from partnership.vocabulary import ActionState, MeetingState, PlanState
from tests.dashboard.built import built_store, own_copy, sample_folder

TODAY = date(2013, 12, 2)


@pytest.fixture(scope="module")
def said() -> dict[str, Any]:
    built_store()
    return json.loads((sample_folder() / "decisions.json").read_text(encoding="utf-8"))


class Loaded:
    """What an officer of the public protection unit reads after the loading."""

    def __init__(self, store: Path) -> None:
        geography = read(store).geography
        database = open_decisions(store)
        with database.read() as session:
            self.actors: dict[str, Actor] = {one.email: one for one in members.sign_in_choices(session, TODAY)}
            ppu = next(one for one in self.actors.values() if one.role == "ppu_officer")
            self.board: tuple[BoardLine, ...] = reading.plan_board(session, ppu, geography)
            self.plans: tuple[PlanView, ...] = reading.plans_for(session, ppu, geography)
            self.meetings: tuple[MeetingView, ...] = reading.meetings_for(session, ppu, geography)
            self.cases = reading.cases_for(session, ppu, geography)
            self.records = tuple(
                meeting_record(session, ppu, one.meeting_id, geography) for one in self.meetings if one.state != "draft"
            )
            self.log = verify(session, log_key(store))
        database.close()


@pytest.fixture(scope="module")
def loaded() -> Loaded:
    return Loaded(built_store())


def test_every_action_is_there_with_its_owner_and_its_last_day(said: dict[str, Any], loaded: Loaded) -> None:
    told = sorted(
        (action["what"], action["agency"], action["owner"], (action["carried_to"] or [action])[-1]["due"])
        for case in said["cases"]
        for action in case["actions"]
    )
    assert told == sorted(
        (line.what, line.owner_agency, line.owner_name, line.due_on.isoformat()) for line in loaded.board
    )


@pytest.mark.parametrize(
    ("key", "state"),
    [
        ("completed_on", ActionState.DONE),
        ("not_done", ActionState.NOT_DONE),
        ("cancelled", ActionState.CANCELLED),
    ],
)
def test_as_many_actions_ended_so_as_the_sample_says(
    said: dict[str, Any], loaded: Loaded, key: str, state: ActionState
) -> None:
    told = sum(action[key] is not None for case in said["cases"] for action in case["actions"])
    assert told == sum(line.status is state for line in loaded.board) > 0


def test_plans_are_open_or_closed_as_the_sample_says(said: dict[str, Any], loaded: Loaded) -> None:
    plans = [case["plan"] for case in said["cases"] if case["plan"]]
    assert len(loaded.plans) == len(plans)
    closed = sum(plan["closed"] is not None for plan in plans)
    assert sum(plan.state is PlanState.CLOSED for plan in loaded.plans) == closed > 0


def test_every_case_is_about_a_person_of_the_build_and_nobody_has_two(said: dict[str, Any], loaded: Loaded) -> None:
    people = [case.person_id for case in loaded.cases]
    assert len(people) == len(set(people)) == len(said["cases"])
    assert sum(case.is_restricted for case in loaded.cases) == sum(case["restricted"] for case in said["cases"])


def test_meetings_before_today_are_closed_and_one_of_todays_is_being_held(loaded: Loaded) -> None:
    assert {one.state for one in loaded.meetings if one.held_on < TODAY} == {MeetingState.CLOSED}
    todays = Counter(one.state for one in loaded.meetings if one.held_on == TODAY)
    assert todays == {MeetingState.OPEN: 1, MeetingState.DRAFT: 2}


def test_every_closed_meeting_had_an_agenda_and_somebody_at_the_table(loaded: Loaded) -> None:
    closed = [one for one in loaded.records if one.state is MeetingState.CLOSED]
    assert len(closed) == 9 and all(one.attendance and one.chair_name for one in closed)
    assert all(case.decision for one in closed for case in one.agenda)
    assert min(len(one.agenda) + len(one.carried) for one in closed) >= 2


def test_what_a_meeting_carried_heads_the_next_ones_agenda(loaded: Loaded) -> None:
    running = next(one for one in loaded.records if one.state is MeetingState.OPEN)
    before = next(one for one in loaded.records if one.sector == running.sector and one.held_on == running.last_meeting)
    assert before.carried and {case.reference for case in before.carried} <= {case.reference for case in running.agenda}


def test_an_action_agreed_on_the_day_of_a_meeting_was_agreed_in_it(loaded: Loaded) -> None:
    agreed = {one.agreed_in for record in loaded.records for case in record.every_case for one in case.actions}
    assert date(2013, 11, 25) in agreed


def test_every_member_of_the_sample_may_sign_in(said: dict[str, Any], loaded: Loaded) -> None:
    assert {member["email"] for member in said["members"]} == set(loaded.actors)


def test_the_access_log_of_the_loading_is_whole(loaded: Loaded) -> None:
    assert loaded.log.is_whole and loaded.log.rows > len(loaded.board)


def test_loading_again_changes_nothing(tmp_path: Path) -> None:
    store = own_copy(tmp_path)
    rows = Loaded(store).log.rows
    assert load_decisions(sample_folder() / "decisions.json", store) is None
    assert Loaded(store).log.rows == rows


def test_a_file_that_cannot_be_read_says_how_to_write_it(tmp_path: Path) -> None:
    (tmp_path / "decisions.json").write_text("{", encoding="utf-8")
    with pytest.raises(DashboardError, match="repeat-demand sample --out"):
        load_decisions(tmp_path / "decisions.json", built_store())


def test_a_force_of_real_people_is_given_no_invented_decisions(tmp_path: Path) -> None:
    store = own_copy(tmp_path)
    build = json.loads((store / "current.json").read_text(encoding="utf-8"))["build_id"]
    manifest = store / build / "manifest.json"
    facts = json.loads(manifest.read_text(encoding="utf-8"))
    facts["facts"]["is_synthetic"] = False
    manifest.write_text(json.dumps(facts), encoding="utf-8")
    with pytest.raises(DashboardError, match="not marked synthetic"):
        load_decisions(sample_folder() / "decisions.json", store)


def test_a_case_whose_call_the_build_does_not_know_is_skipped(tmp_path: Path, said: dict[str, Any]) -> None:
    store = own_copy(tmp_path)
    (store / "partnership.sqlite").unlink()
    for side in store.glob("partnership.sqlite-*"):
        side.unlink()
    database = open_decisions(store)
    upgrade(database)
    database.close()
    unknown = said | {"cases": [said["cases"][0] | {"caller_of": "no such log"}, said["cases"][1]]}
    file = tmp_path / "decisions.json"
    file.write_text(json.dumps(unknown), encoding="utf-8")
    done = load_decisions(file, store)
    assert done is not None and (done.cases, done.skipped) == (1, 1)
