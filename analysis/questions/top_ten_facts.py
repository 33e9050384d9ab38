"""What must be known of a listed person at a glance beside their contacts? MARAC, and whether they were a victim."""

from __future__ import annotations

import polars as pl

from analysis.demand.day_sums import MARAC, VICTIM_OF_CRIME
from analysis.demand.windows import Window
from analysis.ranking.from_days import inside


def marks_of(marks: pl.DataFrame, window: Window, *, marac_months: int) -> pl.DataFrame:
    """What the marks of some areas say at the end of a window.

    Args:
        marks: see `analysis.demand.day_sums`.
        window: the weeks that count.
        marac_months: a MARAC referral or hearing counts for so long before the end of the window.

    Returns:
        area_code, key_id; marac_on (Date of the newest MARAC of a job the person was the victim of, anywhere in the
        force, null where none in time); is_victim_of_crime (of a recorded crime in the window, anywhere).
    """
    since = pl.lit(window.as_of).dt.offset_by(f"-{marac_months}mo")
    in_time = (pl.col("mark") == MARAC) & (pl.col("day") < window.as_of) & (pl.col("day") >= since)
    harmed = (pl.col("mark") == VICTIM_OF_CRIME) & inside(window)
    return marks.group_by("area_code", "key_id").agg(
        marac_on=pl.col("day").filter(in_time).max(), is_victim_of_crime=harmed.any()
    )
