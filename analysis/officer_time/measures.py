"""What do the deployments of an incident add up to, in each of the three measures?"""

from __future__ import annotations

import numpy as np
import polars as pl
from numpy.typing import NDArray

from analysis.officer_time.rows import Integers, Rows, changes, places_in_order
from analysis.officer_time.sharing import own_starts

MILLISECONDS_PER_MINUTE = 60_000


def incident_sums(rows: Rows, values: Integers) -> Integers:
    """Sum of the rows' values for each incident of the table, in its order; 0 without a row. Orphans are left out."""
    sums = np.zeros(_codes(rows), dtype=np.int64)
    np.add.at(sums, rows.incident, values)
    return sums[: rows.incidents]


def elapsed_minutes(rows: Rows, end: Integers) -> pl.Series:
    """Minutes from the first assignment to the last end (milliseconds) of each incident; null without a row."""
    first = np.full(_codes(rows), np.iinfo(np.int64).max)
    last = np.full(_codes(rows), np.iinfo(np.int64).min)
    np.minimum.at(first, rows.incident, rows.start)
    np.maximum.at(last, rows.incident, end)
    is_attended = _is_attended(rows)
    elapsed = np.where(is_attended, last[: rows.incidents], 0) - np.where(is_attended, first[: rows.incidents], 0)
    return _minutes_or_null(elapsed, is_attended)


def unit_minutes(rows: Rows, end: Integers) -> pl.Series:
    """Minutes of each incident summed over its units, neither shared nor times crew; null without a row.

    A unit is a callsign, or the officer where no callsign is given; its rows on the incident are united.
    """
    group = rows.incident * (rows.unit.max(initial=0) + 1) + rows.unit
    held = end - rows.start
    several = _several(group)
    # Rows are by officer; officers under one callsign have to be put in order of assignment together.
    several = several[places_in_order(rows.start[several])]
    own = own_starts(group[several], rows.start[several], end[several])
    held[several] = np.maximum(end[several] - own, 0)
    return _minutes_or_null(incident_sums(rows, held), _is_attended(rows))


def _several(group: Integers) -> Integers:
    """The rows that are not alone in their group, in any order."""
    order = places_in_order(group)
    is_first = changes(group[order])
    is_alone = is_first & np.append(is_first[1:], True)[: is_first.size]
    return order[~is_alone]


def _codes(rows: Rows) -> int:
    """One more than the largest incident code, orphans included."""
    return max(rows.incidents, int(rows.incident.max(initial=-1)) + 1)


def _is_attended(rows: Rows) -> NDArray[np.bool_]:
    is_attended = np.zeros(_codes(rows), dtype=np.bool_)
    is_attended[rows.incident] = True
    return is_attended[: rows.incidents]


def _minutes_or_null(milliseconds: Integers, is_known: NDArray[np.bool_]) -> pl.Series:
    frame = pl.DataFrame({"minutes": milliseconds / MILLISECONDS_PER_MINUTE, "is_known": is_known})
    return frame.select(pl.when("is_known").then("minutes")).to_series()
