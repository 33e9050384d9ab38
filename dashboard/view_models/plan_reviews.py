"""Does every plan move, and has the inspector looked at it this week? Plans, sign-off, and the top tens' cover."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from analysis.disclosure import Released
from dashboard.components.cells import Marked, Status, status_word, words
from dashboard.components.metrics import Metric
from dashboard.components.sign_off_form import SignOffForm
from dashboard.components.table import Table, TableColumn
from dashboard.filters import FilterOptions, Filters, area_labels
from dashboard.sign_in import Viewer
from dashboard.text import NBSP, count, day, days_from, listing, plural, plural_words, sentence
from dashboard.view_models.action_plans import ActionRow, in_area
from dashboard.view_models.action_update import may_do
from dashboard.view_models.plan_words import PLAN_LOOKS
from partnership.authority import Deed
from partnership.status import ActionWord, PlanStatus, PlanWord, is_overdue, plan_status
from partnership.views import PlanView
from partnership.vocabulary import OPEN_ACTION_STATES, PlanState

WEEK = timedelta(days=7)
_ORDER = tuple(PlanWord)


@dataclass(frozen=True)
class _Cover:
    """One neighbourhood's top ten: people, and how many have each."""

    area: str
    people: int
    with_plan: int
    with_owner: int
    with_next_action: int
    overdue: int

    @property
    def numbers(self) -> tuple[int, ...]:
        """In the order of the columns."""
        return self.people, self.with_plan, self.with_owner, self.with_next_action, self.overdue


@dataclass(frozen=True)
class PlanRow:
    """One open plan with its status and the name of its neighbourhood."""

    plan: PlanView
    status: PlanStatus
    area: str
    is_signed_off: bool


def plan_rows(
    plans: Sequence[PlanView], *, filters: Filters, options: FilterOptions, today: date, stalled_days: int
) -> tuple[PlanRow, ...]:
    """The open plans of the chosen area, the most pressing first.

    Args:
        today: a plan signed off on one of the seven days up to it is signed off for the week.
        stalled_days: assumption `plan_stalled_days`.
    """
    names = area_labels(options.neighbourhoods)
    rows = [
        PlanRow(
            plan=plan,
            status=plan_status(plan, plan.actions, plan.changed_at, today, stalled_days=stalled_days),
            area=names.get(plan.neighbourhood, plan.neighbourhood),
            is_signed_off=plan.signed_off_on is not None and plan.signed_off_on > today - WEEK,
        )
        for plan in plans
        if plan.state is PlanState.OPEN and in_area(plan.neighbourhood, filters, options)
    ]
    return tuple(
        sorted(rows, key=lambda row: (_ORDER.index(row.status.word), -row.status.days_overdue, row.plan.plan_id))
    )


def answer(rows: Sequence[PlanRow]) -> str:
    """How many plans are open, need attention and are still to be signed off, in a sentence."""
    if not rows:
        return "No plan is open here."
    pressing = sum(bool(row.status.concerns) for row in rows)
    waiting = sum(not row.is_signed_off for row in rows)
    needing = "none needs attention" if not pressing else f"{pressing} need attention"
    signed = "all are signed off this week" if not waiting else f"{waiting} are not signed off this week"
    return sentence(f"{plural_words(len(rows), 'plan')} {'is' if len(rows) == 1 else 'are'} open; {needing}; {signed}")


def plan_table(rows: Sequence[PlanRow], today: date) -> Table:
    """Person, neighbourhood, plan's owner, how it stands, open actions, next review, last sign-off."""
    return Table(
        columns=(
            TableColumn("Person"),
            TableColumn("Neighbourhood"),
            TableColumn("Plan's owner"),
            TableColumn("How it stands"),
            TableColumn("Open actions", is_number=True),
            TableColumn("Next review"),
            TableColumn("Signed off"),
        ),
        rows=tuple(
            (
                words(row.plan.person_id, f"plan{NBSP}{row.plan.plan_id}"),
                row.area,
                row.plan.owner_name,
                standing(row.status),
                count(sum(action.status in OPEN_ACTION_STATES for action in row.plan.actions)),
                day(row.plan.review_on),
                _signed_off(row, today),
            )
            for row in rows
        ),
        said="Open plans, the most pressing first",
    )


def standing(status: PlanStatus) -> Marked:
    """How a plan stands: every concern in words, under the look of the most pressing."""
    return status_word(PLAN_LOOKS[status.word], standing_said(status))


def standing_said(status: PlanStatus) -> str:
    """Every concern in words: "an action 9 days overdue and due for review"."""
    said = {
        PlanWord.OVERDUE: f"an action {plural(status.days_overdue, 'day')} overdue",
        PlanWord.NO_NEXT_ACTION: "no next action",
        PlanWord.DUE_FOR_REVIEW: "due for review",
        PlanWord.STALLED: f"nothing changed for {plural(status.days_since_change or 0, 'day')}",
    }
    return listing([said[word] for word in status.concerns]) or status.word.value.replace("_", " ")


def plan_label(row: PlanRow) -> str:
    """A plan in one line, for choosing it; not how it stands, so that the choice outlives the sign-off."""
    return f"{row.plan.plan_id} · {row.plan.person_id} · {row.area}"


def plan_facts(row: PlanRow) -> tuple[tuple[str, str], ...]:
    """How the plan stands and what it says, part by part; empty parts are left out."""
    plan = row.plan
    parts = (
        ("How it stands", standing_said(row.status)),
        ("Objective", plan.objective),
        ("Problem", plan.problem),
        ("Analysis", plan.analysis),
        ("Response", plan.response or ""),
        ("Public protection unit", "told" if plan.ppu_informed_at else "not told yet"),
    )
    return tuple(part for part in parts if part[1])


def sign_off_view(row: PlanRow, viewer: Viewer, today: date) -> SignOffForm:
    """The sign-off of one plan, as this viewer gets it; the next review is proposed for a week on."""
    allowed = may_do(viewer, Deed.SIGN_OFF_PLAN, today)
    return SignOffForm(
        plan_id=row.plan.plan_id,
        version=row.plan.version,
        next_review=today + WEEK,
        earliest=today + timedelta(days=1),
        closed_because="" if allowed else "The sector inspector signs plans off, every week.",
    )


def top_ten_cover(
    listed: Released,
    plans: Mapping[str, PlanView],
    owners: frozenset[int],
    *,
    filters: Filters,
    options: FilterOptions,
    today: date,
) -> tuple[Table, str]:
    """Of the top ten in each neighbourhood: how many have a plan, an owner, a next action. The most wanting first.

    Args:
        plans: the plan of each listed person who has one open to the reader.
        owners: numbers of the members who may sign in: a plan whose owner has left has none.

    Returns:
        The table, and its answer in a sentence.
    """
    known = area_labels(options.neighbourhoods)
    lines = [
        _cover(known[str(code)], [plans[one] for one in rows["key_id"] if one in plans], len(rows), owners, today)
        for (code,), rows in listed.rows.group_by(["area_code"], maintain_order=True)
        if str(code) in known and in_area(str(code), filters, options)
    ]
    lines.sort(key=lambda line: (line.with_plan - line.people, -line.overdue, line.area))
    headings = ("In the top ten", "With a plan", "With an owner", "With a next action", "Actions overdue")
    shown = Table(
        columns=(TableColumn("Neighbourhood"), *(TableColumn(heading, is_number=True) for heading in headings)),
        rows=tuple((line.area, *map(count, line.numbers)) for line in lines),
        said="Of the top ten in each neighbourhood: how many have a plan, an owner and a next action",
    )
    if not lines:
        return shown, "Nobody is in a top ten here in these weeks."
    everyone, covered = sum(line.people for line in lines), sum(line.with_plan for line in lines)
    return shown, f"{covered} of the {plural(everyone, 'person', 'people')} in a top ten here have a plan."


def metrics(actions: Sequence[ActionRow], plans: Sequence[PlanRow], *, due_soon_days: int) -> tuple[Metric, ...]:
    """The four numbers of the page: overdue, due soon, plans without a next action, signed off this week."""
    overdue = [row for row in actions if row.status.word is ActionWord.OVERDUE]
    soon = [row for row in actions if row.status.word is ActionWord.DUE_SOON]
    idle = sum(PlanWord.NO_NEXT_ACTION in row.status.concerns for row in plans)
    signed = sum(row.is_signed_off for row in plans)
    longest = max((row.status.days_overdue for row in overdue), default=0)
    people = len({row.line.reference for row in overdue})
    return (
        Metric(
            "Actions overdue",
            count(len(overdue)),
            f"the longest by {plural(longest, 'day')}, of {plural(people, 'person', 'people')}"
            if overdue
            else "nothing is late",
        ),
        Metric("Actions due soon", count(len(soon)), f"within {plural(due_soon_days, 'day')}"),
        Metric("Plans without a next action", count(idle), f"of {plural(len(plans), 'open plan')}"),
        Metric("Signed off this week", count(signed), f"of {plural(len(plans), 'open plan')}"),
    )


def agreed_on(plans: Sequence[PlanView], action_id: int, *, timezone: str) -> date | None:
    """The local day an action was agreed; None where its plan was not read."""
    agreed = (action.agreed_at for plan in plans for action in plan.actions if action.action_id == action_id)
    return next((at.astimezone(ZoneInfo(timezone)).date() for at in agreed), None)


def newest_risks(released: Released) -> dict[str, str]:
    """The risk of each person by the newest of the assessments the reader may see."""
    found: dict[str, str] = {}
    for row in released.rows.sort("assessed_at").iter_rows(named=True) if released.rows.width else ():
        found[row["person_id"]] = row["risk"]
    return found


def _cover(area: str, plans: Sequence[PlanView], people: int, owners: frozenset[int], today: date) -> _Cover:
    standing_plans = [plan for plan in plans if plan.state is PlanState.OPEN]
    open_actions = [
        [action for action in plan.actions if action.status in OPEN_ACTION_STATES] for plan in standing_plans
    ]
    return _Cover(
        area=area,
        people=people,
        with_plan=len(standing_plans),
        with_owner=sum(plan.owner_member_id in owners for plan in standing_plans),
        with_next_action=sum(bool(actions) for actions in open_actions),
        overdue=sum(is_overdue(action, today) for actions in open_actions for action in actions),
    )


def _signed_off(row: PlanRow, today: date) -> Marked:
    if row.plan.signed_off_on is None:
        return status_word(Status.DUE_SOON, "never")
    said = f"{day(row.plan.signed_off_on)}, {days_from(row.plan.signed_off_on, today)}"
    return status_word(Status.ON_TRACK if row.is_signed_off else Status.DUE_SOON, said)
