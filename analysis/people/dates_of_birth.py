"""How do two dates of birth compare: the same, a slip, close, or another person's?"""

from __future__ import annotations

from enum import IntEnum

import numpy as np
import numpy.typing as npt

from analysis.people.words import Ints

_CLOSE_MONTHS = 13
# Where, of the eight digits of a date, the tens of year, month and day stand.
_TENS = (2, 4, 6)


class BirthLevel(IntEnum):
    """How two dates of birth compare.

    `NEAR` is one digit, a turned day and month, or an approximate date; `CLOSE` two digits, or little over a year.
    """

    MISSING = 0
    DIFFERENT = 1
    CLOSE = 2
    NEAR = 3
    SAME = 4


def dates_contradict(days: Ints, pairs: list[tuple[int, int]]) -> set[tuple[int, int]]:
    """Of pairs of places in `days`, those that no slip explains."""
    if not pairs:
        return set()
    ends = np.array(sorted(set(pairs)), dtype=np.int64)
    level = compare_dates(days, ends[:, 0], ends[:, 1])
    return {(int(a), int(b)) for a, b in ends[level == BirthLevel.DIFFERENT]}


def compare_dates(days: Ints, one: Ints, other: Ints) -> Ints:
    """`BirthLevel` of dates, given as days since 1970 and pairs of their places."""
    parts = _parts(days)
    digits = _digits(*parts)
    (y1, m1, d1), (y2, m2, d2) = (tuple(part[side] for part in parts) for side in (one, other))
    left, right = digits[one], digits[other]
    changed = (left != right).sum(axis=1)
    is_turned = (y1 == y2) & (d1 == m2) & (m1 == d2)
    # Two digits of one part that changed places; years one apart are how an age is recorded. Two that are the same
    # digit (1988, the 11th, the 22nd) cannot have.
    of_year, of_month, of_day = (
        (left[:, tens] != right[:, tens])
        & (left[:, tens] == right[:, tens + 1])
        & (left[:, tens + 1] == right[:, tens])
        for tens in _TENS
    )
    is_swapped = (changed == 2) & ((of_year & (y1 // 100 == y2 // 100)) | of_month | of_day)
    is_year_apart = (np.abs(y1 - y2) <= 1) & (m1 == m2) & (d1 == d2)
    is_first = ((m1 == 1) & (d1 == 1)) | ((m2 == 1) & (d2 == 1))
    is_approximate = is_first & (np.abs(y1 - y2) <= 1)
    is_near = (changed <= 1) | is_turned | is_swapped | is_year_apart | is_approximate
    months_apart = np.abs((y1 - y2) * 12 + m1 - m2)
    is_close = (changed == 2) | (months_apart <= _CLOSE_MONTHS)
    return np.select(
        [one == other, is_near, is_close], [BirthLevel.SAME, BirthLevel.NEAR, BirthLevel.CLOSE], BirthLevel.DIFFERENT
    ).astype(np.int64)


def _parts(days: Ints) -> tuple[Ints, Ints, Ints]:
    dates = days.astype("datetime64[D]")
    month = dates.astype("datetime64[M]")
    year = month.astype("datetime64[Y]")
    return (
        year.astype(np.int64) + 1970,
        (month - year.astype("datetime64[M]")).astype(np.int64) + 1,
        (dates - month.astype("datetime64[D]")).astype(np.int64) + 1,
    )


def _digits(year: Ints, month: Ints, day: Ints) -> npt.NDArray[np.uint8]:
    """The eight digits of each date as it is written, the year first."""
    written = year * 10_000 + month * 100 + day
    return (written[:, np.newaxis] // 10 ** np.arange(7, -1, -1) % 10).astype(np.uint8)
