"""What risk was last recorded of these people? The newest graded assessment of a job each was the victim of."""

from __future__ import annotations

import polars as pl

from analysis.disclosure import Audience, Released
from analysis.disclosure.contract import Answer, AnswerColumn, Kind
from analysis.disclosure.release import release
from analysis.store import Build

RISK_COLUMNS = {
    "person_id": Kind.PERSON,
    "neighbourhood_code": Kind.CODE,
    "risk": Kind.CODE,
    "assessed_at": Kind.TIME,
}


def assessed_risk(build: Build, person_ids: frozenset[str], audience: Audience) -> Released:
    """The newest recorded risk of each person in each neighbourhood they were assessed in, the newest first.

    An assessment without a risk is left out, and so is who has none: no row is not low risk. The time is that of the
    assessment, or of the log where the form bears none. Police only, and only of incidents in the audience's scope.

    Returns:
        Rows person_id, neighbourhood_code, risk (high, medium, standard), assessed_at.
    """
    concerned = (
        build.table("concerned")
        .filter(pl.col("person_id").is_in(sorted(person_ids)))
        .select("person_id", "incident_id")
        .collect()
    )
    logs = build.frame("incidents", ["incident_id", "neighbourhood_code", "received_at"])
    forms = build.frame("assessments", ["incident_id", "risk", "completed_at", "read_order"])
    newest = (
        forms.filter(pl.col("risk").is_not_null())
        .join(concerned, on="incident_id")
        .join(logs, on="incident_id")
        .with_columns(assessed_at=pl.coalesce("completed_at", "received_at"))
        .sort("assessed_at", "read_order", descending=True)
        .unique(["person_id", "neighbourhood_code"], keep="first", maintain_order=True)
        .select(list(RISK_COLUMNS))
    )
    answer = Answer(
        name="assessed risk",
        columns=tuple(AnswerColumn(name, kind) for name, kind in RISK_COLUMNS.items()),
        area_column="neighbourhood_code",
        person_column="person_id",
        timezone=build.timezone,
    )
    return release(newest, answer, audience)
