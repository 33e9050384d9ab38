"""What must be known of a listed person at a glance beside their contacts? MARAC, and whether they were a victim."""

from __future__ import annotations

import numpy as np
import polars as pl

from analysis.demand.arrays import day_number, frame_of, known, whole
from analysis.demand.day_sums import MARAC, VICTIM_OF_CRIME
from analysis.demand.windows import Window
from analysis.ranking.from_days import is_inside
from analysis.ranking.rolled import NEVER


def marks_of(marks: pl.DataFrame, keys: pl.Series, window: Window, *, marac_months: int) -> pl.DataFrame:
    """What the marks of an area say of some people at the end of a window.

    Args:
        marks: see `analysis.demand.day_sums`.
        keys: who is asked about, each once.
        window: the weeks that count.
        marac_months: a MARAC referral or hearing counts for so long before the end of the window.

    Returns:
        One row a key, in their order: marac_on (Date of the newest MARAC of a job the person was the victim of, null
        where none in time); is_victim_of_crime (of a recorded crime in the window). Both anywhere in the force.
    """
    rows = {key: row for row, key in enumerate(keys)}
    row, day = np.array([rows.get(key, -1) for key in marks["key_id"]], dtype=np.int64), whole(marks["day"])
    since = pl.Series([window.as_of]).dt.offset_by(f"-{marac_months}mo")[0]
    is_ours = row >= 0
    in_time = is_ours & (day < day_number(window.as_of)) & (day >= day_number(since))
    heard = in_time & (marks["mark"] == MARAC).to_numpy()
    harmed = is_ours & is_inside(day, window) & (marks["mark"] == VICTIM_OF_CRIME).to_numpy()
    newest, is_victim = np.full(len(keys), NEVER), np.zeros(len(keys), dtype=np.bool_)
    np.maximum.at(newest, row[heard], day[heard])
    is_victim[row[harmed]] = True
    return frame_of(
        {
            "marac_on": known(np.maximum(newest, 0).astype(np.int32), newest > NEVER, pl.Date()),
            "is_victim_of_crime": is_victim,
        }
    )
