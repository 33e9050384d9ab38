"""Where are the contacts of one key type? In a file of their own, so that no others are looked through."""

from __future__ import annotations

import polars as pl

from analysis.demand.contacts import KeyType
from analysis.store import Build


def contact_rows(build: Build, key_type: KeyType) -> pl.LazyFrame:
    """The stored contacts of one key type, unread."""
    own = f"contacts.{key_type.value}"
    if (build.path / f"{own}.parquet").is_file():
        return build.table(own)
    return build.table("contacts").filter(pl.col("key_type") == key_type.value)
