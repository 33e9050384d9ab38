"""In which ward and police neighbourhood did each incident lie, and why could some not be placed?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TypeAlias

import numpy as np
import polars as pl
from numpy.typing import NDArray

from analysis.errors import SourcesError
from analysis.ingest.sources import BoundarySource, Sources
from geo.boundaries import Boundaries, read_boundaries
from geo.errors import GeoError
from geo.locate import locate
from geo.projection import to_crs
from geo.vintages import vintage_on

Floats: TypeAlias = NDArray[np.float64]

WGS84 = "EPSG:4326"
NO_POINT, ZERO_POINT, OUTSIDE, NO_BOUNDARIES = "no_point", "zero_point", "outside_force", "no_boundaries"


@dataclass(frozen=True)
class Vintage:
    """The boundaries that hold from a day on; None: from the beginning."""

    boundaries: Boundaries
    valid_from: date | None


@dataclass(frozen=True)
class Areas:
    """The force's wards, by vintage, and its police neighbourhoods."""

    wards: tuple[Vintage, ...]
    neighbourhoods: tuple[Vintage, ...]


def read_areas(sources: Sources) -> Areas:
    """Read every boundary file.

    Raises:
        SourcesError: a file cannot be read as boundaries; the message names the file and the mend.
    """
    timezone = sources.force.timezone
    return Areas(_vintages(sources.wards, timezone), _vintages(sources.neighbourhoods, timezone))


def _vintages(files: Sequence[BoundarySource], timezone: str) -> tuple[Vintage, ...]:
    found = []
    for source in files:
        try:
            boundaries = read_boundaries(
                source.file,
                code=source.code,
                name=source.name,
                sector=source.sector,
                population=source.population,
                timezone=timezone,
            )
        except GeoError as error:
            raise SourcesError(str(error)) from error
        found.append(Vintage(boundaries, source.valid_from))
    return tuple(sorted(found, key=lambda vintage: vintage.valid_from or date.min))


def place(incidents: pl.DataFrame, areas: Areas, *, timezone: str) -> pl.DataFrame:
    """Where each incident lies.

    Args:
        incidents: x, y, point_crs, received_at, neighbourhood_code (as logged).

    Returns:
        One row an incident, in order: lon, lat (null where there is no usable point), ward_code (of the incident's
        day), neighbourhood_code (the polygon's, else the logged code), unlocated_reason (null where a boundary holds
        the point).
    """
    x = incidents["x"].to_numpy(writable=True).astype(np.float64)
    y = incidents["y"].to_numpy(writable=True).astype(np.float64)
    is_given = np.isfinite(x) & np.isfinite(y)
    is_zero = is_given & (x == 0) & (y == 0)
    is_usable = is_given & ~is_zero
    x[~is_usable] = y[~is_usable] = np.nan
    days = incidents["received_at"].dt.convert_time_zone(timezone).dt.date().to_numpy().astype("datetime64[D]")
    points = _Points(x, y, incidents["point_crs"])
    ward = _codes(points, days, areas.wards)
    polygon = _codes(points, days, areas.neighbourhoods)
    lon, lat = points.seen_in(WGS84)
    nowhere = OUTSIDE if areas.wards or areas.neighbourhoods else NO_BOUNDARIES
    is_held = pl.col("ward").is_not_null() | pl.col("polygon").is_not_null()
    told = pl.DataFrame({"ward": ward, "polygon": polygon, "is_given": is_given, "is_zero": is_zero})
    reason = told.select(
        pl.when(~pl.col("is_given"))
        .then(pl.lit(NO_POINT))
        .when("is_zero")
        .then(pl.lit(ZERO_POINT))
        .when(~is_held)
        .then(pl.lit(nowhere))
    ).to_series()
    return pl.DataFrame(
        {
            "lon": pl.Series(lon).fill_nan(None),
            "lat": pl.Series(lat).fill_nan(None),
            "ward_code": ward,
            "neighbourhood_code": polygon.zip_with(polygon.is_not_null(), incidents["neighbourhood_code"]),
            "unlocated_reason": reason,
        }
    )


@dataclass
class _Points:
    """Points of several reference systems; each is converted once to every system it is asked for in."""

    x: Floats
    y: Floats
    crs: pl.Series
    _seen: dict[str, tuple[Floats, Floats]] = field(default_factory=dict)

    def seen_in(self, target: str) -> tuple[Floats, Floats]:
        """The points in one system, NaN where there are none."""
        if target not in self._seen:
            out_x, out_y = np.full(len(self.x), np.nan), np.full(len(self.y), np.nan)
            for source in self.crs.drop_nulls().unique().to_list():
                mine = (self.crs == source).fill_null(False).to_numpy() & np.isfinite(self.x)
                out_x[mine], out_y[mine] = to_crs(self.x[mine], self.y[mine], source=source, target=target)
            self._seen[target] = out_x, out_y
        return self._seen[target]


def _codes(points: _Points, days: NDArray[np.datetime64], vintages: tuple[Vintage, ...]) -> pl.Series:
    """The code of the area that holds each point on its day."""
    codes = pl.Series([None], dtype=pl.String).new_from_index(0, len(days))
    if not vintages:
        return codes
    vintage_of = vintage_on([vintage.valid_from for vintage in vintages], days)
    for number, vintage in enumerate(vintages):
        mine = np.flatnonzero(vintage_of == number)
        if not len(mine):
            continue
        x, y = points.seen_in(vintage.boundaries.crs)
        is_all = len(mine) == len(days)
        index = locate(x if is_all else x[mine], y if is_all else y[mine], vintage.boundaries)
        names = pl.Series([*vintage.boundaries.codes, None], dtype=pl.String)
        found = names.gather(np.where(index < 0, len(names) - 1, index))
        codes = found if is_all else codes.scatter(mine, found)
    return codes


def area_table(vintages: tuple[Vintage, ...]) -> pl.DataFrame:
    """The areas as stored: code, name, sector, population, geometry (WKB), crs, vintage, valid_from."""
    frames = [
        vintage.boundaries.to_frame().with_columns(
            crs=pl.lit(vintage.boundaries.crs),
            vintage=pl.lit(number, dtype=pl.Int64),
            valid_from=pl.lit(vintage.valid_from, dtype=pl.Date),
        )
        for number, vintage in enumerate(vintages)
    ]
    return pl.concat(frames) if frames else pl.DataFrame(schema=_AREA_SCHEMA)


_AREA_SCHEMA = {
    "code": pl.String,
    "name": pl.String,
    "sector": pl.String,
    "population": pl.Float64,
    "geometry": pl.Binary,
    "crs": pl.String,
    "vintage": pl.Int64,
    "valid_from": pl.Date,
}
