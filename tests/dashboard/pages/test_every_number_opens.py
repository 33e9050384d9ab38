"""Does every number of contacts, incidents or officer hours open a list, and does the list add up to the number?"""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from analysis.questions.figures import OfGap
from dashboard import decisions
from dashboard.asgi import ENTRY
from dashboard.charts.palette import LIGHT
from dashboard.data.meeting import person_of, record_of, view_for
from dashboard.sign_in import CHOSEN
from dashboard.view_models.meeting import Setting
from dashboard.view_models.meeting_case import case_words
from dashboard.view_models.person import PersonSetting
from partnership.vocabulary import Role
from tests.dashboard.built import PAGE_TIMEOUT, arrived, built, opened, viewer, visit_of
from tests.dashboard.every_number import (
    counted_in_words,
    lines_that_lack,
    openings,
    told_and_unopened,
    without_a_list,
    without_a_source,
    wrong,
)
from tests.dashboard.walked_pages import PAGES, busiest_callers, data_page

TOLD = re.compile(r"top ten of ([\w ]+), at position \d+ \((\d+ contacts?)\b")
"""Where a reason of the agenda says how often somebody rang."""
LEAST = {
    "this_week": 80,
    "top_ten": 16,
    "demand": 20,
    "map": 12,
    "person": 12,
    "meeting": 12,
    "plans": 3,
    "found": 2,
    "about": 4,
    "pairs": 2,
    "parting": 2,
    "nobodys": 3,
    "data": 0,
}
"""Openings there are at least, so that a page that lost them is noticed."""


@pytest.mark.parametrize(
    ("role", "page"),
    [*((Role.SECTOR_INSPECTOR, page) for page in PAGES), (Role.ANALYST, "map"), (Role.ANALYST, "data")],
)
def test_the_list_behind_every_number_adds_up_to_it(role: Role, page: str, app_store: Path) -> None:
    visit = visit_of(viewer(role), weeks=26)
    shown = PAGES[page](visit)
    assert len(list(openings(shown))) >= LEAST[page]
    assert wrong(visit, shown) == []


def test_the_whole_force_may_list_what_the_data_lack(app_store: Path) -> None:
    shown = list(openings(data_page(visit_of(viewer(Role.ANALYST)))))
    assert len(shown) > 8 and all(isinstance(one.figure, OfGap) for one in shown)


ALL = (
    "this_week",
    "top_ten",
    "demand",
    "map",
    "data",
    "action_plans",
    "meeting",
    "incidents",
    "who_is_who",
    "methods",
)


@pytest.mark.parametrize("page", ALL)
def test_a_number_on_a_page_opens_its_list_and_says_what_it_is(page: str, app_store: Path) -> None:
    app = opened(viewer(Role.SECTOR_INSPECTOR), page)
    assert not app.exception
    assert (without_a_list(app), without_a_source(app), lines_that_lack(app)) == ([], [], [])
    assert told_and_unopened(app) == []


def test_the_action_plans_count_no_incidents(app_store: Path) -> None:
    app = opened(viewer(Role.SECTOR_INSPECTOR), "action_plans")
    app.radio(key="board_part").set_value("Plans and sign-off").run()
    assert counted_in_words(app) == []
    assert (without_a_list(app), without_a_source(app), lines_that_lack(app)) == ([], [], [])


def test_what_a_reason_of_the_agenda_counts_opens_with_the_same_numbers(app_store: Path) -> None:
    visit = visit_of(viewer(Role.PPU_OFFICER))
    known = (record_of(visit, one.meeting_id) for one in decisions.meetings(visit))
    told = ((one, case) for one in known if one for case in one.agenda if TOLD.search(" ".join(case.reasons)))
    record, case = next(told)
    view = view_for(visit, record.sector, record.held_on)
    last_day = visit.facts.last_day
    as_of = PersonSetting(
        view.as_of, view.weeks, view.domestic_only, built().timezone, record.held_on, last_day, "SafeLives"
    )
    areas = {area.code: area.name for area in visit.facts.neighbourhoods}
    setting = Setting(record.held_on, (), areas, {}, due_soon_days=7, stalled_days=28)
    words = case_words(case, record, person_of(visit, case.person_id, view), setting, as_of, LIGHT, view=view)
    (where, contacts) = TOLD.findall(" ".join(case.reasons))[0]
    assert any(one.label.startswith(f"{where}: {contacts}, ") for one in words.why_opens)
    assert wrong(visit, words.why_opens) == []


def test_a_table_that_counts_and_leads_nowhere_is_noticed() -> None:
    app = AppTest.from_string(
        "import streamlit as st\nst.table({'Contacts': [3]})\nst.metric('Officer hours', '4')"
    ).run()
    assert without_a_list(app) == ["table: Contacts", "metric: Officer hours"]
    assert without_a_source(app) == ["the head of the page"]


def test_a_line_that_does_not_say_the_build_is_noticed() -> None:
    app = AppTest.from_string(
        "import streamlit as st\nst.caption('a week · contacts · data as at Sunday · nothing · how this is worked out')"
    ).run()
    assert len(lines_that_lack(app)) == 1


def test_a_number_in_a_sentence_is_noticed() -> None:
    app = AppTest.from_string(
        "import streamlit as st\nst.write('6 contacts since Monday')\nst.write('no contact')"
    ).run()
    assert counted_in_words(app) == ["6 contacts since Monday"]


def test_a_sentence_that_tells_more_than_the_page_opens_is_noticed() -> None:
    app = AppTest.from_string(
        "import streamlit as st\n"
        "st.button('9 contacts, 2.0 h', key='a_opens')\n"
        "st.warning('9 contacts in 52 weeks')\n"
        "st.warning('1 contact with this person as victim')\n"
        "st.write('2 % of the contacts of these weeks (4 of 200) are not told')"
    ).run()
    assert [said[:2] for said in told_and_unopened(app)] == ["1 ", "2 "]


def test_what_a_persons_record_tells_opens(app_store: Path) -> None:
    inspector = viewer(Role.SECTOR_INSPECTOR)
    visit = visit_of(inspector)
    app = AppTest.from_file(str(ENTRY), default_timeout=PAGE_TIMEOUT)
    app.session_state[CHOSEN] = inspector.email
    app.session_state["person_opened"] = busiest_callers(visit, visit.options.neighbourhoods[:1])[0]
    arrived(app, "person").run()
    app.text_input(key="person_why").set_value("a walk through every page")
    next(button for button in app.button if button.label == "Open the record").click().run()
    assert not app.exception and app.table
    assert (without_a_list(app), lines_that_lack(app), told_and_unopened(app)) == ([], [], [])


def test_a_click_on_a_number_opens_its_incidents_and_leads_back(app_store: Path) -> None:
    app = opened(viewer(Role.SECTOR_INSPECTOR), "this_week")
    button = app.button(key="week_0_opens")
    said = re.sub(r"\\|:blue\[|\]", "", button.label)
    button.click().run()
    assert app.title[0].value == "Incidents" and said in all_words(app)
    total = app.table[0].value.iloc[-1]
    assert f"{total['Contacts']} contacts" == said
    app.button(key="incidents_back").click().run()
    assert app.title[0].value == "This week"


def test_the_incidents_behind_a_meetings_number_lead_back_to_its_case(app_store: Path) -> None:
    inspector = viewer(Role.SECTOR_INSPECTOR)
    visit = visit_of(inspector)
    known = (record_of(visit, one.meeting_id) for one in decisions.meetings(visit))
    record = next(one for one in known if one is not None and len(one.every_case) > 1)
    app = opened(inspector, "meeting")
    place = {"meeting": str(record.meeting_id), "case": record.every_case[1].reference}
    for name, value in place.items():
        app.query_params[name] = value
    app.run()
    assert told_and_unopened(app) == []
    app.button(key="meeting_year_opens").click().run()
    assert app.title[0].value == "Incidents" and dict(app.session_state["incidents_opened"].place) == place
    # That the case itself is shown again is tried in the browser: here an address does not outlive a switch.
    app.button(key="incidents_back").click().run()
    assert not app.exception and app.title[0].value == "Meeting"


def test_a_persons_incidents_are_opened_for_a_purpose_only(app_store: Path) -> None:
    app = opened(viewer(Role.SECTOR_INSPECTOR), "top_ten")
    for number in ("contacts", "harm"):
        app.button(key=f"top_ten_0_{number}_opens").click().run()
        assert not app.exception and not app.table and "opened for a purpose" in all_words(app)
        assert "P-" not in str(app.query_params)
        app.button(key="incidents_back").click().run()
    assert app.title[0].value == "Top ten"


def all_words(app: AppTest) -> str:
    return "\n".join(str(one.value) for one in app.markdown).replace("\\", "")
