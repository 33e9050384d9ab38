"""What does an agency see of the partnership? Its actions, its shared cases, and totals without small counts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

from analysis.disclosure import Released
from analysis.questions.shared_totals import ALL, UNPLACED, SharedTotals
from dashboard.components.notes import SourceLine
from dashboard.components.table import Table, TableColumn
from dashboard.text import as_at, count, day, hours, plural, plural_words, sentence
from dashboard.view_models.action_plans import OPEN_WORDS, ActionRow, action_rows, status_cell, status_said
from dashboard.view_models.plan_words import action_cell
from dashboard.visit import Visit
from partnership.status import ActionStatus, ActionWord, action_status
from partnership.views import ActionView, BoardLine, SharedCase
from partnership.vocabulary import OPEN_ACTION_STATES, ShareLevel

LEVEL_WORDS = {
    ShareLevel.ACTIONS: "Our own actions",
    ShareLevel.CASE: "The plan's aim and progress, and our own actions",
}
NOT_PLACED, WHOLE_FORCE = "Not placed", "Whole force"
WHAT_YOU_SEE = (
    "You see the cases the police share with your agency, your agency's own actions, and totals in which small numbers "
    "are withheld."
)
WHAT_YOU_DO_NOT_SEE = (
    "You do not see names, addresses or places on a map, what other agencies wrote, or cases that are not shared with "
    "you: people who ask for help are owed that only those who need to know do. A share ends on its last day."
)
HOW_TO_ASK = (
    "If you need to see more, ask the plan's owner or the sector inspector. Give the case's reference, what you need, "
    "and what for."
)


WHY_NO_LIST = "incidents are open to the police only; what is shared with your agency stands above"


class Stretch(StrEnum):
    """Which of the two periods the totals are of."""

    RECENT = "recent"
    LONG = "long"


@dataclass(frozen=True)
class CaseDetail:
    """One shared case, opened. `others` is None where the share does not reach so far."""

    reference: str
    lines: tuple[str, ...]
    others: Table | None


@dataclass(frozen=True)
class TotalsView:
    """The totals of one period, finished. `wards` is None where the build has no wards; `withheld` counts the rows."""

    sentence: str
    sectors: Table
    wards: Table | None
    source: SourceLine
    withheld: int
    threshold: int


def own_actions(
    board: Sequence[BoardLine], visit: Visit, *, agencies: Mapping[str, str], today: date, due_soon_days: int
) -> tuple[ActionRow, ...]:
    """The agency's actions, the longest overdue first; the filter bar narrows nothing here."""
    everything = replace(visit.filters, sector=None, neighbourhood=None)
    return action_rows(
        board,
        filters=everything,
        options=visit.options,
        agencies=agencies,
        today=today,
        due_soon_days=due_soon_days,
    )


def answer(cases: Sequence[SharedCase], rows: Sequence[ActionRow], agency: str) -> str:
    """The page's question in two sentences."""
    still = still_open(rows)
    late = [row for row in still if row.status.word is ActionWord.OVERDUE]
    shared = f"{plural_words(len(cases), 'case')} {'is' if len(cases) == 1 else 'are'} shared with {agency}"
    if not still:
        return sentence(shared, "none of your actions is open")
    are = "is" if len(still) == 1 else "are"
    overdue = f", {plural_words(len(late), 'of them', 'of them')} overdue" if late else ", none overdue"
    return sentence(shared, f"{plural_words(len(still), 'action')} of yours {are} open{overdue}")


def actions_table(rows: Sequence[ActionRow]) -> Table:
    """Case, action, who, status with its day, times carried."""
    headings = ("Case", "Action", "Who", "Status")
    return Table(
        (*(TableColumn(heading) for heading in headings), TableColumn("Times carried", is_number=True)),
        tuple(
            (
                row.line.reference,
                row.line.what,
                row.line.owner_name,
                status_cell(row),
                count(row.line.times_carried),
            )
            for row in rows
        ),
        said="Your agency's actions, the longest overdue first",
    )


def still_open(rows: Sequence[ActionRow]) -> tuple[ActionRow, ...]:
    """The actions that wait for somebody."""
    return tuple(row for row in rows if row.status.word in OPEN_WORDS)


def action_label(row: ActionRow) -> str:
    """An action in one line, to be chosen by."""
    return f"{row.line.reference} · {row.line.what} · {status_said(row)}"


def asked_about(row: ActionRow) -> str:
    """Which case an action is of, whose it is, and whom to ask about it."""
    line = row.line
    last = f"Last note: {line.note}" if line.note else ""
    return sentence(
        f"Case {line.reference}, {line.owner_name}, due {day(line.due_on)}", f"Ask {line.plan_owner} about it", last
    )


def cases_table(cases: Sequence[SharedCase]) -> Table:
    """Reference, what may be seen, until when, and how many of the agency's own actions are open."""
    return Table(
        (
            TableColumn("Case"),
            TableColumn("What we may see"),
            TableColumn("Until"),
            TableColumn("Our open actions", is_number=True),
        ),
        tuple(
            (case.reference, LEVEL_WORDS[case.level], day(case.until), count(_still_open(case.own_actions)))
            for case in cases
        ),
        said="Cases shared with your agency, by reference",
    )


def case_detail(case: SharedCase, *, agencies: Mapping[str, str], today: date, due_soon_days: int) -> CaseDetail:
    """One case as far as its share goes; of other agencies who, when and how far, never their words."""
    if case.level is ShareLevel.ACTIONS:
        said = "This case is shared for your own actions only. What the plan is for is not part of the share."
        return CaseDetail(case.reference, (said,), None)
    if case.objective is None:
        return CaseDetail(case.reference, ("There is no open plan for this case.",), None)
    lines = [f"What the plan is for: {case.objective}", f"The plan's owner is {case.plan_owner}."]
    if case.review_on:
        lines.append(f"It is looked at again on {day(case.review_on)}.")
    others = [(action, action_status(action, today, due_soon_days=due_soon_days)) for action in case.other_actions]
    return CaseDetail(case.reference, tuple(lines), _others(others, agencies=agencies))


def _others(actions: Sequence[tuple[ActionView, ActionStatus]], *, agencies: Mapping[str, str]) -> Table | None:
    if not actions:
        return None
    return Table(
        (TableColumn("Agency"), TableColumn("Due"), TableColumn("Status")),
        tuple(
            (
                agencies.get(action.owner_agency, action.owner_agency),
                day(action.due_on),
                action_cell(status),
            )
            for action, status in actions
        ),
        said="Other agencies' actions on this case, without their words",
    )


def _still_open(actions: Sequence[ActionView]) -> int:
    return sum(action.status in OPEN_ACTION_STATES for action in actions)


def stretches(totals: SharedTotals) -> dict[Stretch, str]:
    """The periods that can be shown, with their labels."""
    labels = {Stretch.RECENT: f"Last {totals.recent_weeks} weeks"}
    return labels if totals.earlier is None else labels | {Stretch.LONG: f"Last {totals.weeks} weeks"}


def totals_view(totals: SharedTotals, stretch: Stretch, visit: Visit) -> TotalsView:
    """The totals of one period. The long one adds both stretches, and withholds what either withholds."""
    is_long = stretch is Stretch.LONG and totals.earlier is not None
    parts = [totals.recent, totals.earlier] if is_long and totals.earlier is not None else [totals.recent]
    weeks = totals.weeks if is_long else totals.recent_weeks
    threshold = totals.recent.audience.threshold
    withheld = "withheld" if is_long else f"fewer than {threshold}, or withheld"
    what = "domestic incidents" if totals.domestic_only else "incidents"
    rows = _added(parts)
    whole = rows.get((ALL, ALL))
    sectors = [
        (NOT_PLACED if sector == UNPLACED else sector, figures)
        for (sector, ward), (_, figures) in rows.items()
        if ward == ALL and sector != ALL
    ]
    wards = [
        (NOT_PLACED if ward == UNPLACED else name, figures)
        for (sector, ward), (name, figures) in rows.items()
        if sector == ALL and ward != ALL
    ]
    shown = sectors + (wards if visit.facts.has_wards else []) + ([whole] if whole else [])
    known = "An unknown number of" if whole is None or whole[1][0] is None else count(whole[1][0])
    return TotalsView(
        sentence=f"{known} {what} in the whole force in the last {plural(weeks, 'week')}.",
        sectors=_totals_table("Sector", sectors, whole, withheld),
        wards=_totals_table("Ward", wards, whole, withheld) if visit.facts.has_wards else None,
        source=SourceLine(
            period=f"{plural(weeks, 'week')} to {day(totals.as_of - timedelta(days=1))}",
            definition=f"{what}, several logs about one counted once; officer hours rounded to the hour",
            data_as_at=as_at(visit.facts.last_day, visit.facts.id),
            left_out="counted anew once a week, for everybody alike",
        ),
        withheld=sum(figures[0] is None for _, figures in shown),
        threshold=threshold,
    )


_Figures = tuple[int | None, float | None]


def _added(parts: Sequence[Released]) -> dict[tuple[str, str], tuple[str, _Figures]]:
    """Name and figures by sector and ward; a sum of which a part is withheld is withheld.

    Where only one stretch has a row, the other has nothing there: the gate gives every sector and ward a row of its
    own, and only their crossings, which are not shown, may be missing.
    """
    found: dict[tuple[str, str], tuple[str, _Figures]] = {}
    for part in parts:
        for row in part.rows.iter_rows(named=True):
            key = (row["sector"], row["ward_code"])
            _, (incidents, worked) = found.get(key, ("", (0, 0.0)))
            found[key] = (
                row["ward_name"],
                (_incidents(incidents, row["incidents"]), _hours(worked, row["officer_hours"])),
            )
    return found


def _incidents(one: int | None, other: int | None) -> int | None:
    return None if one is None or other is None else one + other


def _hours(one: float | None, other: float | None) -> float | None:
    return None if one is None or other is None else one + other


def _totals_table(
    heading: str, rows: Sequence[tuple[str, _Figures]], whole: tuple[str, _Figures] | None, withheld: str
) -> Table:
    """By name, what could not be placed after the areas, and the whole force last."""
    lines = sorted(rows, key=lambda row: (row[0] == NOT_PLACED, row[0]))
    lines += [(WHOLE_FORCE, whole[1])] if whole else []
    return Table(
        (TableColumn(heading), TableColumn("Incidents", is_number=True), TableColumn("Officer hours", is_number=True)),
        tuple(
            (
                name,
                withheld if incidents is None else count(incidents),
                "withheld" if worked is None else hours(worked, places=0),
            )
            for name, (incidents, worked) in lines
        ),
        said=f"Incidents and officer hours by {heading.lower()}, by name",
        no_list=WHY_NO_LIST,
    )
