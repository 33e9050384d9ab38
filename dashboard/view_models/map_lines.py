"""Which figure stands for each area, and how is it written?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias

from analysis.questions.area_map import AreaMap
from analysis.questions.area_map_outlines import Outlines
from analysis.questions.view import AreaKind
from dashboard.text import UNKNOWN, change, decimal, hours
from dashboard.view_models.openings import imputed_share

Figures: TypeAlias = Mapping[str, float | int | str | None]


class Measure(StrEnum):
    """What the map is coloured by."""

    CONTACTS = "contacts"
    OFFICER_HOURS = "officer_hours"
    PEOPLE = "people"
    PER_1000 = "per_1000"


class Period(StrEnum):
    """Which of the two periods, or the difference between them."""

    NOW = "now"
    BEFORE = "before"
    CHANGE = "change"


_UNITS = {
    Measure.CONTACTS: "contacts",
    Measure.OFFICER_HOURS: "officer hours",
    Measure.PEOPLE: "people",
    Measure.PER_1000: "contacts per 1,000 residents",
}


@dataclass(frozen=True)
class Choice:
    """What the switches say."""

    kind: AreaKind
    measure: Measure
    period: Period

    @property
    def unit(self) -> str:
        """The unit of the value, as the legend says it."""
        said = _UNITS[self.measure]
        return f"change in {said}" if self.period is Period.CHANGE else said

    @property
    def places(self) -> int:
        """How many decimals the value carries."""
        return 1 if self.measure is Measure.PER_1000 else 0


@dataclass(frozen=True)
class AreaLine:
    """One area in order of the list; `value` is what it is coloured by, None where it is not known."""

    code: str
    name: str
    value: float | None
    figures: Figures


def area_lines(answer: AreaMap, shapes: Outlines | None, choice: Choice) -> tuple[AreaLine, ...]:
    """The areas with most first, then by name; an area that is drawn and has nothing is there with 0."""
    rows: dict[str, Figures] = {row["area_code"]: row for row in answer.areas.rows.iter_rows(named=True)}
    nothing = dict.fromkeys(("contacts", "people", "officer_hours", "imputed_hours"), 0)
    if answer.first_day_before:
        nothing |= {f"{name}_before": 0 for name in nothing}
    for feature in shapes.areas["features"] if shapes else ():
        properties = feature["properties"]
        rows.setdefault(properties["code"], {"area_name": properties["name"], **nothing})
    lines = [AreaLine(code, str(row["area_name"]), value_of(row, choice), row) for code, row in rows.items()]
    return tuple(sorted(lines, key=lambda line: (line.value is None, -(line.value or 0), line.name, line.code)))


def unplaced_figures(answer: AreaMap) -> Figures:
    """The figures of what could not be placed; empty for who may not see them."""
    rows = answer.unlocated.rows
    return rows.row(0, named=True) if rows.height else {}


def value_of(figures: Figures, choice: Choice) -> float | None:
    """The figure the switches ask for; None where it is not known."""
    now, before = number(figures, choice.measure.value), number(figures, f"{choice.measure.value}_before")
    if choice.period is Period.CHANGE:
        return None if now is None or before is None else now - before
    return now if choice.period is Period.NOW else before


def number(figures: Figures, name: str) -> float | None:
    """A figure; None where it is not known."""
    value = figures.get(name)
    return value if isinstance(value, int | float) else None


def written(value: float | None, choice: Choice) -> str:
    """The value as the list writes it."""
    if value is None:
        return UNKNOWN
    if choice.period is Period.CHANGE:
        rounded = round(value, choice.places)
        sign = "+" if rounded > 0 else ""
        return sign + decimal(rounded, places=choice.places) if choice.places else change(int(rounded))
    if choice.measure is Measure.OFFICER_HOURS:
        return hours(value, places=0)
    return decimal(value, places=choice.places)


def share_beside(figures: Figures, choice: Choice) -> str:
    """Of officer hours of a period the share that is imputed, where any is."""
    suffix = "_before" if choice.period is Period.BEFORE else ""
    imputed = number(figures, f"imputed_hours{suffix}")
    if choice.measure is not Measure.OFFICER_HOURS or choice.period is Period.CHANGE or not imputed:
        return ""
    return f", {imputed_share(imputed, number(figures, f'officer_hours{suffix}'))} imputed"
