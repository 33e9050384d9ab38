"""How is a number labelled that opens the incidents behind it? With the number itself, as the page writes it."""

from __future__ import annotations

from datetime import date, timedelta

from analysis.questions.figures import Days, Figure, OfArea
from analysis.questions.view import View
from dashboard.filters import Filters
from dashboard.open_incidents import Opening
from dashboard.text import day, harm_days, hours, percent, plural
from dashboard.visit import Visit

WEEK = timedelta(weeks=1)


def window_days(filters: Filters) -> Days:
    """The days of the window."""
    return Days(filters.first_day, filters.as_of)


def newest_week(filters: Filters) -> Days:
    """The days of the newest week."""
    return Days(filters.as_of - WEEK, filters.as_of)


def opening(
    figure: Figure,
    about: str,
    *,
    name: str = "",
    contacts: int | None = None,
    incidents: int | None = None,
    officer_hours: float | None = None,
    imputed_hours: float | None = None,
    unit_hours: float | None = None,
    elapsed_hours: float | None = None,
    harm: float | None = None,
    view: View | None = None,
) -> Opening:
    """An opening whose label holds the numbers: "Alder Park: 9 contacts, 21.0 h".

    Args:
        about: what the numbers are of, as the list's own title says it.
        name: the row of the table, where the number stands in one.
        imputed_hours: of the officer hours, where nothing beside the label says their share.
        unit_hours, elapsed_hours: the other two measures of time.
        harm: in days.
        view: what is counted, where that is not what the filters say.
    """
    numbers = [
        plural(contacts, "contact") if contacts is not None else "",
        plural(incidents, "incident") if incidents is not None else "",
        hours_with_share(officer_hours, imputed_hours) if officer_hours is not None else "",
        f"units {hours(unit_hours)}" if unit_hours is not None else "",
        f"elapsed {hours(elapsed_hours)}" if elapsed_hours is not None else "",
        f"harm {harm_days(harm)}" if harm is not None else "",
    ]
    said = ", ".join(number for number in numbers if number)
    return Opening(f"{name}: {said}" if name and said else name or said, about, figure, view)


def hours_with_share(officer_hours: float, imputed_hours: float | None) -> str:
    """Officer hours, with the share of them that is imputed where any is: "21.0 h (9 % imputed)"."""
    said = hours(officer_hours)
    return f"{said} ({imputed_share(imputed_hours, officer_hours)} imputed)" if imputed_hours else said


def imputed_share(imputed_hours: float | None, officer_hours: float | None) -> str:
    """The share of officer hours worked out because a unit was never cleared; a dash where there are no hours."""
    return percent(imputed_hours / officer_hours) if officer_hours and imputed_hours is not None else "–"


def bounds_said(low: float | None, high: float | None) -> str:
    """Between which hours officer time lies where units were never cleared; empty where nothing is open."""
    if low is None or high is None or hours(low) == hours(high):
        return ""
    return f"between {hours(low)} and {hours(high)}"


def how_sure(
    officer_hours: float | None,
    imputed_hours: float | None,
    low: float | None,
    high: float | None,
    *,
    of: str = " of it",
) -> str:
    """The share of officer hours that is imputed and the bounds they lie between; empty where all is known."""
    share = f"{imputed_share(imputed_hours, officer_hours)}{of} imputed" if imputed_hours else ""
    return ", ".join(part for part in (share, bounds_said(low, high)) if part)


def scope_words(visit: Visit) -> str:
    """The part of the force in view: a neighbourhood, a sector, or all there is."""
    areas = {area.code: area.name for area in visit.options.neighbourhoods}
    chosen = areas.get(visit.filters.neighbourhood or "")
    return chosen or (f"{visit.filters.sector} sector" if visit.filters.sector else "Every neighbourhood in view")


def week_opening(
    visit: Visit, *, contacts: int | None = None, officer_hours: float | None = None, ending: date | None = None
) -> Opening | None:
    """The incidents of a week of the view, the newest where none is named; None where the data do not hold it."""
    if contacts is None and officer_hours is None:
        return None
    last = ending or visit.filters.week_ending
    after = last + timedelta(days=1)
    return opening(
        OfArea(Days(after - WEEK, after)),
        f"{scope_words(visit)}, week ending {day(last)}",
        name="" if ending is None else f"week ending {day(ending)}",
        contacts=contacts,
        officer_hours=officer_hours,
    )
