"""When was the officer time of the ten worked, what was it, and what would planned visits cost against it?"""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from analysis.assumptions import Assumptions
from analysis.demand.areas import UNLOCATED, area_code
from analysis.demand.windows import Window
from analysis.disclosure import Audience, Released
from analysis.disclosure.contract import Answer, AnswerColumn, Kind
from analysis.disclosure.release import release
from analysis.errors import QuestionError
from analysis.officer_time import UNITS_PER_MINUTE
from analysis.officer_time.by_hour import Shift as Shift
from analysis.officer_time.by_hour import read_shifts
from analysis.officer_time.cost import HourlyRate as HourlyRate
from analysis.officer_time.cost import hourly_rate
from analysis.officer_time.phases import PHASE_COLUMNS, RECORDED
from analysis.officer_time.phases import Phase as Phase
from analysis.officer_time.spread import spread
from analysis.questions.hours_of_days import days_and_shifts, week_hours
from analysis.questions.ranking import contacts_of, ranked
from analysis.questions.time_measures import TimeMeasure as TimeMeasure
from analysis.questions.time_measures import measures_beside, whole_times
from analysis.questions.view import AreaKind, KeyType, View
from analysis.questions.worked import hours_of, phases_of
from analysis.ranking.rank import UNITS_PER_HOUR, counted_contacts
from analysis.store import Build

MINUTES_AN_HOUR = 60
OFFICER_TIME = "officer_time"
"""The whole officer time of an incident, beside its phases."""

_WORKED = {
    "officer_hours": Kind.MEASURE,
    "imputed_hours": Kind.MEASURE,
    "days": Kind.COUNT,
    "average_hours": Kind.MEASURE,
    "median_hours": Kind.MEASURE,
    "high_hours": Kind.MEASURE,
}
HOUR_COLUMNS = {"weekday": Kind.CODE, "hour": Kind.CODE, **_WORKED}
WEEKDAY_COLUMNS = {"weekday": Kind.CODE, **_WORKED}
SHIFT_COLUMNS = {"shift": Kind.CODE, "weekday": Kind.CODE, **_WORKED}
PHASE_ROWS = {
    "whose": Kind.CODE,
    "phase": Kind.CODE,
    "incidents": Kind.COUNT,
    "officer_hours": Kind.MEASURE,
    "imputed_hours": Kind.MEASURE,
    "share": Kind.MEASURE,
    "mean_minutes": Kind.MEASURE,
    "median_minutes": Kind.MEASURE,
    "high_minutes": Kind.MEASURE,
    "pounds": Kind.MEASURE,
}
MEASURE_ROWS = {
    "whose": Kind.CODE,
    "measure": Kind.CODE,
    "incidents": Kind.COUNT,
    "hours": Kind.MEASURE,
    "mean_minutes": Kind.MEASURE,
    "median_minutes": Kind.MEASURE,
    "high_minutes": Kind.MEASURE,
}
SUMMARY_COLUMNS = {
    "people": Kind.COUNT,
    "incidents": Kind.COUNT,
    "incidents_attended": Kind.COUNT,
    "officer_hours": Kind.MEASURE,
    "officer_hours_low": Kind.MEASURE,
    "officer_hours_high": Kind.MEASURE,
    "imputed_hours": Kind.MEASURE,
    "weekly_hours": Kind.MEASURE,
    "median_week_hours": Kind.MEASURE,
    "high_week_hours": Kind.MEASURE,
    "visit_hours": Kind.MEASURE,
    "visit_share": Kind.MEASURE,
    "pounds": Kind.MEASURE,
    "visit_pounds": Kind.MEASURE,
}


@dataclass(frozen=True)
class PlannedVisits:
    """Visits that are planned for each week: how many, how long in minutes with travel, by how many officers."""

    visits_a_week: int
    minutes: int
    officers: int

    def __post_init__(self) -> None:
        if self.visits_a_week < 0 or self.minutes < 1 or self.officers < 1:
            raise QuestionError("A visit takes at least a minute and an officer. Mend the number of planned visits.")

    @property
    def weekly_hours(self) -> float:
        """Officer hours a week."""
        return self.visits_a_week * self.minutes * self.officers / MINUTES_AN_HOUR


@dataclass(frozen=True)
class Resources:
    """The officer time of the incidents that the ten of each neighbourhood asked about rang about in the window.

    Everywhere an incident counts once, also where two of the ten rang about it.

    Attributes:
        hours: `HOUR_COLUMNS`, 168 rows: the hours of the week in which it was worked, by the local clock (also after
            the window's end); `days` of that weekday in the window, by which the average is divided; median and a high
            centile over those days, nothing worked being 0 hours.
        weekdays: `WEEKDAY_COLUMNS`, 7 rows: the same of whole days.
        shifts: `SHIFT_COLUMNS`: the same by shift, and by the weekday on which the shift began.
        phases: `PHASE_ROWS`: of the incidents of the ten (`whose` listed) and of all of the view (`all`), for the
            officer time as a whole (`officer_time`) and for each phase: the incidents attended of which it is known,
            hours, of the whole also the imputed ones (a phase lies between two stamps), share of the officer time,
            mean, median and a high centile of the minutes of an incident. Only for the part not recorded is nothing
            unknown: 0 where everything is recorded.
        measures: `MEASURE_ROWS`: officer-minutes, unit-minutes and elapsed minutes of the same incidents attended, for
            the ten and for all; see `questions.time_measures`.
        summary: `SUMMARY_COLUMNS`, one row: the hours of the window with their bounds and of an average week, beside it
            the median and a high centile of the hours worked in single weeks of the window; what the planned visits
            would take of a week, and as a share of the average one. Pounds are null without a rate.
        shift_pattern: the shifts, in the force's order.
        rate: the force's; None where it has entered none.
    """

    hours: Released
    weekdays: Released
    shifts: Released
    phases: Released
    measures: Released
    summary: Released
    shift_pattern: tuple[Shift, ...]
    rate: HourlyRate | None


def resources(
    build: Build, view: View, audience: Audience, *, assumptions: Assumptions, visits: PlannedVisits
) -> Resources:
    """When the hours of the ten were worked, by phase, and beside planned visits.

    The ten are those of each neighbourhood by the view's lens.

    Raises:
        QuestionError: the build cannot answer: no domestic flag, no neighbourhoods, no harm table for that lens.
        AnalysisError: the shift pattern or the hourly rate cannot be read.
    """
    window = Window(view.as_of, view.weeks, build.timezone)
    shifts, rate = read_shifts(assumptions.texts("shift_pattern")), hourly_rate(assumptions)
    listed = listed_of(build, view, audience, assumptions)
    theirs = groups_of_listed(build, view, listed)
    worked = hours_of(build, theirs["group_id"], shifts=shifts)
    high = assumptions.number("officer_time_high_centile")
    hours, weekdays, on_shifts = days_and_shifts(worked, window, shifts, high)
    attended = _attended(build, theirs, groups_of_view(build, view, audience))
    times = whole_times(build, attended["group_id"])
    weeks = week_hours(worked, window)
    summary = _summary(build, listed, theirs, view.weeks, visits, rate).with_columns(
        median_week_hours=pl.lit(weeks.median()), high_week_hours=pl.lit(weeks.quantile(high / 100, "linear"))
    )
    return Resources(
        hours=_released("hours of the week", hours, HOUR_COLUMNS, audience),
        weekdays=_released("days of the week", weekdays, WEEKDAY_COLUMNS, audience),
        shifts=_released("shifts of the week", on_shifts, SHIFT_COLUMNS, audience),
        phases=_released("phases of officer time", _phases(attended, rate, high), PHASE_ROWS, audience),
        measures=_released(
            "three measures of time",
            measures_beside(attended, times, by="whose", high_centile=high),
            MEASURE_ROWS,
            audience,
        ),
        summary=_released("hours and planned visits", summary, SUMMARY_COLUMNS, audience),
        shift_pattern=shifts,
        rate=rate,
    )


def _in(view: View, audience: Audience) -> pl.Expr:
    """The neighbourhoods asked about, by `area_code`; what could not be placed has no ten."""
    codes = view.in_scope(audience)
    area = pl.col("area_code")
    return area != UNLOCATED if codes is None else area.is_in(sorted(codes))


def listed_of(
    build: Build, view: View, audience: Audience, assumptions: Assumptions, *, length: int | None = None
) -> pl.DataFrame:
    """area_code, key_id of the ten of each neighbourhood of the view, or of the first `length`."""
    everyone = ranked(build, view.ranking_filters(top=0), minimum_contacts=assumptions.whole("repeat_minimum_contacts"))
    is_listed = pl.col("position") <= (length or assumptions.whole("top_ten_length"))
    return everyone.filter(is_listed, _in(view, audience)).select("area_code", "key_id")


def groups_of_listed(build: Build, view: View, listed: pl.DataFrame) -> pl.DataFrame:
    """group_id, units with their bounds, imputed_units of the incidents the listed rang about, each once."""
    counted = counted_contacts(
        contacts_of(build, KeyType.CALLER),
        Window(view.as_of, view.weeks, build.timezone),
        area=AreaKind.NEIGHBOURHOOD,
        domestic_only=view.domestic_only,
    )
    theirs = counted.join(listed, on=["area_code", "key_id"], how="semi")
    kept = ("group_id", "units", "units_low", "units_high", "imputed_units")
    return theirs.select(kept).unique("group_id").sort("group_id")


def groups_of_view(build: Build, view: View, audience: Audience) -> pl.DataFrame:
    """group_id, units, imputed_units, area_code of every incident of the view's neighbourhoods and weeks."""
    window = Window(view.as_of, view.weeks, build.timezone)
    taken = pl.col("is_domestic") if view.domestic_only else pl.lit(True)
    return (
        build.table("groups")
        .filter(taken, window.contains(pl.col("received_at")))
        .select("group_id", "units", "imputed_units", area_code(AreaKind.NEIGHBOURHOOD))
        .collect()
        .filter(_in(view, audience))
    )


def _attended(build: Build, theirs: pl.DataFrame, everything: pl.DataFrame) -> pl.DataFrame:
    """The incidents of the ten (`whose` listed) and of all (`all`) that somebody attended, with their phases."""
    asked = pl.concat([theirs["group_id"], everything["group_id"]]).unique()
    phases = phases_of(build, asked)
    return pl.concat(
        [
            incidents.select("group_id", "units", "imputed_units")
            .join(phases, on="group_id")
            .with_columns(whose=pl.lit(whose))
            for whose, incidents in (("listed", theirs), ("all", everything))
        ]
    )


def _phases(both: pl.DataFrame, rate: HourlyRate | None, high_centile: float) -> pl.DataFrame:
    """The spread of officer time and of each phase, of the incidents of the ten and of all."""
    columns = ("units", *PHASE_COLUMNS)
    names = {"units": OFFICER_TIME, **{phase.column: phase.value for phase in (*RECORDED, Phase.NOT_RECORDED)}}
    imputed = both.group_by("whose").agg(
        imputed_hours=pl.col("imputed_units").sum() / UNITS_PER_HOUR, phase=pl.lit(OFFICER_TIME)
    )
    whole = pl.col("units").filter(pl.col("phase") == OFFICER_TIME).first().over("whose")
    return (
        spread(both, columns, by=["whose"], high_centile=high_centile)
        .with_columns(phase=pl.col("measure").replace_strict(names))
        .join(imputed, on=["whose", "phase"], how="left", maintain_order="left")
        .with_columns(
            officer_hours=pl.col("units") / UNITS_PER_HOUR,
            share=pl.when(whole > 0).then(pl.col("units") / whole),
            pounds=_pounds(pl.col("units") / UNITS_PER_HOUR, rate),
        )
        .sort("whose", descending=True, maintain_order=True)
    )


def _summary(
    build: Build,
    listed: pl.DataFrame,
    theirs: pl.DataFrame,
    weeks: int,
    visits: PlannedVisits,
    rate: HourlyRate | None,
) -> pl.DataFrame:
    """The one row of what the ten took and what visits would take."""
    attended = theirs.join(phases_of(build, theirs["group_id"]), on="group_id", how="semi").height
    units, imputed = int(theirs["units"].sum()), int(theirs["imputed_units"].sum())
    hours = units / (UNITS_PER_MINUTE * MINUTES_AN_HOUR)
    row = pl.DataFrame(
        {
            "people": [listed["key_id"].n_unique()],
            "incidents": [theirs.height],
            "incidents_attended": [attended],
            "officer_hours": [hours],
            "officer_hours_low": [int(theirs["units_low"].sum()) / UNITS_PER_HOUR],
            "officer_hours_high": [int(theirs["units_high"].sum()) / UNITS_PER_HOUR],
            "imputed_hours": [imputed / UNITS_PER_HOUR],
            "weekly_hours": [hours / weeks],
            "visit_hours": [visits.weekly_hours],
        }
    )
    share = pl.when(pl.col("weekly_hours") > 0).then(pl.col("visit_hours") / pl.col("weekly_hours"))
    return row.with_columns(
        visit_share=share,
        pounds=_pounds(pl.col("officer_hours"), rate),
        visit_pounds=_pounds(pl.col("visit_hours"), rate),
    )


def _pounds(hours: pl.Expr, rate: HourlyRate | None) -> pl.Expr:
    return pl.lit(None, pl.Float64) if rate is None else hours * rate.pounds


def _released(name: str, frame: pl.DataFrame, columns: dict[str, Kind], audience: Audience) -> Released:
    """Sums over the scope: no row is of one area or person."""
    answer = Answer(name=name, columns=tuple(AnswerColumn(column, kind) for column, kind in columns.items()))
    return release(frame.select(list(columns)), answer, audience)
