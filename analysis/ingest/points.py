"""Are a file's coordinates possible in the reference system its source names?"""

from __future__ import annotations

import polars as pl

from analysis.errors import SourcesError
from analysis.ingest.sources import FeedSource
from geo.errors import GeoError
from geo.projection import check_crs, plausible_share

_LEAST_POSSIBLE_SHARE = 0.5
"""The design: a reference system impossible for most of the non-zero points stops the build."""


def check_points(name: str, rows: pl.DataFrame, *, source: FeedSource, timezone: str) -> str | None:
    """The reference system of a file's points, or None where it maps no x and y.

    Raises:
        SourcesError: points without a crs, an unknown crs, or one impossible for most of the non-zero points.
    """
    points = rows.select("x", "y").drop_nulls()
    if source.crs is None:
        if points.is_empty():
            return None
        raise SourcesError(
            f'{name}: columns x and y have no crs. Add crs = "EPSG:27700" (eastings and northings) or '
            f'"EPSG:4326" (longitude and latitude) to the feed in sources.toml.'
        )
    try:
        crs = check_crs(source.crs)
    except GeoError as error:
        raise SourcesError(f"{name}: columns x and y: {error}") from error
    share = plausible_share(points["x"].to_numpy(), points["y"].to_numpy(), crs, timezone=timezone)
    if share is not None and share < _LEAST_POSSIBLE_SHARE:
        raise SourcesError(
            f"{name}: columns x and y: most points are impossible in {crs}. Mend crs in sources.toml; "
            f"are x and y swapped?"
        )
    return crs
