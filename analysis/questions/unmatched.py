"""Which feeds tell of incidents that are not in the data?

Some always do; where all rows of a feed do, one system writes the id of an incident otherwise than the other.
"""

from __future__ import annotations

import polars as pl

from analysis.contracts.feeds import FEEDS
from analysis.disclosure import Audience, Released
from analysis.disclosure.contract import Answer, AnswerColumn, Kind
from analysis.disclosure.release import release
from analysis.store import Build

_ID = "incident_id"


def unmatched(build: Build, audience: Audience) -> Released:
    """For each feed that names incidents, how many of its rows name one that the build does not have.

    Returns:
        Rows feed, number, of (rows that name an incident at all), in the order of the contract; feeds without such
        rows are left out.
    """
    logs = build.table("incidents").select(_ID)
    named = {
        table: build.table(table).select(_ID).drop_nulls()
        for table, feed in FEEDS.items()
        if table != "incidents" and _ID in feed.names
    }
    counts = pl.collect_all(
        [
            frame.select(pl.lit(table).alias("feed"), number=pl.len().cast(pl.Int64))
            for table, rows in named.items()
            for frame in (rows.join(logs, on=_ID, how="anti"), rows)
        ]
    )
    found = pl.concat(
        [missing.with_columns(of=every["number"]) for missing, every in zip(counts[::2], counts[1::2], strict=True)]
    ).filter(pl.col("number") > 0)
    columns = {"feed": Kind.CODE, "number": Kind.COUNT, "of": Kind.COUNT}
    answer = Answer(
        name="rows of incidents that are not in the data",
        columns=tuple(AnswerColumn(column, kind) for column, kind in columns.items()),
        timezone=build.timezone,
    )
    return release(found, answer, audience)
