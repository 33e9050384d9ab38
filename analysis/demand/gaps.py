"""How long were the silences between contacts, how long is the one since the last, and is that unusual?"""

from __future__ import annotations

from datetime import date

import polars as pl

GAP_COLUMNS = ("key_id", "group_id", "contact_at", "day", "gap_days", "is_last")
SILENCE_COLUMNS = ("key_id", "contacts", "last_day", "days_since_last", "median_gap_days", "longest_gap_days")


def gaps(contacts: pl.DataFrame, as_of: date, *, timezone: str) -> pl.DataFrame:
    """The local days between each contact and the one before it.

    Silence is not safety: a longer gap may mean that somebody stopped ringing, not that nothing happened.

    Args:
        contacts: key_id, group_id, contact_at (Datetime, UTC).
        as_of: the day of the list; contacts on it or after it are left out.

    Returns:
        `GAP_COLUMNS`: day (local Date), gap_days (Int64, 0 on one day; null for the first), is_last. Sorted by key_id,
        contact_at, group_id.
    """
    day = pl.col("contact_at").dt.convert_time_zone(timezone).dt.date()
    in_order = contacts.select("key_id", "group_id", "contact_at", day.alias("day")).sort(
        "key_id", "contact_at", "group_id"
    )
    return in_order.filter(pl.col("day") < as_of).with_columns(
        pl.col("day").diff().over("key_id").dt.total_days().alias("gap_days"),
        (pl.int_range(pl.len()).over("key_id") == pl.len().over("key_id") - 1).alias("is_last"),
    )


def silences(gaps: pl.DataFrame, as_of: date) -> pl.DataFrame:
    """The silence since each person's last contact beside their usual and longest ones.

    Args:
        gaps: as `gaps` returns them for the same day.

    Returns:
        `SILENCE_COLUMNS`: last_day (Date), days_since_last (whole days before `as_of`: 1 for the day before),
        median_gap_days (Float64) and longest_gap_days, null where there was one contact. Sorted by key_id.
    """
    return (
        gaps.group_by("key_id")
        .agg(
            pl.len().cast(pl.Int64).alias("contacts"),
            pl.col("day").max().alias("last_day"),
            (pl.lit(as_of) - pl.col("day").max()).dt.total_days().alias("days_since_last"),
            pl.col("gap_days").median().alias("median_gap_days"),
            pl.col("gap_days").max().alias("longest_gap_days"),
        )
        .sort("key_id")
    )
