"""Where does each log of an extract lie, and whose address is it? Worked out once an extract and set of areas."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import polars as pl

from analysis.build.places import Areas, place
from analysis.demand.addresses import address_columns
from analysis.ingest import FeedRows

PLACED = "placed"
PLACED_COLUMNS = (
    "lon",
    "lat",
    "ward_code",
    "neighbourhood_code",
    "unlocated_reason",
    "address_key",
    "is_address_of_place",
)
_OF_LOG = ("x", "y", "point_crs", "received_at", "neighbourhood_code")
_ADDRESS = ("address", "postcode", "uprn")
_AT_ONCE = 2
_ROWS_TOGETHER = 50_000


@dataclass(frozen=True)
class Placed:
    """`PLACED_COLUMNS` of every log, unread: `files` in the folder of the build, of one extract or of many."""

    incidents: FeedRows
    files: tuple[str, ...]

    def frame(self, columns: Sequence[str]) -> pl.DataFrame:
        """Some of the columns, in the order of the logs."""
        folder = self.incidents.kept.folder
        return pl.scan_parquet([folder / file for file in self.files], glob=False).select(columns).collect()


def place_logs(incidents: FeedRows, areas: Areas, places: pl.DataFrame, *, timezone: str, version: str) -> Placed:
    """Place the logs of every extract that have not been placed before.

    Args:
        places: address, postcode, uprn of the places that are left out.
        version: the same for the same areas, clock and code.
    """
    listed = places.select(_ADDRESS)
    told = hashlib.sha256(json.dumps([version, timezone, listed.rows()]).encode()).hexdigest()

    kept = incidents.kept
    owned = [key and f"{PLACED}-{hashlib.sha256((key + told).encode()).hexdigest()[:24]}" for key in incidents.keys]
    files = [
        f"{PLACED}.{number}.parquet" if own is None else kept.file(own, PLACED) for number, own in enumerate(owned)
    ]

    def place_together(numbers: Sequence[int]) -> None:
        extracts = [incidents.frame((*_OF_LOG, *_ADDRESS), of_extract=number) for number in numbers]
        logs = pl.concat(extracts)
        frame = pl.concat([place(logs, areas, timezone=timezone), address_columns(logs, listed)], how="horizontal")
        start = 0
        for number, extract in zip(numbers, extracts, strict=True):
            part, own = frame.slice(start, extract.height).select(PLACED_COLUMNS), owned[number]
            if own is None:
                kept.keep_here(f"{PLACED}.{number}", part)
            else:
                kept.keep(own, {PLACED: part}, {})
            start += extract.height

    new = [number for number, own in enumerate(owned) if own is None or kept.facts(own) is None]
    with ThreadPoolExecutor(_AT_ONCE, "placing") as pool:
        list(pool.map(place_together, _together(new, incidents.heights)))
    return Placed(incidents, kept.joined(owned, files, PLACED))


def _together(numbers: Sequence[int], heights: Sequence[int]) -> list[list[int]]:
    """Which extracts are placed at once: the areas are made ready each time, which costs more than a week's logs."""
    runs: list[list[int]] = []
    rows = _ROWS_TOGETHER
    for number in numbers:
        if rows >= _ROWS_TOGETHER:
            runs, rows = [*runs, []], 0
        runs[-1].append(number)
        rows += heights[number]
    return runs
