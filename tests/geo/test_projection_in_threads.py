"""Can several threads ask where points are at once?"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import numpy as np

from geo.projection import plausible_share, to_crs


def test_threads_that_convert_points_at_once_get_what_one_gets() -> None:
    """PROJ ends the process where two threads use one of its ways between systems; so this fails by crashing."""
    east = np.linspace(400_000, 410_000, 5_000)
    north = east - 120_000
    alone = to_crs(east, north, source="EPSG:27700", target="EPSG:4326")

    def ask(_: int) -> bool:
        found = to_crs(east, north, source="EPSG:27700", target="EPSG:4326")
        return np.array_equal(found, alone) and plausible_share(east, north, "EPSG:27700") == 1.0

    with ThreadPoolExecutor(4) as pool:
        assert all(pool.map(ask, range(80)))
