"""What does the landing page say? The answer in a sentence, four numbers, and a year of weeks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from analysis.questions.figures import By, OfCallers
from analysis.questions.this_week import ThisWeek
from dashboard.charts.palette import Palette
from dashboard.charts.week_series import WeekSeries, week_series
from dashboard.components.cells import Marked, spark_bars
from dashboard.components.figure import FigureView
from dashboard.components.leads import Leads
from dashboard.components.metrics import Metric
from dashboard.components.notes import SourceLine
from dashboard.components.table import Table, TableColumn
from dashboard.filters import described
from dashboard.text import against_usual, as_at, count, day, decimal, hours, percent, plural, plural_words, sentence
from dashboard.view_models.openings import how_sure, imputed_share, opening, scope_words, week_opening, window_days
from dashboard.view_models.week_areas import areas_table
from dashboard.view_models.week_decided import Decided
from dashboard.view_models.week_people import changes, decisions_needed, without_plan
from dashboard.visit import Visit

SPARK_OF = "53 weeks to the newest"


@dataclass(frozen=True)
class WeekView:
    """The page, finished.

    Attributes:
        about: what is shown, in one line.
        answer: the sentence that says it first.
        places: code and name of each neighbourhood with a top ten to open, in the order of the table.
        figures: name and figure.
        note: what a reader must know about the lists.
    """

    about: str
    answer: str
    metrics: tuple[Metric, ...]
    areas: Table
    places: tuple[tuple[str, str], ...]
    source: SourceLine
    lists_source: SourceLine
    changed: Leads
    needed: tuple[Leads, ...]
    figures: tuple[tuple[str, FigureView], ...]
    note: str


@dataclass(frozen=True)
class _Measure:
    """One total against its usual range."""

    value: float | None
    low: float | None
    high: float | None

    def standing(self) -> str:
        """Where the week lies, in words; noise is not news."""
        if self.value is None or self.low is None or self.high is None:
            return ""
        return against_usual(self.value, self.low, self.high)


def week_view(week: ThisWeek, decided: Decided, visit: Visit, palette: Palette) -> WeekView:
    """Everything the page shows of an answered week."""
    contacts, officer_hours = (_measure(week, name) for name in ("contacts", "officer_hours"))
    areas, places = areas_table(week, decided, visit)
    return WeekView(
        about=described(visit.filters, visit.options),
        answer=_answer(week, decided, contacts, officer_hours, visit),
        metrics=(
            _contacts_metric(week, contacts, visit, palette),
            _hours_metric(week, officer_hours, visit, palette),
            _people_metric(week, visit),
            _plans_metric(week, decided),
        ),
        areas=areas,
        places=places,
        source=_source(visit),
        lists_source=_lists_source(visit),
        changed=changes(week, visit),
        needed=decisions_needed(week, decided, visit),
        figures=(
            ("contacts", _figure(week, "contacts", contacts, _contacts_title(visit), visit, palette)),
            ("hours", _figure(week, "officer_hours", officer_hours, "Officer hours, week by week", visit, palette)),
        ),
        note=_note(decided),
    )


def _measure(week: ThisWeek, name: str) -> _Measure:
    row = next((row for row in week.usual.rows.iter_rows(named=True) if row["measure"] == name), None)
    return _Measure(row["value"], row["usual_low"], row["usual_high"]) if row else _Measure(None, None, None)


def _answer(week: ThisWeek, decided: Decided, contacts: _Measure, officer_hours: _Measure, visit: Visit) -> str:
    """Who is new, what is overdue, and whether the week is out of the ordinary."""
    overdue = len(decided.overdue)
    late = f"{plural_words(overdue, 'action')} {'is' if overdue == 1 else 'are'} overdue"
    standings = [
        f"{what} {verb} {standing.replace('the usual', 'their usual')}"
        for what, verb, standing in (
            ("contacts", "are", contacts.standing()),
            ("officer hours", "are", officer_hours.standing() if "within" not in officer_hours.standing() else ""),
        )
        if standing
    ]
    return sentence(_movement_words(week, visit), late, *standings)


def _movement_words(week: ThisWeek, visit: Visit) -> str:
    moved = _movements(week)
    if not moved:
        return "nobody is on a list"
    if set(moved) == {"no_earlier_list"}:
        return "there is no earlier list to compare with: the data does not reach back far enough"
    areas = {area.code: area.name for area in visit.options.neighbourhoods}
    only = areas.get(visit.filters.neighbourhood or "")
    ten = f"{only}'s top ten" if only else "a top ten"
    new, returned = moved.count("new"), moved.count("returned")
    people = plural_words(new, "person", "people") if new else "nobody"
    said = f"{people} {'is' if new < 2 else 'are'} new to {ten}"
    if returned:
        said += f", {plural_words(returned, 'has returned', 'have returned')}"
    return said


def _movements(week: ThisWeek) -> list[str]:
    return week.people.rows["movement"].to_list() if week.people.rows.width else []


def _newest(week: ThisWeek) -> dict[str, Any]:
    return week.weeks.rows.row(-1, named=True) if week.weeks.rows.height else {}


def _usual_words(measure: _Measure, *, places: int = 0) -> str:
    if measure.low is None or measure.high is None or measure.value is None:
        return "no usual range: it needs the 52 weeks before"
    low, high = (decimal(end, places=places) for end in (measure.low, measure.high))
    standing = measure.standing()
    arrow = "↑ " if "above" in standing else "↓ " if "below" in standing else ""
    return f"{arrow}{standing}, {low} to {high}"


def _spark(week: ThisWeek, column: str, said: str, palette: Palette) -> Marked | None:
    return spark_bars(week.weeks.rows[column].to_list(), palette, said=said) if week.weeks.rows.width else None


def _contacts_title(visit: Visit) -> str:
    return f"{'Domestic contacts' if visit.filters.domestic_only else 'Contacts'}, week by week"


def _contacts_metric(week: ThisWeek, measure: _Measure, visit: Visit, palette: Palette) -> Metric:
    return Metric(
        "Domestic contacts this week" if visit.filters.domestic_only else "Contacts this week",
        count(_newest(week).get("contacts")),
        _usual_words(measure),
        _spark(week, "contacts", f"contacts a week, {SPARK_OF}", palette),
        SPARK_OF,
        week_opening(visit, contacts=_newest(week).get("contacts")),
    )


def _hours_metric(week: ThisWeek, measure: _Measure, visit: Visit, palette: Palette) -> Metric:
    newest = _newest(week)
    total = newest.get("officer_hours")
    others = (newest.get(name) for name in ("imputed_hours", "officer_hours_low", "officer_hours_high"))
    sure = how_sure(total, *others)
    return Metric(
        "Officer hours this week",
        hours(total),
        "; ".join(part for part in (sure, _usual_words(measure, places=1)) if part),
        _spark(week, "officer_hours", f"officer hours a week, {SPARK_OF}", palette),
        SPARK_OF,
        week_opening(visit, officer_hours=total),
    )


def _people_metric(week: ThisWeek, visit: Visit) -> Metric:
    shares = week.shares.rows.row(0, named=True)
    new = _movements(week).count("new")
    of_callers = shares["people_listed"] / shares["callers"] if shares["callers"] else None
    of_contacts = shares["contacts_listed"] / shares["contacts"] if shares["contacts"] else None
    told = [f"{count(new)} new"]
    if of_callers is not None and of_contacts is not None:
        window = plural(visit.filters.weeks, "week")
        told.append(f"{percent(of_callers)} of callers, {percent(of_contacts)} of contacts in {window}")
    return Metric(
        "People in top tens",
        count(shares["people_listed"]),
        "; ".join(told),
        opens=opening(
            OfCallers(window_days(visit.filters), None, None, By.LIST),
            f"{scope_words(visit)}: what those in a top ten rang about",
            contacts=shares["contacts_listed"],
        ),
    )


def _plans_metric(week: ThisWeek, decided: Decided) -> Metric:
    overdue, without = len(decided.overdue), len(without_plan(week, decided))
    return Metric(
        "Plans needing attention",
        count(len(decided.needing_attention)),
        f"{plural(overdue, 'action')} overdue; {count(without)} in a top ten without a plan",
    )


def _counted(visit: Visit) -> str:
    return "domestic incidents" if visit.filters.domestic_only else "all incidents"


def _source(visit: Visit) -> SourceLine:
    return SourceLine(
        period=f"week ending {day(visit.filters.week_ending)}; lists over {plural(visit.filters.weeks, 'week')}",
        definition=f"{_counted(visit)}; a contact is a job a person rang about",
        data_as_at=as_at(visit.facts.last_day, visit.facts.id),
        left_out="left out: what could not be placed, which counts in the whole force only",
    )


def _lists_source(visit: Visit) -> SourceLine:
    return SourceLine(
        period=f"{plural(visit.filters.weeks, 'week')} to {day(visit.filters.week_ending)}, against a week before",
        definition=f"{_counted(visit)}; contacts, and officer hours of the whole incident, in that neighbourhood",
        data_as_at=as_at(visit.facts.last_day, visit.facts.id),
        left_out="left out: callers who are set apart, and contacts elsewhere",
    )


def _figure_source(visit: Visit, column: str) -> SourceLine:
    is_contacts = column == "contacts"
    return SourceLine(
        period=f"53 weeks to {day(visit.filters.week_ending)}",
        definition=f"{_counted(visit)}; "
        + ("a contact is a job a person rang about" if is_contacts else "hours whole at the time of the first call"),
        data_as_at=as_at(visit.facts.last_day, visit.facts.id),
        left_out="left out: calls logged by officers, and callers nobody could identify"
        if is_contacts
        else "left out: hours nobody recorded; where a unit was never cleared the end is imputed",
    )


def _figure(week: ThisWeek, column: str, measure: _Measure, title: str, visit: Visit, palette: Palette) -> FigureView:
    rows, unit = week.weeks.rows, "contacts" if column == "contacts" else "hours"
    places = 0 if column == "contacts" else 1
    imputed = () if column == "contacts" else (TableColumn("of it imputed", is_number=True),)
    values = tuple(None if value is None else float(value) for value in rows[column])
    ends = tuple(rows["week_end"])
    said = measure.standing() or "without a usual range, which needs the 52 weeks before"
    newest = values[-1] if values else None
    how_much = f"{decimal(newest, places=places)} {unit[:-1] if newest == 1 and not places else unit}"
    told = f"{how_much} in the newest week, {said}"
    return FigureView(
        title=title,
        sentence=sentence(told),
        picture=week_series(
            WeekSeries(ends, values, unit, measure.low, measure.high, places=places), palette, height=230
        ),
        table=Table(
            columns=(TableColumn("Week ending"), TableColumn(unit.capitalize(), is_number=True), *imputed),
            rows=tuple(
                (
                    day(row["week_end"]),
                    decimal(None if row[column] is None else float(row[column]), places=places),
                    *([imputed_share(row["imputed_hours"], row["officer_hours"])] if imputed else []),
                )
                for row in reversed(rows.to_dicts())
            ),
            said=title,
            openings=tuple(
                one
                for end, value in reversed(list(zip(ends, rows[column], strict=True)))
                if (one := week_opening(visit, **{column: value}, ending=end))
            ),
        ),
        source=_figure_source(visit, column),
        alt=f"Bars for {plural(len(values), 'week')}, the newest last: {told}",
    )


def _note(decided: Decided) -> str:
    note = "Plans and actions stand as they do today, whichever week is chosen. Leaving a list does not mean low risk."
    if decided.reads_restricted:
        return note
    return (
        f"{note} Restricted cases are not open to your role: their plans are not counted, and their people count as "
        "without a plan."
    )
