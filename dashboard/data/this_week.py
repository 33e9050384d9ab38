"""What happened in the newest week of a view, counted once for each audience?"""

from __future__ import annotations

import streamlit as st

from analysis.disclosure import Audience
from analysis.questions.this_week import ThisWeek, Usual, this_week
from analysis.questions.view import View
from dashboard import decisions
from dashboard.data import assumptions, build_of, view_of
from dashboard.today import today
from dashboard.view_models.week_decided import Decided
from dashboard.visit import Visit


@st.cache_resource(max_entries=128, show_spinner="Counting the week")
def week_of(build_id: str, view: View, audience: Audience) -> ThisWeek:
    """The week's totals, lists and movements.

    Raises:
        QuestionError: the build cannot answer; the message names the mend.
    """
    assumed = assumptions()
    return this_week(
        build_of(build_id),
        view,
        audience,
        minimum_contacts=assumed.whole("repeat_minimum_contacts"),
        length=assumed.whole("top_ten_length"),
        usual=Usual(assumed.number("usual_range_low_centile"), assumed.number("usual_range_high_centile")),
    )


def decided_of(visit: Visit, week: ThisWeek) -> Decided:
    """What has been decided in the view's neighbourhoods, and about the people on its lists; read anew."""
    assumed, codes = assumptions(), view_of(visit).in_scope(visit.viewer.audience(visit.facts.geography))
    people = week.people.rows["key_id"].unique().sort().to_list() if week.people.rows.width else []
    return Decided(
        plans=tuple(plan for plan in decisions.plans(visit) if codes is None or plan.neighbourhood in codes),
        actions=tuple(line for line in decisions.plan_board(visit) if codes is None or line.neighbourhood in codes),
        plan_of=decisions.plans_by_person(visit, people),
        today=today(visit.facts),
        stalled_days=assumed.whole("plan_stalled_days"),
        due_soon_days=assumed.whole("action_due_soon_days"),
        reads_restricted=decisions.reads_restricted(visit),
        agencies={agency.code: agency.name for agency in decisions.agencies()},
    )
