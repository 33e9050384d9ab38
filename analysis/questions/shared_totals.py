"""How much domestic demand came from each sector and ward, as far as a partner agency may know?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import polars as pl

from analysis.demand.areas import UNLOCATED, AreaKind
from analysis.demand.windows import DAYS_A_WEEK, Window
from analysis.disclosure import Audience, Released
from analysis.disclosure.contract import (
    POLICE_AND_PARTNERS,
    Answer,
    AnswerColumn,
    Kind,
    SmallCount,
    Total,
)
from analysis.disclosure.release import release
from analysis.officer_time import minutes
from analysis.questions.ranking import area_names
from analysis.store import Build

ALL = "all"
"""The label of a row that adds up every sector, or every ward."""

UNPLACED = UNLOCATED
"""The label of what lies in no sector, or in no ward."""

TOTAL_COLUMNS = {
    "sector": Kind.CODE,
    "ward_code": Kind.CODE,
    "ward_name": Kind.NAME,
    "incidents": Kind.COUNT,
    "officer_hours": Kind.MEASURE,
    "officer_hours_low": Kind.MEASURE,
    "officer_hours_high": Kind.MEASURE,
    "imputed_hours": Kind.MEASURE,
}
_HOURS = {
    "units": "officer_hours",
    "units_low": "officer_hours_low",
    "units_high": "officer_hours_high",
    "imputed_units": "imputed_hours",
}
_COUNTED = ("incidents", *_HOURS)


_A_MONDAY = date(1970, 1, 5)
"""Where periods are counted from. Any Monday would do, if it never changes."""


@dataclass(frozen=True, eq=False)
class SharedTotals:
    """Periods that lie end to end for good, so that none gives away what is withheld in another, whenever it is read.

    Windows that move on each week could be subtracted: what one of them has more than the last is the week that came
    less the week that went, and over a year of Mondays that places most withheld counts exactly.

    Each Released has `TOTAL_COLUMNS`, one row for each sector and ward with anything in common, and the totals: sector
    or ward is `all` there. Officer hours, their bounds and the imputed part are whole hours, withheld together.

    Attributes:
        recent: the newest period that is over; None where the data begin after it does.
        earlier: the periods before it, the newest first, that make up the longer stretch with it; empty where the data
            do not reach so far. A longer stretch is only ever the sum of what is released of its periods.
        as_of: the day after the newest period.
        threshold: counts below it are withheld.
    """

    recent: Released | None
    earlier: tuple[Released, ...]
    as_of: date
    recent_weeks: int
    weeks: int
    domestic_only: bool
    threshold: int


def newest_end(day: date, weeks: int) -> date:
    """The day after the newest period of so many weeks that is over on a day: the same for every day of the next."""
    days = DAYS_A_WEEK * weeks
    return _A_MONDAY + timedelta(days=(day - _A_MONDAY).days // days * days)


def shared_totals(build: Build, audience: Audience, *, as_of: date, recent_weeks: int, weeks: int) -> SharedTotals:
    """Totals of the newest period and of those before, small counts of each withheld by the gate.

    Sectors and wards are withheld together, as the margins of one table: where a ward lies in one sector, the sector's
    total less its other wards would give the ward away.

    Args:
        as_of: the build's own day.
        recent_weeks: the length of a period.
        weeks: the length of the longer stretch, whole periods.

    Raises:
        ValueError: the longer stretch is not made of whole periods.
    """
    if weeks % recent_weeks:
        raise ValueError(f"{weeks} weeks are no whole periods of {recent_weeks}.")
    facts = build.manifest["facts"]
    end = newest_end(as_of, recent_weeks)
    length = timedelta(days=DAYS_A_WEEK * recent_weeks)
    periods = [Window(end - length * back, recent_weeks, build.timezone) for back in range(weeks // recent_weeks)]
    first_day, domestic_only = date.fromisoformat(facts["first_day"]), bool(facts["has_domestic"])
    known = periods if periods[-1].first_day >= first_day else periods[:1] if periods[0].first_day >= first_day else []
    released = [_released(build, period, audience, domestic_only=domestic_only) for period in known]
    return SharedTotals(
        recent=released[0] if released else None,
        earlier=tuple(released[1:]),
        as_of=end,
        recent_weeks=recent_weeks,
        weeks=weeks,
        domestic_only=domestic_only,
        threshold=audience.threshold,
    )


def _released(build: Build, window: Window, audience: Audience, *, domestic_only: bool) -> Released:
    answer = Answer(
        name="totals shared with partners",
        columns=tuple(AnswerColumn(name, kind, POLICE_AND_PARTNERS) for name, kind in TOTAL_COLUMNS.items()),
        small_counts=(SmallCount("incidents", tuple(_HOURS.values())),),
        totals=(Total("sector", ALL), Total("ward_code", ALL)),
    )
    return release(_table(build, window, domestic_only=domestic_only), answer, audience)


def _table(build: Build, window: Window, *, domestic_only: bool) -> pl.DataFrame:
    """The cells of sectors and wards that have anything in common, and both margins."""
    cells = _cells(build, window, domestic_only=domestic_only)
    wards = build.frame("wards", ["code"]).rename({"code": "ward_code"}).unique()
    sectors = _sectors(build).select("sector").unique()
    margins = [
        _summed(cells, "sector", of=sectors).with_columns(ward_code=pl.lit(ALL)),
        _summed(cells, "ward_code", of=wards).with_columns(sector=pl.lit(ALL)),
        cells.select(pl.col(_COUNTED).sum()).with_columns(sector=pl.lit(ALL), ward_code=pl.lit(ALL)),
    ]
    names = area_names(build, AreaKind.WARD).rename({"area_code": "ward_code", "area_name": "ward_name"})
    whole = pl.concat([cells, *margins], how="diagonal").join(names, on="ward_code", how="left")
    hours = [(minutes(pl.col(units)) / 60).round().alias(name) for units, name in _HOURS.items()]
    return whole.with_columns(pl.coalesce("ward_name", "ward_code"), *hours).select(*TOTAL_COLUMNS)


def _cells(build: Build, window: Window, *, domestic_only: bool) -> pl.DataFrame:
    """Incidents, several logs about one job being one, and their officer time, by sector and ward."""
    taken = pl.col("is_domestic") if domestic_only else pl.lit(True)
    jobs = build.table("groups").filter(taken, window.contains(pl.col("received_at")))
    return (
        jobs.join(_sectors(build).lazy(), on="neighbourhood_code", how="left")
        .group_by(pl.col("sector").fill_null(UNPLACED), pl.col("ward_code").fill_null(UNPLACED))
        .agg(pl.len().cast(pl.Int64).alias("incidents"), pl.col(list(_HOURS)).sum())
        .collect()
    )


def _summed(cells: pl.DataFrame, over: str, *, of: pl.DataFrame) -> pl.DataFrame:
    """The sums of each sector or ward; a known one without anything has a true 0."""
    sums = cells.group_by(over).agg(pl.col(_COUNTED).sum())
    return of.join(sums, on=over, how="full", coalesce=True).with_columns(pl.col(_COUNTED).fill_null(0))


def _sectors(build: Build) -> pl.DataFrame:
    """The sector of each neighbourhood."""
    known = build.manifest["facts"]["neighbourhoods"]
    codes, sectors = [area["code"] for area in known], [area["sector"] for area in known]
    return pl.DataFrame(
        {"neighbourhood_code": codes, "sector": sectors}, schema={"neighbourhood_code": pl.String, "sector": pl.String}
    )
