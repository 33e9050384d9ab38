"""What has our agency promised, and how far is it? The list, and the form for one action."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import streamlit as st

from dashboard import deeds
from dashboard.components.first_seen import finish
from dashboard.components.notes import empty_state
from dashboard.components.outcome import show_outcome
from dashboard.components.table import table
from dashboard.components.update_form import update_form
from dashboard.text import escape_markdown, plural
from dashboard.view_models.action_plans import ActionRow
from dashboard.view_models.action_update import update_view
from dashboard.view_models.shared_with_us import action_label, actions_table, asked_about, still_open
from dashboard.visit import Visit

FORM = "our_action"


def own_actions_part(visit: Visit, rows: Sequence[ActionRow], day: date) -> None:
    """The agency's actions. An action stays in the form when it is finished, so that what was saved can be read."""
    st.subheader("Our actions", anchor=False)
    if not rows:
        empty_state(why="No action is with your agency.", what_to_do="Actions are agreed at the weekly meeting.")
        return
    wide, narrow = st.columns([3, 2], gap="medium")
    with wide:
        waiting = still_open(rows)
        if waiting:
            table(actions_table(waiting), key="our_actions")
        else:
            empty_state(why="None of your actions is open.", what_to_do="New ones are agreed at the weekly meeting.")
        if finished := [row for row in rows if row not in waiting]:
            with st.expander(f"Finished: {plural(len(finished), 'action')}", key="our_finished"):
                table(actions_table(finished), key="our_finished")
    by_number = {row.line.action_id: row for row in rows}
    with narrow, st.container(border=True, key="our_update"):
        number = st.selectbox(
            "Update an action",
            list(by_number),
            index=None,
            format_func=lambda one: action_label(by_number[one]),
            placeholder="Choose one",
            key="our_action_chosen",
        )
        show_outcome(key=FORM)
        if number is not None:
            _form(visit, by_number[number], day)


def _form(visit: Visit, row: ActionRow, day: date) -> None:
    st.markdown(f"**{escape_markdown(row.line.what)}**  \n{escape_markdown(asked_about(row))}")
    view = update_view(row.line, visit.viewer, day, plan_state=row.line.plan_state)
    update = update_form(view, key=FORM)
    if view.steps:
        st.caption("If it will not be done, say so in the note: the police record why, and agree what happens next.")
    if update is not None:
        finish(deeds.report(visit, update), version=view.version, key=FORM)
