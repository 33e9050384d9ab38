"""How is a person's page laid out? Who and why at the left, time at the right, the case and its forms below."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from dashboard.components.figure import figure
from dashboard.components.notes import source_line
from dashboard.components.table import Table, table
from dashboard.text import escape_markdown
from dashboard.view_models.person import PersonView
from dashboard.view_models.person_case import CaseWords, PlanWords
from dashboard.view_models.person_figures import PersonNumbers
from dashboard.view_models.person_tables import Evidence
from dashboard.view_models.plan_words import NO_PLAN


def safe_contact(note: str) -> None:
    """The safe-contact note, before anything else that could be acted on."""
    if note:
        st.warning(f"**Safe contact:** {escape_markdown(note)}", icon=":material/shield:")
    else:
        st.caption("No safe-contact note is written. Find out how to reach the person safely before you do.")


def plan_now(case: CaseWords | None) -> None:
    """How the plan stands, before what happened; the whole case stands below."""
    st.markdown(NO_PLAN if case is None else case.now.markdown)


def overview(
    view: PersonView, numbers: PersonNumbers, *, identities: Table | None, evidence: Evidence, key: str
) -> None:
    """Who at the left, when at the right; on a phone one under the other."""
    st.markdown(view.badges.markdown)
    left, right = st.columns((2, 3), gap="medium")
    with left:
        if identities is not None:
            st.subheader("Who", anchor=False)
            table(identities, key=f"{key}_identities")
        st.subheader("Contacts by neighbourhood", anchor=False)
        table(view.areas, key=f"{key}_areas")
        source_line(view.source)
    with right:
        if view.picture is not None:
            figure(view.picture, key=f"{key}_time")
        for fact in view.facts:
            st.markdown(escape_markdown(fact))
        if numbers.months is not None:
            figure(numbers.months, key=f"{key}_months")
    with st.expander("Why we think this is one person", key=f"{key}_evidence_fold"):
        st.markdown(escape_markdown(evidence.said))
        table(evidence.table, key=f"{key}_evidence")
    _figures(view, numbers, key=key)


def _figures(view: PersonView, numbers: PersonNumbers, *, key: str) -> None:
    """What was counted, and the time of it in three measures."""
    counted, measured = st.columns((3, 2), gap="medium")
    with counted:
        st.subheader("In figures", anchor=False)
        table(numbers.figures, key=f"{key}_figures")
    with measured:
        if numbers.measures.rows:
            st.subheader("The time of these contacts, in three measures", anchor=False)
            table(numbers.measures, key=f"{key}_measures")
    source_line(view.source)


def incidents(contacts: Table, folded: Sequence[tuple[str, str, Table]], view: PersonView, *, key: str) -> None:
    """The incidents every figure adds up to, and under it name, title and table of what is folded away."""
    st.subheader("Contacts", anchor=False)
    if contacts.rows:
        table(contacts, key=f"{key}_contacts")
    else:
        st.markdown("No contact in these weeks in your area. Choose a longer window, or all incidents.")
    source_line(view.source)
    for name, title, shown in folded:
        if shown.rows:
            with st.expander(escape_markdown(title), key=f"{key}_{name}_fold"):
                table(shown, key=f"{key}_{name}")
                source_line(view.source)


def case_record(case: CaseWords, *, key: str) -> None:
    """The plans with their actions, what meetings decided, and who sees the case."""
    if case.is_restricted:
        st.markdown("**Restricted:** open to the sector inspector, public protection and the agencies below only.")
    for at, plan in enumerate(case.plans):
        _plan(plan, key=f"{key}_plan_{at}")
    for name, title, shown in (("decisions", "Decisions", case.decisions), ("shares", "Shared with", case.shares)):
        if shown.rows:
            st.markdown(f"**{escape_markdown(title)}**")
            table(shown, key=f"{key}_{name}")


def _plan(plan: PlanWords, *, key: str) -> None:
    with st.container(border=True, key=key):
        st.markdown(f"**{escape_markdown(plan.title)}** {plan.status.markdown}")
        for heading, text in plan.texts:
            st.markdown(f"{escape_markdown(heading)}: {escape_markdown(text)}")
        if plan.actions.rows:
            table(plan.actions, key=f"{key}_actions")
        else:
            st.markdown("No action is agreed yet.")
