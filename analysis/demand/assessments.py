"""In which jobs was a risk assessment mandatory, and none was recorded?"""

from __future__ import annotations

import polars as pl

from analysis.demand.harm import incident_crimes

PARTNER_RELATIONSHIPS = ("intimate", "ex_intimate")
"""An assessment is mandatory for a domestic crime between these. Source: HMIC (2014), force policy on DASH."""


def groups_without_assessment(logs: pl.DataFrame, crimes: pl.DataFrame, assessments: pl.DataFrame) -> pl.Series:
    """The incident groups with a domestic crime between partners, present or former, and no assessment on any log.

    A crime is domestic by its own flag, else by that of a log it is linked with. Where the force gave no assessments
    at all, nothing can be said to be missing.

    Args:
        logs: incident_id, group_id, is_domestic, crime_ref; every log that names a crime or is named by a crime or by
            an assessment, others too.
        crimes: crime_ref, incident_id, is_domestic, relationship.
        assessments: incident_id.

    Returns:
        group_id, each once.
    """
    if assessments.is_empty():
        return pl.Series("group_id", [], dtype=pl.String)
    partners = crimes.filter(pl.col("relationship").is_in(PARTNER_RELATIONSHIPS))
    flags = partners.select("crime_ref", crime_flag="is_domestic")
    is_domestic = pl.coalesce("crime_flag", "is_domestic").fill_null(False)
    due = (
        incident_crimes(logs, partners)
        .join(logs.select("incident_id", "group_id", "is_domestic"), on="incident_id")
        .join(flags, on="crime_ref")
        .filter(is_domestic)
        .select("group_id")
        .unique()
    )
    assessed = logs.join(assessments, on="incident_id", how="semi").select("group_id")
    return due.join(assessed, on="group_id", how="anti").sort("group_id")["group_id"]
