"""What does an agency see of the partnership? Its actions, its shared cases, and totals without small counts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from dashboard.components.table import Table, TableColumn
from dashboard.text import count, day, plural_words, sentence
from dashboard.view_models.action_plans import OPEN_WORDS, ActionRow, action_rows, status_cell
from dashboard.view_models.plan_words import action_cell
from dashboard.visit import Visit
from partnership.status import ActionStatus, ActionWord, action_status
from partnership.views import ActionView, BoardLine, SharedCase
from partnership.vocabulary import OPEN_ACTION_STATES, ShareLevel

LEVEL_WORDS = {
    ShareLevel.ACTIONS: "Our own actions",
    ShareLevel.CASE: "The plan's aim and progress, and our own actions",
}
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


@dataclass(frozen=True)
class CaseDetail:
    """One shared case, opened. `others` is None where the share does not reach so far."""

    reference: str
    lines: tuple[str, ...]
    others: Table | None


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
    """An action in one line, to be chosen by; not its status, so that the choice outlives it."""
    return f"{row.line.reference} · {row.line.what} · no. {row.line.action_id}"


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
