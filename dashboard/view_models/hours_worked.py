"""How is it said when the officer time of those listed was worked, and what planned visits would take?"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from analysis.questions.figures import By, OfCallers, OfHours, OfPhase, Whose
from analysis.questions.resources import OFFICER_TIME, HourlyRate, PlannedVisits, Resources
from dashboard.charts.hour_grid import HOURS, WEEKDAYS, HourGrid, hour_grid, hour_name
from dashboard.charts.palette import Palette
from dashboard.components.figure import FigureView
from dashboard.components.notes import SourceLine
from dashboard.components.table import Table, TableColumn
from dashboard.open_incidents import Opening
from dashboard.text import count, day, decimal, hours, ordinal, percent, plural, sentence
from dashboard.view_models.demand_setting import DemandSetting
from dashboard.view_models.hours_by_day import BY_DAY, LATER_DAYS, spread_heading, spread_said, weekday_table
from dashboard.view_models.openings import how_sure, imputed_share, opening
from dashboard.view_models.time_measures import WHICH, measures_table

_WHOSE = {"listed": "those listed", "all": "everyone"}
AFTER_SCENE = "after_scene"
NO_AFTER_SCENE = (
    "the log has no stamp for leaving the scene, so the time an incident took after it cannot be told apart: "
    "it stands with the time at the scene, up to the clearance"
)
_PHASES = {OFFICER_TIME: "officer time", "not_recorded": "phase not recorded", AFTER_SCENE: "after the scene"}


@dataclass(frozen=True)
class HoursWorkedView:
    """The grid of the week, the shifts, the visits and the spread. No figure where nothing was worked."""

    figure: FigureView | None
    weekdays: Table
    weekdays_source: SourceLine
    shifts_said: str
    shifts: Table
    visits_said: str
    measures: Table
    spread: Table
    spread_source: SourceLine
    source: SourceLine


def hours_worked_view(
    answer: Resources, visits: PlannedVisits, setting: DemandSetting, palette: Palette
) -> HoursWorkedView:
    """Put the answer into words."""
    summary = answer.summary.rows.row(0, named=True)
    cells = answer.hours.rows.sort("weekday", "hour").to_dicts()
    source = setting.source(
        f"incidents that those on the list of each neighbourhood rang about, each once; list of {setting.length} with "
        f"{plural(setting.minimum_contacts, 'contact')} or more",
        f"of it imputed, where a unit was never cleared: {hours(summary['imputed_hours'])}",
    )
    phases = "a phase lies between two stamps of the log, so that what is imputed stands with the whole"
    left_out = "; ".join((WHICH, phases, *(() if _has_after_scene(answer) else (NO_AFTER_SCENE,))))
    return HoursWorkedView(
        figure=_figure(cells, summary, setting, source, palette) if summary["officer_hours"] else None,
        weekdays=weekday_table(answer.weekdays.rows.to_dicts(), setting),
        weekdays_source=replace(source, definition=BY_DAY, left_out=LATER_DAYS),
        shifts_said=_shifts_said(answer, setting),
        shifts=_shift_table(answer, summary, setting),
        visits_said=visits_sentence(summary, visits, answer.rate),
        measures=measures_table(answer, setting),
        spread=_spread(answer, setting),
        spread_source=replace(source, left_out=left_out),
        source=source,
    )


def visits_sentence(summary: dict[str, Any], visits: PlannedVisits, rate: HourlyRate | None = None) -> str:
    """What planned visits would take of a week, against what the people listed take now; pounds only by a rate."""
    planned = (
        f"{plural(visits.visits_a_week, 'planned visit')} a week of {plural(visits.minutes, 'minute')} by "
        f"{plural(visits.officers, 'officer')} would take {hours(summary['visit_hours'])} a week"
    )
    if summary["visit_share"] is None:
        return sentence(planned, "No officer time of those listed is recorded to set it against")
    pounds = ""
    if rate is not None:
        pounds = (
            f"At the force's hourly rate of £{decimal(rate.pounds, places=2)} from {day(rate.valid_from)} "
            f"({rate.source}) the visits are £{decimal(summary['visit_pounds'], places=0)} a week, and the time of "
            f"those listed in these weeks is £{decimal(summary['pounds'], places=0)}"
        )
    now = f"{percent(summary['visit_share'])} of the {hours(summary['weekly_hours'])} a week those listed take now"
    return sentence(f"{planned}: {now}", pounds)


def _figure(
    cells: list[dict[str, Any]],
    summary: dict[str, Any],
    setting: DemandSetting,
    source: SourceLine,
    palette: Palette,
) -> FigureView:
    values = tuple(
        tuple(cell["average_hours"] for cell in cells[at * HOURS : (at + 1) * HOURS]) for at in range(len(WEEKDAYS))
    )
    most = max(cells, key=lambda cell: cell["average_hours"] or 0)
    said = sentence(
        f"The {plural(summary['people'], 'person', 'people')} listed took {hours(summary['officer_hours'])} of officer "
        f"time at {plural(summary['incidents'], 'incident')}{_sure(summary)}; "
        f"{hours(summary['weekly_hours'])} in an average week",
        f"The median week took {hours(summary['median_week_hours'])}, the {ordinal(setting.high_centile)} centile of "
        f"the weeks is {hours(summary['high_week_hours'])}",
        f"The most is worked on {WEEKDAYS[most['weekday'] - 1]} {hour_name(most['hour'])}: "
        f"{hours(most['average_hours'], places=2)} on average",
        f"The table gives of each hour {spread_heading(setting)}",
    )
    return FigureView(
        title="When the hours are worked",
        sentence=said,
        picture=hour_grid(HourGrid(values), palette),
        table=_grid_table(cells, summary, setting),
        source=source,
        alt=f"A grid of average officer hours by weekday and hour. {said}",
    )


def _sure(summary: dict[str, Any]) -> str:
    names = ("officer_hours", "imputed_hours", "officer_hours_low", "officer_hours_high")
    sure = how_sure(*(summary[name] for name in names))
    return f", {sure}" if sure else ""


def _grid_table(cells: list[dict[str, Any]], summary: dict[str, Any], setting: DemandSetting) -> Table:
    days = [cells[at * HOURS]["days"] for at in range(len(WEEKDAYS))]
    divided = ", ".join(f"{number} {weekday}" for weekday, number in zip(WEEKDAYS, days, strict=True))
    return Table(
        columns=(
            TableColumn(f"Hour: {spread_heading(setting)}"),
            *(TableColumn(weekday, is_number=True) for weekday in WEEKDAYS),
        ),
        rows=tuple(
            (hour_name(hour), *(spread_said(cells[at * HOURS + hour]) for at in range(len(WEEKDAYS))))
            for hour in range(HOURS)
        ),
        said=f"Officer hours: {spread_heading(setting)}. Each average is divided by how many of that weekday are in "
        f"the {setting.weeks} weeks: {divided}. A day on which nothing was worked counts as 0.",
        openings=(
            _whole(summary, setting, "all hours"),
            *(_cell(cell, setting) for cell in cells if cell["officer_hours"]),
        ),
    )


def _shifts_said(answer: Resources, setting: DemandSetting) -> str:
    totals = _shift_totals(answer)
    whole = sum(totals.values())
    if not whole:
        return ""
    name = max(totals, key=lambda shift: totals[shift])
    return sentence(
        f"The {name} shift worked {percent(totals[name] / whole)} of these hours, {hours(totals[name])} "
        f"of {hours(whole)}",
        "A shift over midnight belongs to the day on which it began",
        f"Of each weekday: {spread_heading(setting)}, in hours",
    )


def _shift_totals(answer: Resources, column: str = "officer_hours") -> dict[str, float]:
    totals = {shift.name: 0.0 for shift in answer.shift_pattern}
    for row in answer.shifts.rows.iter_rows(named=True):
        totals[row["shift"]] += row[column]
    return totals


def _shift_table(answer: Resources, summary: dict[str, Any], setting: DemandSetting) -> Table:
    totals, rows = _shift_totals(answer), answer.shifts.rows.to_dicts()
    imputed = _shift_totals(answer, "imputed_hours")
    spread = {(row["shift"], row["weekday"]): spread_said(row) for row in rows}
    clock = {
        shift.name: " to ".join(f"{at // 60:02d}:{at % 60:02d}" for at in (shift.start, shift.end))
        for shift in answer.shift_pattern
    }
    return Table(
        columns=(
            TableColumn(f"Shift: {spread_heading(setting)}"),
            TableColumn("All hours", is_number=True),
            TableColumn("of it imputed", is_number=True),
            *(TableColumn(weekday, is_number=True) for weekday in WEEKDAYS),
        ),
        rows=tuple(
            (
                f"{name}, {clock[name]}",
                hours(totals[name]),
                imputed_share(imputed[name], totals[name]),
                *(spread[name, at] for at in range(1, len(WEEKDAYS) + 1)),
            )
            for name in totals
        ),
        said=f"Officer hours by shift, and for each weekday on which the shift began {spread_heading(setting)}.",
        openings=(
            _whole(summary, setting, "all shifts"),
            *(
                opening(
                    OfHours(setting.days, None, shift=name),
                    f"Hours of those listed on the {name} shift",
                    name=name,
                    officer_hours=worked,
                )
                for name, worked in totals.items()
                if worked
            ),
        ),
    )


def _spread(answer: Resources, setting: DemandSetting) -> Table:
    """Means beside medians and high centiles."""
    high = f"{ordinal(setting.high_centile)} centile"
    numbers = ("Incidents", "Officer hours", "of it imputed", "Mean minutes", "Median minutes", high)
    return Table(
        columns=(
            TableColumn("Part"),
            TableColumn("Incidents of"),
            *(TableColumn(heading, is_number=True) for heading in numbers),
        ),
        rows=tuple(
            (
                phase_words(row["phase"]),
                _WHOSE[row["whose"]],
                count(row["incidents"]),
                hours(row["officer_hours"]),
                imputed_share(row["imputed_hours"], row["officer_hours"]),
                *(decimal(row[of], places=0) for of in ("mean_minutes", "median_minutes", "high_minutes")),
            )
            for row in answer.phases.rows.iter_rows(named=True)
            if row["phase"] != AFTER_SCENE or _has_after_scene(answer)
        ),
        said=f"Officer minutes of an incident attended: mean, median and {high}, by part of the attendance.",
        openings=tuple(_phase(row, setting) for row in answer.phases.rows.iter_rows(named=True) if row["incidents"]),
    )


def phase_words(phase: str) -> str:
    """A part of the attendance in words."""
    return _PHASES.get(phase, phase.replace("_", " "))


def _whole(summary: dict[str, Any], setting: DemandSetting, name: str) -> Opening:
    """Everything those listed rang about, of which each hour and shift is a part."""
    return opening(
        OfCallers(setting.days, None, None, By.LIST),
        "What those listed rang about",
        name=name,
        incidents=summary["incidents"],
        officer_hours=summary["officer_hours"],
        imputed_hours=summary["imputed_hours"],
    )


def _cell(cell: dict[str, Any], setting: DemandSetting) -> Opening:
    name = f"{WEEKDAYS[cell['weekday'] - 1]} {hour_name(cell['hour'])}"
    return opening(
        OfHours(setting.days, cell["weekday"], cell["hour"]),
        f"Hours of those listed, {name}, in {plural(setting.weeks, 'week')}",
        name=name,
        officer_hours=cell["officer_hours"],
    )


def _phase(row: dict[str, Any], setting: DemandSetting) -> Opening:
    name = f"{phase_words(row['phase'])}, {_WHOSE[row['whose']]}"
    return opening(
        OfPhase(setting.days, Whose(row["whose"]), row["phase"]),
        f"Incidents attended, {name}",
        name=name,
        incidents=row["incidents"],
        officer_hours=row["officer_hours"],
    )


def _has_after_scene(answer: Resources) -> bool:
    """Whether the log can tell the time after the scene from the time at it."""
    return any(row["incidents"] for row in answer.phases.rows.to_dicts() if row["phase"] == AFTER_SCENE)
