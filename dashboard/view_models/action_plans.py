"""Where does each action stand? The board as finished rows: overdue first, then due soon, on track and the finished."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import groupby

from dashboard.components.cells import Cell, Marked, plain, words
from dashboard.components.table import Table, TableColumn
from dashboard.filters import FilterOptions, Filters, area_labels
from dashboard.sign_in import Viewer
from dashboard.text import NBSP, count, day, days_from, listing, plural, plural_words, sentence
from dashboard.view_models.plan_words import action_cell, action_said
from partnership.status import ActionStatus, ActionWord, action_status
from partnership.views import BoardLine, PlanView
from partnership.vocabulary import ActionState

OPEN_WORDS = (ActionWord.OVERDUE, ActionWord.DUE_SOON, ActionWord.ON_TRACK)
WORDS = {
    ActionWord.OVERDUE: "Overdue",
    ActionWord.DUE_SOON: "Due soon",
    ActionWord.ON_TRACK: "On track",
    ActionWord.DONE: "Done",
    ActionWord.NOT_DONE: "Not done",
    ActionWord.CANCELLED: "Cancelled",
}
_ORDER = (*OPEN_WORDS, ActionWord.NOT_DONE, ActionWord.DONE, ActionWord.CANCELLED)


class Grouping(StrEnum):
    """What the list is grouped by."""

    NONE = "none"
    AGENCY = "agency"
    NEIGHBOURHOOD = "neighbourhood"


GROUPING_WORDS = {
    Grouping.NONE: "Nothing",
    Grouping.AGENCY: "Agency",
    Grouping.NEIGHBOURHOOD: "Neighbourhood",
}


@dataclass(frozen=True)
class ActionRow:
    """One action with its status and the names of its places and bodies."""

    line: BoardLine
    status: ActionStatus
    person: str
    area: str
    agency: str


@dataclass(frozen=True)
class Choice:
    """What of the list is shown; None as agency is every one, `overdue_for` is more than so many days."""

    statuses: frozenset[ActionWord]
    agency: str | None = None
    overdue_for: int | None = None
    grouping: Grouping = Grouping.NONE


@dataclass(frozen=True)
class ActionGroup:
    """A part of the list under its heading; an empty heading is the whole list."""

    heading: str
    table: Table


def in_area(code: str | None, filters: Filters, options: FilterOptions) -> bool:
    """Whether a case's neighbourhood is in what the filter bar chose; with nothing chosen everything readable is."""
    if filters.sector is None and filters.neighbourhood is None:
        return True
    return code in {area.code for area in options.within(filters.sector, filters.neighbourhood)}


def action_rows(
    board: Sequence[BoardLine],
    *,
    filters: Filters,
    options: FilterOptions,
    agencies: Mapping[str, str],
    today: date,
    due_soon_days: int,
) -> tuple[ActionRow, ...]:
    """The actions of the chosen area: the longest overdue first, the finished last and the newest first among them.

    Args:
        agencies: name of each agency's code.
        due_soon_days: assumption `action_due_soon_days`.
    """
    names = area_labels(options.neighbourhoods)
    rows = [
        ActionRow(
            line=line,
            status=action_status(line, today, due_soon_days=due_soon_days),
            person=line.person_id or line.reference,
            area=names.get(line.neighbourhood or "", line.neighbourhood or ""),
            agency=agencies.get(line.owner_agency, line.owner_agency),
        )
        for line in board
        if in_area(line.neighbourhood, filters, options)
    ]
    return tuple(sorted(rows, key=_pressing_first))


def mine(rows: Sequence[ActionRow], plans: Sequence[PlanView], viewer: Viewer) -> tuple[ActionRow, ...]:
    """The actions the viewer is named for, and those of plans the viewer owns."""
    own_plans = {plan.plan_id for plan in plans if plan.owner_member_id == viewer.member_id}
    name = viewer.name.casefold()
    return tuple(row for row in rows if row.line.owner_name.casefold() == name or row.line.plan_id in own_plans)


def chosen(rows: Sequence[ActionRow], choice: Choice) -> tuple[ActionRow, ...]:
    """The rows that the choices leave, in the same order."""
    return tuple(
        row
        for row in rows
        if row.status.word in choice.statuses
        and choice.agency in (None, row.line.owner_agency)
        and (choice.overdue_for is None or row.status.days_overdue > choice.overdue_for)
    )


def grouped(rows: Sequence[ActionRow], grouping: Grouping) -> tuple[ActionGroup, ...]:
    """One table, or one for each agency or neighbourhood: those with most overdue first, then by name."""
    if grouping is Grouping.NONE:
        return (ActionGroup("", action_table(rows, grouping, said="Actions, the longest overdue first")),)

    def name(row: ActionRow) -> str:
        return row.agency if grouping is Grouping.AGENCY else row.area

    parts = [(heading, tuple(part)) for heading, part in groupby(sorted(rows, key=name), key=name)]
    ordered = sorted(parts, key=lambda part: -_overdue(part[1]))
    return tuple(
        ActionGroup(
            heading=f"{heading}: {_counted(part)}",
            table=action_table(sorted(part, key=_pressing_first), grouping, said=f"Actions of {heading}"),
        )
        for heading, part in ordered
    )


def action_table(rows: Sequence[ActionRow], grouping: Grouping, *, said: str) -> Table:
    """Person, action, owner, status and due day, times carried; what the heading says is not said again."""
    has_area, has_agency = grouping is not Grouping.NEIGHBOURHOOD, grouping is not Grouping.AGENCY
    headings = ["Person", *(["Neighbourhood"] if has_area else []), "Action", "Owner", "Status and due day"]
    return Table(
        columns=(*(TableColumn(heading) for heading in headings), TableColumn("Carried", is_number=True)),
        rows=tuple(
            (
                words(row.person, f"no.{NBSP}{row.line.action_id}"),
                *([row.area] if has_area else []),
                row.line.what,
                f"{row.agency}, {row.line.owner_name}" if has_agency else row.line.owner_name,
                status_cell(row),
                plural(row.line.times_carried, "time") if row.line.times_carried else "never",
            )
            for row in rows
        ),
        said=said,
    )


def status_cell(row: ActionRow) -> Cell:
    """Shape, colour and words: how it stands, what was last reported, and the day it is or was due."""
    shown = action_cell(row.status, row.line.not_done_because)
    started = ", in progress" if row.line.status is ActionState.IN_PROGRESS else ""
    return Marked(f"{shown.markdown}{plain(started).markdown} · {plain(day(row.line.due_on)).markdown}")


def status_said(row: ActionRow) -> str:
    """How it stands in words, as everywhere."""
    return action_said(row.status, row.line.not_done_because)


def label(row: ActionRow) -> str:
    """A row in one line, for choosing it by number, person or word; not its status, so that the choice outlives it."""
    return f"{row.line.action_id} · {row.person} · {row.line.what} · {row.agency}"


def how_many(rows: Sequence[ActionRow]) -> str:
    """How many actions stand how, in a line beside the choice of statuses."""
    each = [(sum(row.status.word is word for row in rows), WORDS[word].lower()) for word in _ORDER]
    said = listing([f"{count(number)} {word}" for number, word in each if number])
    return f"Of {plural(len(rows), 'action')}: {said}."


def answer(rows: Sequence[ActionRow], *, due_soon_days: int) -> str:
    """The page's question answered in a sentence or two."""
    open_rows = [row for row in rows if row.status.word in OPEN_WORDS]
    overdue = [row for row in open_rows if row.status.word is ActionWord.OVERDUE]
    soon = [row for row in open_rows if row.status.word is ActionWord.DUE_SOON]
    if not open_rows:
        return "No action is open here."
    if not overdue:
        late = f"no action is overdue; {_are(len(open_rows), 'action')} open"
    else:
        longest = max(row.status.days_overdue for row in overdue)
        late = f"{_are(len(overdue), 'action')} overdue, the longest by {plural(longest, 'day')}"
    return sentence(late, f"{_are(len(soon), 'action')} due within {plural(due_soon_days, 'day')}" if soon else "")


def overdue_by_risk_and_age(rows: Sequence[ActionRow], risks: Mapping[str, str], *, limits: tuple[int, ...]) -> Table:
    """Overdue actions by the person's newest recorded risk and by how long they have waited.

    Args:
        rows: the actions.
        risks: high, medium or standard by person id; who is not in it has no risk recorded.
        limits: ages in days at which a column ends and the next begins, the first 0 (assumption `overdue_age_limits`).
    """
    overdue = [row for row in rows if row.status.word is ActionWord.OVERDUE]
    bands = tuple(zip(limits, (*limits[1:], None), strict=True))
    lines = []
    for risk, said in (("high", "High"), ("medium", "Medium"), ("standard", "Standard"), ("", "No risk recorded")):
        of_risk = [row.status.days_overdue for row in overdue if risks.get(row.line.person_id or "", "") == risk]
        cells = [count(sum(low < days and (high is None or days <= high) for days in of_risk)) for low, high in bands]
        lines.append((said, *cells, count(len(of_risk))))
    headings = [f"more than {low} days" if high is None else f"{low + 1} to {high} days" for low, high in bands]
    return Table(
        columns=(
            TableColumn("DASH risk"),
            *(TableColumn(heading, is_number=True) for heading in headings),
            TableColumn("All", is_number=True),
        ),
        rows=tuple(lines),
        said="Overdue actions by the newest DASH risk recorded of the person and by days overdue",
    )


def facts(row: ActionRow, agreed_on: date | None, today: date) -> tuple[str, ...]:
    """What stands beside the form: whose, how it stands, since when, by when, and the last word on it."""
    line = row.line
    return (
        f"{row.agency}, {line.owner_name}; the plan's owner is {line.plan_owner}.",
        f"How it stands: {status_said(row)}.",
        "" if agreed_on is None else f"Agreed {day(agreed_on)}, {days_from(agreed_on, today)}.",
        f"Due {day(line.due_on)}, carried {plural(line.times_carried, 'time')}."
        if line.times_carried
        else f"Due {day(line.due_on)}.",
        f"Last note: {line.note}" if line.note else "",
    )


def _pressing_first(row: ActionRow) -> tuple[int, float, int]:
    line = row.line
    reported = 0.0 if line.reported_at is None else line.reported_at.timestamp()
    when = line.due_on.toordinal() if row.status.word in OPEN_WORDS else -reported
    return _ORDER.index(row.status.word), when, line.action_id


def _overdue(rows: Sequence[ActionRow]) -> int:
    return sum(row.status.word is ActionWord.OVERDUE for row in rows)


def _counted(rows: Sequence[ActionRow]) -> str:
    late = _overdue(rows)
    return listing([plural(len(rows), "action"), *([f"{late} overdue"] if late else [])])


def _are(number: int, one: str) -> str:
    return f"{plural_words(number, one)} {'is' if number == 1 else 'are'}"
