"""Who rang in these logs, and where have they rung from?"""

from __future__ import annotations

import polars as pl

from analysis.demand.contacts import KeyType
from analysis.disclosure import Audience, Released
from analysis.disclosure.contract import Answer, AnswerColumn, Kind
from analysis.disclosure.release import release
from analysis.questions.ranking import contacts_of
from analysis.store import Build

CALLER_COLUMNS = {
    "incident_id": Kind.CODE,
    "person_id": Kind.PERSON,
    "neighbourhood_code": Kind.CODE,
    "last_contact_at": Kind.TIME,
}


def callers(build: Build, incident_ids: frozenset[str], audience: Audience) -> Released:
    """The person who rang in each log, with each neighbourhood their contacts lie in.

    Returns:
        Rows incident_id, person_id, neighbourhood_code (null: unlocated), last_contact_at (of the person in that
        neighbourhood, whole build); by incident_id, the newest first. A log whose caller nobody knows has no row.
    """
    logs = build.table("incidents").filter(pl.col("incident_id").is_in(sorted(incident_ids)))
    named = logs.select("incident_id", person_id="caller_id").drop_nulls().collect()
    places = (
        contacts_of(build, KeyType.CALLER)
        .group_by(person_id="key_id", neighbourhood_code="neighbourhood_code")
        .agg(last_contact_at=pl.col("contact_at").max())
    )
    rows = named.join(places, on="person_id").sort(
        "incident_id", "last_contact_at", "neighbourhood_code", descending=[False, True, False], nulls_last=True
    )
    answer = Answer(
        name="callers",
        columns=tuple(AnswerColumn(name, kind) for name, kind in CALLER_COLUMNS.items()),
        area_column="neighbourhood_code",
        person_column="person_id",
        timezone=build.timezone,
    )
    return release(rows.select(*CALLER_COLUMNS), answer, audience)
