"""Which boundaries hold on a day?"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from geo.errors import GeoError


def vintage_on(valid_from: Sequence[dt.date | None], day: NDArray[np.datetime64]) -> NDArray[np.int32]:
    """For each day the index in `valid_from` of the vintage that holds: the last one that began on or before it.

    Before the first one the earliest is used. A vintage without a date is the earliest. Vintages may stand
    in any order.

    Raises:
        GeoError: there is no vintage, two have no date, or two begin on one day.
        ValueError: a day is missing (NaT).
    """
    if not valid_from:
        raise GeoError("there are no boundaries of this kind; add at least one entry with a file")
    if len(set(valid_from)) < len(valid_from):
        raise GeoError("two vintages of boundaries begin on one day, or two have no valid_from; give each its own day")
    days = np.asarray(day, dtype="datetime64[D]")
    if np.isnat(days).any():
        raise ValueError("a day is missing")
    order = sorted(range(len(valid_from)), key=lambda place: valid_from[place] or dt.date.min)
    began = np.array([valid_from[place] for place in order[1:]], dtype="datetime64[D]")
    return np.array(order, dtype=np.int32)[np.searchsorted(began, days, side="right")]
