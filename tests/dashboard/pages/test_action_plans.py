"""Does the Action plans page open for every role, in scope, without anybody's name, and with its weekly sign-off?"""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

from dashboard import decisions
from partnership.vocabulary import PlanState, Role
from tests.dashboard.built import all_text, built, opened, viewer, visit_of

POLICE = (Role.SECTOR_INSPECTOR, Role.NEIGHBOURHOOD_OFFICER, Role.PPU_OFFICER, Role.ANALYST)
PARTS = ("Actions", "My actions", "Plans and sign-off", "Agencies")


@pytest.mark.parametrize("role", POLICE)
def test_every_part_opens_for_the_police_and_names_nobody_of_the_logs(app_store: Path, role: Role) -> None:
    app = opened(viewer(role), "action_plans")
    shown = ""
    for part in PARTS:
        app.radio(key="board_part").set_value(part).run()
        assert not app.exception
        shown += all_text(app)
    logs = built().frame("incidents", ["caller_name", "caller_phone", "caller_address"])
    # Whole names, numbers and addresses; an invented caller may bear the very name of an invented officer.
    planted = {said for column in logs for said in column.drop_nulls().unique() if " " in said or "+" in said}
    owners = {plan.owner_name for plan in decisions.plans(visit_of(viewer(Role.PPU_OFFICER)))}
    officers = " ".join(owners | {viewer(role).name})
    planted = {said for said in planted if said not in officers}
    assert len(planted) > 100 and not [said for said in planted if said in shown]


@pytest.mark.parametrize("role", [Role.PARTNER, Role.AUDITOR])
def test_others_are_told_it_is_not_their_page(app_store: Path, role: Role) -> None:
    app = opened(viewer(role), "action_plans")
    assert not app.exception and "not part of what" in all_text(app) and not app.table


def test_nobody_sees_no_action(app_store: Path) -> None:
    app = opened(None, "action_plans")
    assert app.title[0].value == "Who are you today?" and not app.table


def test_an_officer_sees_the_persons_of_the_own_neighbourhoods_only(app_store: Path) -> None:
    officer = viewer(Role.NEIGHBOURHOOD_OFFICER)
    plans = decisions.plans(visit_of(viewer(Role.PPU_OFFICER)))
    elsewhere = {plan.person_id for plan in plans if plan.neighbourhood not in officer.areas}
    app = opened(officer, "action_plans")
    shown = all_text(app) + all_text(app.radio(key="board_part").set_value("Plans and sign-off").run())
    assert elsewhere and not [person for person in elsewhere if person in shown]


def test_the_bar_narrows_the_list_to_one_neighbourhood(app_store: Path) -> None:
    who = viewer(Role.PPU_OFFICER)
    plans = [plan for plan in decisions.plans(visit_of(who)) if plan.state is PlanState.OPEN and plan.actions]
    here = plans[0].neighbourhood
    elsewhere = {plan.person_id for plan in plans if plan.neighbourhood != here}
    app = opened(who, "action_plans")
    app.selectbox(key="neighbourhood").set_value(here).run()
    shown = all_text(app)
    assert not app.exception and elsewhere and not [person for person in elsewhere if person in shown]


def test_an_analyst_reads_and_is_offered_no_form(app_store: Path) -> None:
    app = opened(viewer(Role.ANALYST), "action_plans")
    number = app.selectbox(key="board_chosen").options[0].split(" ")[0]
    app.selectbox(key="board_chosen").set_value(int(number)).run()
    assert not app.exception and "You may read this" in all_text(app)
    assert not [button for button in app.button if button.label == "Save"]


def test_the_history_of_an_action_stands_beside_its_form(app_store: Path) -> None:
    app = opened(viewer(Role.SECTOR_INSPECTOR), "action_plans")
    number = app.selectbox(key="board_chosen").options[0].split(" ")[0]
    app.selectbox(key="board_chosen").set_value(int(number)).run()
    assert "agreed an action" in all_text(app)


def test_the_inspector_signs_a_plan_off_for_the_week(writable_store: Path) -> None:
    who = viewer(Role.SECTOR_INSPECTOR, store=writable_store)
    app = opened(who, "action_plans")
    app.radio(key="board_part").set_value("Plans and sign-off").run()
    number = int(app.selectbox(key="board_plan_chosen").options[0].split(" ")[0])
    app.selectbox(key="board_plan_chosen").set_value(number).run()
    app.button(key=f"board_plan_{number}_0_save").click().run()
    plans = decisions.plans(visit_of(who, store=writable_store))
    signed = next(plan for plan in plans if plan.plan_id == number).signed_off_on
    assert not app.exception and "is signed off" in app.success[0].value
    assert signed == visit_of(who, store=writable_store).facts.default_as_of


def test_an_officer_cannot_sign_off(app_store: Path) -> None:
    app = opened(viewer(Role.NEIGHBOURHOOD_OFFICER), "action_plans")
    app.radio(key="board_part").set_value("Plans and sign-off").run()
    box = app.selectbox(key="board_plan_chosen")
    box.set_value(int(box.options[0].split(" ")[0])).run()
    assert "inspector signs plans off" in all_text(app)


def test_the_cover_counts_the_plans_of_each_top_ten(app_store: Path) -> None:
    who = viewer(Role.SECTOR_INSPECTOR)
    app = opened(who, "action_plans")
    app.radio(key="board_part").set_value("Plans and sign-off").run()
    cover = pl.from_pandas(app.table[0].value.reset_index())
    open_plans = [plan for plan in decisions.plans(visit_of(who)) if plan.state is PlanState.OPEN]
    with_plan = cover["With a plan"].cast(pl.Int64)
    assert 0 < with_plan.sum() <= len(open_plans)
    assert (with_plan <= cover["In the top ten"].cast(pl.Int64)).all()
    assert (cover["With a next action"].cast(pl.Int64) <= with_plan).all()
