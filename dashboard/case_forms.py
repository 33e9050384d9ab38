"""Where is a case decided on? Its forms and the update of its actions, each sent to one verb."""

from __future__ import annotations

import streamlit as st

from dashboard import decisions
from dashboard.case_deeds import change_action, open_case, save
from dashboard.components.field_form import field_form, finish
from dashboard.components.first_seen import finish as finish_update
from dashboard.components.first_seen import start_afresh
from dashboard.components.notes import source_line
from dashboard.components.opens_incidents import opens_each
from dashboard.components.outcome import keep_outcome, show_outcome
from dashboard.components.update_form import update_form
from dashboard.data import assumptions
from dashboard.data.person import Opened
from dashboard.data.plan_outcome import NOTHING_YET, outcome_so_far
from dashboard.deeds import report, timezone_of
from dashboard.text import escape_markdown, plain_line
from dashboard.today import today
from dashboard.view_models.action_update import may_do, update_view
from dashboard.view_models.case_standing import change_form, standing_forms
from dashboard.view_models.history import history_lines
from dashboard.view_models.person_case import action_label
from dashboard.view_models.person_forms import Around, forms_for, open_plan_of
from dashboard.visit import Visit
from partnership.authority import Deed
from partnership.views import CaseView


def start_case(visit: Visit, opened: Opened, neighbourhood: str | None, *, key: str) -> None:
    """The button that opens a case, for those who may, in the neighbourhood of the last contact."""
    show_outcome(key=key)
    st.markdown("There is no case open to you for this person.")
    if neighbourhood is None or not may_do(visit.viewer, Deed.OPEN_CASE, today(visit.facts)):
        return
    if st.button("Open a case", type="primary", key=f"{key}_open"):
        keep_outcome(open_case(visit, opened.person_id, neighbourhood), key=key)
        st.rerun()


def case_forms(visit: Visit, case: CaseView, *, key: str) -> None:
    """Everything that can be decided about the case today, and everything that was."""
    show_outcome(key=key)
    around = Around(
        visit.viewer,
        today(visit.facts),
        decisions.agencies(),
        decisions.owners(visit),
        review_weeks=assumptions().whole("plan_review_weeks"),
        share_weeks=assumptions().whole("share_weeks"),
    )
    _update_action(visit, case, around, key=f"{key}_update")
    plan = open_plan_of(case)
    closes = may_do(visit.viewer, Deed.CLOSE_PLAN, around.today)
    so_far = outcome_so_far(visit, plan) if plan is not None and closes else NOTHING_YET
    if so_far.source:
        st.markdown(escape_markdown(so_far.said))
        opens_each(so_far.openings, key=f"{key}_so_far")
        source_line(so_far.source)
    forms = forms_for(case, around, so_far=so_far.said) + standing_forms(case, around, visit.facts.neighbourhoods)
    for form in forms:
        sent = field_form(form, key=key)
        if sent is not None:
            finish(save(visit, sent, case, around), form, key=key, beside=forms)
    with st.expander("History of the case", key=f"{key}_history_fold"):
        lines = decisions.history(visit, case.reference)
        for line in history_lines(lines, timezone=timezone_of(visit), names=decisions.names_of_codes(visit)):
            st.markdown(line.markdown)


def _update_action(visit: Visit, case: CaseView, around: Around, *, key: str) -> None:
    plan = open_plan_of(case)
    if plan is None or not plan.actions:
        return
    with st.expander("Report on an action", key=f"{key}_fold"):
        names = {agency.code: agency.name for agency in around.agencies}
        by_number = {action.action_id: action for action in plan.actions}
        chosen = st.selectbox(
            "Which action",
            list(by_number),
            format_func=lambda number: plain_line(action_label(by_number[number], names)),
            key=f"{key}_{plan.plan_id}_which",
        )
        assert chosen is not None, "a choice with a default is never empty"
        action = by_number[chosen]
        form = update_view(action, visit.viewer, around.today, plan_state=plan.state)
        update = update_form(form, key=key)
        change = f"{key}_change"
        if update is not None:
            outcome = report(visit, update)
            if outcome.is_saved:
                start_afresh(key=f"{change}_change_action")
            finish_update(outcome, version=form.version, key=key)
    better = change_form(action, around)
    if better is None:
        return
    show_outcome(key=change)
    sent = field_form(better, key=change)
    if sent is not None:
        saved = change_action(visit, sent, action.action_id)
        if saved.is_saved:
            start_afresh(key=key)
        finish(saved, better, key=change)
