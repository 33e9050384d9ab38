"""Does each agency do what it promised, when it promised? The partnership's count of promises, in words and figures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from dashboard.charts.agency_weeks import AgencyWeeks
from dashboard.components.table import Table, TableColumn
from dashboard.text import count, plural, sentence
from partnership.reliability import AgencyReliability


def by_name(found: Sequence[AgencyReliability], names: Mapping[str, str]) -> tuple[tuple[str, AgencyReliability], ...]:
    """Each agency with its name, in the order of the names; a code without one stands for itself."""
    return tuple(sorted(((names.get(one.agency, one.agency), one) for one in found), key=lambda pair: pair[0]))


def pictured(agencies: Sequence[tuple[str, AgencyReliability]]) -> list[AgencyWeeks]:
    """What the small charts draw: done on time, and all others, week by week."""
    return [
        AgencyWeeks(
            agency=name,
            weeks_ending=tuple(week.ending for week in one.weeks),
            on_time=tuple(week.kept for week in one.weeks),
            other=tuple(week.due - week.kept for week in one.weeks),
        )
        for name, one in agencies
    ]


def reliability_table(agencies: Sequence[tuple[str, AgencyReliability]]) -> Table:
    """The same as the small charts, in figures; what broke no promise stands beside."""
    headings = ("Fell due", "Done on time", "Done late", "Not done by its day", "Left out")
    return Table(
        columns=(TableColumn("Agency"), *(TableColumn(heading, is_number=True) for heading in headings)),
        rows=tuple(
            (name, *(count(number) for number in (one.due, one.kept, one.late, one.missed, one.excused)))
            for name, one in agencies
        ),
        said="What fell due, by agency",
    )


def answer(agencies: Sequence[tuple[str, AgencyReliability]], *, weeks: int) -> str:
    """The whole in a sentence."""
    due, kept = sum(one.due for _, one in agencies), sum(one.kept for _, one in agencies)
    if not due:
        return f"No action fell due in the last {plural(weeks, 'week')}."
    return sentence(
        f"{kept} of the {plural(due, 'promise')} that fell due in {plural(weeks, 'week')} were kept on time"
    )


def alternative(agencies: Sequence[tuple[str, AgencyReliability]]) -> str:
    """What is read aloud in place of the picture."""
    return "; ".join(f"{name}: {one.kept} of {one.due} on time" for name, one in agencies)
