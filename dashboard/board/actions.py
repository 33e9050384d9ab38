"""What has been promised, by whom, and is it late? The list with its choices, and above it the form for one action."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from dashboard import decisions, deeds
from dashboard.board.reading import Reading
from dashboard.components.first_seen import finish
from dashboard.components.notes import empty_state
from dashboard.components.outcome import show_outcome
from dashboard.components.table import people_table, table
from dashboard.components.update_form import update_form
from dashboard.data import assumptions, audience_of
from dashboard.data.action_plans import risks
from dashboard.filters import ALL
from dashboard.open_person import open_case
from dashboard.text import escape_markdown
from dashboard.view_models.action_plans import (
    GROUPING_WORDS,
    OPEN_WORDS,
    WORDS,
    ActionRow,
    Choice,
    Grouping,
    chosen,
    facts,
    grouped,
    how_many,
    label,
    overdue_by_risk_and_age,
)
from dashboard.view_models.action_update import update_view
from dashboard.view_models.history import history_lines
from dashboard.view_models.plan_reviews import agreed_on, newest_risks
from partnership.status import ActionWord

FORM = "board_action"
GROUPS: tuple[Grouping, ...] = tuple(Grouping)


def actions_part(reading: Reading, rows: Sequence[ActionRow], *, nobody: str) -> None:
    """The list and the form. `nobody`: why there may be no action at all."""
    if not rows:
        empty_state(why=nobody, what_to_do="Actions are agreed on a person's plan: open a person from the top ten.")
        return
    choice = _choices(rows)
    shown = chosen(rows, choice)
    _one_action(reading, rows, shown)
    if not shown:
        empty_state(why="No action is as chosen.", what_to_do="Choose more of the statuses, or every agency.")
    for at, group in enumerate(grouped(shown, choice.grouping) if shown else ()):
        if group.heading:
            st.subheader(escape_markdown(group.heading), anchor=False)
        people_table(group.table, key=f"board_{at}")
    _overdue(reading, rows)


def _choices(rows: Sequence[ActionRow]) -> Choice:
    names = {row.line.owner_agency: row.agency for row in rows}
    words = st.multiselect(
        "Status",
        list(ActionWord),
        default=list(OPEN_WORDS),
        format_func=WORDS.__getitem__,
        key="board_status",
    )
    st.caption(escape_markdown(how_many(rows)))
    by_name = sorted(names, key=names.__getitem__)
    with st.container(horizontal=True, key="board_choices"):
        agency = st.selectbox(
            "Agency", [ALL, *by_name], format_func=lambda code: names.get(code, "Every agency"), key="board_agency"
        )
        overdue_for = st.selectbox(
            "Age",
            assumptions().wholes("overdue_age_limits"),
            format_func=lambda days: f"More than {days} days overdue" if days else "Any",
            key="board_age",
        )
        grouping = st.selectbox("Group by", GROUPS, format_func=GROUPING_WORDS.__getitem__, key="board_group")
    return Choice(
        statuses=frozenset(words),
        agency=None if agency == ALL else agency,
        overdue_for=overdue_for or None,
        grouping=Grouping(grouping),
    )


def _one_action(reading: Reading, rows: Sequence[ActionRow], shown: Sequence[ActionRow]) -> None:
    """The form stays with its action when that leaves the list, so that what was just reported can be undone."""
    by_number = {row.line.action_id: row for row in rows}
    kept = st.session_state.get("board_chosen")
    numbers = [row.line.action_id for row in shown]
    if kept in by_number and kept not in numbers:
        numbers.append(kept)
    with st.container(border=True, key="board_update"):
        number = st.selectbox(
            "Update an action",
            numbers,
            index=None,
            format_func=lambda one: label(by_number[one]),
            placeholder="Type its number, the person or a word of it",
            key="board_chosen",
        )
        show_outcome(key=FORM)
        if number is not None:
            told, form = st.columns(2, gap="large")
            with told:
                _told(reading, by_number[number])
            with form:
                _form(reading, by_number[number])


def _told(reading: Reading, row: ActionRow) -> None:
    line = row.line
    st.subheader(escape_markdown(line.what), anchor=False)
    for said in facts(row, agreed_on(reading.plans, line.action_id, timezone=reading.timezone), reading.today):
        st.markdown(escape_markdown(said))
    if st.button(f"Open {escape_markdown(row.person)}", key=f"board_open_{line.action_id}"):
        open_case(line.reference)
    events = decisions.history(reading.visit, line.reference)
    own = [one for one in events if (one.subject, one.subject_id) == ("action", str(line.action_id))]
    for title, part, name in (("this action", own, "history"), ("the whole case", events, "case")):
        with st.expander(f"History of {escape_markdown(title)}", key=f"board_{name}_{line.action_id}"):
            for event in history_lines(part, timezone=reading.timezone, names=decisions.names_of_codes(reading.visit)):
                st.markdown(event.markdown)


def _form(reading: Reading, row: ActionRow) -> None:
    view = update_view(row.line, reading.visit.viewer, reading.today, plan_state=row.line.plan_state)
    update = update_form(view, key=FORM)
    if update is not None:
        finish(deeds.report(reading.visit, update), version=view.version, key=FORM)


def _overdue(reading: Reading, rows: Sequence[ActionRow]) -> None:
    people = frozenset(
        row.line.person_id for row in rows if row.status.word is ActionWord.OVERDUE and row.line.person_id
    )
    if not people:
        return
    st.subheader("What is overdue, by risk and age", anchor=False)
    visit = reading.visit
    found = newest_risks(risks(visit.facts.id, people, audience_of(visit)))
    limits = assumptions().wholes("overdue_age_limits")
    table(overdue_by_risk_and_age(rows, found, limits=limits), key="board_overdue")
    st.caption(
        "Actions, by the newest DASH (risk assessment) recorded of the person in your area. "
        "No risk recorded is not low risk."
    )
