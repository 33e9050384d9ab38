"""Does the police's edition say what the meeting's record holds?"""

from __future__ import annotations

from dashboard.pack.document import Facts
from dashboard.text import day
from dashboard.view_models.plan_words import DECIDED
from partnership.action_tracking import HEADINGS
from partnership.vocabulary import OPEN_ACTION_STATES
from tests.dashboard.pack.builders import RISKS, held, part, police_edition, table_of, texts_of
from tests.partnership.builders import Desk


def test_the_cover_says_for_whom_of_which_meeting_and_up_to_which_day(desk: Desk) -> None:
    said = {line.label: line.text for line in police_edition(held(desk)).cover}
    assert said == {
        "Force": "A force",
        "Sector": "SOUTH",
        "Meeting": "Mon 2 Dec 2013, open",
        "Made out to": "Housing and the police",
        "Data up to": "Sun 1 Dec 2013",
        "Build": "0123456789abcdef",
    }


def test_each_case_of_the_agenda_has_a_page_of_its_own_in_the_agendas_order(desk: Desk) -> None:
    found = held(desk)
    pages = [section.heading for section in police_edition(found).sections if section.level == 2 if section.starts_page]
    assert len(pages) == 2
    assert pages == [case.reference for case in found.agenda]


def test_a_cases_page_says_the_plan_and_the_decision_of_the_record(desk: Desk) -> None:
    found = held(desk)
    case = found.agenda[0]
    assert case.decision is not None and case.plan is not None
    said = {
        line.label: line.text
        for block in part(police_edition(found), case.reference).blocks
        if isinstance(block, Facts)
        for line in block.lines
    }
    assert said["Decision"] == DECIDED[case.decision.what]
    assert said["Reason for the decision"] == case.decision.reason
    assert (said["Problem"], said["Owner"]) == (case.plan.problem, case.plan.owner_name)
    assert said["Why here"] == "; ".join(case.reasons)


def test_dash_marac_and_children_have_a_line_each_and_the_unknown_has_none(desk: Desk) -> None:
    found = held(desk)
    pack = police_edition(found)
    said = [
        {
            line.label: line.text
            for block in part(pack, case.reference).blocks
            if isinstance(block, Facts)
            for line in block.lines
        }
        for case in found.agenda
    ]
    labels = ("DASH (risk assessment)", "MARAC", "Children")
    assert tuple(said[0][label] for label in labels) == RISKS["P-1"].lines
    assert not [label for label in labels if label in said[1]]


def test_actions_due_are_every_open_action_of_the_record_the_earliest_first(desk: Desk) -> None:
    found = held(desk)
    due = [
        (one.action.due_on, one.action.action_id, case.reference, one.action.what)
        for case in found.every_case
        for one in case.actions
        if one.action.status in OPEN_ACTION_STATES
    ]
    shown = table_of(part(police_edition(found), "Actions due"), "Every action").rows
    assert len(shown) == 4
    assert [(row[0], row[1], row[2]) for row in shown] == [(day(on), ref, what) for on, _, ref, what in sorted(due)]


def test_the_list_names_people_by_reference_with_their_movement(desk: Desk) -> None:
    found = held(desk)
    rows = table_of(part(police_edition(found), "The list"), "People").rows
    first, second = (case.reference for case in found.agenda)
    assert [row[:5] for row in rows] == [
        ("Alder Park", "1", "★ new", first, "6"),
        ("Alder Park", "2", "↑ up from 5", second, "4"),
        ("Alder Park", "3", "= same", "no case", "3"),
    ]


def test_no_person_id_is_in_the_pack(desk: Desk) -> None:
    assert [text for text in texts_of(police_edition(held(desk))) if "P-1" in text or "P-2" in text] == []


def test_the_minutes_hold_the_decisions_and_the_notes_a_paragraph_a_line(desk: Desk) -> None:
    found = held(desk)
    minutes = part(police_edition(found), "Minutes")
    decided = table_of(minutes, "Decisions").rows
    assert [row[0] for row in decided] == [case.reference for case in found.agenda]
    texts = [getattr(block, "text", None) for block in minutes.blocks]
    assert [text for text in texts if text and not text.startswith("No ")] == ["Zebedee said.", "Then more."]


def test_the_tracking_form_has_the_forms_columns_and_a_row_an_action(desk: Desk) -> None:
    form = police_edition(held(desk)).tracking
    assert (form.headings, len(form.rows)) == (HEADINGS, 4)


def test_no_name_stands_on_the_tracking_form(desk: Desk) -> None:
    assert {row[2] for row in police_edition(held(desk)).tracking.rows} == {""}
