"""Which incidents stand behind the figures of each area of the map, and why behind some none are listed?"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from analysis.questions.figures import Days, OfArea
from analysis.questions.view import AreaKind
from dashboard.open_incidents import Opening
from dashboard.text import day, listing
from dashboard.view_models.map_lines import AreaLine, Figures, Period, number
from dashboard.view_models.openings import opening, window_days
from dashboard.visit import Visit

UNLOCATED_CODE, UNLOCATED = "unlocated", "Unlocated"


def area_openings(
    lines: Sequence[AreaLine], unplaced: Figures, period: Period, kind: AreaKind, visit: Visit, *, before: date | None
) -> tuple[Opening, ...]:
    """The incidents of each area with any in one period; none for a change, nor for what is not in the viewer's scope.

    Args:
        before: where the period before begins; None where there is none.
    """
    if period is Period.CHANGE or (period is Period.BEFORE and before is None):
        return ()
    now = window_days(visit.filters)
    days = now if period is Period.NOW or before is None else Days(before, now.first_day)
    places = [(line.code, line.name, line.figures) for line in lines]
    if sees_unplaced(visit):
        places.append((UNLOCATED_CODE, UNLOCATED, unplaced))
    found = [_opening(code, name, figures, period, days, kind) for code, name, figures in places]
    return tuple(one for one in found if one)


def chosen_openings(
    lines: Sequence[AreaLine], kind: AreaKind, visit: Visit, *, before: date | None
) -> tuple[Opening, ...]:
    """The incidents of the areas chosen, together: of this period, and of the one before where there is one."""
    now, codes = window_days(visit.filters), tuple(line.code for line in lines)
    name = listing([line.name for line in lines])

    def together(days: Days, suffix: str, said: str) -> Opening | None:
        contacts, worked, imputed = (
            sum(number(line.figures, f"{column}{suffix}") or 0 for line in lines)
            for column in ("contacts", "officer_hours", "imputed_hours")
        )
        if not contacts and not worked:
            return None
        about = f"{name}, {day(days.first_day)} until {day(days.as_of)}"
        figure = OfArea(days, codes, kind)
        return opening(figure, about, name=said, contacts=int(contacts), officer_hours=worked, imputed_hours=imputed)

    found = [together(now, "", "this period")]
    if before is not None:
        found.append(together(Days(before, now.first_day), "_before", "before"))
    return tuple(one for one in found if one)


def why_no_area_list(period: Period, unplaced: Figures, visit: Visit) -> str:
    """Why there is no list behind some of the figures; empty where there is one behind each."""
    if period is Period.CHANGE:
        return "a change has no incidents of its own; switch to this period, or to before"
    lost = any(number(unplaced, name) for name in ("contacts", "officer_hours", "contacts_before"))
    if lost and not sees_unplaced(visit):
        return "what could not be placed is in nobody's area; those who see the whole force can list it"
    return ""


def sees_unplaced(visit: Visit) -> bool:
    """Whether what lies in no area may be listed for the viewer: for those of the whole force."""
    return visit.viewer.neighbourhoods(visit.facts.geography) is None


def _opening(code: str, name: str, figures: Figures, period: Period, days: Days, kind: AreaKind) -> Opening | None:
    suffix = "_before" if period is Period.BEFORE else ""
    contacts, worked = number(figures, f"contacts{suffix}"), number(figures, f"officer_hours{suffix}")
    if not contacts and not worked:
        return None
    when = " before" if suffix else ""
    return opening(
        OfArea(days, (code,), kind),
        f"{name}, {day(days.first_day)} until {day(days.as_of)}",
        name=f"{name}{when}",
        contacts=None if contacts is None else int(contacts),
        officer_hours=worked,
        imputed_hours=number(figures, f"imputed_hours{suffix}"),
    )
