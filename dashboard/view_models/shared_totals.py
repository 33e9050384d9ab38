"""How much is there in each sector and ward, in words an agency may read? Sums without small counts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import Any, TypeVar

from analysis.disclosure import Released
from analysis.questions.shared_totals import ALL, UNPLACED, SharedTotals
from dashboard.components.notes import SourceLine
from dashboard.components.table import Table, TableColumn
from dashboard.text import as_at, count, day, decimal, hours, plural
from dashboard.view_models.openings import imputed_share
from dashboard.visit import Visit

NOT_PLACED, WHOLE_FORCE = "Not placed", "Whole force"
WHY_NO_LIST = "incidents are open to the police only; what is shared with your agency stands above"
_HOURS = ("officer_hours", "officer_hours_low", "officer_hours_high", "imputed_hours")
_Number = TypeVar("_Number", int, float)


class Stretch(StrEnum):
    """Whether the totals are of the newest period alone, or of all of them together."""

    RECENT = "recent"
    LONG = "long"


@dataclass(frozen=True)
class TotalsView:
    """The totals of one period, finished. `wards` is None where the build has no wards; `withheld` counts the rows."""

    sentence: str
    sectors: Table
    wards: Table | None
    source: SourceLine
    withheld: int
    threshold: int


def stretches(totals: SharedTotals) -> dict[Stretch, str]:
    """The periods that can be shown, with their labels."""
    lengths = {Stretch.RECENT: totals.recent_weeks} | ({Stretch.LONG: totals.weeks} if totals.earlier else {})
    return {stretch: weeks_to(totals, weeks) for stretch, weeks in lengths.items()}


def weeks_to(totals: SharedTotals, weeks: int) -> str:
    """Which weeks those are: "13 weeks to Sun 10 Nov 2013"."""
    return f"{plural(weeks, 'week')} to {day(totals.as_of - timedelta(days=1))}"


def why_no_totals(totals: SharedTotals) -> str:
    """What stands where totals would, before the first whole period lies in the data."""
    return (
        f"Totals are given for fixed periods of {plural(totals.recent_weeks, 'week')}, and none lies in the data yet."
    )


def totals_view(totals: SharedTotals, stretch: Stretch, visit: Visit) -> TotalsView:
    """The totals of one stretch, which `stretches` offers. The long one withholds what any of its periods withholds."""
    is_long = stretch is Stretch.LONG and bool(totals.earlier)
    parts = [part for part in (totals.recent, *(totals.earlier if is_long else ())) if part is not None]
    weeks = totals.weeks if is_long else totals.recent_weeks
    withheld = "withheld" if is_long else f"fewer than {totals.threshold}, or withheld"
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
    known = "An unknown number of" if whole is None or whole[1].incidents is None else count(whole[1].incidents)
    return TotalsView(
        sentence=f"{known} {what} in the whole force in the {weeks_to(totals, weeks)}.",
        sectors=_totals_table("Sector", sectors, whole, withheld),
        wards=_totals_table("Ward", wards, whole, withheld) if visit.facts.has_wards else None,
        source=SourceLine(
            period=weeks_to(totals, weeks),
            definition=f"{what}, several logs about one counted once; officer hours rounded to the hour",
            data_as_at=as_at(visit.facts.last_day, visit.facts.id),
            left_out=f"left out: all other incidents; anew every {totals.recent_weeks} weeks, for everybody alike",
        ),
        withheld=sum(figures.incidents is None for _, figures in shown),
        threshold=totals.threshold,
    )


@dataclass(frozen=True)
class _Figures:
    """What is known of an area: incidents, and hours as `_HOURS` names them; None for what is withheld."""

    incidents: int | None = 0
    hours: tuple[float | None, ...] = (0.0,) * len(_HOURS)

    def plus(self, row: Mapping[str, Any]) -> _Figures:
        """The sum; of which a part is withheld is withheld."""
        more = zip(self.hours, (row[name] for name in _HOURS), strict=True)
        return _Figures(_sum(self.incidents, row["incidents"]), tuple(_sum(one, other) for one, other in more))


def _added(parts: Sequence[Released]) -> dict[tuple[str, str], tuple[str, _Figures]]:
    """Name and figures by sector and ward; a sum of which a part is withheld is withheld.

    Where only one period has a row, the others have nothing there: the gate gives every sector and ward a row of its
    own, and only their crossings, which are not shown, may be missing.
    """
    found: dict[tuple[str, str], tuple[str, _Figures]] = {}
    for part in parts:
        for row in part.rows.iter_rows(named=True):
            key = (row["sector"], row["ward_code"])
            _, figures = found.get(key, ("", _Figures()))
            found[key] = row["ward_name"], figures.plus(row)
    return found


def _sum(one: _Number | None, other: _Number | None) -> _Number | None:
    return None if one is None or other is None else one + other


def _totals_table(
    heading: str, rows: Sequence[tuple[str, _Figures]], whole: tuple[str, _Figures] | None, withheld: str
) -> Table:
    """By name, what could not be placed after the areas, and the whole force last."""
    lines = sorted(rows, key=lambda row: (row[0] == NOT_PLACED, row[0]))
    lines += [(WHOLE_FORCE, whole[1])] if whole else []
    return Table(
        (
            TableColumn(heading),
            *(TableColumn(name, is_number=True) for name in ("Incidents", "Officer hours", "of it imputed", "between")),
        ),
        tuple(
            (name, withheld if figures.incidents is None else count(figures.incidents), *_time_cells(figures))
            for name, figures in lines
        ),
        said=f"Incidents and officer hours by {heading.lower()}, by name",
        no_list=WHY_NO_LIST,
    )


def _time_cells(figures: _Figures) -> tuple[str, str, str]:
    """Hours, the share of them that is imputed, and the bounds where that leaves any."""
    worked, low, high, imputed = figures.hours
    if worked is None or low is None or high is None:
        return "withheld", "–", "–"
    ends = decimal(low, places=0), hours(high, places=0)
    return hours(worked, places=0), imputed_share(imputed, worked), "–" if low == high else " to ".join(ends)
