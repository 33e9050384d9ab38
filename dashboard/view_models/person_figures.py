"""Which numbers does a person's page give, month by month and kind by kind? Each opens the incidents it counts."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from analysis.questions.figures import Among, Days, Having, OfPerson
from analysis.questions.person import Person
from dashboard.charts.palette import Palette
from dashboard.charts.person_months import PersonMonth, person_months
from dashboard.components.figure import FigureView
from dashboard.components.notes import SourceLine
from dashboard.components.table import Table, TableColumn
from dashboard.open_incidents import Opening
from dashboard.text import count, hours, kind_said, plural, sentence, short_day
from dashboard.view_models.openings import imputed_share, opening
from dashboard.view_models.person_setting import PersonSetting
from dashboard.view_models.time_measures import persons_measures

Jobs = list[dict[str, Any]]
Test = Callable[[dict[str, Any]], bool]
_NUMBERS = (TableColumn("Incidents", True), TableColumn("Officer hours", True), TableColumn("of it imputed", True))
_COUNTED: tuple[tuple[str, Among, Having, Test], ...] = (
    ("Contacts", Among.RUNG, Having.ANY, lambda _: True),
    ("of them domestic", Among.RUNG, Having.DOMESTIC, lambda job: job["is_domestic"]),
    ("of them with a recorded crime", Among.RUNG, Having.CRIME, lambda job: job["crimes"] > 0),
    ("Children recorded", Among.RECORDED, Having.CHILDREN, lambda job: job["has_children"]),
    ("DASH or DARA mandatory", Among.RECORDED, Having.ASSESSMENT_DUE, lambda job: job["is_assessment_mandatory"]),
    ("mandatory and missing", Among.RECORDED, Having.ASSESSMENT_MISSING, lambda job: job["is_assessment_missing"]),
    (
        "Domestic, DASH or DARA not mandatory",
        Among.RECORDED,
        Having.OPTIONAL,
        lambda job: job["is_domestic"] and not job["is_assessment_mandatory"],
    ),
    (
        "not mandatory and none recorded",
        Among.RECORDED,
        Having.OPTIONAL_WITHOUT,
        lambda job: job["is_domestic"] and not job["is_assessment_mandatory"] and not job["is_assessed"],
    ),
)


@dataclass(frozen=True)
class PersonNumbers:
    """The numbers of the page, finished; no picture where there is no contact."""

    months: FigureView | None
    figures: Table
    measures: Table
    types: Table
    grades: Table


def person_numbers(answer: Person, setting: PersonSetting, source: SourceLine, palette: Palette) -> PersonNumbers:
    """Put the numbers into words and pictures."""
    return PersonNumbers(
        months=months_figure(answer, setting, source, palette),
        figures=figures_table(answer, setting),
        measures=persons_measures(answer, setting),
        types=kinds_table(answer, setting, column="opening_code", having=Having.TYPE, heading="Type", called=kind_said),
        grades=kinds_table(answer, setting, column="grade", having=Having.GRADE, heading="Grade"),
    )


def jobs_of(answer: Person) -> Jobs:
    """The jobs of the window in scope, the newest first."""
    return answer.incidents.rows.to_dicts() if answer.incidents.rows.height else []


def figures_table(answer: Person, setting: PersonSetting) -> Table:
    """What was counted, with officer hours and the part of them that is imputed; rows that count nothing say 0."""
    jobs, person_id = jobs_of(answer), person_of(answer)
    lines = []
    for name, among, having, is_counted in _COUNTED:
        chosen = [job for job in jobs if is_counted(job) and (job["is_contact"] or among is Among.RECORDED)]
        lines.append((name, chosen, OfPerson(person_id, setting.days, None, among, having)))
    marac = _since_marac(answer, setting)
    return Table(
        columns=(TableColumn("Counted"), *_NUMBERS),
        rows=tuple((name, *_sums(chosen)) for name, chosen, _ in lines),
        said="What was counted in these weeks, in incidents and officer hours of the whole incident",
        openings=(*(_opening(name, chosen, behind) for name, chosen, behind in lines if chosen), *marac),
    )


def kinds_table(
    answer: Person,
    setting: PersonSetting,
    *,
    column: str,
    having: Having,
    heading: str,
    called: Callable[[str], str] = str,
) -> Table:
    """Contacts by type or grade, the most first. `called`: how a kind is written."""
    found: dict[str | None, Jobs] = {}
    for job in jobs_of(answer):
        if job["is_contact"]:
            found.setdefault(job[column], []).append(job)
    order = sorted(found.items(), key=lambda one: (-len(one[1]), one[0] or ""))
    person_id, without = person_of(answer), f"no {heading.lower()}"
    return Table(
        columns=(TableColumn(heading), replace(_NUMBERS[0], heading="Contacts"), *_NUMBERS[1:]),
        rows=tuple((called(value) if value else without, *_sums(jobs)) for value, jobs in order),
        said=f"Contacts by {heading.lower()}, the most first",
        openings=tuple(
            _opening(
                called(value) if value else without,
                jobs,
                OfPerson(person_id, setting.days, None, Among.RUNG, having, value),
                are_contacts=True,
            )
            for value, jobs in order
        ),
    )


def months_figure(answer: Person, setting: PersonSetting, source: SourceLine, palette: Palette) -> FigureView | None:
    """Contacts and officer hours by the month of the contact; None where there is none."""
    rung = [job for job in jobs_of(answer) if job["is_contact"]]
    if not rung:
        return None
    months = _months(setting)
    by_month: dict[date, Jobs] = {month: [] for month in months}
    for job in rung:
        by_month[setting.local(job["at"]).date().replace(day=1)].append(job)
    drawn = [
        PersonMonth(month, _said(month), len(jobs), _hours(jobs, "officer_minutes"), _hours(jobs, "imputed_minutes"))
        for month, jobs in by_month.items()
    ]
    busiest = max(drawn, key=lambda one: (one.contacts, one.officer_hours))
    told = f"Most in {busiest.said}: {plural(busiest.contacts, 'contact')} and {hours(busiest.officer_hours)}"
    filled = [(month, jobs) for month, jobs in reversed(by_month.items()) if jobs]
    return FigureView(
        title="Contacts and officer hours by month",
        sentence=sentence(told, "The first and the last month may be cut by the window"),
        picture=person_months(drawn, palette),
        table=Table(
            columns=(TableColumn("Month"), replace(_NUMBERS[0], heading="Contacts"), *_NUMBERS[1:]),
            rows=tuple((_said(month), *_sums(jobs)) for month, jobs in filled),
            said="Contacts and officer hours by month; months without any are left out",
            openings=tuple(
                _opening(
                    _said(month),
                    jobs,
                    OfPerson(person_of(answer), _days_of(month, setting)),
                    are_contacts=True,
                )
                for month, jobs in filled
            ),
        ),
        source=source,
        alt=f"Bars of contacts and of officer hours for {plural(len(drawn), 'month')}. {told}.",
    )


def person_of(answer: Person) -> str:
    """The id that stands for the person today; empty where nothing of them is in scope."""
    rows = answer.areas.rows
    return str(rows["person_id"][0]) if rows.height else ""


def _since_marac(answer: Person, setting: PersonSetting) -> tuple[Opening, ...]:
    """Domestic incidents since the last MARAC that lie in the reader's scope, whatever the window."""
    areas = answer.areas.rows
    if not areas.height or areas["marac_on"][0] is None:
        return ()
    number = int(areas["domestic_since_marac_here"].sum())
    day_after = timedelta(days=1)
    days = Days(areas["marac_on"][0] + day_after, min(areas["marac_until"][0] + day_after, setting.as_of))
    figure = OfPerson(person_of(answer), days, None, Among.RECORDED, Having.DOMESTIC, every_kind=True)
    about = "Domestic incidents since the last MARAC, in your area"
    return (opening(figure, about, name="domestic since the last MARAC", incidents=number),) if number else ()


def _opening(name: str, jobs: Jobs, figure: OfPerson, *, are_contacts: bool = False) -> Opening:
    contacts, incidents = (len(jobs), None) if are_contacts else (None, len(jobs))
    return opening(
        figure,
        f"{figure.person_id}: {name}",
        name=name,
        contacts=contacts,
        incidents=incidents,
        officer_hours=_hours(jobs, "officer_minutes"),
        imputed_hours=_hours(jobs, "imputed_minutes"),
    )


def _sums(jobs: Sequence[dict[str, Any]]) -> tuple[str, str, str]:
    worked, imputed = _hours(jobs, "officer_minutes"), _hours(jobs, "imputed_minutes")
    return count(len(jobs)), hours(worked), imputed_share(imputed, worked)


def _hours(jobs: Sequence[dict[str, Any]], column: str) -> float:
    return float(sum(job[column] for job in jobs)) / 60


def _months(setting: PersonSetting) -> list[date]:
    """The first day of every month that the window touches."""
    found, last = [setting.first_day.replace(day=1)], setting.as_of - timedelta(days=1)
    while (after := _next(found[-1])) <= last:
        found.append(after)
    return found


def _next(month: date) -> date:
    return (month + timedelta(days=31)).replace(day=1)


def _days_of(month: date, setting: PersonSetting) -> Days:
    return Days(max(month, setting.first_day), min(_next(month), setting.as_of))


def _said(month: date) -> str:
    return f"{short_day(month).removeprefix('1 ')} {month.year}"
