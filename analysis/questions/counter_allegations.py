"""Who is recorded both as having harmed this person and as harmed by them? Both roles are kept; neither is weighed."""

from __future__ import annotations

import polars as pl

from analysis.disclosure import Audience, Released
from analysis.disclosure.contract import Answer, AnswerColumn, Kind
from analysis.disclosure.release import release
from analysis.store import Build

COUNTER_COLUMNS: dict[str, Kind] = {
    "neighbourhood_code": Kind.CODE,
    "person_id": Kind.PERSON,
    "other_id": Kind.PERSON,
    "as_victim": Kind.COUNT,
    "as_subject": Kind.COUNT,
    "last_at": Kind.TIME,
}
_SIDES = ("victim", "subject")


def counter_allegations(build: Build, person_id: str, audience: Audience) -> Released:
    """The people who stand as victim and as subject of each other with this person, in the whole build.

    The caller's own role counts as well as that of the people feed. Both directions must lie in the audience's scope:
    what is recorded elsewhere makes no banner here. One incident in which each is both counts in both directions.

    Returns:
        `COUNTER_COLUMNS`, a row for each other person and neighbourhood: `as_victim` (incident groups in which this
        person is a victim and the other a subject), `as_subject` (the other way round), `last_at`. Police only.
    """
    rows = (
        both_sides(build, person_id, audience)
        .group_by("neighbourhood_code", "other_id")
        .agg(
            as_victim=pl.col("is_victim").sum().cast(pl.Int64),
            as_subject=(~pl.col("is_victim")).sum().cast(pl.Int64),
            last_at=pl.col("received_at").max(),
        )
        .with_columns(person_id=pl.lit(person_id))
        .sort("last_at", "other_id", "neighbourhood_code", descending=[True, False, False])
    )
    answer = Answer(
        name="counter-allegations",
        columns=tuple(AnswerColumn(name, kind) for name, kind in COUNTER_COLUMNS.items()),
        area_column="neighbourhood_code",
        person_column="person_id",
        timezone=build.timezone,
    )
    return release(rows.select(list(COUNTER_COLUMNS)), answer, audience)


def both_sides(build: Build, person_id: str, audience: Audience) -> pl.DataFrame:
    """Every incident group in which this person and another stand against each other, of those who do so both ways.

    Returns:
        group_id, neighbourhood_code, other_id, received_at, is_victim (this person is the victim, the other a
        subject); two rows of a group in which each is both. Groups in the audience's scope only.
    """
    mine = build.table("person_records").filter(pl.col("person_id") == person_id).select("incident_id").collect()
    named = build.table("incidents").filter(pl.col("incident_id").is_in(mine["incident_id"].implode()))
    groups = named.select("group_id").unique().collect()["group_id"]
    logs = (
        build.table("incidents")
        .filter(pl.col("group_id").is_in(groups.implode()))
        .select("incident_id", "group_id", "caller_role")
        .collect()
    )
    facts = build.table("groups").filter(pl.col("group_id").is_in(groups.implode()))
    if audience.neighbourhoods is not None:
        facts = facts.filter(pl.col("neighbourhood_code").is_in(sorted(audience.neighbourhoods)))
    where = facts.select("group_id", "neighbourhood_code", "received_at").collect()
    roles = (
        build.table("person_records")
        .filter(pl.col("incident_id").is_in(logs["incident_id"].implode()), pl.col("person_id").is_not_null())
        .select("incident_id", "role", "person_id")
        .collect()
        .join(logs, on="incident_id")
        .with_columns(role=pl.when(pl.col("role") == "caller").then("caller_role").otherwise("role"))
        .filter(pl.col("role").is_in(_SIDES))
        .select("group_id", "role", "person_id")
        .unique()
        .join(where, on="group_id")
    )
    own = roles.filter(pl.col("person_id") == person_id).select("group_id", own_role="role")
    others = roles.filter(pl.col("person_id") != person_id).rename({"person_id": "other_id"})
    met = others.join(own, on="group_id").filter(pl.col("role") != pl.col("own_role"))
    met = met.select(
        "group_id", "neighbourhood_code", "other_id", "received_at", is_victim=pl.col("own_role") == "victim"
    )
    return met.filter((pl.col("is_victim").any() & (~pl.col("is_victim")).any()).over("other_id"))
