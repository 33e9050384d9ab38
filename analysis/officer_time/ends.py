"""When did a deployment end that was never cleared: most likely, at the earliest, at the latest?"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl

from analysis.officer_time.rows import Flags, Integers, Rows, changes

NEVER = np.iinfo(np.int64).max


@dataclass(frozen=True)
class Ends:
    """The end of every row in milliseconds since 1970 UTC; the three differ only where the row was never cleared."""

    imputed: Integers
    low: Integers
    high: Integers


def find_ends(rows: Rows, *, cap: int, minimum_for_grade_median: int) -> Ends:
    """The end of every row, and its earliest and latest where it was never cleared.

    Imputed: the officer's next assignment or the start + the median length of its grade, whichever is earlier, but
    never before the arrival; without any complete deployment the low end. Low: the arrival, else the start. High: the
    next assignment or the start + the cap, whichever is earlier, never before the imputed end.

    Args:
        rows: the deployments in order.
        cap: milliseconds after which an uncleared deployment has ended at the latest.
        minimum_for_grade_median: complete deployments below which the median of all grades is used.
    """
    is_open = rows.is_open
    if not is_open.any():
        return Ends(imputed=rows.cleared, low=rows.cleared, high=rows.cleared)
    start, arrival = rows.start[is_open], rows.scene[is_open]
    following = next_assignments(rows)[is_open]
    likely = _median_lengths(rows, minimum_for_grade_median)
    imputed = arrival if likely is None else np.maximum(arrival, np.minimum(following, start + likely[is_open]))
    high = np.maximum(imputed, np.minimum(following, start + cap))
    return Ends(
        imputed=_with_open(rows.cleared, is_open, imputed),
        low=_with_open(rows.cleared, is_open, arrival),
        high=_with_open(rows.cleared, is_open, high),
    )


def next_assignments(rows: Rows) -> Integers:
    """The officer's next assignment to another incident, strictly later than the row's own; `NEVER` without one."""
    size = rows.start.size
    is_officer = changes(rows.officer)
    is_moment = is_officer | changes(rows.start)
    is_visit = is_officer | changes(rows.incident)
    # The first row of a later moment is another incident's, or begins a run of this one's: then the run's successor is.
    later = _first_after(is_moment, size)
    reached = np.minimum(later, size - 1)
    is_same_incident = rows.incident[reached] == rows.incident
    later = np.where(is_same_incident, _first_after(is_visit, size)[reached], later)
    reached = np.minimum(later, size - 1)
    is_found = (later < size) & (rows.officer[reached] == rows.officer)
    return np.where(is_found, rows.start[reached], NEVER)


def _first_after(is_first: Flags, size: int) -> Integers:
    """For each row, where the next run begins; `size` in the last run."""
    begins = np.append(np.flatnonzero(is_first), size)
    return begins[np.cumsum(is_first)]


def _median_lengths(rows: Rows, minimum_for_grade_median: int) -> Integers | None:
    """For each row, the median raw length of its grade's complete deployments; None without any complete one."""
    is_complete = ~rows.is_open & ~rows.is_orphaned
    lengths = pl.DataFrame({"grade": rows.grade, "length": rows.cleared - rows.start}).filter(is_complete)
    if lengths.is_empty():
        return None
    # Half a millisecond between two middle lengths is floored like every other time.
    median = pl.col("length").median().floor().cast(pl.Int64)
    overall = lengths.select(median).item()
    grades = lengths.group_by("grade").agg(median, rows=pl.len())
    sure = grades.filter((pl.col("grade") >= 0) & (pl.col("rows") >= minimum_for_grade_median))
    by_grade = np.full(rows.grade.max(initial=-1) + 2, overall)
    by_grade[sure["grade"].to_numpy()] = sure["length"].to_numpy()
    return by_grade[rows.grade]


def _with_open(cleared: Integers, is_open: Flags, ends: Integers) -> Integers:
    filled = cleared.copy()
    filled[is_open] = ends
    return filled
