"""Does the meeting page open for every role, in scope, without anybody's name, and is a closed meeting read-only?"""

from __future__ import annotations

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from dashboard import decisions
from dashboard.data.meeting import record_of
from dashboard.view_models.meeting import undecided
from partnership.meeting_record import MeetingRecord
from partnership.views import MeetingView
from partnership.vocabulary import AgendaState, DecisionKind, MeetingState, Role
from tests.dashboard.built import all_text, built, opened, viewer, visit_of

POLICE = (Role.SECTOR_INSPECTOR, Role.NEIGHBOURHOOD_OFFICER, Role.PPU_OFFICER, Role.ANALYST)


def todays(role: Role, store: Path | None = None) -> MeetingView:
    known = decisions.meetings(visit_of(viewer(role, store=store), store=store))
    return next(one for one in known if one.state is not MeetingState.CLOSED)


def read(role: Role, store: Path) -> MeetingRecord:
    visit = visit_of(viewer(role, store=store), store=store)
    record = record_of(visit, todays(role, store).meeting_id)
    assert record is not None
    return record


def pressed(app: AppTest, key: str) -> AppTest:
    return app.button(key=f"meeting_{key}").click().run()


def begun(store: Path) -> AppTest:
    """Today's meeting of the inspector's sector, its agenda drawn up and the meeting opened."""
    app = opened(viewer(Role.SECTOR_INSPECTOR, store=store), "meeting")
    return pressed(pressed(app, "draw"), "open")


def at_case(app: AppTest, reference: str) -> AppTest:
    return pressed(app, f"agenda_{reference}")


@pytest.mark.parametrize("role", POLICE)
def test_the_meeting_opens_for_the_police_and_names_nobody_of_the_logs(app_store: Path, role: Role) -> None:
    who = viewer(role)
    app = opened(who, "meeting")
    shown = all_text(app)
    logs = built().frame("incidents", ["caller_name", "caller_phone", "caller_address"])
    planted = {said for column in logs for said in column.drop_nulls().unique() if " " in said or "+" in said}
    # An invented caller may bear the very name of an invented officer.
    planted -= {said for said in planted if said in f"{who.name} DS Saima Lodhi"}
    assert not app.exception and "This meeting is " in shown
    assert len(planted) > 100 and not [said for said in planted if said in shown]


@pytest.mark.parametrize("role", [Role.PARTNER, Role.AUDITOR])
def test_others_are_told_it_is_not_their_page(app_store: Path, role: Role) -> None:
    app = opened(viewer(role), "meeting")
    assert not app.exception and "not part of what" in all_text(app) and not app.table


def test_nobody_sees_no_meeting(app_store: Path) -> None:
    app = opened(None, "meeting")
    assert app.title[0].value == "Who are you today?" and not app.table


def test_a_link_to_another_sectors_meeting_shows_nothing_of_it(app_store: Path) -> None:
    inspector = viewer(Role.SECTOR_INSPECTOR)
    known = decisions.meetings(visit_of(viewer(Role.PPU_OFFICER)))
    other = next(one for one in known if one.sector not in inspector.areas)
    app = opened(inspector, "meeting")
    app.query_params["meeting"] = str(other.meeting_id)
    app.run()
    assert not app.exception and "No meeting is open to you here" in all_text(app)
    assert f"{other.sector}, " not in all_text(app)


@pytest.mark.parametrize("asked", ["99999", "x", "-1", "²", "1" * 40])
def test_an_address_that_names_no_meeting_breaks_nothing(app_store: Path, asked: str) -> None:
    app = opened(viewer(Role.SECTOR_INSPECTOR), "meeting")
    app.query_params["meeting"] = asked
    app.run()
    assert not app.exception


@pytest.mark.parametrize("role", [Role.NEIGHBOURHOOD_OFFICER, Role.ANALYST])
def test_the_agenda_is_drawn_up_by_the_inspector_or_public_protection_only(app_store: Path, role: Role) -> None:
    app = opened(viewer(role), "meeting")
    assert "meeting_draw" not in {button.key for button in app.button}


def test_an_analyst_reads_and_is_offered_nothing_to_change(app_store: Path) -> None:
    app = opened(viewer(Role.ANALYST), "meeting")
    keys = {str(button.key) for button in app.button}
    assert not {key for key in keys if any(word in key for word in ("open", "confirm", "arrange", "send", "close"))}


def test_the_agenda_drawn_up_says_why_each_case_is_on_it(writable_store: Path) -> None:
    begun(writable_store)
    record = read(Role.SECTOR_INSPECTOR, writable_store)
    proposed = [case for case in record.agenda if not case.times_carried]
    assert 0 < len(proposed) <= 16 and all(case.reasons for case in record.agenda)


def test_continuing_a_plan_is_one_press(writable_store: Path) -> None:
    app = begun(writable_store)
    record = read(Role.SECTOR_INSPECTOR, writable_store)
    case = next(one for one in record.agenda if one.plan is not None and one.plan.closed_at is None)
    pressed(at_case(app, case.reference), "decide_2")
    after = next(one for one in read(Role.SECTOR_INSPECTOR, writable_store).cases if one.reference == case.reference)
    assert after.decision is not None and after.decision.what is DecisionKind.CONTINUE_PLAN


def test_no_action_needs_its_reason(writable_store: Path) -> None:
    app = begun(writable_store)
    case = read(Role.SECTOR_INSPECTOR, writable_store).agenda[0]
    pressed(at_case(app, case.reference), "decide_3")
    send = next(button for button in app.button if button.label == "Save the decision")
    send.click().run()
    assert "nothing is written" in " ".join(error.value for error in app.error)


def test_who_is_second_sees_both_texts_and_what_they_typed_stays(writable_store: Path) -> None:
    first = begun(writable_store)
    case = read(Role.SECTOR_INSPECTOR, writable_store).agenda[0]
    second = opened(viewer(Role.PPU_OFFICER, store=writable_store), "meeting")
    second.query_params["meeting"] = str(read(Role.SECTOR_INSPECTOR, writable_store).meeting_id)
    second.query_params["case"] = case.reference
    second.run()
    for app in (first, second):
        if app is first:
            at_case(app, case.reference)
        pressed(app, "decide_3")
    for app, why in ((first, "The first reason"), (second, "The second reason")):
        next(area for area in app.text_area if area.label == "Why nothing more is done").set_value(why).run()
        next(button for button in app.button if button.label == "Save the decision").click().run()
    shown = all_text(second)
    assert not second.exception and "saved this first" in shown
    assert "The first reason" in shown and "The second reason" in shown


def test_a_meeting_with_somebody_undecided_is_not_closed_and_says_who(writable_store: Path) -> None:
    app = begun(writable_store)
    pressed(app, "agenda_end")
    pressed(pressed(app, "close"), "close_for_good")
    record = read(Role.SECTOR_INSPECTOR, writable_store)
    assert record.state is MeetingState.OPEN
    assert "without a decision or an open plan" in " ".join(error.value for error in app.error)


def test_the_rest_is_decided_at_once_and_then_the_meeting_closes(writable_store: Path) -> None:
    app = begun(writable_store)
    waiting = undecided(read(Role.SECTOR_INSPECTOR, writable_store))
    beside = next(case for case in waiting if case.state is AgendaState.WHOLE_LIST)
    pressed(pressed(app, "agenda_end"), f"waiting_{beside.reference}")
    assert "Beside the agenda" in all_text(app)
    assert any(beside.person_id.replace("-", "\\-") in heading.value for heading in app.subheader)
    pressed(app, "agenda_end")
    next(area for area in app.text_area if area.label.startswith("Why nothing more")).set_value("Answered well.")
    next(button for button in app.button if button.label.startswith("No action this week for")).click().run()
    assert not app.exception and undecided(read(Role.SECTOR_INSPECTOR, writable_store)) == ()
    pressed(pressed(app, "close"), "close_for_good")
    assert "This meeting is closed" in all_text(app)


def test_what_was_typed_is_offered_to_the_same_member_after_signing_in_again(writable_store: Path) -> None:
    app = begun(writable_store)
    record = read(Role.SECTOR_INSPECTOR, writable_store)
    case = record.agenda[0]
    pressed(at_case(app, case.reference), "decide_3")
    next(area for area in app.text_area if area.label == "Why nothing more is done").set_value("Half a sen").run()
    for role, is_offered in ((Role.SECTOR_INSPECTOR, True), (Role.PPU_OFFICER, False)):
        again = opened(viewer(role, store=writable_store), "meeting")
        again.query_params["meeting"], again.query_params["case"] = str(record.meeting_id), case.reference
        again.run()
        assert ("Typed and not saved: No action" in all_text(again)) is is_offered
        pressed(again, "decide_3")
        (field,) = [area for area in again.text_area if area.label == "Why nothing more is done"]
        assert field.value == ("Half a sen" if is_offered else "")


def test_a_closed_meeting_is_read_only_but_for_an_addendum(app_store: Path) -> None:
    inspector = viewer(Role.SECTOR_INSPECTOR)
    closed = next(one for one in decisions.meetings(visit_of(inspector)) if one.state is MeetingState.CLOSED)
    app = opened(inspector, "meeting")
    app.query_params["meeting"] = str(closed.meeting_id)
    app.query_params["case"] = "end"
    app.run()
    sends = [button.label for button in app.button if "send" in str(button.key)]
    assert not app.exception and "closed and stays as it is" in all_text(app) and sends == ["Write the addendum"]
