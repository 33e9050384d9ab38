"""In which area does each point lie?"""

from __future__ import annotations

import numpy as np
import shapely
from numpy.typing import NDArray

from geo.boundaries import Boundaries


def locate(x: NDArray[np.float64], y: NDArray[np.float64], boundaries: Boundaries) -> NDArray[np.int32]:
    """Index in `boundaries` of the area each point lies in, -1 for a point in none or with a missing coordinate.

    x and y are in `boundaries.crs`. A point on an edge is inside, exactly; one on an edge between areas or in an
    overlap belongs to the lowest code. Points are sorted by x once, and each area is asked only about those
    within its bounds that no lower code has taken.
    """
    x, y = np.asarray(x, dtype=np.float64), np.asarray(y, dtype=np.float64)
    known = np.flatnonzero(np.isfinite(x) & np.isfinite(y))
    order = known[np.argsort(x[known])]
    sorted_x, sorted_y = x[order], y[order]
    found = np.full(order.shape, -1, dtype=np.int32)
    bounds = shapely.bounds(boundaries.geometries)
    first = np.searchsorted(sorted_x, bounds[:, 0], side="left")
    last = np.searchsorted(sorted_x, bounds[:, 2], side="right")
    geometries = shapely.force_2d(boundaries.geometries)  # copies: preparing them in two threads at once is not safe
    shapely.prepare(geometries)
    for index, geometry in enumerate(geometries):  # areas are in order of code
        near = slice(first[index], last[index])
        in_bounds = (sorted_y[near] >= bounds[index, 1]) & (sorted_y[near] <= bounds[index, 3]) & (found[near] < 0)
        asked = np.flatnonzero(in_bounds) + near.start
        found[asked[shapely.intersects_xy(geometry, sorted_x[asked], sorted_y[asked])]] = index
    located = np.full(x.shape, -1, dtype=np.int32)
    located[order] = found
    return located
