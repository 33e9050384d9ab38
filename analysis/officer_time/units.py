"""In which unit is officer time counted, so that equal shares stay exact?"""

from __future__ import annotations

import polars as pl

UNITS_PER_MILLISECOND = 720_720
"""The least common multiple of 1 to 16: a millisecond shared among up to 16 incidents leaves no remainder."""

UNITS_PER_MINUTE = UNITS_PER_MILLISECOND * 60_000


def minutes(units: pl.Expr) -> pl.Expr:
    """Minutes (Float64) of officer time counted in units (Int64). Whole minutes come out whole."""
    # polars divides by multiplying with the reciprocal, which alone may miss a whole number by a hair.
    return units // UNITS_PER_MINUTE + (units % UNITS_PER_MINUTE) / UNITS_PER_MINUTE
