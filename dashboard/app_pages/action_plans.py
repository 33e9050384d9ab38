"""Where does each person's plan stand?"""

from __future__ import annotations

from enum import StrEnum

import streamlit as st

from dashboard.board.actions import actions_part
from dashboard.board.agencies import agencies_part
from dashboard.board.plans import plans_part
from dashboard.board.reading import read
from dashboard.components.metrics import metric_row
from dashboard.data import assumptions
from dashboard.frame import page_title
from dashboard.view_models.action_plans import answer, mine
from dashboard.view_models.plan_reviews import metrics
from dashboard.visit import this_visit


class Part(StrEnum):
    """The parts of the page."""

    ACTIONS = "Actions"
    MINE = "My actions"
    PLANS = "Plans and sign-off"
    AGENCIES = "Agencies"


PARTS: tuple[Part, ...] = tuple(Part)

reading = read(this_visit())
soon = assumptions().whole("action_due_soon_days")
page_title("Action plans", answer(reading.actions, due_soon_days=soon))
metric_row(metrics(reading.actions, reading.open_plans, due_soon_days=soon), key="board")
part = st.radio("Show", PARTS, horizontal=True, key="board_part", label_visibility="collapsed")
match part:
    case Part.PLANS:
        plans_part(reading)
    case Part.AGENCIES:
        agencies_part(reading, weeks=assumptions().whole("reliability_weeks"))
    case Part.MINE:
        st.caption("Actions you are named for, and all those of the plans you own.")
        own = mine(reading.actions, reading.plans, this_visit().viewer)
        actions_part(reading, own, nobody="No action is yours: you are named for none, and own no plan with any.")
    case _:
        actions_part(reading, reading.actions, nobody="No action has been agreed in this part of the force.")
