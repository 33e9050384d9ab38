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

    def placed(number: int) -> str:
        own = owned[number]
        if own is not None and kept.facts(own) is not None:
            return kept.file(own, PLACED)
        logs = incidents.frame((*_OF_LOG, *_ADDRESS), of_extract=number)
        frame = pl.concat([place(logs, areas, timezone=timezone), address_columns(logs, listed)], how="horizontal")
        if own is None:
            return kept.keep_here(f"{PLACED}.{number}", frame.select(PLACED_COLUMNS))
        kept.keep(own, {PLACED: frame.select(PLACED_COLUMNS)}, {})
        return kept.file(own, PLACED)

    with ThreadPoolExecutor(_AT_ONCE, "placing") as pool:
        files = tuple(pool.map(placed, range(len(incidents.extracts))))
    return Placed(incidents, kept.joined(owned, files, PLACED))
