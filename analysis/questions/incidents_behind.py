"""Which incidents stand behind a number of a page? A list that adds up to it exactly."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from analysis.assumptions import Assumptions
from analysis.disclosure import Audience, Released
from analysis.disclosure.contract import Answer, AnswerColumn, Kind
from analysis.disclosure.release import release
from analysis.officer_time import minutes
from analysis.questions.behind_figures import given_by
from analysis.questions.figures import Figure, OfCounter, OfDefinition, OfHarm, OfPerson, OfSide
from analysis.questions.ranking import area_names
from analysis.questions.time_measures import TimeMeasure, whole_times
from analysis.questions.view import AreaKind, View
from analysis.ranking.order import HARM_STEP
from analysis.store import Build

LIST_COLUMNS = {
    "incident_id": Kind.CODE,
    "logs": Kind.COUNT,
    "at": Kind.TIME,
    "neighbourhood_code": Kind.CODE,
    "neighbourhood_name": Kind.NAME,
    "opening_code": Kind.CODE,
    "closing_code": Kind.CODE,
    "grade": Kind.CODE,
    "is_domestic": Kind.FLAG,
    "contacts": Kind.COUNT,
    "units": Kind.MEASURE,
    "imputed_units": Kind.MEASURE,
    "officer_minutes": Kind.MEASURE,
    "imputed_minutes": Kind.MEASURE,
    "units_low": Kind.MEASURE,
    "units_high": Kind.MEASURE,
    "unit_minutes": Kind.MEASURE,
    "elapsed_minutes": Kind.MEASURE,
    "harm": Kind.MEASURE,
}
PERSON_COLUMN = {"person_id": Kind.PERSON}
PERSONS_OWN = (OfPerson, OfHarm, OfDefinition, OfCounter, OfSide)
"""Figures of one person, whose list is opened for a purpose."""


@dataclass(frozen=True)
class Behind:
    """The incidents behind a figure, and what they add up to.

    Attributes:
        rows: `LIST_COLUMNS` (and `person_id` where the figure is of one person), the newest first. `incident_id` is
            the first log of the incident, `logs` how many it has; `contacts` and `units` (1/720720 of a millisecond)
            are what it gives to the figure, null where the figure counts none; `units_low` and `units_high` are its
            bounds, `unit_minutes` and `elapsed_minutes` the other measures, all null where it gives less than its whole
            officer time; `harm` (days) is null where the figure is not of harm.
        contacts: their sum; None where the figure counts none.
        units: their sum, in integers: the figure to the last digit.
        imputed_units: of these, worked out because a unit was never cleared; None where that is not known.
        units_low, units_high: the bounds they lie between, and
        unit_minutes, elapsed_minutes: the other two measures; None where no incident gives its whole officer time.
        harm: the sum of the days of harm; None where the figure is not of harm.
    """

    rows: Released
    contacts: int | None
    units: int
    imputed_units: int | None
    units_low: int | None
    units_high: int | None
    unit_minutes: float | None
    elapsed_minutes: float | None
    harm: float | None

    @property
    def incidents(self) -> int:
        """How many there are."""
        return self.rows.rows.height

    @property
    def officer_hours(self) -> float:
        """The sum in hours, as every page works it out."""
        return _minutes(self.units) / 60

    @property
    def imputed_hours(self) -> float | None:
        """The imputed part in hours."""
        return None if self.imputed_units is None else _minutes(self.imputed_units) / 60

    @property
    def bounds(self) -> tuple[float, float] | None:
        """The hours between which the officer hours lie."""
        if self.units_low is None or self.units_high is None:
            return None
        return _minutes(self.units_low) / 60, _minutes(self.units_high) / 60


def incidents_behind(
    build: Build, view: View, audience: Audience, figure: Figure, *, assumptions: Assumptions
) -> Behind:
    """The incidents a figure was counted from, each with what it gives.

    Only what lies in the audience's scope is listed: of a figure that also counts what lies in nobody's scope the list
    is a part, and pages say so in place of offering it. For the police only; a partner is given nothing.

    Raises:
        QuestionError: the build cannot answer; the message names the mend.
    """
    given = given_by(build, view, audience, figure, assumptions=assumptions)
    if "harm_steps" not in given.columns:
        given = given.with_columns(pl.lit(None, pl.Int64).alias("harm_steps"))
    person_id = figure.person_id if isinstance(figure, PERSONS_OWN) else None
    log = build.table("incidents").select("incident_id", "opening_code", "closing_code", "grade", "is_domestic")
    details = log.filter(pl.col("incident_id").is_in(given["incident_id"].unique().implode())).collect()
    names = area_names(build, AreaKind.NEIGHBOURHOOD).rename(
        {"area_code": "neighbourhood_code", "area_name": "neighbourhood_name"}
    )
    times = whole_times(build, given["whole_id"].drop_nulls())
    listed = (
        given.join(times, left_on="whole_id", right_on="group_id", how="left")
        .join(details, on="incident_id", how="left")
        .join(names, on="neighbourhood_code", how="left")
        .with_columns(
            officer_minutes=minutes(pl.col("units")),
            imputed_minutes=minutes(pl.col("imputed_units")),
            unit_minutes=minutes(pl.col(TimeMeasure.UNIT)),
            elapsed_minutes=minutes(pl.col(TimeMeasure.ELAPSED)),
            harm=pl.col("harm_steps") / HARM_STEP,
            person_id=pl.lit(person_id, pl.String),
        )
        .sort("at", "incident_id", descending=True, nulls_last=True)
    )
    columns = LIST_COLUMNS | ({} if person_id is None else PERSON_COLUMN)
    answer = Answer(
        name="incidents behind a figure",
        columns=tuple(AnswerColumn(name, kind) for name, kind in columns.items()),
        area_column="neighbourhood_code",
        person_column=None if person_id is None else "person_id",
        timezone=build.timezone,
    )
    return _added_up(release(listed.select(list(columns)), answer, audience))


def _added_up(released: Released) -> Behind:
    """The sums of what was released, so that list and total cannot differ; of an empty list all are nothing."""
    rows = released.rows
    if not rows.width:
        return Behind(released, None, 0, None, None, None, None, None, None)
    sums = {
        name: int(rows[name].sum()) if _is_known(rows[name]) or rows.is_empty() else None
        for name in ("contacts", "units", "imputed_units", "units_low", "units_high")
    }
    others = {
        name: float(rows[name].sum()) if _is_known(rows[name]) else None for name in ("unit_minutes", "elapsed_minutes")
    }
    steps = (rows["harm"] * HARM_STEP).round().cast(pl.Int64)
    harm = int(steps.sum()) / HARM_STEP if _is_known(steps) else None
    return Behind(
        rows=released,
        contacts=sums["contacts"],
        units=sums["units"] or 0,
        imputed_units=sums["imputed_units"],
        units_low=sums["units_low"],
        units_high=sums["units_high"],
        unit_minutes=others["unit_minutes"],
        elapsed_minutes=others["elapsed_minutes"],
        harm=harm,
    )


def _is_known(column: pl.Series) -> bool:
    return column.null_count() < column.len()


def _minutes(units: int) -> float:
    return float(pl.select(minutes(pl.lit(units, pl.Int64))).item())
