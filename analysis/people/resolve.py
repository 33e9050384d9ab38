"""Who is each caller, victim and subject of this build?"""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from analysis.assumptions import Assumptions
from analysis.people.clusters import cluster_records
from analysis.people.concerned import concerned_people
from analysis.people.ids import AssignedIds, KnownIds, assign_ids
from analysis.people.pools import set_apart
from analysis.people.records import CALLER, gather
from analysis.people.telephones import telephones

_RECORD = (
    "incident_id",
    "role",
    "source_file",
    "source_line",
    "read_order",
    "person_id",
    "pool",
    "record_id",
    "received_at",
    "is_victim",
    "phone",
)

_IDENTIFYING = ("own_phone", "name", "is_full", "date_of_birth", "nominal_id")


@dataclass(frozen=True)
class People:
    """The people of one build.

    Attributes:
        records: one row for each record given to resolution, callers first, each in the order it was given:
            `incident_id`, `role` ('caller' for the caller's own, else the people feed's), `source_file`,
            `source_line`, `read_order`, `person_id` (null in a pool), `pool` (null, or a value of `pools.Pool`),
            `record_id`, `received_at` (null where the log is not in the build), `is_victim`, `phone` (E.164 or null).
        incidents: one row for each log, in the order given: `incident_id`, `caller_id`, `caller_pool` (both null
            where the log says nothing of a caller), `caller_phone` (E.164), `is_phone_of_place`, `concerned_id`.
        concerned: `incident_id`, `position`, `person_id`: see `concerned.concerned_people`.
        persons: `person_id` of everyone with a record in this build.
        aliases: `alias`, `person_id`: ids that proved to be another, older one.
        known: the id table for the next build. Its record ids hold what was recorded (names, numbers, dates of
            birth): it is as sensitive as the extracts.
    """

    records: pl.DataFrame
    incidents: pl.DataFrame
    concerned: pl.DataFrame
    persons: pl.DataFrame
    aliases: pl.DataFrame
    known: KnownIds


def resolve_people(
    incidents: pl.DataFrame,
    people: pl.DataFrame,
    places: pl.DataFrame,
    *,
    assumptions: Assumptions,
    key: bytes,
    known: KnownIds | None = None,
) -> People:
    """Find the person of each record by exact keys, and give each person an id that stays.

    A log that says nothing of its caller (no name, number, date of birth, nominal id, address or role) has no caller
    record. Every other record has exactly one person or stands in one named pool: see `pools.set_apart` for who is
    set apart and `clusters.cluster_records` for who is one person. Two nominal ids are never merged, even where name
    and date of birth are the same; nothing marks them. Row order, file names and lines never matter.

    Args:
        incidents: the accepted logs, `incident_id` unique, every column of the contract.
        people: the accepted rows of the people feed; may be empty.
        places: the accepted rows of the places feed; may be empty.
        assumptions: words for withheld numbers and untaken names, dates for unknown births, the surnames that make
            a number shared.
        key: the store's secret; ids cannot be computed without it.
        known: the id table that the build before returned.
    """
    place_phones = telephones(places["phone"], assumptions.texts("withheld_numbers"))["phone"]
    apart = set_apart(
        gather(incidents, people, assumptions=assumptions),
        place_phones,
        minimum_surnames=assumptions.whole("shared_number_minimum_surnames"),
    )
    clustered = _with_clusters(apart)
    assigned = assign_ids(clustered, known, key=key)
    records = clustered.join(assigned.clusters, on="cluster", how="left", maintain_order="left")
    # Every log has a time, so a record without one is of a log that is not in the build.
    concerned = concerned_people(records.filter(pl.col("received_at").is_not_null()))
    return _people(records, incidents, concerned, assigned)


def _with_clusters(records: pl.DataFrame) -> pl.DataFrame:
    is_identified = records["pool"].is_null()
    cluster = cluster_records(records.select(_IDENTIFYING).filter(is_identified))["cluster"]
    nobody = pl.Series("cluster", [None], dtype=cluster.dtype).new_from_index(0, records.height)
    return records.with_columns(nobody.scatter(is_identified.arg_true(), cluster))


def _people(records: pl.DataFrame, incidents: pl.DataFrame, concerned: pl.DataFrame, assigned: AssignedIds) -> People:
    callers = records.filter(pl.col("role") == CALLER).select(
        "read_order",
        "is_phone_of_place",
        caller_id="person_id",
        caller_pool="pool",
        caller_phone="phone",
    )
    first = concerned.filter(pl.col("position") == 1).select("incident_id", concerned_id="person_id")
    of_logs = (
        incidents.select("incident_id", "read_order")
        .join(callers, on="read_order", how="left", maintain_order="left")
        .join(first, on="incident_id", how="left", maintain_order="left")
        .with_columns(pl.col("is_phone_of_place").fill_null(False))
        .select("incident_id", "caller_id", "caller_pool", "caller_phone", "is_phone_of_place", "concerned_id")
    )
    return People(
        records=records.select(_RECORD),
        incidents=of_logs,
        concerned=concerned,
        persons=records.select("person_id").drop_nulls().unique().sort("person_id"),
        aliases=assigned.known.aliases,
        known=assigned.known,
    )
