"""Does every plan move, and has every one been looked at this week? Cover of the top tens, plans, sign-off."""

from __future__ import annotations

import streamlit as st

from dashboard import decisions, deeds
from dashboard.board.reading import Reading
from dashboard.components.first_seen import finish
from dashboard.components.notes import SourceLine, empty_state, source_line
from dashboard.components.outcome import show_outcome
from dashboard.components.sign_off_form import sign_off_form
from dashboard.components.table import people_table, table
from dashboard.data import audience_of, view_of
from dashboard.data.action_plans import top_tens
from dashboard.filters import described
from dashboard.open_person import open_case
from dashboard.text import as_at, day, escape_markdown
from dashboard.view_models.plan_reviews import (
    PlanRow,
    answer,
    plan_facts,
    plan_label,
    plan_table,
    sign_off_view,
    top_ten_cover,
)
from partnership import plans as plan_verbs

FORM = "board_plan"


def plans_part(reading: Reading) -> None:
    """Cover of the top tens, then the sign-off of one plan over the list of them."""
    _cover(reading)
    st.subheader("Open plans", anchor=False)
    st.markdown(escape_markdown(answer(reading.open_plans)))
    if not reading.open_plans:
        empty_state(
            why="No plan is open in this part of the force.",
            what_to_do="Open one from a person's page, or choose another neighbourhood.",
        )
        return
    _one_plan(reading)
    people_table(plan_table(reading.open_plans, reading.today), key="board_plans")


def _cover(reading: Reading) -> None:
    visit = reading.visit
    listed = top_tens(visit.facts.id, view_of(visit), audience_of(visit))
    people = frozenset(listed.rows["key_id"]) if listed.rows.width else frozenset()
    owners = frozenset(one.member_id for one in decisions.owners(visit) if one.member_id is not None)
    shown, said = top_ten_cover(
        listed,
        decisions.plans_by_person(visit, people),
        owners,
        filters=visit.filters,
        options=visit.options,
        today=reading.today,
    )
    st.subheader("Plans for the top tens", anchor=False)
    st.markdown(escape_markdown(said))
    if shown.rows:
        table(shown, key="board_cover")
    source_line(
        SourceLine(
            period=described(visit.filters, visit.options),
            definition="an owner is a member who may sign in; a next action is an open one",
            data_as_at=as_at(visit.facts.last_day, visit.facts.id),
            left_out="left out: restricted cases you may not see",
        )
    )


def _one_plan(reading: Reading) -> None:
    by_number = {row.plan.plan_id: row for row in reading.open_plans}
    with st.container(border=True, key="board_review"):
        number = st.selectbox(
            "Weekly sign-off: plan",
            list(by_number),
            index=None,
            format_func=lambda one: plan_label(by_number[one]),
            placeholder="Type its number or the person",
            key="board_plan_chosen",
        )
        show_outcome(key=FORM)
        if number is not None:
            _review(reading, by_number[number])


def _review(reading: Reading, row: PlanRow) -> None:
    plan = row.plan
    told, form = st.columns(2, gap="large")
    with told:
        for heading, said in plan_facts(row):
            st.markdown(f"**{escape_markdown(heading)}**  \n{escape_markdown(said)}")
        if st.button(f"Open {escape_markdown(plan.person_id)}", key=f"board_open_plan_{plan.plan_id}"):
            open_case(plan.reference)
    with form:
        view = sign_off_view(row, reading.visit.viewer, reading.today)
        sent = sign_off_form(view, key=FORM)
    if sent is not None:
        saved = deeds.do(
            reading.visit,
            plan_verbs.sign_off_plan,
            saying=f"plan {sent.plan_id} is signed off, and looked at again on {day(sent.review_on)}",
            plan_id=sent.plan_id,
            review_on=sent.review_on,
            seen_version=sent.seen_version,
        )
        finish(saved, version=view.version, key=FORM)
