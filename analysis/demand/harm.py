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
    linked = links(incidents, crimes).join(incidents.select("incident_id"), on="incident_id", how="semi")
    return linked.unique().sort("incident_id", "crime_ref")


def group_crimes(
    incidents: pl.DataFrame, groups: pl.DataFrame, crimes: pl.DataFrame, harm_table: pl.DataFrame | None
) -> pl.DataFrame:
    """The distinct crimes of each incident group, with their days of harm.

    Args:
        incidents: incident_id, crime_ref.
        groups: incident_id, group_id.
        crimes: crime_ref, incident_id, offence_code.
        harm_table: offence_code, days (the starting point sentence of the offence); None where the force gave none.

    Returns:
        group_id, crime_ref, days Float64; null days where the offence has no score: unknown, not zero. Sorted by
        group_id, crime_ref. A crime of two groups has a row in each.

    Raises:
        AnalysisError: the harm table has an offence code twice.
    """
    scores = _scores(harm_table)
    scored = crimes.select("crime_ref", "offence_code").join(scores, on="offence_code", how="left", validate="m:1")
    return (
        links(incidents, crimes)
        .join(groups.select("incident_id", "group_id"), on="incident_id")
        .join(scored, on="crime_ref", validate="m:1")
        .select("group_id", "crime_ref", "days")
        .unique(["group_id", "crime_ref"])
        .sort("group_id", "crime_ref")
    )


def links(incidents: pl.DataFrame, crimes: pl.DataFrame) -> pl.DataFrame:
    """Logs and crimes as either names the other; a crime may name a log that is not in the build."""
    on_log = incidents.select("incident_id", "crime_ref").filter(pl.col("crime_ref").is_not_null())
    from_log = on_log.join(crimes.select("crime_ref"), on="crime_ref", how="semi")
    return pl.concat([from_log, crimes.select("incident_id", "crime_ref")])


def _scores(harm_table: pl.DataFrame | None) -> pl.DataFrame:
    if harm_table is None:
        return pl.DataFrame(schema={"offence_code": pl.String, "days": pl.Float64})
    if harm_table["offence_code"].drop_nulls().is_duplicated().any():
        raise AnalysisError("The harm table, column offence_code: a code stands twice. Keep one line for each code.")
    return harm_table.select("offence_code", pl.col("days").cast(pl.Float64))
