"""Who is truly on the top tens of a Monday, and which of their calls names them best?"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

import polars as pl

from dashboard.sample.clock import local
from dashboard.sample.force import TODAY
from dashboard.sample.geography import Geography

WINDOW_WEEKS = 52
LENGTH = 10
RANKED_ROLES = ("victim", "subject", "unknown")


def true_top_tens(geography: Geography, logs: pl.DataFrame, *, as_of: date = TODAY) -> pl.DataFrame:
    """The domestic top ten of each neighbourhood by contacts in 52 weeks, from who really rang.

    Columns: sector, neighbourhood (code), neighbourhood_name, person, contacts, rank, position, caller_of (incident_id
    of the latest call on which the person is named in full with a number or nominal id of their own; people without
    such a call are left out). `as_of` is the day after the last that counts.
    """
    now = datetime.combine(as_of, time())
    at = local(pl.col("at"))
    role = pl.col("caller_role").is_in(RANKED_ROLES) | pl.col("caller_role").is_null()
    window = logs.filter(
        "is_domestic",
        pl.col("caller") >= 0,
        role,
        at >= now - timedelta(weeks=WINDOW_WEEKS),
        at < now,
        pl.col("source") != "officer",
    )
    job = pl.coalesce("first_log", "log")
    counted = window.group_by("neighbourhood", pl.col("caller").alias("person")).agg(
        job.n_unique().alias("contacts"),
        pl.col("incident_id").filter("is_plain").last().alias("caller_of"),
        pl.col("log").last(),
    )
    areas = pl.DataFrame(
        {
            "neighbourhood": range(len(geography.neighbourhoods)),
            "neighbourhood_name": [area.name for area in geography.neighbourhoods],
            "code": [area.code for area in geography.neighbourhoods],
            "sector": [area.sector for area in geography.neighbourhoods],
        }
    )
    ranked = counted.with_columns(
        pl.col("contacts").rank("min", descending=True).over("neighbourhood").cast(pl.Int64).alias("rank")
    ).sort("neighbourhood", "rank", "log", descending=[False, False, True])
    listed = ranked.with_columns((pl.int_range(pl.len(), dtype=pl.Int64) + 1).over("neighbourhood").alias("position"))
    named = listed.filter(pl.col("position") <= LENGTH, pl.col("caller_of").is_not_null())
    return named.join(areas, on="neighbourhood", maintain_order="left").select(
        "sector",
        pl.col("code").alias("neighbourhood"),
        "neighbourhood_name",
        "person",
        "contacts",
        "rank",
        "position",
        "caller_of",
    )
