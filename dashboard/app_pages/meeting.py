"""What do the partners decide this week, one case after the other?"""

from __future__ import annotations

import streamlit as st

from dashboard import decisions
from dashboard.components.meeting_agenda import agenda
from dashboard.components.notes import empty_state
from dashboard.components.outcome import show_outcome
from dashboard.frame import page_title
from dashboard.meeting_case import case_screen
from dashboard.meeting_end import end_screen
from dashboard.meeting_list import list_screen
from dashboard.meeting_reading import KEY, Sitting, asked_meeting, keep_meeting, screen_of, show_screen, sitting
from dashboard.meeting_series import series
from dashboard.meeting_start import start_screen
from dashboard.meeting_steps import steps
from dashboard.today import today
from dashboard.view_models.meeting import END, LIST, agenda_lines, answer, first_shown
from dashboard.visit import this_visit


def show(here: Sitting) -> None:
    """One screen of the meeting, with the agenda at the side."""
    shown = screen_of(here.record)
    with bar:
        steps(here, shown)
        show_outcome(key=KEY)
    screen, side = st.columns((3.4, 1), gap="large")
    with side:
        agenda(agenda_lines(here.record, here.setting), shown, key=KEY, on_choice=show_screen)
    with screen:
        case = here.case(shown)
        if case is not None:
            case_screen(here, case)
        elif shown == END:
            end_screen(here)
        elif shown == LIST:
            list_screen(here)
        else:
            start_screen(here)


visit = this_visit()
known = decisions.meetings(visit)
head = st.container()
bar, masks = st.columns((3.4, 1), gap="large")
with masks:
    found = sitting(visit, asked_meeting() or first_shown(known, today(visit.facts)))
with head:
    page_title("Meeting", answer(found.record) if found else "No meeting is open to you here.")
if found is None:
    show_outcome(key=KEY)
    empty_state(why="Nothing to show.", what_to_do="Choose a meeting of your sector below, or arrange the next one.")
else:
    keep_meeting(found.record.meeting_id)
    show(found)
series(visit, known, found.record.meeting_id if found else None)
