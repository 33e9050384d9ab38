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
    has_code = incidents[area.column].null_count() < incidents.height
    check_known(
        has_code=has_code, has_domestic=bool(incidents["is_domestic"].any()), area=area, domestic_only=domestic_only
    )


def check_known(*, has_code: bool, has_domestic: bool, area: AreaKind, domestic_only: bool) -> None:
    """The same of a build of which it is known already what it holds.

    Args:
        has_code: whether any incident has a code of that kind of area.
        has_domestic: whether any is marked domestic.

    Raises:
        QuestionError: as `check_answerable`.
    """
    if not has_code:
        raise QuestionError(f"This build holds no {area.value} code. {_MEND[area]}")
    if domestic_only and not has_domestic:
        raise QuestionError(
            "No incident of this build is marked domestic. Map is_domestic in sources.toml (in incidents or crimes) "
            "and build again, or use --all."
        )
