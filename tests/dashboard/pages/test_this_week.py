"""Is what stands on the landing page true, in scope, and without a name?"""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from analysis.questions.this_week import ThisWeek
from dashboard.asgi import ENTRY
from dashboard.build_facts import read
from dashboard.charts.palette import LIGHT
from dashboard.data import audience_of, view_of
from dashboard.data.this_week import decided_of, week_of
from dashboard.sign_in import Viewer
from dashboard.view_models.this_week import WeekView, week_view
from dashboard.view_models.week_areas import area_lines
from dashboard.view_models.week_decided import Decided
from dashboard.view_models.week_people import decisions_needed
from partnership.vocabulary import ActionState, PlanState, Role
from tests.analysis.questions.week_oracle import Clerk
from tests.dashboard.built import all_text, built, opened, sample_folder, viewer, visit_of

TODAY = date(2013, 12, 2)
POLICE = (Role.SECTOR_INSPECTOR, Role.NEIGHBOURHOOD_OFFICER, Role.PPU_OFFICER, Role.ANALYST)


@pytest.fixture(params=POLICE, ids=lambda role: role.value)
def officer(request: pytest.FixtureRequest, app_store: Path) -> Viewer:
    return viewer(request.param)


def codes_of(who: Viewer) -> set[str] | None:
    codes = who.neighbourhoods(read(built().path.parent).geography)
    return None if codes is None else set(codes)


def metric(app: AppTest, label: str) -> str:
    return next(one.value for one in app.metric if one.label.startswith(label))


def plain(text: str) -> str:
    return re.sub(r"\\(.)", r"\1", text)


def shown(who: Viewer) -> tuple[WeekView, ThisWeek, Decided]:
    visit = visit_of(who)
    week = week_of(visit.facts.id, view_of(visit), audience_of(visit))
    decided = decided_of(visit, week)
    return week_view(week, decided, visit, LIGHT), week, decided


def test_what_needs_a_decision_leads_to_the_meeting(app_store: Path) -> None:
    app = opened(viewer(Role.SECTOR_INSPECTOR), "this_week")
    next(button for button in app.button if button.label == "Open Monday's meeting").click().run()
    assert not app.exception and app.title[0].value == "Meeting"


def test_where_nobody_is_on_a_list_nobody_is_said_to_have_a_plan(app_store: Path) -> None:
    visit = visit_of(viewer(Role.NEIGHBOURHOOD_OFFICER))
    early = replace(visit, filters=replace(visit.filters, as_of=visit.facts.first_day + timedelta(days=1)))
    week = week_of(early.facts.id, view_of(early), audience_of(early))
    last = decisions_needed(week, decided_of(early, week), early)[-1]
    assert (last.heading, last.empty) == ("In a top ten without a plan (0)", "Nobody is in a top ten here.")


def test_the_four_numbers_are_those_of_the_clerk(officer: Viewer) -> None:
    app = opened(officer, "this_week")
    clerk = Clerk(built(), codes_of(officer))
    assert not app.exception and not app.error
    lists = clerk.lists(TODAY)
    assert metric(app, "Domestic contacts") == f"{clerk.contacts_in_week(TODAY):,}"
    assert metric(app, "Officer hours") in {f"{clerk.hours_in_week(TODAY):,.1f}\u00a0h", "0\u00a0h"}
    assert metric(app, "People in top tens") == f"{len({one for ten in lists.values() for one in ten}):,}"


def test_the_sentence_says_how_many_are_new_and_how_many_have_returned(officer: Viewer) -> None:
    moves = Clerk(built(), codes_of(officer)).moves(TODAY).values()
    new, returned = (sum(list(area.values()).count(word) for area in moves) for word in ("new", "returned"))
    answer = shown(officer)[0].answer
    people = {0: "Nobody is", 1: "One person is", 2: "Two people are", 3: "Three people are"}
    back = {
        0: "",
        1: ", one has returned",
        2: ", two have returned",
        3: ", three have returned",
        4: ", four have returned",
    }
    first = answer.split(". ")[0]
    assert first.startswith(people[new]) and first.endswith(f"to a top ten{back[returned]}")


def test_a_neighbourhood_officer_is_shown_no_other_neighbourhood(app_store: Path) -> None:
    who = viewer(Role.NEIGHBOURHOOD_OFFICER)
    text = plain(all_text(opened(who, "this_week")))
    for area in read(app_store).neighbourhoods:
        assert (area.name in text) == (area.code in who.areas)


def test_a_neighbourhood_officer_reads_of_the_own_top_ten(app_store: Path) -> None:
    who = viewer(Role.NEIGHBOURHOOD_OFFICER)
    name = next(area.name for area in read(app_store).neighbourhoods if area.code in who.areas)
    assert f"{name}'s top ten" in plain(all_text(opened(who, "this_week")))


def test_movements_in_the_table_are_those_of_the_clerk(officer: Viewer) -> None:
    _, week, decided = shown(officer)
    moves = Clerk(built(), codes_of(officer)).moves(TODAY)
    for line in area_lines(week, decided):
        counted = list(moves.get(line.code, {}).values())
        assert [line.moves[word] for word in ("new", "returned", "left")] == [
            counted.count(word) for word in ("new", "returned", "left")
        ]


def test_overdue_actions_are_the_open_ones_of_open_plans_whose_day_is_past(officer: Viewer) -> None:
    view, _, decided = shown(officer)
    late = [
        line
        for line in decided.actions
        if line.plan_state is PlanState.OPEN
        and line.status in {ActionState.AGREED, ActionState.IN_PROGRESS}
        and line.due_on < TODAY
    ]
    assert view.needed[0].heading == f"Overdue actions ({len(late)})"
    assert {line.reference for line in view.needed[0].lines} == {line.reference for line in late}


def test_who_is_listed_and_without_an_open_plan_is_named_once(officer: Viewer) -> None:
    view, _, decided = shown(officer)
    listed = {person for ten in Clerk(built(), codes_of(officer)).lists(TODAY).values() for person in ten}
    planned = {plan.person_id for plan in decided.plan_of.values() if plan.state is PlanState.OPEN}
    named = [line.person_id for line in view.needed[2].lines]
    assert sorted(map(str, named)) == sorted(listed - planned)


def test_some_action_is_overdue_and_some_plan_due_for_review(app_store: Path) -> None:
    view = shown(viewer(Role.PPU_OFFICER))[0]
    assert view.needed[0].lines and view.needed[1].lines and view.changed.lines


def test_no_name_number_or_address_of_a_caller_stands_on_the_page(officer: Viewer) -> None:
    text = plain(all_text(opened(officer, "this_week"))).lower()
    for member in json.loads((sample_folder() / "decisions.json").read_text(encoding="utf-8"))["members"]:
        text = text.replace(member["name"].lower(), "")  # an invented caller may bear a member's name
    logs = built().frame("incidents", ["caller_name", "caller_phone_logged", "caller_address", "address"])
    for column in logs.columns:
        for value in logs[column].drop_nulls().unique():
            if column == "caller_name" and " " not in value:
                continue  # a given name alone may be that of an inspector, too
            if column == "caller_phone_logged" and not re.search(r"\d", value):
                continue  # "withheld" is a word, not a number
            assert value.lower() not in text or not re.search(rf"\b{re.escape(value.lower())}\b", text), column


def test_plans_of_restricted_cases_are_said_to_be_left_out(app_store: Path) -> None:
    assert "Restricted cases are not open" in shown(viewer(Role.ANALYST))[0].note
    assert "Restricted" not in shown(viewer(Role.PPU_OFFICER))[0].note


@pytest.mark.parametrize("role", [Role.PARTNER, Role.AUDITOR])
def test_who_has_no_business_here_is_told_so(role: Role, app_store: Path) -> None:
    app = opened(viewer(role), "this_week")
    assert not app.exception and not app.metric and "not part of what" in all_text(app)


def test_nobody_is_asked_who_they_are(app_store: Path) -> None:
    app = AppTest.from_file(str(ENTRY), default_timeout=60).run()
    assert app.title[0].value == "Who are you today?" and not app.metric


def test_a_week_without_a_year_before_says_so_and_is_no_fault(app_store: Path) -> None:
    app = opened(viewer(Role.PPU_OFFICER), "this_week")
    app.selectbox(key="week").set_value("2012-03-04").run()
    text = plain(all_text(app))
    assert not app.exception and not app.error
    assert "no usual range: it needs the 52 weeks before" in text
    assert "There is no earlier list to compare with" in text


def test_each_person_with_imputed_hours_is_told_how_much_and_what_that_leaves_open(app_store: Path) -> None:
    view, week, _ = shown(viewer(Role.ANALYST))
    rows = week.people.rows.filter(week.people.rows["imputed_hours"] > 0, week.people.rows["position"].is_not_null())
    said = {line.label: line.why for part in (view.changed, *view.needed) for line in part.lines if line.opens}
    told = [said[row["key_id"]] for row in rows.iter_rows(named=True) if row["key_id"] in said]
    assert told and all("of the hours imputed, between " in why for why in told)


def test_a_single_contact_is_not_put_in_the_plural(app_store: Path) -> None:
    said = set()
    for area in sorted(read(built().path.parent).geography)[:6]:
        visit = visit_of(viewer(Role.ANALYST), neighbourhood=area)
        week = week_of(visit.facts.id, view_of(visit), audience_of(visit))
        view = week_view(week, decided_of(visit, week), visit, LIGHT)
        said.add(" ".join(dict(view.figures)["contacts"].sentence.split()[:2]))
    assert "1 contact" in said and all(one == "1 contact" or one.endswith(" contacts") for one in said), said
