"""Which area does a contact or an incident count in?"""

from __future__ import annotations

from enum import StrEnum

import polars as pl

UNLOCATED = "unlocated"
"""The code of everything that could not be placed; it ranks and adds up like an area."""


class AreaKind(StrEnum):
    """The two geographies a list can be made for."""

    NEIGHBOURHOOD = "neighbourhood"
    WARD = "ward"

    @property
    def column(self) -> str:
        """The column that holds this kind's code."""
        return f"{self.value}_code"


def area_code(kind: AreaKind) -> pl.Expr:
    """The code of the area, `unlocated` where there is none; the result is named `area_code`."""
    return pl.col(kind.column).fill_null(UNLOCATED).alias("area_code")
