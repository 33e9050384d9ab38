"""How much came from each area in each week, and is this week within the usual range?"""

from __future__ import annotations

from datetime import date, timedelta
from enum import StrEnum

import polars as pl

from analysis.demand.areas import AreaKind, area_code
from analysis.demand.windows import DAYS_A_WEEK

FORCE = "force"
"""The code of the whole force: all areas and what is unlocated."""

MEASURES = ("contacts", "incidents", "units", "units_low", "units_high", "imputed_units")


class Standing(StrEnum):
    """Where a week lies against the weeks before it."""

    BELOW = "below"
    WITHIN = "within"
    ABOVE = "above"
    UNKNOWN = "unknown"


def day_totals(
    groups: pl.DataFrame, contacts: pl.DataFrame, *, area: AreaKind, timezone: str, domestic_only: bool
) -> pl.DataFrame:
    """Sums for each area and local day on which anything happened.

    Officer time is a sum over incident groups at the time of their first log, never over people, so that areas and
    `unlocated` add up to the force.

    Args:
        groups: one row an incident group: received_at, ward_code, neighbourhood_code, is_domestic, units and its kin.
        contacts: one row a contact, of one key type.
        domestic_only: take `is_domestic` true only.

    Returns:
        area_code, day (Date), contacts, incidents (groups), units, units_low, units_high, imputed_units (Int64);
        sorted by area_code, day.
    """
    incidents = _on_days(groups, "received_at", area, timezone, domestic_only).agg(
        pl.lit(0, pl.Int64).alias("contacts"),
        pl.len().cast(pl.Int64).alias("incidents"),
        *(pl.col(measure).sum() for measure in MEASURES[2:]),
    )
    rung = _on_days(contacts, "contact_at", area, timezone, domestic_only).agg(
        pl.len().cast(pl.Int64).alias("contacts"),
        *(pl.lit(0, pl.Int64).alias(measure) for measure in MEASURES[1:]),
    )
    both = pl.concat([incidents, rung]).group_by("area_code", "day").agg(pl.col(MEASURES).sum())
    return both.sort("area_code", "day").collect()


def force_totals(days: pl.DataFrame) -> pl.DataFrame:
    """The sums of `day_totals` over all areas and `unlocated`, under the code `force`."""
    whole = days.group_by("day").agg(pl.col(MEASURES).sum()).sort("day")
    return whole.select(pl.lit(FORCE).alias("area_code"), "day", *MEASURES)


def week_totals(
    days: pl.DataFrame, as_of: date, *, weeks: int, first_day: date, area_codes: pl.Series | None = None
) -> pl.DataFrame:
    """Sums for each area and each of the `weeks` weeks before `as_of`, quiet weeks included.

    Args:
        days: as `day_totals` or `force_totals` return them.
        first_day: local date of the oldest record. A week that begins earlier is not known, and its sums are null.
        area_codes: the areas to show; those in `days` where not given.

    Returns:
        area_code, week_start, week_end (Dates, both inside the week), the sums; sorted by area_code, week_start.
    """
    codes = days["area_code"].unique() if area_codes is None else area_codes.unique()
    starts = [as_of - timedelta(days=DAYS_A_WEEK * (weeks - index)) for index in range(weeks)]
    frame = codes.alias("area_code").to_frame().join(pl.DataFrame({"week_start": starts}), how="cross")
    days_back = (pl.lit(as_of) - pl.col("day")).dt.total_days()
    week_start = pl.lit(as_of) - pl.duration(days=(days_back + DAYS_A_WEEK - 1) // DAYS_A_WEEK * DAYS_A_WEEK)
    inside = days.filter(pl.col("day") < as_of, pl.col("day") >= min(starts, default=as_of))
    sums = (
        inside.group_by("area_code", week_start.cast(pl.Date).alias("week_start"))
        .agg(pl.col(MEASURES).sum())
        .select("area_code", "week_start", *MEASURES)
    )
    is_known = pl.col("week_start") >= first_day
    return (
        frame.join(sums, on=["area_code", "week_start"], how="left")
        .with_columns(pl.when(is_known).then(pl.col(measure).fill_null(0)).alias(measure) for measure in MEASURES)
        .with_columns((pl.col("week_start") + pl.duration(days=DAYS_A_WEEK - 1)).cast(pl.Date).alias("week_end"))
        .select("area_code", "week_start", "week_end", *MEASURES)
        .sort("area_code", "week_start")
    )


def usual_range(weeks: pl.DataFrame, *, low_centile: float, high_centile: float, minimum_weeks: int) -> pl.DataFrame:
    """Is the newest week outside the usual range of the weeks before it?

    Args:
        weeks: as `week_totals` returns them; the newest week is compared with all others.
        low_centile, high_centile: 0 to 100; between two weeks the centile is interpolated.
        minimum_weeks: with fewer known weeks to compare with there is no usual range.

    Returns:
        area_code, measure, value, usual_low, usual_high (Float64), weeks_compared, standing (a `Standing`);
        sorted by area_code, measure. A value on the edge of the range is within it.
    """
    newest = pl.col("week_start") == pl.col("week_start").max()
    long = weeks.with_columns(newest.alias("is_newest")).unpivot(
        on=list(MEASURES), index=["area_code", "is_newest"], variable_name="measure", value_name="value"
    )
    before = pl.col("value").filter(~pl.col("is_newest"))
    compared = before.count().cast(pl.Int64)
    is_enough = compared >= minimum_weeks
    ranges = long.group_by("area_code", "measure").agg(
        pl.col("value").filter("is_newest").first().cast(pl.Float64),
        pl.when(is_enough).then(before.quantile(low_centile / 100, "linear")).alias("usual_low"),
        pl.when(is_enough).then(before.quantile(high_centile / 100, "linear")).alias("usual_high"),
        compared.alias("weeks_compared"),
    )
    standing = (
        pl.when(pl.any_horizontal(pl.col("value", "usual_low", "usual_high").is_null()))
        .then(pl.lit(Standing.UNKNOWN.value))
        .when(pl.col("value") < pl.col("usual_low"))
        .then(pl.lit(Standing.BELOW.value))
        .when(pl.col("value") > pl.col("usual_high"))
        .then(pl.lit(Standing.ABOVE.value))
        .otherwise(pl.lit(Standing.WITHIN.value))
    )
    return ranges.with_columns(standing.alias("standing")).sort("area_code", "measure")


def _on_days(
    frame: pl.DataFrame, instant: str, area: AreaKind, timezone: str, domestic_only: bool
) -> pl.lazyframe.group_by.LazyGroupBy:
    day = pl.col(instant).dt.convert_time_zone(timezone).dt.date().alias("day")
    taken = frame.lazy().filter(pl.col("is_domestic") if domestic_only else pl.lit(True))
    return taken.group_by(area_code(area), day)
