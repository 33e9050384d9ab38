"""Which rows are the same row read again, and which correct an earlier one?"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl

from analysis.contracts.feeds import Feed


@dataclass(frozen=True)
class Keyed:
    """Which of a feed's rows have keys read more than once.

    Attributes:
        outcome: per row of a key already seen: `read_order` and whether it is `repeated` (a version seen before) or
            `corrected` (a new version).
        superseded: `read_order` of the rows that are not the last of their key.
    """

    outcome: pl.DataFrame
    superseded: pl.Series


def rows_read_again(feed: Feed, suspects: pl.DataFrame) -> Keyed:
    """Of rows with one key the last wins; those that agree in every column of the contract are one.

    Args:
        suspects: the feed's accepted rows whose `key_hashes` are among those `read_twice`, in the order read, with
            `read_order`; different hashes are of different keys, so that no others need be compared.
    """
    keys = suspects.select(_key(feed))
    twice = pl.concat([keys, suspects], how="horizontal")
    names = keys.columns
    version = [column.name for column in feed.columns]
    marked = twice.select(
        *names,
        "read_order",
        is_seen_version=pl.col("read_order").rank("ordinal").over(names + version) > 1,
        is_first=pl.col("read_order") == pl.col("read_order").min().over(names),
        is_last=pl.col("read_order") == pl.col("read_order").max().over(names),
    )
    outcome = marked.filter(~pl.col("is_first")).select(
        "read_order",
        outcome=pl.when("is_seen_version").then(pl.lit("repeated")).otherwise(pl.lit("corrected")),
    )
    return Keyed(outcome, marked.filter(~pl.col("is_last"))["read_order"])


def key_hashes(feed: Feed, rows: pl.DataFrame) -> pl.Series:
    """A whole number for each row, the same for rows of one key."""
    return rows.select(_key(feed)).hash_rows()


def read_twice(hashes: pl.Series) -> pl.Series:
    """The hashes that stand more than once, each once or more; few, so that numbers are sorted and none is counted."""
    ordered = np.sort(hashes.to_numpy())
    return pl.Series(ordered[1:][ordered[1:] == ordered[:-1]])


def _key(feed: Feed) -> list[pl.Expr]:
    """What makes a row the same row, as columns; an alternative (officer or callsign) tells which of the two it is."""
    key = [pl.col(name).alias(f"key_{name}") for name in feed.key]
    for first, second in feed.key_alternatives:
        place = feed.key.index(first)
        key[place] = pl.coalesce(first, second).alias(f"key_{first}")
        key.append(pl.col(first).is_null().alias(f"has_no_{first}"))
    return key
