"""How much came from each area in each week, and is this week within the usual range?"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from enum import StrEnum

import numpy as np
import numpy.typing as npt
import polars as pl

from analysis.demand.areas import AreaKind, area_code
from analysis.demand.arrays import Whole, day_number, frame_of, known, run_starts, whole, worded
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
    """The rows of `day_totals` under the code `force`, several a day."""
    return days.with_columns(area_code=pl.lit(FORCE))


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
    codes = (days["area_code"] if area_codes is None else area_codes).unique().sort()
    area = _numbers(days["area_code"], codes)
    back = (day_number(as_of) - whole(days["day"]) + DAYS_A_WEEK - 1) // DAYS_A_WEEK
    rows = np.flatnonzero((area >= 0) & (back > 0) & (back <= weeks))
    cell = area[rows] * weeks + weeks - back[rows]
    start = np.tile(day_number(as_of) - DAYS_A_WEEK * np.arange(weeks, 0, -1), len(codes))
    is_known = start >= day_number(first_day)
    sums = {}
    for measure in MEASURES:
        sums[measure] = np.zeros(start.size, dtype=np.int64)
        np.add.at(sums[measure], cell, whole(days[measure])[rows])
    return frame_of(
        {
            "area_code": codes[np.repeat(np.arange(len(codes)), weeks)],
            "week_start": pl.Series(start).cast(pl.Date),
            "week_end": pl.Series(start + DAYS_A_WEEK - 1).cast(pl.Date),
            **{measure: known(of, is_known) for measure, of in sums.items()},
        }
    )


def usual_range(
    weeks: pl.DataFrame,
    *,
    low_centile: float,
    high_centile: float,
    minimum_weeks: int,
    measures: Sequence[str] = MEASURES,
) -> pl.DataFrame:
    """Is the newest week outside the usual range of the weeks before it?

    Args:
        weeks: as `week_totals` returns them, as many of each area; the newest is compared with all others.
        low_centile, high_centile: 0 to 100; between two weeks the centile is interpolated.
        minimum_weeks: with fewer known weeks to compare with there is no usual range.
        measures: of which a range is wanted.

    Returns:
        area_code, measure, value, usual_low, usual_high (Float64), weeks_compared, standing (a `Standing`);
        sorted by area_code, measure. A value on the edge of the range is within it.
    """
    area_codes, measured = weeks["area_code"].unique(maintain_order=True), sorted(measures)
    shape = len(area_codes), max(weeks.height // max(len(area_codes), 1), 1), len(measured)
    values = np.stack([weeks[measure].cast(pl.Float64).to_numpy() for measure in measured], axis=1)
    values = values.reshape(shape).swapaxes(1, 2).reshape(shape[0] * shape[2], shape[1])
    value, before = values[:, -1], values[:, :-1]
    compared = np.count_nonzero(~np.isnan(before), axis=1)
    before = np.sort(np.where(compared[:, None] >= minimum_weeks, before, np.nan), axis=1)
    low, high = (_centile(before, compared, centile) for centile in (low_centile, high_centile))
    is_unknown = np.isnan(value) | np.isnan(low) | np.isnan(high)
    standing = np.select([is_unknown, value < low, value > high], [0, 1, 2], default=3)
    return frame_of(
        {
            "area_code": area_codes[np.repeat(np.arange(len(area_codes)), len(measured))],
            "measure": pl.Series(measured * len(area_codes), dtype=pl.String),
            "value": known(value, ~np.isnan(value)),
            "usual_low": known(low, ~np.isnan(low)),
            "usual_high": known(high, ~np.isnan(high)),
            "weeks_compared": compared.astype(np.int64),
            "standing": worded((Standing.UNKNOWN, Standing.BELOW, Standing.ABOVE, Standing.WITHIN), standing),
        }
    )


def _numbers(column: pl.Series, codes: pl.Series) -> Whole:
    """Which of the codes each is; -1 where it is none of them. Rows of one code mostly follow one another."""
    runs = run_starts(column)
    number = {code: at for at, code in enumerate(codes)}
    of_run = np.array([number.get(code, -1) for code in column[runs]], dtype=np.int64)
    return np.repeat(of_run, np.diff(runs, append=len(column)))


def _centile(values: npt.NDArray[np.float64], known_values: Whole, centile: float) -> npt.NDArray[np.float64]:
    """Of each row, sorted with what is unknown last, the centile; between two values it is interpolated."""
    if not values.shape[1]:
        return np.full(values.shape[0], np.nan)
    at = np.maximum(known_values - 1, 0) * (centile / 100)
    lower, upper = np.floor(at).astype(np.int64), np.ceil(at).astype(np.int64)
    row = np.arange(values.shape[0])
    return values[row, lower] + (at - lower) * (values[row, upper] - values[row, lower])


def _on_days(
    frame: pl.DataFrame, instant: str, area: AreaKind, timezone: str, domestic_only: bool
) -> pl.lazyframe.group_by.LazyGroupBy:
    day = pl.col(instant).dt.convert_time_zone(timezone).dt.date().alias("day")
    taken = frame.lazy().filter(pl.col("is_domestic") if domestic_only else pl.lit(True))
    return taken.group_by(area_code(area), day)
