"""Does each agency do what it promised, when it promised? Done on time of what fell due, week by week."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from dashboard.charts.agency_weeks import AgencyWeeks
from dashboard.components.table import Table, TableColumn
from dashboard.text import count, plural, sentence
from dashboard.view_models.action_plans import ActionRow
from partnership.vocabulary import ActionState, NotDoneBecause

WEEK = timedelta(days=7)


@dataclass(frozen=True)
class Reliability:
    """One agency over the weeks. `late` is done after its day; `missing` is not done, or still open and overdue."""

    agency: str
    due: int
    on_time: int
    late: int
    missing: int
    carried: int
    weeks: AgencyWeeks


def reliability(rows: Sequence[ActionRow], *, today: date, weeks: int, timezone: str) -> tuple[Reliability, ...]:
    """Each agency's actions that fell due in the weeks before today, by name of the agency.

    An action counts in the week of the day it now has, done on time when reported done by the end of that day, local
    time. Cancelled actions, and those not done because circumstances changed, are left out: no promise was broken.

    Args:
        weeks: how many, ending yesterday.
        timezone: of the force.
    """
    first = today - WEEK * weeks
    fallen_due: dict[str, list[ActionRow]] = defaultdict(list)
    for row in rows:
        if first <= row.line.due_on < today and _is_promise(row):
            fallen_due[row.agency].append(row)
    return tuple(
        _of_agency(agency, fallen_due[agency], first=first, weeks=weeks, timezone=timezone)
        for agency in sorted(fallen_due)
    )


def reliability_table(agencies: Sequence[Reliability]) -> Table:
    """The same as the small charts, in figures."""
    headings = ("Fell due", "Done on time", "Done late", "Not done, or still open", "Times carried")
    return Table(
        columns=(TableColumn("Agency"), *(TableColumn(heading, is_number=True) for heading in headings)),
        rows=tuple(
            (one.agency, *(count(number) for number in (one.due, one.on_time, one.late, one.missing, one.carried)))
            for one in agencies
        ),
        said="Actions that fell due, by agency",
    )


def answer(agencies: Sequence[Reliability], *, weeks: int) -> str:
    """The whole in a sentence."""
    due, on_time = sum(one.due for one in agencies), sum(one.on_time for one in agencies)
    if not due:
        return f"No action fell due in the last {plural(weeks, 'week')}."
    return sentence(
        f"{on_time} of the {plural(due, 'action')} that fell due in {plural(weeks, 'week')} were done on time"
    )


def alternative(agencies: Sequence[Reliability]) -> str:
    """What is read aloud in place of the picture."""
    return "; ".join(f"{one.agency}: {one.on_time} of {one.due} on time" for one in agencies)


def _is_promise(row: ActionRow) -> bool:
    if row.line.status is ActionState.CANCELLED:
        return False
    return row.line.not_done_because is not NotDoneBecause.CIRCUMSTANCES_CHANGED


def _of_agency(agency: str, rows: Sequence[ActionRow], *, first: date, weeks: int, timezone: str) -> Reliability:
    kept, broken = [0] * weeks, [0] * weeks
    late = 0
    for row in rows:
        week = (row.line.due_on - first).days // 7
        is_done = row.line.status is ActionState.DONE
        is_on_time = is_done and _is_by(row.line.reported_at, row.line.due_on, timezone)
        kept[week] += is_on_time
        broken[week] += not is_on_time
        late += is_done and not is_on_time
    return Reliability(
        agency=agency,
        due=len(rows),
        on_time=sum(kept),
        late=late,
        missing=len(rows) - sum(kept) - late,
        carried=sum(row.line.times_carried for row in rows),
        weeks=AgencyWeeks(
            agency=agency,
            weeks_ending=tuple(first + WEEK * at + WEEK - timedelta(days=1) for at in range(weeks)),
            on_time=tuple(kept),
            other=tuple(broken),
        ),
    )


def _is_by(reported_at: datetime | None, due_on: date, timezone: str) -> bool:
    return reported_at is not None and reported_at.astimezone(ZoneInfo(timezone)).date() <= due_on
