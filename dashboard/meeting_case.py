"""What is decided about one case? One case a screen: why here, the year, the risk, the plan, the keys."""

from __future__ import annotations

import streamlit as st

from dashboard import meeting_deeds
from dashboard.charts.palette import palette
from dashboard.components.field_form import Sent
from dashboard.components.first_seen import finish as finish_update
from dashboard.components.meeting_form import SAVE
from dashboard.components.notes import source_line
from dashboard.components.opens_incidents import opens, opens_each
from dashboard.components.outcome import Outcome, keep_outcome
from dashboard.components.table import table
from dashboard.components.update_form import update_form
from dashboard.data import assumptions
from dashboard.data.meeting import person_of
from dashboard.data.plan_outcome import NOTHING_YET, SoFar, outcome_so_far
from dashboard.deeds import report, timezone_of
from dashboard.meeting_reading import KEY, Sitting, form, read_again
from dashboard.text import escape_markdown, listing, plain_line
from dashboard.view_models.action_update import update_view
from dashboard.view_models.meeting_case import CaseWords, case_words
from dashboard.view_models.meeting_forms import (
    AGREE_ACTION,
    DECISIONS,
    action_form,
    can_be_decided,
    decision_form,
    item_forms,
    unsaved,
)
from dashboard.view_models.person import PersonSetting
from dashboard.view_models.person_case import action_label
from partnership.meeting_record import CaseRecord
from partnership.vocabulary import AgendaState, DecisionKind, PlanState

ASKED = f"{KEY}_asked"
_FORMS = {
    **{what.value: said.removesuffix(", because …") for what, said in DECISIONS.items()},
    AGREE_ACTION: "Add an action",
}


def case_screen(here: Sitting, case: CaseRecord) -> None:
    """One case."""
    words = _words(here, case)
    st.subheader(escape_markdown(words.heading), anchor=False)
    if here.may_decide:
        _decide(here, case)
    if words.decided:
        st.markdown(f"**✓ {escape_markdown(words.decided)}**")
    _facts(words)
    st.markdown(f"**Plan** {words.plan.markdown}")
    if words.plan_texts:
        with st.expander("The plan in words", key=f"{KEY}_plan_fold"):
            for heading, text in words.plan_texts:
                st.markdown(f"**{escape_markdown(heading)}:** {escape_markdown(text)}")
    if words.actions.rows:
        st.markdown("**Actions:** open, reported on since the last meeting, or agreed today")
        table(words.actions, key=f"{KEY}_actions")
    if here.may_write:
        _report_on(here, case)
        _agenda_forms(here, case)


def _words(here: Sitting, case: CaseRecord) -> CaseWords:
    view, visit = here.view, here.visit
    as_of = PersonSetting(
        view.as_of,
        view.weeks,
        view.domestic_only,
        timezone_of(visit),
        here.setting.today,
        visit.facts.last_day,
        assumptions().text("marac_repeat_version"),
        build=visit.facts.id,
    )
    answer = person_of(visit, case.person_id, view)
    return case_words(case, here.record, answer, here.setting, as_of, palette(st.context.theme.type), view=view)


def _facts(words: CaseWords) -> None:
    why, year = st.columns(2, gap="large")
    with why:
        st.markdown("**Why on the agenda**  \n" + "  \n".join(f"• {escape_markdown(one)}" for one in words.why))
        for at, number in enumerate(words.why_opens):
            opens(number, key=f"{KEY}_why_{at}")
        st.markdown(f"**Since last time**  \n{escape_markdown(words.changed)}")
        if words.changed_opens:
            opens(words.changed_opens, key=f"{KEY}_changed")
    with year:
        bars = f"{words.months.markdown}  \nContacts in each twelfth of the year"
        st.markdown(f"**The year**  \n{escape_markdown(words.year)}  \n{bars}")
        if words.year_opens:
            opens(words.year_opens, key=f"{KEY}_year")
        st.markdown(words.badges.markdown)
        st.markdown("  \n".join(escape_markdown(fact) for fact in words.risk))
        opens_each(words.risk_opens, key=f"{KEY}_risk")
    source_line(words.source)


def _decide(here: Sitting, case: CaseRecord) -> None:
    """The keys: a number decides, A adds an action; a form opens in front of the case with its first field next."""
    with st.container(horizontal=True, key=f"{KEY}_decide"):
        for number, (what, label) in enumerate(DECISIONS.items(), 1):
            stands = case.decision is not None and case.decision.what is what
            st.button(
                label,
                key=f"{KEY}_decide_{number}",
                type="primary" if stands else "secondary",
                shortcut=str(number),
                disabled=not can_be_decided(case, what),
                on_click=_continue if what is DecisionKind.CONTINUE_PLAN else _ask,
                args=(here, case) if what is DecisionKind.CONTINUE_PLAN else (case.reference, what.value),
            )
        kept = unsaved(case.reference, here.drafts)
        has_plan = action_form(case, here.around) is not None
        st.button(
            "Add an action",
            key=f"{KEY}_add_action",
            icon=":material/add:",
            shortcut="A",
            disabled=not has_plan,
            on_click=_ask,
            args=(case.reference, AGREE_ACTION),
        )
    if kept:
        forms = listing([_FORMS[deed] for deed in kept])
        st.caption(f"Typed and not saved: {forms}. Press its key, and what you typed is in the form again.")
    asked = st.session_state.get(ASKED)
    if asked is not None and asked[0] == case.reference:
        _in_front(here, *asked)


def _ask(reference: str, deed: str) -> None:
    st.session_state[ASKED] = (reference, deed)


def _forget() -> None:
    st.session_state.pop(ASKED, None)


def _continue(here: Sitting, case: CaseRecord) -> None:
    view = decision_form(case, DecisionKind.CONTINUE_PLAN, here.around)
    sent = Sent(view.deed, view.version, {}, {})
    keep_outcome(meeting_deeds.decide(here.visit, here.record.meeting_id, case, sent, here.around), key=KEY)


def _move(here: Sitting, case: CaseRecord, by: int) -> None:
    keep_outcome(meeting_deeds.move(here.visit, here.record, case, by=by), key=KEY)


def _leave() -> None:
    if st.button("Leave it as a draft", key=f"{KEY}_leave", shortcut="Esc"):
        _forget()
        st.rerun()


@st.dialog("At the table", width="medium", dismissible=False)
def _in_front(first: Sitting, reference: str, deed: str) -> None:
    here = read_again(first)
    case = here.case(reference)
    assert case is not None, "a case is never taken out of a record"
    so_far = _so_far(here, case, deed)
    view = (
        action_form(case, here.around)
        if deed == AGREE_ACTION
        else decision_form(case, DecisionKind(deed), here.around, so_far=so_far.said)
    )
    if view is None:
        st.markdown("An action needs a plan. Open one first.")
        _leave()
        return

    def save(sent: Sent) -> Outcome:
        number = here.record.meeting_id
        if deed == AGREE_ACTION:
            return meeting_deeds.agree(here.visit, number, case, sent)
        return meeting_deeds.decide(here.visit, number, case, sent, here.around)

    st.markdown(f"**{escape_markdown(view.title)}**  \nTab goes on, {SAVE} saves, Esc leaves it as a draft.")
    if so_far.source:
        opens_each(so_far.openings, key=f"{KEY}_so_far")
        source_line(so_far.source)
    form(here, view, save, reference=reference, shortcut=SAVE)
    _leave()


def _so_far(here: Sitting, case: CaseRecord, deed: str) -> SoFar:
    """What came of the plan, where it is to be closed."""
    if case.plan is None or deed != DecisionKind.CLOSE_PLAN.value:
        return NOTHING_YET
    return outcome_so_far(here.visit, case.plan)


def _report_on(here: Sitting, case: CaseRecord) -> None:
    plan = case.plan
    if plan is None or plan.state is not PlanState.OPEN or not plan.actions:
        return
    with st.expander("Report on an action: done, not done, carried", key=f"{KEY}_report_fold"):
        names = {agency.code: agency.name for agency in here.setting.agencies}
        by_number = {action.action_id: action for action in plan.actions}
        chosen = st.selectbox(
            "Which action",
            list(by_number),
            format_func=lambda number: plain_line(action_label(by_number[number], names)),
            key=f"{KEY}_{plan.plan_id}_which",
        )
        assert chosen is not None, "a choice with a default is never empty"
        view = update_view(by_number[chosen], here.visit.viewer, here.setting.today, plan_state=plan.state)
        key = f"{KEY}_update"
        update = update_form(view, key=key)
        if update is not None:
            finish_update(report(here.visit, update), version=view.version, key=key)


def _agenda_forms(here: Sitting, case: CaseRecord) -> None:
    if case.state is not AgendaState.LISTED:
        return
    with st.expander("Carry to next week, drop, or move", key=f"{KEY}_item_fold"):
        with st.container(horizontal=True):
            for label, by in (("Move up", -1), ("Move down", 1)):
                at = [one.item_id for one in here.record.agenda].index(case.item_id) + by
                is_end = not 0 <= at < len(here.record.agenda)
                st.button(label, key=f"{KEY}_move_{by}", disabled=is_end, on_click=_move, args=(here, case, by))
        for column, view in zip(st.columns(2, gap="large"), item_forms(case), strict=True):
            with column:
                form(
                    here,
                    view,
                    lambda sent: meeting_deeds.change_agenda(here.visit, case, sent),
                    reference=case.reference,
                )
