"""Why do we think these records are of one person? Which of them share which key, without saying what the key is."""

from __future__ import annotations

import polars as pl

from analysis.assumptions import Assumptions
from analysis.disclosure import Audience, Released
from analysis.disclosure.contract import Answer, AnswerColumn, Kind
from analysis.disclosure.release import release
from analysis.people.records import gather
from analysis.store import Build

_KEYS = ("nominal_id", "name", "date_of_birth", "phone")
EVIDENCE_COLUMNS: dict[str, Kind] = {
    "neighbourhood_code": Kind.CODE,
    "person_id": Kind.PERSON,
    "incident_id": Kind.CODE,
    "role": Kind.CODE,
    "received_at": Kind.TIME,
    **dict.fromkeys(_KEYS, Kind.CODE),
}


def evidence(build: Build, person_id: str, audience: Audience, *, assumptions: Assumptions) -> Released:
    """The records taken to be of this person, each key given as a number: 1 is the one most records bear.

    Returns:
        `EVIDENCE_COLUMNS`, the oldest first; nominal_id, name, date_of_birth and phone are null where the record has
        none. Two records with one number bear the same value in normal form.
    """
    records = build.table("person_records").filter(pl.col("person_id") == person_id).collect()
    mine = pl.col("incident_id").is_in(records["incident_id"].unique().implode())
    logs = build.table("incidents").filter(mine).collect()
    people = build.table("people").filter(mine).collect()
    said = gather(logs, people, assumptions=assumptions).select(
        pl.col("incident_id", "role", "source_file").cast(pl.String), "source_line", *_KEYS
    )
    joined = (
        records.drop("phone")
        .join(said, on=["incident_id", "role", "source_file", "source_line"], how="left")
        .join(logs.select("incident_id", "neighbourhood_code"), on="incident_id", how="left")
    )
    numbered = joined
    for key in _KEYS:
        numbers = (
            joined.drop_nulls(key)
            .group_by(key)
            .agg(records=pl.len(), first=pl.col("received_at").min())
            .sort("records", "first", key, descending=[True, False, False])
            .select(key, pl.int_range(1, pl.len() + 1, dtype=pl.Int64).alias(f"{key}_number"))
        )
        numbered = numbered.join(numbers, on=key, how="left").drop(key).rename({f"{key}_number": key})
    answer = Answer(
        name="why one person",
        columns=tuple(AnswerColumn(column, kind) for column, kind in EVIDENCE_COLUMNS.items()),
        area_column="neighbourhood_code",
        person_column="person_id",
        timezone=build.timezone,
    )
    return release(numbered.sort("received_at", "incident_id").select(list(EVIDENCE_COLUMNS)), answer, audience)
