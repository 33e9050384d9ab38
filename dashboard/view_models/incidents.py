"""What does the list behind a number say? The incidents, what each gives, and a total that is the number."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from analysis.questions.figures import (
    WHOLE_BUILD,
    Days,
    Figure,
    OfArea,
    OfCounter,
    OfDefinition,
    OfGap,
    OfHarm,
    OfHours,
    OfNobody,
    OfPerson,
    OfPhase,
    OfSide,
)
from analysis.questions.incidents_behind import Behind
from analysis.questions.view import View
from dashboard.components.notes import SourceLine
from dashboard.components.paging import Part
from dashboard.components.table import Table, TableColumn
from dashboard.open_incidents import Opening
from dashboard.text import as_at, count, day, decimal, harm_days, hours, kind_said, moment, plural, sentence
from dashboard.view_models.openings import how_sure
from dashboard.visit import Visit

_NO_ROW = "–"
_NUMBERS = ("Contacts", "Officer minutes", "Unit minutes", "Elapsed minutes", "Harm")
OTHER_MEASURES = (
    "unit minutes: each unit's time, neither shared nor times its crew; elapsed: from a log's first assignment to its "
    "last clearance"
)
_ADDED = ("contacts", "officer_minutes", "unit_minutes", "elapsed_minutes", "harm")
_NO_CONTACTS = {"contacts": None}


@dataclass(frozen=True)
class IncidentsView:
    """The list, finished."""

    sentence: str
    table: Table
    source: SourceLine


def whole_view(days: Days) -> Opening:
    """What the page shows where no number was chosen: everything the filters leave."""
    return Opening("Everything in view", "Everything in view", OfArea(days))


def incidents_view(
    found: Behind, opening: Opening, visit: Visit, view: View, *, part: Part, harm: str = ""
) -> IncidentsView:
    """Put the list into words. `part` of it is drawn; `harm` says where days of harm are from."""
    zone = ZoneInfo(found.rows.answer.timezone or "UTC")
    return IncidentsView(
        sentence=f"{opening.about}. {_said(found)}",
        table=_table(found, part, zone),
        source=SourceLine(
            period=period_of(opening.figure, view, visit),
            definition="; ".join(
                (
                    definition_of(opening.figure) + (f": {harm}" if found.harm is not None else ""),
                    *([OTHER_MEASURES] if _has_measures(found) else []),
                )
            ),
            data_as_at=as_at(visit.facts.last_day, visit.facts.id),
            left_out="left out: nothing; minutes are rounded in the rows; the total is worked out from exact shares",
        ),
    )


def total_words(found: Behind) -> str:
    """The total as a page's figure is written: "9 contacts, 21.0 h"."""
    contacts = "" if found.contacts is None else f"{plural(found.contacts, 'contact')}, "
    return f"{contacts}{hours(found.officer_hours)}"


def _said(found: Behind) -> str:
    if not found.incidents:
        return "There is no such incident in your area."
    sure = how_sure(found.officer_hours, found.imputed_hours, *(found.bounds or (None, None)))
    rang = f"{plural(found.contacts, 'contact')} and " if found.contacts is not None else ""
    harm = "" if found.harm is None else f", and harm of {harm_days(found.harm)}"
    worked = f"{hours(found.officer_hours)} of officer time" + (f", {sure}" if sure else "")
    return sentence(f"{plural(found.incidents, 'incident')}: {rang}{worked}{harm}")


def _has_measures(found: Behind) -> bool:
    return found.unit_minutes is not None


def _numbers(found: Behind, row: Mapping[str, float | None]) -> tuple[str, ...]:
    """The numbers of a row, or of several added up, under those headings that the list has."""
    measures = ("unit_minutes", "elapsed_minutes") if _has_measures(found) else ()
    return (
        _NO_ROW if row["contacts"] is None else count(int(row["contacts"])),
        decimal(row["officer_minutes"], places=0),
        *(_NO_ROW if (value := row[name]) is None else decimal(value, places=0) for name in measures),
        *(() if found.harm is None else (harm_days(row["harm"] or 0.0),)),
    )


def _table(found: Behind, part: Part, zone: ZoneInfo) -> Table:
    every = found.rows.rows
    cells = [(*_row(row, zone), *_numbers_of_row(found, row)) for row in every[part.first : part.last].to_dicts()]
    others = every[: part.first].vstack(every[part.last :])
    if others.height:
        rest: dict[str, Any] = {name: others[name].sum() for name in _ADDED} | (
            {} if found.contacts is not None else _NO_CONTACTS
        )
        cells.append((f"The {count(others.height)} others", "", "", "", "", *_numbers(found, rest)))
    if cells:
        whole = {name: getattr(found, name) for name in _ADDED if name != "officer_minutes"}
        whole["officer_minutes"] = found.officer_hours * 60
        total = _numbers(found, whole)
        cells.append(("Total", plural(found.incidents, "incident"), "", "", "", *total))
    left_out = {*(() if _has_measures(found) else _NUMBERS[2:4]), *(() if found.harm is not None else _NUMBERS[4:])}
    numbers = [heading for heading in _NUMBERS if heading not in left_out]
    headings = ("When", "Incident", "Where", "What", "Grade", *numbers)
    return Table(
        columns=tuple(TableColumn(heading, heading in _NUMBERS) for heading in headings),
        rows=tuple(cells),
        said="The incidents behind the number, the newest first, with what each gives to it; the last row is the total",
    )


def _row(row: dict[str, Any], zone: ZoneInfo) -> tuple[str, ...]:
    codes = " → ".join(dict.fromkeys(kind_said(code) for code in (row["opening_code"], row["closing_code"]) if code))
    logs = f" ({plural(row['logs'], 'log')})" if row["logs"] > 1 else ""
    return (
        moment(row["at"].astimezone(zone)) if row["at"] else "no time",
        f"{row['incident_id']}{logs}",
        row["neighbourhood_name"] or "not placed",
        codes or "no code",
        row["grade"] or "no grade",
    )


def _numbers_of_row(found: Behind, row: dict[str, Any]) -> tuple[str, ...]:
    contacts, worked, *others = _numbers(found, row)
    return contacts, worked + (" (part imputed)" if row["imputed_minutes"] else ""), *others


def period_of(figure: Figure, view: View, visit: Visit) -> str:
    """Which days the number counts."""
    if isinstance(figure, WHOLE_BUILD):
        return f"{day(visit.facts.first_day)} to {day(visit.facts.last_day)}, the whole build"
    return f"{days_said(figure.days)}, {'domestic incidents' if view.domestic_only else 'all incidents'}"


def days_said(days: Days) -> str:
    """Mon 25 Nov 2013 to Sun 1 Dec 2013."""
    last = days.as_of.fromordinal(days.as_of.toordinal() - 1)
    return day(last) if last == days.first_day else f"{day(days.first_day)} to {day(last)}"


def definition_of(figure: Figure) -> str:
    """What the number counts, in a clause."""
    match figure:
        case OfArea():
            return "contacts at each caller's first call, hours at the incident's; two who ring are two contacts"
        case OfPerson():
            return "contacts as caller; officer time is that of the whole incident, in officer hours"
        case OfHarm():
            return "days of harm of the scored crimes of these contacts: each crime once, at the first contact about it"
        case OfDefinition():
            return "what the definition counts of this person here, whether or not it is met"
        case OfCounter():
            return "incidents of every kind in which the two stand on these sides, whoever rang"
        case OfSide():
            return "contacts of the records that are more like this one of the two than like the other"
        case OfNobody():
            return "one contact for each reason why nobody could be named; officer hours of the whole incident"
        case OfHours():
            return "officer hours where they were worked, so that the incident may have begun earlier"
        case OfPhase():
            return "officer hours of this part of the attendance, of incidents attended"
        case OfGap():
            return "logs as they were read; where a caller is missing, incidents"
        case _:
            return "officer hours are those of the whole incident, each once"
