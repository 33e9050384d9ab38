"""Can this build answer a list with these settings, and if not, what is to be mended?"""

from __future__ import annotations

import polars as pl

from analysis.demand.areas import AreaKind
from analysis.errors import QuestionError

_MEND = {
    AreaKind.WARD: "Add [[boundaries.ward]] to sources.toml and build again, or use --area neighbourhood.",
    AreaKind.NEIGHBOURHOOD: (
        "Map neighbourhood_code or add [[boundaries.neighbourhood]] in sources.toml, build again, or use --area ward."
    ),
}


def check_answerable(incidents: pl.DataFrame, *, area: AreaKind, domestic_only: bool) -> None:
    """Refuse a list that could only be empty for want of a feed or a boundary file.

    Args:
        incidents: all incidents of the build: is_domestic, ward_code, neighbourhood_code.

    Raises:
        QuestionError: no incident has a code of that kind of area, or none is marked domestic.
    """
    if incidents[area.column].null_count() == incidents.height:
        raise QuestionError(f"This build holds no {area.value} code. {_MEND[area]}")
    if domestic_only and not incidents["is_domestic"].any():
        raise QuestionError(
            "No incident of this build is marked domestic. Map is_domestic in sources.toml (in incidents or crimes) "
            "and build again, or use --all."
        )
