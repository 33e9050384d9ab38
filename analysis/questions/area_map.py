"""How much came from each ward or neighbourhood, now and in the period before, and how much could not be placed?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

import polars as pl

from analysis.demand.areas import UNLOCATED, AreaKind, area_code
from analysis.demand.windows import Window
from analysis.disclosure import Audience, Released
from analysis.disclosure.contract import Answer, AnswerColumn, Kind
from analysis.disclosure.release import release
from analysis.officer_time import minutes
from analysis.questions.area_map_outlines import boundaries_on
from analysis.questions.ranking import area_names, contacts_of
from analysis.questions.view import KeyType, View
from analysis.ranking.answerable import check_answerable
from analysis.store import Build


class NoRate(StrEnum):
    """Why there is no figure per 1,000 residents."""

    NO_POPULATION = "no_population"
    PART_OF_WARDS = "part_of_wards"


_FIGURES = {
    "contacts": Kind.COUNT,
    "people": Kind.COUNT,
    "officer_hours": Kind.MEASURE,
    "officer_hours_low": Kind.MEASURE,
    "officer_hours_high": Kind.MEASURE,
    "imputed_hours": Kind.MEASURE,
}
_UNITS = dict(zip(list(_FIGURES)[2:], ("units", "units_low", "units_high", "imputed_units"), strict=True))
_BEFORE = {f"{name}_before": kind for name, kind in _FIGURES.items()}
AREA_COLUMNS = {
    "area_code": Kind.CODE,
    "area_name": Kind.NAME,
    **_FIGURES,
    **_BEFORE,
    "population": Kind.MEASURE,
    "per_1000": Kind.MEASURE,
    "per_1000_before": Kind.MEASURE,
}
UNLOCATED_COLUMNS = {**_FIGURES, **_BEFORE}


@dataclass(frozen=True, eq=False)
class AreaMap:
    """The figures of a map.

    Attributes:
        areas: `AREA_COLUMNS`, one row an area, by code; areas without a contact are there with 0.
        unlocated: `UNLOCATED_COLUMNS`, one row: what is in no area of this kind, in scope or in nobody's.
        first_day_before: where the period before begins; None where the data do not reach so far, and every figure of
            that period is null.
        no_rate: why `per_1000` is null; None where a population is given.
    """

    areas: Released
    unlocated: Released
    first_day_before: date | None
    no_rate: NoRate | None


def area_map(build: Build, view: View, audience: Audience, *, area: AreaKind) -> AreaMap:
    """Contacts, callers and officer hours of each area, in the window and in the equally long one before.

    Contacts and hours of the areas and what is unlocated add up to the view; people need not, for one person may have
    rung from two areas. Hours are a sum over incidents, not over people. A ward counts only what lies inside the
    view's neighbourhoods. Outlines and populations are those that hold on the window's last day.

    Raises:
        QuestionError: the build has no areas of that kind, or no domestic flag.
    """
    check_answerable(
        build.frame("incidents", ["ward_code", "neighbourhood_code", "is_domestic"]),
        area=area,
        domestic_only=view.domestic_only,
    )
    scope = view.in_scope(audience)
    window = Window(view.as_of, view.weeks, build.timezone)
    before = window.weeks_before(view.weeks)
    is_before_known = before.first_day >= date.fromisoformat(build.manifest["facts"]["first_day"])
    now = _sums(build, window, scope, area, domestic_only=view.domestic_only)
    then = _sums(build, before, scope, area, domestic_only=view.domestic_only)
    if not is_before_known:
        then = then.clear()
    then = then.rename({name: f"{name}_before" for name in _FIGURES})
    filled = pl.lit(0) if is_before_known else pl.lit(None)
    both = now.join(then, on="area_code", how="full", coalesce=True).with_columns(
        *(pl.col(name).fill_null(0) for name in _FIGURES), *(pl.col(name).fill_null(filled) for name in _BEFORE)
    )
    residents = _residents(build, view.as_of - timedelta(days=1), scope, area)
    no_rate = _no_rate(residents, scope, area)
    listed = (
        residents.join(both.filter(pl.col("area_code") != UNLOCATED), on="area_code", how="full", coalesce=True)
        .join(area_names(build, area), on="area_code", how="left")
        .with_columns(pl.coalesce("area_name", "area_code"), *(pl.col(name).fill_null(0) for name in _FIGURES))
        .with_columns(pl.col(name).fill_null(filled) for name in _BEFORE)
        .with_columns(_rate("contacts", no_rate), _rate("contacts_before", no_rate))
        .sort("area_code")
    )
    answer = Answer(
        name="map of areas",
        columns=_columns(AREA_COLUMNS),
        area_column="area_code" if area is AreaKind.NEIGHBOURHOOD else None,
    )
    unplaced = Answer(name="what could not be placed", columns=_columns(UNLOCATED_COLUMNS))
    return AreaMap(
        areas=release(listed.select(*AREA_COLUMNS), answer, audience),
        unlocated=release(_unlocated(both, filled), unplaced, audience),
        first_day_before=before.first_day if is_before_known else None,
        no_rate=no_rate,
    )


def in_scope(scope: frozenset[str] | None, area: AreaKind) -> pl.Expr:
    """What lies in the scope, and what lies nowhere at all: no area of this kind and no neighbourhood either."""
    if scope is None:
        return pl.lit(True)
    neighbourhood = pl.col("neighbourhood_code")
    nowhere = neighbourhood.is_null() & pl.col(area.column).is_null()
    return neighbourhood.is_in(sorted(scope)).fill_null(False) | nowhere


def _sums(
    build: Build, window: Window, scope: frozenset[str] | None, area: AreaKind, *, domestic_only: bool
) -> pl.DataFrame:
    """area_code (`unlocated` too) and the figures of one window."""
    kept = in_scope(scope, area) & (pl.col("is_domestic") if domestic_only else pl.lit(True))
    rung = (
        contacts_of(build, KeyType.CALLER)
        .filter(kept, window.contains(pl.col("contact_at")))
        .group_by(area_code(area))
        .agg(contacts=pl.len().cast(pl.Int64), people=pl.col("key_id").n_unique().cast(pl.Int64))
    )
    worked = (
        build.table("groups")
        .filter(kept, window.contains(pl.col("received_at")))
        .group_by(area_code(area))
        .agg((minutes(pl.col(units).sum()) / 60).alias(hours) for hours, units in _UNITS.items())
        .collect()
    )
    return rung.join(worked, on="area_code", how="full", coalesce=True).with_columns(
        pl.col(name).fill_null(0) for name in _FIGURES
    )


def _residents(build: Build, last_day: date, scope: frozenset[str] | None, area: AreaKind) -> pl.DataFrame:
    """area_code and population of every area that is shown though nothing came from it."""
    held = boundaries_on(build, area, last_day)
    schema = {"area_code": pl.String, "population": pl.Float64}
    if held is None or (scope is not None and area is AreaKind.WARD):
        return pl.DataFrame(schema=schema)
    populations = held.populations or (None,) * len(held)
    rows = pl.DataFrame({"area_code": held.codes, "population": populations}, schema=schema)
    return rows if scope is None else rows.filter(pl.col("area_code").is_in(sorted(scope)))


def _no_rate(residents: pl.DataFrame, scope: frozenset[str] | None, area: AreaKind) -> NoRate | None:
    if scope is not None and area is AreaKind.WARD:
        return NoRate.PART_OF_WARDS
    return None if (residents["population"] > 0).any() else NoRate.NO_POPULATION


def _rate(contacts: str, no_rate: NoRate | None) -> pl.Expr:
    """Contacts for each 1,000 residents; null where nobody lives or the number is not known."""
    name = contacts.replace("contacts", "per_1000")
    if no_rate is not None:
        return pl.lit(None, pl.Float64).alias(name)
    is_lived_in = pl.col("population") > 0
    return pl.when(is_lived_in).then(pl.col(contacts) * 1000 / pl.col("population")).alias(name)


def _unlocated(both: pl.DataFrame, filled: pl.Expr) -> pl.DataFrame:
    """The one row of what could not be placed; 0 where everything was."""
    found = both.filter(pl.col("area_code") == UNLOCATED).select(*UNLOCATED_COLUMNS)
    if found.height:
        return found
    empty = pl.DataFrame({name: [None] for name in UNLOCATED_COLUMNS}, schema=found.schema)
    return empty.with_columns(
        *(pl.col(name).fill_null(0) for name in _FIGURES), *(pl.col(name).fill_null(filled) for name in _BEFORE)
    )


def _columns(kinds: dict[str, Kind]) -> tuple[AnswerColumn, ...]:
    return tuple(AnswerColumn(name, kind) for name, kind in kinds.items())
