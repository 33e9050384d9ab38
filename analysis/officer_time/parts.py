"""How much of an officer's shared time falls in each part of a deployment? The parts add up to it, exactly."""

from __future__ import annotations

import numpy as np
import polars as pl

from analysis.officer_time.rows import MICROSECONDS_PER_MILLISECOND, Integers, changes, ordered_rows
from analysis.officer_time.sharing import overlap_clusters, shared_units
from analysis.officer_time.units import UNITS_PER_MILLISECOND


def part_units(deployments: pl.DataFrame, parts: pl.DataFrame) -> pl.Series:
    """Units of each part of a deployment, shared as the deployment itself was.

    An instant is shared among the incidents its officer was then on, so a part of a deployment that others overlap
    holds less than its length. Seventeen or more incidents at once may leave some units (1/720720 of a millisecond)
    that do not divide; they are put to the deployment's longest part, so that nothing is lost.

    Args:
        deployments: as in `OfficerTime.deployments`.
        parts: `row` (the place in `deployments`), `start`, `end` (milliseconds since 1970 UTC, the end exclusive). The
            parts of a row follow one another without a gap from its assignment to the end used, first to last.

    Returns:
        Int64, one value a part, in the order given.
    """
    known = deployments.select(pl.col("incident_id").unique()).with_columns(grade=pl.lit(None, pl.String))
    rows = ordered_rows(deployments, known)
    end = (deployments["end_at"].to_physical().to_numpy() // MICROSECONDS_PER_MILLISECOND)[rows.row]
    cluster = overlap_clusters(rows.officer, rows.start, end)
    is_shared = np.bincount(cluster, minlength=1)[cluster] > 1
    place = np.empty_like(rows.row)
    place[rows.row] = np.arange(rows.row.size)
    at = place[parts["row"].to_numpy()]
    begins, ends = parts["start"].to_numpy(), parts["end"].to_numpy()
    units = (ends - begins) * UNITS_PER_MILLISECOND
    # Rows first to last, and the parts of each as they stand: so a part belongs to its row wherever rows overlap.
    order = np.argsort(at, kind="stable")
    shared = order[is_shared[at[order]]]
    if shared.size:
        of = at[shared]
        units[shared] = shared_units(
            cluster[of], rows.incident[of], begins[shared], ends[shared], lambda among: of[among]
        )
    crew, share = _crew_and_share(deployments)
    units = _with_remainders(units, parts["row"].to_numpy(), share)
    return pl.Series("units", units * crew[parts["row"].to_numpy()])


def _crew_and_share(deployments: pl.DataFrame) -> tuple[Integers, Integers]:
    """How often each row counts, and the units of one officer of it."""
    is_crewed = pl.col("officer_id").is_null() & (pl.col("crew") >= 1).fill_null(False)
    crew = deployments.select(pl.when(is_crewed).then("crew").otherwise(1)).to_series().to_numpy()
    return crew, deployments["units"].to_numpy() // crew


def _with_remainders(units: Integers, row: Integers, share: Integers) -> Integers:
    """The parts with what does not divide put to the longest part of each row."""
    sums = np.zeros(share.size, dtype=np.int64)
    np.add.at(sums, row, units)
    left = share - sums
    odd = np.flatnonzero(left[row])
    if not odd.size:
        return units
    longest_first = odd[np.lexsort((-units[odd], row[odd]))]
    longest = longest_first[changes(row[longest_first])]
    whole = units.copy()
    whole[longest] += left[row[longest]]
    return whole
