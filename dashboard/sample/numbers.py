"""Which telephone numbers may made-up people have?"""

from __future__ import annotations

import numpy as np
import polars as pl

from dashboard.sample.chance import Ints

# The ranges Ofcom keeps for drama: national number of the first, how many.
DRAMA_RANGES = ((1214960000, 1000), (7700900000, 1000), (2079460000, 1000), (1632960000, 1000))
# Institutions take the first landlines.
KEPT_FOR_PLACES = 40
# The last of them are call boxes and communal phones that many people use.
SHARED_NUMBERS = DRAMA_RANGES[0][0] + 30
# No British number begins with 010: it can be written and read, and reaches nobody.
UNDIALABLE_FIRST = 1_010_000_000
UNDIALABLE_PLACES = 1_090_000_000


def deal_numbers(rng: np.random.Generator, wanted: int, *, is_large: bool) -> Ints:
    """Up to `wanted` different national numbers in random order, landlines of 0121 and mobiles first.

    Up to 200,000 incidents all are drama numbers, of which there are about 4,000: whoever comes later has none. A
    larger force (benchmarks only) goes on with 010 numbers, which no exchange connects.
    """
    local = np.concatenate([first + np.arange(size) for first, size in DRAMA_RANGES[:2]])[KEPT_FOR_PLACES:]
    distant = np.concatenate([first + np.arange(size) for first, size in DRAMA_RANGES[2:]])
    numbers = np.concatenate([rng.permutation(local), rng.permutation(distant)])
    if is_large and wanted > len(numbers):
        numbers = np.concatenate([numbers, UNDIALABLE_FIRST + np.arange(wanted - len(numbers))])
    return numbers[:wanted].astype(np.int64)


def place_numbers(count: int) -> Ints:
    """The switchboard numbers of the institutions."""
    at = np.arange(count, dtype=np.int64)
    return np.where(at < SHARED_NUMBERS - DRAMA_RANGES[0][0], DRAMA_RANGES[0][0] + at, UNDIALABLE_PLACES + at)


def written(number: pl.Expr, style: pl.Expr) -> pl.Expr:
    """A national number (null: none) as control rooms write it.

    Style 0 spaces it (07700 900123, 0121 496 0123), 1 runs it together, 2 is international, 3 international with
    spaces, 4 begins 0044.
    """
    digits = number.cast(pl.String)
    three = digits.str.starts_with("12") | digits.str.starts_with("20")
    area = pl.when(digits.str.starts_with("20")).then(2).when(three).then(3).otherwise(4)
    head = digits.str.slice(0, area)
    tail = digits.str.slice(area)
    split = pl.when(digits.str.starts_with("20")).then(4).otherwise(3)
    local = pl.when(three).then(tail.str.slice(0, split) + " " + tail.str.slice(split)).otherwise(tail)
    return (
        pl.when(style == 0)
        .then("0" + head + " " + local)
        .when(style == 1)
        .then("0" + digits)
        .when(style == 2)
        .then("+44" + digits)
        .when(style == 3)
        .then("+44 " + head + " " + local)
        .otherwise("0044" + digits)
    )
