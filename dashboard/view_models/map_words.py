"""What is said round the map? The sentence over it, the small line under it, and the notes beside it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from analysis.questions.area_map import AreaMap
from analysis.questions.area_map_outlines import Outlines
from analysis.questions.view import AreaKind
from dashboard.components.notes import SourceLine
from dashboard.text import as_at, change, day, decimal, listing, percent, plural, short_day
from dashboard.view_models.map_lines import AreaLine, Choice, Figures, Measure, Period, number, written
from dashboard.visit import Visit

MOST_NAMED = 3
_DEFINITIONS = {
    Measure.CONTACTS: "a contact is one person ringing about one incident",
    Measure.OFFICER_HOURS: "officer hours from assigned to cleared, summed over incidents at the time of the call",
    Measure.PEOPLE: "people who rang, counted in each area they rang from",
    Measure.PER_1000: "contacts divided by the residents the boundary file gives",
}


def answer_sentence(lines: Sequence[AreaLine], unplaced: Figures, choice: Choice, visit: Visit) -> str:
    """Where most lies, and how much could not be placed."""
    known = [line for line in lines if line.value is not None]
    most = max((line.value or 0 for line in known), default=0)
    first = [line for line in known if line.value == most]
    if not first or most <= 0:
        return f"{_nothing(choice, visit)}; {_not_placed(unplaced, choice)}."
    who = listing([line.name for line in first]) if len(first) <= MOST_NAMED else f"{len(first)} areas"
    return f"{who} {_holds(first, known, choice, visit)}; {_not_placed(unplaced, choice)}."


def _nothing(choice: Choice, visit: Visit) -> str:
    what = _what(choice, visit)
    return f"No area has more {what} than before" if choice.period is Period.CHANGE else f"There are no {what} here"


def _holds(first: Sequence[AreaLine], known: Sequence[AreaLine], choice: Choice, visit: Visit) -> str:
    value, is_one = first[0].value or 0, len(first) == 1
    each = "" if is_one else " each"
    have = "has" if is_one else "have"
    when = " in the period before" if choice.period is Period.BEFORE else ""
    what = _what(choice, visit)
    if choice.period is Period.CHANGE:
        rise = change(round(value)) if choice.measure is not Measure.PER_1000 else f"+{decimal(value)}"
        return f"{have} the largest rise{each}, {rise} {what} against the period before; small changes may be chance"
    if len(known) == 1:
        return f"{have} {written(value, choice)} {_bare(choice, what)}{when}"
    if choice.measure is Measure.PER_1000:
        return f"{have} most for those who live there{each}, {decimal(value)} {what} per 1,000 residents{when}"
    if choice.measure is Measure.PEOPLE:
        return f"{have} most people who rang{each}, {written(value, choice)}{when}"
    total = sum(line.value or 0 for line in known)
    holds = "holds" if is_one else "hold"
    return f"{holds} {percent(value / total)}{each} of {_where(visit)} {what}{when}{_residents(first, known)}"


def _residents(first: Sequence[AreaLine], known: Sequence[AreaLine]) -> str:
    """What share of the residents live there, where every area's are known."""
    numbers = [number(line.figures, "population") for line in known]
    everyone = sum(one for one in numbers if one is not None)
    own = number(first[0].figures, "population")
    if len(first) != 1 or None in numbers or own is None or not everyone:
        return ""
    return f" on {percent(own / everyone)} of its residents"


def _where(visit: Visit) -> str:
    filters = visit.filters
    sectors = visit.options.sectors
    if filters.sector or len(sectors) == 1:
        return "the sector's"
    return "the force's" if sectors == visit.facts.sectors else "your sectors'"


def _what(choice: Choice, visit: Visit) -> str:
    """What is counted: "domestic contacts", "officer hours on domestic incidents"."""
    is_domestic = visit.filters.domestic_only
    if choice.measure is Measure.OFFICER_HOURS:
        return "officer hours on domestic incidents" if is_domestic else "officer hours"
    noun = "people who rang" if choice.measure is Measure.PEOPLE else "contacts"
    return f"domestic {noun}" if is_domestic and choice.measure is not Measure.PEOPLE else noun


def _bare(choice: Choice, what: str) -> str:
    """The same after a figure that bears its unit already."""
    return what.replace("officer hours", "of officer time", 1) if choice.measure is Measure.OFFICER_HOURS else what


def _not_placed(unplaced: Figures, choice: Choice) -> str:
    before = "_before" if choice.period is Period.BEFORE else ""
    lost = int(number(unplaced, f"contacts{before}") or 0)
    kind = choice.kind.value
    return f"{plural(lost, 'contact')} could not be placed in a {kind}" if lost else f"every contact has a {kind}"


def period_words(choice: Choice, answer: AreaMap, visit: Visit) -> str:
    """Which weeks the figures are of."""
    filters = visit.filters
    weeks = plural(filters.weeks, "week")
    now = f"{weeks} to {day(filters.week_ending)}"
    if choice.period is Period.NOW or answer.first_day_before is None:
        return now
    last_before = filters.week_ending - timedelta(weeks=filters.weeks)
    before = f"{weeks} to {day(last_before)}"
    return before if choice.period is Period.BEFORE else f"{now}, against the {before}"


def under_title(label: str, choice: Choice, answer: AreaMap, visit: Visit, shapes: Outlines) -> str:
    """Which weeks the map shows, after the period's `label`, and what the lines over the areas are."""
    other = AreaKind.WARD if choice.kind is AreaKind.NEIGHBOURHOOD else AreaKind.NEIGHBOURHOOD
    lines = f" The thick lines are the {other.value}s." if shapes.others else ""
    return f"{label}: {period_words(choice, answer, visit)}.{lines}"


def source_words(
    lines: Sequence[AreaLine], unplaced: Figures, choice: Choice, answer: AreaMap, visit: Visit
) -> SourceLine:
    """The small line under the map."""
    parts = ["left out: calls that officers logged themselves"]
    if choice.measure is Measure.OFFICER_HOURS:
        worked = _total(lines, unplaced, "officer_hours")
        imputed = _total(lines, unplaced, "imputed_hours")
        parts = [f"{percent(imputed / worked)} of the hours are imputed, for units never cleared"] if worked else []
    if choice.measure in {Measure.CONTACTS, Measure.PEOPLE}:
        parts.append(_not_placed(unplaced, choice))
    domestic = "domestic incidents; " if visit.filters.domestic_only else "all incidents; "
    return SourceLine(
        period=period_words(choice, answer, visit),
        definition=domestic + _DEFINITIONS[choice.measure],
        data_as_at=as_at(visit.facts.last_day, visit.facts.id),
        left_out="; ".join(parts),
    )


def _total(lines: Sequence[AreaLine], unplaced: Figures, name: str) -> float:
    return sum(number(figures, name) or 0 for figures in (unplaced, *(line.figures for line in lines)))


def notes_beside(
    lines: Sequence[AreaLine], unplaced: Figures, drawn: frozenset[str] | None, choice: Choice, visit: Visit
) -> tuple[str, ...]:
    """What must be known to read the map rightly."""
    notes = []
    is_part = len(visit.options.within(visit.filters.sector, visit.filters.neighbourhood)) < len(
        visit.facts.neighbourhoods
    )
    if choice.kind is AreaKind.WARD and is_part:
        notes.append("A ward that crosses the edge of this part of the force is counted only inside it.")
    is_nobodys = is_part and choice.kind is AreaKind.NEIGHBOURHOOD
    if is_nobodys and any(number(unplaced, name) for name in ("contacts", "contacts_before")):
        notes.append("What could not be placed is of the whole force: nobody can say whose it is.")
    missing = [line.name for line in lines if drawn is not None and line.code not in drawn]
    if missing:
        notes.append(
            f"In the list but not on the map, for want of an outline on {short_day(visit.filters.week_ending)}: "
            f"{listing(missing)}."
        )
    if choice.measure is Measure.PEOPLE:
        notes.append("People need not add up: one person may have rung from two areas.")
    return tuple(notes)
