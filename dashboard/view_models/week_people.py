"""Who moved on a list, and what needs a decision? Each line with its reason in words, leading to the person."""

from __future__ import annotations

from typing import Any

from analysis.questions.figures import OfPerson
from analysis.questions.this_week import ThisWeek
from dashboard.components.cells import Movement, Status, movement_word, status_word
from dashboard.components.leads import Lead, Leads
from dashboard.open_incidents import Opening
from dashboard.text import day, days_from, due, ordinal, plural
from dashboard.view_models.openings import how_sure, newest_week, opening, window_days
from dashboard.view_models.week_decided import Decided
from dashboard.visit import Visit
from partnership.views import BoardLine, PlanView

NO_DASH = "no DASH on a recorded crime"


def changes(week: ThisWeek, visit: Visit) -> Leads:
    """Who is new, back, up by ringing this week, or gone: in that order, the busiest first."""
    rows = list(week.people.rows.iter_rows(named=True))
    shown = [row for row in rows if _is_news(row)]
    order = {"new": 0, "returned": 1, "up": 2, "left": 3}
    shown.sort(key=lambda row: (order[row["movement"]], -(row["contacts"] or 0), row["key_id"]))
    is_compared = any(row["movement"] != "no_earlier_list" for row in rows)
    return Leads(
        heading=f"On and off the lists ({len(shown)})",
        lines=tuple(_change(row, visit) for row in shown),
        empty=(
            "Nobody is new, back, up or gone: the lists are those of the week before."
            if is_compared
            else "There is no earlier list to compare with. Choose a shorter window or a later week."
        ),
    )


def decisions_needed(week: ThisWeek, decided: Decided, visit: Visit) -> tuple[Leads, ...]:
    """Overdue actions, plans due for review, and the listed without a plan."""
    without = without_plan(week, decided)
    return (
        Leads(
            f"Overdue actions ({len(decided.overdue)})",
            tuple(_overdue(line, decided) for line in decided.overdue),
            "No action is overdue.",
        ),
        Leads(
            f"Plans due for review ({len(decided.for_review)})",
            tuple(_review(plan, decided, visit) for plan in decided.for_review),
            "No plan is due for review.",
        ),
        Leads(
            f"In a top ten without a plan ({len(without)})",
            tuple(_no_plan(row, decided, visit) for row in without),
            "Everybody in a top ten has a plan." if is_anybody_listed(week) else "Nobody is in a top ten here.",
        ),
    )


def is_anybody_listed(week: ThisWeek) -> bool:
    """Whether there is a list with somebody on it."""
    return any(row["position"] is not None for row in week.people.rows.iter_rows(named=True))


def without_plan(week: ThisWeek, decided: Decided) -> list[dict[str, Any]]:
    """The listed without an open plan, each person once at their best place: without a DASH first, then by place."""
    rows = [
        row
        for row in week.people.rows.iter_rows(named=True)
        if row["position"] is not None and not decided.has_open_plan(row["key_id"])
    ]
    rows.sort(key=lambda row: (row["assessments_missing"] == 0, row["position"], -row["contacts"], row["key_id"]))
    best: dict[str, dict[str, Any]] = {}
    for row in rows:
        best.setdefault(row["key_id"], row)
    return list(best.values())


def _is_news(row: dict[str, Any]) -> bool:
    """A rise counts where the person rang this week, not where others fell."""
    return row["movement"] in {"new", "returned", "left"} or (row["movement"] == "up" and row["contacts_this_week"] > 0)


def _change(row: dict[str, Any], visit: Visit) -> Lead:
    mark = movement_word(Movement(row["movement"]), earlier_rank=row["earlier_rank"])
    why = _why_gone(row) if row["movement"] == "left" else _why(row, visit)
    return Lead(row["key_id"], mark, why, row["key_id"], opens=_openings(row, visit))


def _openings(row: dict[str, Any], visit: Visit) -> tuple[Opening, ...]:
    """What the person rang about here in the window, and in the newest week."""
    return tuple(one for one in (_opening(row, visit), _this_week(row, visit)) if one)


def _this_week(row: dict[str, Any], visit: Visit) -> Opening | None:
    if not row["contacts_this_week"]:
        return None
    behind = OfPerson(row["key_id"], newest_week(visit.filters), (row["area_code"],))
    about = f"{row['key_id']} in {row['area_name']}, week ending {day(visit.filters.week_ending)}"
    return opening(behind, about, name="this week", contacts=row["contacts_this_week"])


def _opening(row: dict[str, Any], visit: Visit) -> Opening | None:
    """What the person rang about here; None where they rang too little to be counted."""
    if row["contacts"] is None:
        return None
    behind = OfPerson(row["key_id"], window_days(visit.filters), (row["area_code"],))
    about = f"{row['key_id']} in {row['area_name']}"
    return opening(behind, about, contacts=row["contacts"], officer_hours=row["officer_hours"])


def _why(row: dict[str, Any], visit: Visit) -> str:
    """The place, how sure the hours are and what is missing; the numbers stand on the buttons that open them."""
    names = ("officer_hours", "imputed_hours", "officer_hours_low", "officer_hours_high")
    sure = how_sure(*(row[name] for name in names), of=" of the hours")
    news = "; ".join(filter(None, (NO_DASH if row["assessments_missing"] else "", sure)))
    where = f"{_place(row)} in {plural(visit.filters.weeks, 'week')}"
    return f"{where}: {news}" if news else where


def _why_gone(row: dict[str, Any]) -> str:
    if row["position_now"] is None:
        return f"{row['area_name']}: too few contacts in the window now. Silence is not success"
    return f"{row['area_name']}: now {ordinal(row['position_now'])}"


def _place(row: dict[str, Any]) -> str:
    tied = "joint " if row["is_tied"] else ""
    return f"{row['area_name']}, {tied}{ordinal(row['rank'] or row['position'])}"


def _no_plan(row: dict[str, Any], decided: Decided, visit: Visit) -> Lead:
    said = "plan closed" if row["key_id"] in decided.plan_of else "no plan"
    mark = status_word(Status.DUE_SOON, said)
    return Lead(row["key_id"], mark, _why(row, visit), row["key_id"], opens=_openings(row, visit))


def _overdue(line: BoardLine, decided: Decided) -> Lead:
    mark = status_word(Status.OVERDUE, due(line.due_on, decided.today))
    agency = decided.agencies.get(line.owner_agency, line.owner_agency)
    why = f"{agency}, {line.owner_name}: {line.what}"
    return Lead(line.person_id or "case", mark, why, reference=line.reference)


def _review(plan: PlanView, decided: Decided, visit: Visit) -> Lead:
    areas = {area.code: area.name for area in visit.facts.neighbourhoods}
    mark = status_word(Status.DUE_SOON, f"review was due {days_from(plan.review_on, decided.today)}")
    why = f"{areas.get(plan.neighbourhood, plan.neighbourhood)}: {plan.objective} Owner: {plan.owner_name}"
    return Lead(plan.person_id, mark, why, reference=plan.reference)
