"""What do the extracts get wrong, so that the Data page has something honest to show?"""

from __future__ import annotations

from datetime import timedelta

import numpy as np
import polars as pl

from dashboard.sample.chance import stream

BAD_ROW_SHARE = 0.0004
BAD_VALUE_SHARE = 0.002
END_BEFORE_START_SHARE = 0.001
FIRST_BAD_NUMBER = 9_000


def spoil_live(rows: pl.DataFrame, *, seed: int, part: str) -> pl.DataFrame:
    """Live incident rows with bad ones among them; every good log is still there and wins over its earlier versions.

    Refused: an unreadable CREATED, a missing LOG_NO. Repeated: the row twice. Corrected: an earlier version before it.
    A few values nobody mapped or that no calendar knows cost only themselves.
    """
    rng = stream(seed, f"mistakes {part}")
    count = len(rows)
    some = max(2, round(count * BAD_ROW_SHARE))
    values = (
        rows.with_row_index("at")
        .cast({"EASTING": pl.String})
        .with_columns(
            pl.lit(0).alias("turn"),
            *(
                pl.when(pl.Series(rng.random(count) < BAD_VALUE_SHARE))
                .then(pl.lit(wrong))
                .otherwise(pl.col(name))
                .alias(name)
                for name, wrong in (
                    ("GRADE", "P9"),
                    ("CALLER_DOB", "00/00/1960"),
                    ("VULNERABLE", "?"),
                    ("EASTING", "NOT KNOWN"),
                )
            ),
        )
    )
    picked = [values[np.sort(rng.choice(count, min(some, count), replace=False))] for _ in range(4)]
    new_number = (pl.int_range(pl.len()) + FIRST_BAD_NUMBER).cast(pl.String).alias("LOG_NO")
    parts = [
        values,
        picked[0].with_columns(new_number, pl.lit("31/02/2013 25:61:00").alias("CREATED"), pl.lit(1).alias("turn")),
        picked[1].with_columns(pl.lit(None, dtype=pl.String).alias("LOG_NO"), pl.lit(2).alias("turn")),
        picked[2].with_columns(pl.lit(3).alias("turn")),
        picked[3].with_columns(
            pl.lit("R").alias("GRADE"), pl.lit(None, dtype=pl.String).alias("CLOSED"), pl.lit(-1).alias("turn")
        ),
    ]
    return pl.concat(parts, how="vertical_relaxed").sort("at", "turn").drop("at", "turn")


def spoil_links(rows: pl.DataFrame, *, seed: int) -> pl.DataFrame:
    """Incident rows of which a few name an unknown log as their first report, and two name each other."""
    rng = stream(seed, "links")
    duplicates = np.flatnonzero(rows["duplicate_of"].is_not_null().to_numpy())
    target = rows["duplicate_of"].to_list()
    lost = rng.choice(duplicates, min(4, len(duplicates) // 4), replace=False)
    for row in lost:
        target[row] = "20120101-8888"
    kept = np.setdiff1d(duplicates, lost)
    if len(kept):
        ids = rows["incident_id"]
        first = ids.index_of(target[kept[0]])
        assert first is not None
        target[first] = ids[int(kept[0])]
    return rows.with_columns(pl.Series("duplicate_of", target, dtype=pl.String))


def spoil_resources(rows: pl.DataFrame, *, seed: int, part: str) -> pl.DataFrame:
    """Deployments with a few that end before they begin, that name no log, or that come twice."""
    rng = stream(seed, f"mistakes of {part}")
    ended = rows.filter(pl.col("cleared_at").is_not_null())
    some = min(len(ended), max(3, round(len(rows) * END_BEFORE_START_SHARE)))

    def pick(count: int) -> pl.DataFrame:
        return ended[np.sort(rng.choice(len(ended), min(count, len(ended)), replace=False))]

    back = (pl.col("assigned_at") - timedelta(minutes=20)).alias("cleared_at")
    later = (pl.col("assigned_at") + timedelta(seconds=7)).alias("assigned_at")
    parts = [
        rows,
        pick(some).with_columns(later).with_columns(back),
        pick(5).with_columns(pl.lit(None, dtype=pl.String).alias("incident_id")),
        pick(some // 2),
    ]
    return pl.concat(parts).sort("assigned_at", "log", maintain_order=True)
