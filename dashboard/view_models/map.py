"""What does the map show? Its picture, its list and the chosen area, every word and number ready."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

import plotly.graph_objects as go

from analysis.disclosure import Released
from analysis.questions.area_map import AreaMap, NoRate
from analysis.questions.area_map_outlines import Outlines
from analysis.questions.view import AreaKind
from dashboard.charts.choropleth import MapArea, MapPoints, MapView, choropleth
from dashboard.charts.palette import Palette
from dashboard.components.cells import Cell, words
from dashboard.components.figure import FigureView
from dashboard.components.table import Table, TableColumn
from dashboard.open_incidents import Opening
from dashboard.text import count, decimal, hours, listing, moment, plural, sentence
from dashboard.view_models.map_lines import (
    AreaLine,
    Choice,
    Figures,
    Measure,
    Period,
    area_lines,
    number,
    share_beside,
    unplaced_figures,
    value_of,
    written,
)
from dashboard.view_models.map_openings import area_openings, chosen_openings, why_no_area_list
from dashboard.view_models.map_words import answer_sentence, notes_beside, source_words, under_title
from dashboard.view_models.openings import how_sure, imputed_share
from dashboard.visit import Visit

UNLOCATED = "Unlocated"
_BOUNDS = ("officer_hours_low", "officer_hours_high")
KIND_LABELS = {AreaKind.NEIGHBOURHOOD: "Neighbourhoods", AreaKind.WARD: "Wards"}
MEASURE_LABELS = {
    Measure.CONTACTS: "Contacts",
    Measure.OFFICER_HOURS: "Officer hours",
    Measure.PEOPLE: "People",
    Measure.PER_1000: "Per 1,000 residents",
}
PERIOD_LABELS = {Period.NOW: "This period", Period.BEFORE: "Before", Period.CHANGE: "Change"}
_WHY_NO_RATE = {
    NoRate.NO_POPULATION: "Per 1,000 residents is not offered: the boundary file gives no population.",
    NoRate.PART_OF_WARDS: (
        "Per 1,000 residents is not offered: wards are counted only inside this part of the force, and their residents "
        "are known for the whole ward only."
    ),
}
_NO_BEFORE = "There is no period before: the data do not reach so far back. Choose a shorter window."


@dataclass(frozen=True)
class Choices:
    """What may be switched to, each with its label, and why something may not."""

    measures: Mapping[Measure, str]
    periods: Mapping[Period, str]
    why_not: tuple[str, ...]


@dataclass(frozen=True)
class ChosenArea:
    """What is said of the chosen area; `neighbourhood` is its code where it has a top ten of its own.

    `openings`: the incidents behind its figures, of this period and of the one before.
    """

    name: str
    said: str
    neighbourhood: str | None
    openings: tuple[Opening, ...]


@dataclass(frozen=True)
class MapPage:
    """The page, finished. `picture` is None where the build has no outlines."""

    sentence: str
    picture: FigureView | None
    listed: Table
    lines: tuple[AreaLine, ...]
    chosen: ChosenArea | None
    notes: tuple[str, ...]

    @property
    def names(self) -> dict[str, str]:
        """The name of each area, in the order of the list; with its code where two bear one name."""
        names = [line.name for line in self.lines]
        return {
            line.code: line.name if names.count(line.name) == 1 else f"{line.name} ({line.code})" for line in self.lines
        }


def kinds(visit: Visit) -> dict[AreaKind, str]:
    """The kinds of areas this build has, with their labels."""
    has = {AreaKind.NEIGHBOURHOOD: bool(visit.facts.neighbourhoods), AreaKind.WARD: visit.facts.has_wards}
    return {kind: label for kind, label in KIND_LABELS.items() if has[kind]} or KIND_LABELS


def why_no_map(kind: AreaKind) -> str:
    """Why there is a list and no map."""
    return f"There is no map: the build has no outlines of {KIND_LABELS[kind].lower()}."


def choices(answer: AreaMap) -> Choices:
    """What these figures allow."""
    has_before = answer.first_day_before is not None
    why_not = [] if answer.no_rate is None else [_WHY_NO_RATE[answer.no_rate]]
    return Choices(
        measures={
            measure: label
            for measure, label in MEASURE_LABELS.items()
            if answer.no_rate is None or measure is not Measure.PER_1000
        },
        periods={period: label for period, label in PERIOD_LABELS.items() if has_before or period is Period.NOW},
        why_not=(*why_not, *([] if has_before else [_NO_BEFORE])),
    )


def weeks_of(visit: Visit) -> tuple[date, ...]:
    """The Sundays the weeks of the window end on, oldest first."""
    filters = visit.filters
    return tuple(filters.week_ending - timedelta(weeks=back) for back in reversed(range(filters.weeks)))


def map_page(
    answer: AreaMap,
    shapes: Outlines | None,
    points: Released | None,
    *,
    choice: Choice,
    chosen: Sequence[str],
    visit: Visit,
    palette: Palette,
) -> MapPage:
    """The page for one choice of the switches.

    Args:
        points: the incidents of one week, where they are asked for.
        chosen: codes of the areas to be marked, the first one outlined.
    """
    lines = area_lines(answer, shapes, choice)
    unplaced = unplaced_figures(answer)
    said = answer_sentence(lines, unplaced, choice, visit)
    drawn = frozenset(feature["properties"]["code"] for feature in shapes.areas["features"]) if shapes else None
    picture = None
    if shapes is not None:
        picture = FigureView(
            title=f"{MEASURE_LABELS[choice.measure]} by {choice.kind.value}",
            sentence=under_title(PERIOD_LABELS[choice.period], choice, answer, visit, shapes),
            picture=_drawn(lines, shapes, points, choice=choice, chosen=chosen, palette=palette),
            table=_twin(lines, unplaced, choice, answer, visit),
            source=source_words(lines, unplaced, choice, answer, visit),
            alt=f"Map of {plural(len(lines), choice.kind.value)} by {choice.unit}. {said} The list gives the same.",
            is_map=True,
        )
    return MapPage(
        sentence=said,
        picture=picture,
        listed=replace(
            _list(lines, unplaced, choice, chosen),
            openings=area_openings(lines, unplaced, choice.period, choice.kind, visit, before=answer.first_day_before),
            no_list=why_no_area_list(choice.period, unplaced, visit),
        ),
        lines=lines,
        chosen=_chosen([line for line in lines if line.code in chosen], choice, answer, visit),
        notes=notes_beside(lines, unplaced, drawn, choice, visit),
    )


def _chosen(picked: Sequence[AreaLine], choice: Choice, answer: AreaMap, visit: Visit) -> ChosenArea | None:
    """The figures of the chosen area, or of several together; people do not add up and are left out of a sum."""
    if not picked:
        return None
    contacts, before, *time = (
        sum(number(line.figures, name) or 0 for line in picked)
        for name in ("contacts", "contacts_before", "officer_hours", "imputed_hours", *_BOUNDS)
    )
    is_one = len(picked) == 1
    people = int(number(picked[0].figures, "people") or 0)
    rang = f" from {plural(people, 'person', 'people')}" if is_one else ""
    sure = how_sure(*time)
    was = f"{plural(int(before), 'contact')} in the period before" if answer.first_day_before else ""
    has_top_ten = is_one and choice.kind is AreaKind.NEIGHBOURHOOD
    return ChosenArea(
        name=listing([line.name for line in picked]),
        said=sentence(
            f"{plural(int(contacts), 'contact')}{rang}, {hours(time[0])} of officer time{f', {sure}' if sure else ''}",
            was,
        ),
        neighbourhood=picked[0].code if has_top_ten else None,
        openings=chosen_openings(picked, choice.kind, visit, before=answer.first_day_before),
    )


def _list(lines: Sequence[AreaLine], unplaced: Figures, choice: Choice, chosen: Sequence[str]) -> Table:
    """Name and value, the chosen areas marked; what could not be placed is always the last row."""
    heading = "Change" if choice.period is Period.CHANGE else MEASURE_LABELS[choice.measure]
    rows: list[tuple[Cell, ...]] = []
    for line in lines:
        value = written(line.value, choice) + share_beside(line.figures, choice)
        rows.append((words(f"▸ {line.name}"), words(value)) if line.code in chosen else (line.name, value))
    is_rate = choice.measure is Measure.PER_1000
    lost = written(value_of(unplaced, choice), choice) + share_beside(unplaced, choice)
    rows.append((UNLOCATED, "no residents" if is_rate else lost))
    return Table(
        (TableColumn("Area"), TableColumn(heading, is_number=True)),
        tuple(rows),
        said=f"{KIND_LABELS[choice.kind]} by {choice.unit}, most first, then what could not be placed",
    )


def _twin(lines: Sequence[AreaLine], unplaced: Figures, choice: Choice, answer: AreaMap, visit: Visit) -> Table:
    """All figures, and the incidents behind those of either period."""
    openings = [
        one
        for period in (Period.NOW, Period.BEFORE)
        for one in area_openings(lines, unplaced, period, choice.kind, visit, before=answer.first_day_before)
    ]
    return replace(
        _all_figures(lines, unplaced, choice),
        openings=tuple(openings),
        no_list=why_no_area_list(Period.NOW, unplaced, visit),
    )


def _all_figures(lines: Sequence[AreaLine], unplaced: Figures, choice: Choice) -> Table:
    """Every figure of every area, in the order of the list."""
    has_rate = any(number(line.figures, "per_1000") is not None for line in lines)
    headings = [
        "Contacts",
        "Before",
        "People",
        "Officer hours",
        "of it imputed",
        "Hours before",
        *(["Per 1,000"] if has_rate else []),
    ]
    rows = [(line.name, *_figures(line.figures, has_rate=has_rate)) for line in lines]
    rows.append((UNLOCATED, *_figures(unplaced, has_rate=has_rate)))
    columns = (TableColumn("Area"), *(TableColumn(heading, is_number=True) for heading in headings))
    return Table(columns, tuple(rows), said=f"All figures of each {choice.kind.value}, in the order of the list")


def _figures(row: Figures, *, has_rate: bool) -> tuple[str, ...]:
    written_out = (
        _counted(row, "contacts"),
        _counted(row, "contacts_before"),
        _counted(row, "people"),
        hours(number(row, "officer_hours"), places=0),
        imputed_share(number(row, "imputed_hours"), number(row, "officer_hours")),
        hours(number(row, "officer_hours_before"), places=0),
    )
    return (*written_out, decimal(number(row, "per_1000"))) if has_rate else written_out


def _counted(row: Figures, name: str) -> str:
    value = number(row, name)
    return count(None if value is None else int(value))


def _drawn(
    lines: Sequence[AreaLine],
    shapes: Outlines,
    points: Released | None,
    *,
    choice: Choice,
    chosen: Sequence[str],
    palette: Palette,
) -> go.Figure:
    codes = {feature["properties"]["code"] for feature in shapes.areas["features"]}
    figure = choropleth(
        shapes.areas,
        [MapArea(line.code, line.name, line.value) for line in lines if line.code in codes],
        palette,
        unit=choice.unit,
        view=MapView(shapes.longitude, shapes.latitude, shapes.zoom),
        outline=shapes.others,
        points=_points(points),
        selected=chosen[0] if chosen else None,
        said=lambda value: written(value, choice),
    )
    return figure.update_layout(legend={"title": {"side": "top"}})  # over the steps, which a phone has room for then


def _points(points: Released | None) -> MapPoints | None:
    """The incidents of the week with their local time and grade; None where none is asked for or to be seen."""
    if points is None or points.rows.is_empty():
        return None
    local = points.rows["received_at"].dt.convert_time_zone(points.answer.timezone or "UTC").dt.replace_time_zone(None)
    said = tuple(f"{moment(at)}, {grade or 'no grade'}" for at, grade in zip(local, points.rows["grade"], strict=True))
    return MapPoints(tuple(points.rows["longitude"]), tuple(points.rows["latitude"]), said)
