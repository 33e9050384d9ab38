"""How does a person's case stand? The plan, its actions, what meetings decided, and who it is shared with."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from dashboard.components.cells import Marked, plain
from dashboard.components.table import Table, TableColumn
from dashboard.text import count, day
from dashboard.view_models.person_forms import LEVEL_WORDS
from dashboard.view_models.person_setting import PersonSetting
from dashboard.view_models.plan_words import DECIDED, action_cell, plan_cell
from partnership.agencies import AgencyLine
from partnership.status import action_status
from partnership.views import ActionView, CaseView, PlanView
from partnership.vocabulary import PlanState


@dataclass(frozen=True)
class PlanWords:
    """One plan, finished; `texts` are a heading and what was written under it."""

    title: str
    status: Marked
    texts: tuple[tuple[str, str], ...]
    actions: Table


@dataclass(frozen=True)
class CaseWords:
    """The case, finished. `note` is empty where nobody wrote a safe-contact note; `now` is how its open plan stands."""

    note: str
    now: Marked
    is_restricted: bool
    plans: tuple[PlanWords, ...]
    decisions: Table
    shares: Table


def case_words(
    case: CaseView, agencies: tuple[AgencyLine, ...], setting: PersonSetting, *, stalled_days: int, due_soon_days: int
) -> CaseWords:
    """Put the case into words."""
    names = {agency.code: agency.name for agency in agencies}
    return CaseWords(
        note=case.safe_contact_note or "",
        now=_now(case.plans, setting.today, stalled_days=stalled_days),
        is_restricted=case.is_restricted,
        plans=tuple(
            _plan(plan, names, setting, stalled_days=stalled_days, due_soon_days=due_soon_days) for plan in case.plans
        ),
        decisions=Table(
            columns=(TableColumn("Meeting"), TableColumn("Decided"), TableColumn("Because")),
            rows=tuple((day(one.held_on), DECIDED[one.what], one.reason) for one in case.decisions),
            said="What meetings decided, the newest first",
        ),
        shares=Table(
            columns=(TableColumn("Agency"), TableColumn("Sees"), TableColumn("Until")),
            rows=tuple(
                (names.get(share.agency, share.agency), LEVEL_WORDS[share.level], day(share.until))
                for share in case.shares
            ),
            said="Who the case is shared with today",
        ),
    )


def action_label(action: ActionView, names: dict[str, str]) -> str:
    """An action in a choice: what, and whose."""
    return f"{action.what} ({names.get(action.owner_agency, action.owner_agency)}, {action.owner_name})"


def _now(plans: Sequence[PlanView], today: date, *, stalled_days: int) -> Marked:
    """The open plan's status, and when it is looked at again; "no plan" where none is open."""
    plan = next((one for one in plans if one.state is PlanState.OPEN), None)
    said = plan_cell(plan, today, stalled_days=stalled_days)
    return said if plan is None else said + plain(f"· looked at again on {day(plan.review_on)}")


def _plan(
    plan: PlanView, names: dict[str, str], setting: PersonSetting, *, stalled_days: int, due_soon_days: int
) -> PlanWords:
    written = {
        "What is to become better": plan.objective,
        "What is happening": plan.problem,
        "Why it keeps happening": plan.analysis,
        "What is being done": plan.response,
        "What came of it": plan.assessment,
        "Why it was closed": plan.closing_reason,
        "Owner": plan.owner_name,
        "Looked at again": day(plan.review_on),
        "Signed off": day(plan.signed_off_on) if plan.signed_off_on else "not yet",
    }
    return PlanWords(
        title=f"Plan of {day(setting.local(plan.opened_at).date())}",
        status=plan_cell(plan, setting.today, stalled_days=stalled_days),
        texts=tuple((heading, text) for heading, text in written.items() if text),
        actions=Table(
            columns=(
                TableColumn("Action"),
                TableColumn("Agency"),
                TableColumn("Who"),
                TableColumn("Due"),
                TableColumn("Status"),
                TableColumn("Times carried", True),
            ),
            rows=tuple(
                (
                    action.what or "not shown",
                    names.get(action.owner_agency, action.owner_agency),
                    action.owner_name or "not shown",
                    day(action.due_on),
                    action_cell(
                        action_status(action, setting.today, due_soon_days=due_soon_days), action.not_done_because
                    ),
                    count(action.times_carried),
                )
                for action in plan.actions
            ),
            said="The actions of the plan, the earliest due first",
        ),
    )
