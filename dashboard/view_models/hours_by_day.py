"""How much is worked on each weekday: on average, on the day in the middle, and on a busy one?"""

from __future__ import annotations

from typing import Any

from analysis.questions.figures import OfHours
from dashboard.charts.hour_grid import WEEKDAYS
from dashboard.components.table import Table, TableColumn
from dashboard.text import count, decimal, hours, ordinal, plural
from dashboard.view_models.demand_setting import DemandSetting
from dashboard.view_models.openings import imputed_share, opening

BY_DAY = (
    "officer hours of those listed on the days on which they were worked; the average is divided by how many of that "
    "weekday are in the period, median and centile are of those days, with 0 for a day of nothing"
)
LATER_DAYS = "left out of median and centile: what was worked after the last day, which the hours and the average hold"
_SPREAD = ("average_hours", "median_hours", "high_hours")


def spread_heading(setting: DemandSetting) -> str:
    """What the three numbers of a cell are, in their order."""
    return f"average · median · {ordinal(setting.high_centile)} centile"


def spread_said(row: dict[str, Any]) -> str:
    """The average of a day, its median and a high centile: "0.35 · 0.00 · 1.20"."""
    return " · ".join(decimal(row[name], places=2) for name in _SPREAD)


def weekday_table(rows: list[dict[str, Any]], setting: DemandSetting) -> Table:
    """The hours of each weekday; each opens what was worked on it."""
    headings = (
        "Days",
        "Officer hours",
        "of it imputed",
        "Average",
        "Median",
        f"{ordinal(setting.high_centile)} centile",
    )
    return Table(
        columns=(TableColumn("Weekday"), *(TableColumn(heading, is_number=True) for heading in headings)),
        rows=tuple(
            (
                WEEKDAYS[row["weekday"] - 1],
                count(row["days"]),
                hours(row["officer_hours"]),
                imputed_share(row["imputed_hours"], row["officer_hours"]),
                *(hours(row[name]) for name in _SPREAD),
            )
            for row in rows
        ),
        said="Officer hours by weekday; average, median and centile are of single days, on which nothing may have been "
        "worked.",
        openings=tuple(
            opening(
                OfHours(setting.days, row["weekday"]),
                f"Hours of those listed, {WEEKDAYS[row['weekday'] - 1]}, in {plural(setting.weeks, 'week')}",
                name=WEEKDAYS[row["weekday"] - 1],
                officer_hours=row["officer_hours"],
            )
            for row in rows
            if row["officer_hours"]
        ),
    )
