"""What are the three measures of officer time, and what are they side by side of the same incidents?"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from analysis.questions.figures import OfPerson, OfPhase, Whose
from analysis.questions.person import Person
from analysis.questions.resources import OFFICER_TIME, Resources, TimeMeasure
from dashboard.components.table import Table, TableColumn
from dashboard.open_incidents import Opening
from dashboard.text import count, decimal, hours, ordinal
from dashboard.view_models.demand_setting import DemandSetting
from dashboard.view_models.openings import hours_with_share, opening
from dashboard.view_models.person_setting import PersonSetting

MEASURES: Mapping[TimeMeasure, str] = {
    TimeMeasure.OFFICER: "Officer-minutes: each officer's own time, shared where one was on several incidents at once",
    TimeMeasure.UNIT: "Unit-minutes: each unit's time, whatever its crew, not shared",
    TimeMeasure.ELAPSED: "Elapsed: from the first assignment to the last clearance of each log",
}
WHICH = (
    "every hour elsewhere on this page is in officer-minutes, added up to hours; an incident to which nobody was sent "
    "takes no time and is not among those attended"
)
_OF_JOB = {
    TimeMeasure.OFFICER: "officer_minutes",
    TimeMeasure.UNIT: "unit_minutes",
    TimeMeasure.ELAPSED: "elapsed_minutes",
}
_WHOSE = {Whose.LISTED: "those listed", Whose.ALL: "everyone"}


def persons_measures(answer: Person, setting: PersonSetting) -> Table:
    """The officer time of one person's contacts in the three measures; no row where there is no contact."""
    rows = answer.incidents.rows.to_dicts() if answer.incidents.rows.height else []
    rung = [job for job in rows if job["is_contact"]]
    worked = {one: float(sum(job[column] or 0 for job in rung)) / 60 for one, column in _OF_JOB.items()}
    imputed = float(sum(job["imputed_minutes"] for job in rung)) / 60
    behind = OfPerson(rung[0]["person_id"], setting.days) if rung else None
    return Table(
        columns=(TableColumn("Measure of time"), TableColumn("Hours", is_number=True)),
        rows=tuple((words, _hours(one, worked[one], imputed)) for one, words in MEASURES.items()) if rung else (),
        said="The time of these contacts in three measures",
        openings=()
        if behind is None
        else (
            opening(
                behind,
                f"{behind.person_id}: contacts in three measures of time",
                name="contacts",
                officer_hours=worked[TimeMeasure.OFFICER],
                unit_hours=worked[TimeMeasure.UNIT],
                elapsed_hours=worked[TimeMeasure.ELAPSED],
            ),
        ),
    )


def measures_table(answer: Resources, setting: DemandSetting) -> Table:
    """The incidents attended of those listed and of everyone in the three measures, mean and median beside the sum."""
    high = f"{ordinal(setting.high_centile)} centile"
    numbers = ("Incidents attended", "Hours", "Mean minutes", "Median minutes", high)
    rows = answer.measures.rows.to_dicts()
    of_each = {(Whose(row["whose"]), TimeMeasure(row["measure"])): row for row in rows}
    whole = answer.phases.rows.filter(phase=OFFICER_TIME) if answer.phases.rows.width else answer.phases.rows
    imputed = {Whose(row["whose"]): row["imputed_hours"] for row in whole.to_dicts()}
    return Table(
        columns=(
            TableColumn("Measure of time"),
            TableColumn("Incidents of"),
            *(TableColumn(heading, is_number=True) for heading in numbers),
        ),
        rows=tuple(
            (
                words,
                _WHOSE[whose],
                count(row["incidents"]),
                _hours(measure, row["hours"], imputed.get(whose)),
                *(decimal(row[of], places=0) for of in ("mean_minutes", "median_minutes", "high_minutes")),
            )
            for whose in Whose
            for measure, words in MEASURES.items()
            if (row := of_each.get((whose, measure)))
        ),
        said=f"The time of the incidents attended in three measures: sum, mean, median and {high}",
        openings=tuple(_all_three(whose, of_each, setting) for whose in Whose if (whose, TimeMeasure.UNIT) in of_each),
    )


def _hours(measure: TimeMeasure, value: float, imputed: float | None) -> str:
    """Hours in one measure; the share that is imputed is known of officer time."""
    return hours_with_share(value, imputed) if measure is TimeMeasure.OFFICER else hours(value)


def _all_three(
    whose: Whose, of_each: Mapping[tuple[Whose, TimeMeasure], Mapping[str, Any]], setting: DemandSetting
) -> Opening:
    officer, unit, elapsed = (of_each[whose, measure] for measure in MEASURES)
    return opening(
        OfPhase(setting.days, whose, OFFICER_TIME),
        f"Incidents attended, {_WHOSE[whose]}, in three measures of time",
        name=_WHOSE[whose],
        incidents=officer["incidents"],
        officer_hours=officer["hours"],
        unit_hours=unit["hours"],
        elapsed_hours=elapsed["hours"],
    )
