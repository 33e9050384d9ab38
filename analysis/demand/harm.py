"""Which crimes came of an incident, and how many days of harm do they stand for?"""

from __future__ import annotations

import polars as pl

from analysis.errors import AnalysisError


def incident_crimes(incidents: pl.DataFrame, crimes: pl.DataFrame) -> pl.DataFrame:
    """The distinct crimes of each log: incident_id, crime_ref.

    A log and a crime are linked by the log's crime reference or by the crime's incident number. A reference that no
    crime bears links nothing.

    Args:
        incidents: incident_id, crime_ref (null where none was written on the log).
        crimes: crime_ref, incident_id.
    """
    linked = links(incidents, crimes)
    ids, references = incidents["incident_id"].gather(linked["log"]), crimes["crime_ref"].gather(linked["crime"])
    return pl.DataFrame([ids, references]).sort("incident_id", "crime_ref")


def group_crimes(
    linked: pl.DataFrame, groups: pl.DataFrame, crimes: pl.DataFrame, harm_table: pl.DataFrame | None
) -> pl.DataFrame:
    """The distinct crimes of each incident group, with their days of harm.

    Args:
        linked: `links` of the logs and the crimes.
        groups: group_id, of each log in their order.
        crimes: crime_ref, offence_code.
        harm_table: offence_code, days (the starting point sentence of the offence); None where the force gave none.

    Returns:
        group_id, crime_ref, days Float64; null days where the offence has no score: unknown, not zero. Sorted by
        group_id, crime_ref. A crime of two groups has a row in each.

    Raises:
        AnalysisError: the harm table has an offence code twice.
    """
    days = crimes.select("offence_code").join(
        _scores(harm_table), on="offence_code", how="left", validate="m:1", maintain_order="left"
    )["days"]
    found = linked.select(groups["group_id"].gather(linked["log"]), "crime").unique()
    named = found.with_columns(crimes["crime_ref"].gather(found["crime"]), days.gather(found["crime"]))
    return named.drop("crime").sort("group_id", "crime_ref")


def links(incidents: pl.DataFrame, crimes: pl.DataFrame) -> pl.DataFrame:
    """Logs and crimes as either names the other, each pair once; a crime may name a log that is not in the build.

    Args:
        incidents: incident_id, crime_ref.
        crimes: crime_ref, incident_id.

    Returns:
        `log`, `crime`: where each stands among those given, UInt32.
    """
    bearers = crimes.select("crime_ref").with_row_index("crime")
    on_log = incidents.select("crime_ref").with_row_index("log").drop_nulls().join(bearers, on="crime_ref")
    on_log = on_log.select("log", "crime")
    is_mutual = incidents["incident_id"].gather(on_log["log"]) == crimes["incident_id"].gather(on_log["crime"])
    # Most name each other: only the rest are looked for among all logs.
    named = crimes.select("incident_id").with_row_index("crime").drop_nulls()
    named = named.join(on_log.filter(is_mutual), on="crime", how="anti")
    is_named = pl.col("incident_id").is_in(named["incident_id"].unique().implode())
    logs = incidents.select("incident_id").with_row_index("log").filter(is_named)
    return pl.concat([on_log, named.join(logs, on="incident_id").select("log", "crime")])


def _scores(harm_table: pl.DataFrame | None) -> pl.DataFrame:
    if harm_table is None:
        return pl.DataFrame(schema={"offence_code": pl.String, "days": pl.Float64})
    if harm_table["offence_code"].drop_nulls().is_duplicated().any():
        raise AnalysisError("The harm table, column offence_code: a code stands twice. Keep one line for each code.")
    return harm_table.select("offence_code", pl.col("days").cast(pl.Float64))
