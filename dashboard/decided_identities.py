"""What did people decide about who is who, as a build takes it? Read from the store's database, if there is one."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from dashboard.decisions_database import FILE_NAME, URL_VARIABLE, open_decisions
from partnership.identity_reading import decisions_in_force, numbers_in_force

_PAIRS = {"reference_a": pl.String, "reference_b": pl.String, "kind": pl.String}
_NUMBERS = {"reference": pl.String, "kind": pl.String}


@dataclass(frozen=True)
class DecidedIdentities:
    """What is in force: `pairs` (reference_a, reference_b, kind: same, different), `numbers` (reference, kind)."""

    pairs: pl.DataFrame
    numbers: pl.DataFrame


def has_decisions(store: Path) -> bool:
    """Whether the store has a database of what people decided."""
    return bool(os.environ.get(URL_VARIABLE)) or (store / FILE_NAME).is_file()


def decided_identities(store: Path) -> DecidedIdentities:
    """The decisions in force; none where the store has no database yet.

    Raises:
        PartnershipError: there is one and it cannot be read: no build goes on over decisions it does not know.
        StoreError: the store's key cannot be read.
    """
    if not has_decisions(store):
        return DecidedIdentities(pl.DataFrame(schema=_PAIRS), pl.DataFrame(schema=_NUMBERS))
    database = open_decisions(store)
    try:
        if database.revision() is None:
            return DecidedIdentities(pl.DataFrame(schema=_PAIRS), pl.DataFrame(schema=_NUMBERS))
        with database.read() as session:
            pairs, numbers = decisions_in_force(session), numbers_in_force(session)
    finally:
        database.close()
    return DecidedIdentities(
        pl.DataFrame(pairs, schema=_PAIRS, orient="row"), pl.DataFrame(numbers, schema=_NUMBERS, orient="row")
    )
