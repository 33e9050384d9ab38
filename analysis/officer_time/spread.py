"""How much time does an incident usually take, and how much does a long one? Medians and centiles beside means."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from analysis.officer_time.units import minutes

SPREAD_COLUMNS = ("measure", "incidents", "units", "mean_minutes", "median_minutes", "high_minutes")


def spread(incidents: pl.DataFrame, columns: Sequence[str], *, by: Sequence[str], high_centile: float) -> pl.DataFrame:
    """Mean, median and a high centile of the minutes of each incident.

    Officer time is skewed: a few long incidents lift the mean well above what is usual (half of the time on scene
    went to 15 per cent of the calls of Detroit, see Langton, Bannister, Ellison, Haleem and Krzemieniewska, 2022).

    Args:
        incidents: one row an incident: `by`, and the `columns` in units (Int64, 1/720720 of a millisecond).
        columns: what is described; an incident of which a column is null is left out of it and not counted.
        by: columns that say which incidents are described together; none for all of them.
        high_centile: 0 to 100; between two incidents a centile is interpolated.

    Returns:
        `by` and `SPREAD_COLUMNS`: `measure` (the column's name), `incidents` (how many are known), `units` (their
        sum) and Float64 minutes, all null where nothing is known. Sorted by `by`, then as in `columns`.
    """
    described = []
    for place, column in enumerate(columns):
        value = pl.col(column)
        aggregates = (
            value.count().cast(pl.Int64).alias("incidents"),
            pl.when(value.count() > 0).then(value.sum().cast(pl.Int64)).alias("units"),
            (minutes(value.sum()) / pl.when(value.count() > 0).then(value.count())).alias("mean_minutes"),
            minutes(value).median().alias("median_minutes"),
            minutes(value).quantile(high_centile / 100, "linear").alias("high_minutes"),
        )
        found = incidents.group_by(list(by)).agg(aggregates) if by else incidents.select(aggregates)
        described.append(found.with_columns(measure=pl.lit(column), place=pl.lit(place)))
    return pl.concat(described).sort(*by, "place").select(*by, *SPREAD_COLUMNS)
