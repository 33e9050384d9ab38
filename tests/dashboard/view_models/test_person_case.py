"""Does a person's page say first how the plan stands, and on which of the force's own days it was opened?"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

from dashboard.components.cells import markdown_of
from dashboard.view_models.person_case import CaseWords, case_words
from dashboard.view_models.person_setting import PersonSetting
from partnership.agencies import AgencyLine
from partnership.views import ActionView, CaseView, PlanView
from partnership.vocabulary import ActionState, PlanState

TODAY = date(2013, 7, 8)
JUST_AFTER_MIDNIGHT = datetime(2013, 6, 30, 23, 30, tzinfo=UTC)
SETTING = PersonSetting(
    as_of=TODAY,
    weeks=52,
    domestic_only=True,
    timezone="Europe/London",
    today=TODAY,
    data_as_at=date(2013, 7, 7),
    marac_version="present",
)
ACTION = ActionView(
    action_id=1,
    what="Fit a lock.",
    owner_agency="HOUSING",
    owner_name="J. Doe",
    due_on=date(2013, 7, 29),
    status=ActionState.AGREED,
    note=None,
    not_done_because=None,
    times_carried=0,
    agreed_at=JUST_AFTER_MIDNIGHT,
    reported_at=None,
    version=1,
)
PLAN = PlanView(
    plan_id=1,
    reference="C-1",
    person_id="P-1",
    neighbourhood="N1",
    objective="To be safe at home.",
    problem="Calls at night.",
    analysis="The lock is broken.",
    response=None,
    assessment=None,
    owner_name="Insp. Marsh",
    owner_member_id=1,
    review_on=date(2013, 7, 22),
    ppu_informed_at=None,
    signed_off_on=None,
    state=PlanState.OPEN,
    closing_reason=None,
    opened_at=JUST_AFTER_MIDNIGHT,
    closed_at=None,
    version=1,
    actions=(ACTION,),
    changed_at=(JUST_AFTER_MIDNIGHT,),
)


def words(*plans: PlanView) -> CaseWords:
    case = CaseView(1, "C-1", "P-1", "N1", None, False, JUST_AFTER_MIDNIGHT, 1, plans, (), ())
    housing = AgencyLine("HOUSING", "City Housing", version=1)
    return case_words(case, (housing,), SETTING, stalled_days=28, due_soon_days=7)


def test_the_open_plan_s_standing_and_its_next_review_come_first() -> None:
    closed = replace(PLAN, plan_id=2, state=PlanState.CLOSED, closed_at=JUST_AFTER_MIDNIGHT)
    said = markdown_of(words(closed, PLAN).now).replace("\\", "").replace("\u00a0", " ")
    assert said == ":green[✓ plan on track] · looked at again on Mon 22 Jul 2013"


def test_without_an_open_plan_it_says_so() -> None:
    closed = replace(PLAN, state=PlanState.CLOSED, closed_at=JUST_AFTER_MIDNIGHT)
    assert markdown_of(words(closed).now) == markdown_of(words().now) == "no plan"


def test_a_plan_opened_after_midnight_in_summer_is_of_that_day() -> None:
    assert words(PLAN).plans[0].title == "Plan of Mon 1 Jul 2013"
