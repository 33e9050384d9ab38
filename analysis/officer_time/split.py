"""How many officer minutes did each incident and each deployment take, with the bounds of what was never cleared?"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl

from analysis.errors import AnalysisError
from analysis.officer_time.ends import Ends, find_ends
from analysis.officer_time.measures import elapsed_minutes, incident_sums, unit_minutes
from analysis.officer_time.rows import MICROSECONDS_PER_MILLISECOND, Integers, Rows, ordered_rows
from analysis.officer_time.sharing import overlap_clusters, shared_units
from analysis.officer_time.units import UNITS_PER_MILLISECOND, minutes

MILLISECONDS_PER_HOUR = 3_600_000
LONGEST = np.iinfo(np.int64).max // UNITS_PER_MILLISECOND
"""Milliseconds whose units still fit a whole number of 64 bits, some 400 years."""


@dataclass(frozen=True)
class OfficerTime:
    """Officer time in units of 1/720720 of a millisecond, by deployment and by incident.

    Attributes:
        deployments: the rows and columns given, in the order given, and `end_at` (the end used), `units`, `units_low`,
            `units_high` (the row's share, times the crew where rows are per unit, with uncleared rows ending as
            imputed, at the low and at the high end; the low of a row may exceed its high where another row shrinks),
            `minutes`, `overlap` (rows of one number may share their time), `is_imputed`, `is_orphaned`, `is_over_cap`
            (complete and longer than the cap; never cut),
            `is_crew_assumed` (a unit's row without a crew of one or more: counted once).
        incidents: `incident_id` of every incident in the order given, and `officer_units` with its smallest and largest
            result `officer_units_low`, `officer_units_high` (0 without a deployment), `imputed_units` (units of rows
            never cleared), `elapsed_minutes` and `unit_minutes` (null without a deployment).
    """

    deployments: pl.DataFrame
    incidents: pl.DataFrame


@dataclass(frozen=True)
class _Runs:
    """Units of each row, the crew counted, under each of the three ends."""

    imputed: Integers
    low: Integers
    high: Integers
    overlap: Integers


def split_officer_time(
    deployments: pl.DataFrame, incidents: pl.DataFrame, *, cap_hours: float, minimum_for_grade_median: int
) -> OfficerTime:
    """Share each officer's time among the incidents the officer was on, in exact whole units.

    An officer is an `officer_id` or, without one, a callsign as a unit whose rows count `crew` times. Times are floored
    to the millisecond. Orphans (an incident that is not given) share like all others.

    Args:
        deployments: `incident_id`, `officer_id`, `callsign` (one of the two given), `crew` Int64, `assigned_at`,
            `at_scene_at`, `cleared_at` Datetime, `read_order` Int64; other columns are passed through. A clearance is
            never before its assignment.
        incidents: `incident_id` (distinct), `grade`.
        cap_hours: an uncleared deployment has ended after this at the latest.
        minimum_for_grade_median: complete deployments of a grade below which the median of all grades is used.

    Raises:
        AnalysisError: an incident's deployments last for centuries (a placeholder was read as a time of clearance).
    """
    cap = round(cap_hours * MILLISECONDS_PER_HOUR)
    rows = ordered_rows(deployments, incidents)
    ends = find_ends(rows, cap=cap, minimum_for_grade_median=minimum_for_grade_median)
    is_unit = pl.col("officer_id").is_null()
    is_crewed = (pl.col("crew") >= 1).fill_null(False)
    crew = deployments.select(pl.when(is_unit & is_crewed).then("crew").otherwise(1)).to_series().to_numpy()[rows.row]
    _refuse_centuries(deployments, rows, (ends.high - rows.start) * crew)
    runs = _three_runs(deployments, rows, ends, crew)
    marked = deployments.with_columns(
        pl.Series("end_at", rows.in_table_order(ends.imputed * MICROSECONDS_PER_MILLISECOND)).cast(
            pl.Datetime("us", "UTC")
        ),
        pl.Series("units", rows.in_table_order(runs.imputed)),
        pl.Series("units_low", rows.in_table_order(runs.low)),
        pl.Series("units_high", rows.in_table_order(runs.high)),
        pl.Series("overlap", rows.in_table_order(runs.overlap)),
        pl.Series("is_orphaned", rows.in_table_order(rows.is_orphaned)),
        pl.Series("is_over_cap", rows.in_table_order(~rows.is_open & (rows.cleared - rows.start > cap))),
        is_imputed=pl.col("cleared_at").is_null(),
        is_crew_assumed=is_unit & ~is_crewed,
    ).with_columns(minutes=minutes(pl.col("units")))
    return OfficerTime(deployments=marked, incidents=_by_incident(incidents, rows, ends, runs))


def _three_runs(deployments: pl.DataFrame, rows: Rows, ends: Ends, crew: Integers) -> _Runs:
    """The split under each of the three ends; the second and third only touch clusters with an uncleared row."""
    # No end is later than the high one, so clusters of the high ends hold for all three.
    cluster = overlap_clusters(rows.officer, rows.start, ends.high)
    is_shared = np.bincount(cluster, minlength=1)[cluster] > 1
    is_unsure = np.bincount(cluster, rows.is_open, minlength=1)[cluster] > 0

    def run(end: Integers, units: Integers, chosen: Integers) -> Integers:
        def first(among: Integers) -> Integers:
            return _precedence(deployments, rows.row[chosen[among]])

        units[chosen] = shared_units(cluster[chosen], rows.incident[chosen], rows.start[chosen], end[chosen], first)
        return units

    shared, unsure = np.flatnonzero(is_shared), np.flatnonzero(is_shared & is_unsure)
    imputed = run(ends.imputed, (ends.imputed - rows.start) * UNITS_PER_MILLISECOND, shared)
    if not rows.is_open.any():
        return _Runs(imputed * crew, imputed * crew, imputed * crew, cluster)
    low = np.where(rows.is_open, (ends.low - rows.start) * UNITS_PER_MILLISECOND, imputed)
    high = np.where(rows.is_open, (ends.high - rows.start) * UNITS_PER_MILLISECOND, imputed)
    low, high = run(ends.low, low, unsure), run(ends.high, high, unsure)
    return _Runs(imputed * crew, low * crew, high * crew, cluster)


def _precedence(deployments: pl.DataFrame, table_rows: Integers) -> Integers:
    """The rank of rows by assignment; among equals the incident's id decides, so that row order never matters."""
    chosen = deployments.select("assigned_at", "incident_id", "read_order")[table_rows]
    order = chosen.select(pl.arg_sort_by("assigned_at", "incident_id", "read_order")).to_series().to_numpy()
    rank = np.empty(order.size, dtype=np.int64)
    rank[order] = np.arange(order.size)
    return rank


def _by_incident(incidents: pl.DataFrame, rows: Rows, ends: Ends, runs: _Runs) -> pl.DataFrame:
    totals = [incident_sums(rows, units) for units in (runs.imputed, runs.low, runs.high)]
    return incidents.select("incident_id").with_columns(
        pl.Series("officer_units", totals[0]),
        pl.Series("officer_units_low", np.minimum.reduce(totals)),
        pl.Series("officer_units_high", np.maximum.reduce(totals)),
        elapsed_minutes(rows, ends.imputed).alias("elapsed_minutes"),
        unit_minutes(rows, ends.imputed).alias("unit_minutes"),
        pl.Series("imputed_units", incident_sums(rows, np.where(rows.is_open, runs.imputed, 0))),
    )


def _refuse_centuries(deployments: pl.DataFrame, rows: Rows, lengths: Integers) -> None:
    """Raise where the units of an incident would not fit, and name the longest row of all."""
    if np.bincount(rows.incident, lengths, minlength=1).max() < LONGEST and lengths.max(initial=0) < LONGEST:
        return
    worst = deployments[int(rows.row[np.argmax(lengths)])]
    places = [f"{name} {worst[column][0]}" for name, column in PLACES.items() if column in worst.columns]
    raise AnalysisError(
        f"deployments: {', '.join([*places, 'column cleared_at'])}: the deployment lasts for centuries. "
        "If this time stands for a unit that was never cleared, leave it empty in the extract."
    )


PLACES = {"file": "source_file", "line": "source_line"}
