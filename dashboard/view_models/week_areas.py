"""Which neighbourhood needs attention first? A row a neighbourhood: the week, the list's movements, the plans."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import Any

from analysis.questions.figures import OfArea
from analysis.questions.this_week import ThisWeek
from dashboard.components.table import Table, TableColumn
from dashboard.open_incidents import Opening
from dashboard.text import count, day, hours
from dashboard.view_models.openings import imputed_share, newest_week, opening
from dashboard.view_models.week_decided import Decided
from dashboard.visit import Visit

UNLOCATED = "unlocated"
MOVES = ("new", "up", "down", "returned", "left")
COLUMNS = (
    TableColumn("Neighbourhood"),
    TableColumn("Contacts", is_number=True),
    TableColumn("Officer hours", is_number=True),
    TableColumn("New", is_number=True),
    TableColumn("Up ↑", is_number=True),
    TableColumn("Down ↓", is_number=True),
    TableColumn("Returned", is_number=True),
    TableColumn("Left", is_number=True),
    TableColumn("No plan", is_number=True),
    TableColumn("Actions overdue", is_number=True),
    TableColumn("No DASH (risk assessment)", is_number=True),
)
_ARROWS = {"above": " ↑ above usual", "below": " ↓ below usual"}


@dataclass(frozen=True)
class AreaLine:
    """One neighbourhood in numbers."""

    code: str
    name: str
    contacts: int | None
    officer_hours: float | None
    imputed_hours: float | None
    contacts_standing: str
    hours_standing: str
    moves: Counter[str]
    without_plan: int
    overdue: int
    without_assessment: int

    @property
    def order(self) -> tuple[Any, ...]:
        """What needs attention first: what nobody has seen to, then movement, then contacts; unplaced last."""
        waiting = self.without_plan + self.overdue + self.without_assessment
        moving = self.moves["new"] + self.moves["returned"] + self.moves["up"]
        return (self.code == UNLOCATED, -waiting, -moving, -(self.contacts or 0), self.name)


def areas_table(week: ThisWeek, decided: Decided, visit: Visit) -> tuple[Table, tuple[tuple[str, str], ...]]:
    """The table, and code and name of the neighbourhoods in its order."""
    lines = area_lines(week, decided)
    places = tuple((line.code, line.name) for line in lines if line.code != UNLOCATED)
    said = (
        "Each neighbourhood this week: contacts, officer hours, movements on its top ten, and what nobody has seen to"
    )
    openings = tuple(_opening(line, visit) for line in lines if line.contacts is not None)
    return Table(COLUMNS, tuple(_cells(line) for line in lines), said=said, openings=openings), places


def _opening(line: AreaLine, visit: Visit) -> Opening:
    return opening(
        OfArea(newest_week(visit.filters), (line.code,)),
        f"{line.name}, week ending {day(visit.filters.week_ending)}",
        name=line.name,
        contacts=line.contacts,
        officer_hours=line.officer_hours,
    )


def area_lines(week: ThisWeek, decided: Decided) -> tuple[AreaLine, ...]:
    """Every area of the view, the one that needs attention most first."""
    people: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for one in week.people.rows.iter_rows(named=True):
        people[one["area_code"]].append(one)
    overdue = Counter(line.neighbourhood for line in decided.overdue)
    lines = [
        _line(row, people[row["area_code"]], decided, overdue=overdue[row["area_code"]])
        for row in week.areas.rows.iter_rows(named=True)
    ]
    return tuple(sorted(lines, key=lambda line: line.order))


def _line(row: dict[str, Any], people: list[dict[str, Any]], decided: Decided, *, overdue: int) -> AreaLine:
    listed = [one for one in people if one["position"] is not None]
    return AreaLine(
        code=row["area_code"],
        name=row["area_name"],
        contacts=row["contacts"],
        officer_hours=row["officer_hours"],
        imputed_hours=row["imputed_hours"],
        contacts_standing=row["contacts_standing"],
        hours_standing=row["officer_hours_standing"],
        moves=Counter(one["movement"] for one in people),
        without_plan=sum(not decided.has_open_plan(one["key_id"]) for one in listed),
        overdue=overdue,
        without_assessment=sum(one["assessments_missing"] > 0 for one in listed),
    )


def _imputed(line: AreaLine) -> str:
    share = imputed_share(line.imputed_hours, line.officer_hours)
    return f", {share} imputed" if line.imputed_hours else ""


def _cells(line: AreaLine) -> tuple[str, ...]:
    week = (
        line.name,
        count(line.contacts) + _ARROWS.get(line.contacts_standing, ""),
        hours(line.officer_hours) + _imputed(line) + _ARROWS.get(line.hours_standing, ""),
    )
    if line.code == UNLOCATED:
        return (*week, *("no list" if at == 0 else "" for at in range(len(COLUMNS) - len(week))))
    seen_to = (line.without_plan, line.overdue, line.without_assessment)
    return (*week, *(count(line.moves[move]) for move in MOVES), *(count(number) for number in seen_to))
