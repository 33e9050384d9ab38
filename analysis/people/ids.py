"""Which id does each person keep, from build to build?"""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from analysis.people.references import DIGITS, SEPARATOR, keyed_codes

PREFIX = "P"
_FAR = 2**61  # microseconds: later than any log
RECORDS = {"record_id": pl.String, "given_id": pl.String, "person_id": pl.String}
PERSONS = {"person_id": pl.String, "sequence": pl.Int64, "given_in_build": pl.Int64, "anchor": pl.String}
ALIASES = {"alias": pl.String, "person_id": pl.String}


@dataclass(frozen=True)
class KnownIds:
    """The id table that one build hands to the next.

    Attributes:
        records: `record_id`, `given_id` (the id it had first), `person_id` (the one it had last): every record that
            ever had a person, in this build or not.
        persons: `person_id`, `sequence` (1 is the oldest id of all), `given_in_build` (1 is the first build), `anchor`
            (the record_id of the person's oldest record when the id was given): every id ever given.
        aliases: `alias`, `person_id`: ids that proved to be another, older one, which is never itself an alias.
    """

    records: pl.DataFrame
    persons: pl.DataFrame
    aliases: pl.DataFrame

    @classmethod
    def none(cls) -> KnownIds:
        """The table before the first build."""
        return cls(pl.DataFrame(schema=RECORDS), pl.DataFrame(schema=PERSONS), pl.DataFrame(schema=ALIASES))


@dataclass(frozen=True)
class AssignedIds:
    """`clusters`: `cluster`, `person_id`, one row a cluster. `known`: the table for the next build."""

    clusters: pl.DataFrame
    known: KnownIds


def assign_ids(
    records: pl.DataFrame, known: KnownIds | None = None, *, key: bytes, digits: int = DIGITS
) -> AssignedIds:
    """An id for each cluster: its oldest known one, else a new one.

    Each known id has one home: the cluster of its anchor; where that record is absent or stands in a pool, the cluster
    of the oldest record that first had the id, else of the oldest that had it last. Of the ids at home in one cluster
    the one given first stays and the others become its aliases. So a merge keeps the older id, a split leaves it with
    its anchor, and an id that was an alias comes back when its own records are taken apart again. A cluster that is
    nobody's home gets a new id: the keyed code of its oldest record, so neither row order nor file names matter. An id
    once given is never given again: on a collision the next code of the same record is taken, oldest record first.
    An id without any record in this build stays in the table as it was.

    It knows nothing of how the clusters were found, so any resolver can stand in front of it.

    Args:
        records: `record_id` (unique), `cluster` (any type; null for a record in a pool), `received_at` and, if some
            are a person's only by what is usual, `is_firm`: the others come before them, whatever their age, so that
            no id goes with a record that is given to somebody else next week; one row each.
        known: the table that the build before returned.
        key: the store's secret.
        digits: base 32 digits of an id.
    """
    before = known or KnownIds.none()
    is_firm = pl.col("is_firm") if "is_firm" in records.columns else pl.lit(True)
    clustered = records.select("record_id", "cluster", "received_at", is_firm=is_firm)
    clustered = clustered.filter(pl.col("cluster").is_not_null())
    homes = _homes(clustered, before)
    kept = homes.sort("sequence").unique("cluster", keep="first", maintain_order=True).select("cluster", "person_id")
    anchors = _oldest(clustered.join(kept, on="cluster", how="anti"), by="cluster").sort(
        "received_at", "record_id", nulls_last=True
    )
    given = anchors.with_columns(
        person_id=pl.Series(_new_ids(anchors["record_id"], before.persons["person_id"], key, digits), dtype=pl.String)
    )
    clusters = pl.concat([kept, given.select("cluster", "person_id")])
    aliases = _aliases(homes, kept, before)
    return AssignedIds(
        clusters, KnownIds(_records(clustered, clusters, aliases, before), _persons(given, before), aliases)
    )


def _oldest(records: pl.DataFrame, *, by: str) -> pl.DataFrame:
    """The record of each `by` received first, firm ones before others; of several, the first by record_id.

    One without a time comes last.
    """
    at = pl.col("received_at").dt.epoch("us").fill_null(_FAR - 1) + pl.when("is_firm").then(0).otherwise(_FAR)
    first = records.filter(at == at.min().over(by))
    return first.group_by(by).agg(pl.col("record_id").min(), pl.col("received_at").first())


def _homes(clustered: pl.DataFrame, before: KnownIds) -> pl.DataFrame:
    """`person_id`, `sequence`, `cluster` of every known id with a record in this build."""
    ids = before.persons.select("person_id", "sequence", "anchor")
    if ids.is_empty():
        return ids.select("person_id", "sequence").join(clustered.select("cluster").clear(), how="cross")
    cluster_of = clustered.select("record_id", "cluster")
    found = ids.join(cluster_of, left_on="anchor", right_on="record_id").select("person_id", "cluster")
    present = clustered.join(before.records, on="record_id")
    for column in ("given_id", "person_id"):
        left = present.select("record_id", "cluster", "received_at", "is_firm", holder=column)
        left = left.join(found, left_on="holder", right_on="person_id", how="anti")
        oldest = _oldest(left, by="holder").join(cluster_of, on="record_id")
        found = pl.concat([found, oldest.select("cluster", person_id="holder").select("person_id", "cluster")])
    return ids.select("person_id", "sequence").join(found, on="person_id")


def _new_ids(anchors: pl.Series, taken: pl.Series, key: bytes, digits: int) -> list[str]:
    ids = keyed_codes(PREFIX, anchors.to_list(), key=key, digits=digits)
    seen = set(taken)
    if len(set(ids)) == len(ids) and seen.isdisjoint(ids):
        return ids
    for place, anchor in enumerate(anchors):
        attempt = 0
        while ids[place] in seen:
            attempt += 1
            ids[place] = keyed_codes(PREFIX, [f"{anchor}{SEPARATOR}{attempt}"], key=key, digits=digits)[0]
        seen.add(ids[place])
    return ids


def _aliases(homes: pl.DataFrame, kept: pl.DataFrame, before: KnownIds) -> pl.DataFrame:
    joined = homes.join(kept.rename({"person_id": "survivor"}), on="cluster")
    merged = joined.filter(pl.col("person_id") != pl.col("survivor")).select(alias="person_id", person_id="survivor")
    # An alias without a record in this build stays; a home never leads to it, so following one step ends the chain.
    dormant = before.aliases.join(homes, left_on="alias", right_on="person_id", how="anti")
    return pl.concat([merged, _followed(dormant, merged).select(*ALIASES)]).sort("alias")


def _followed(frame: pl.DataFrame, aliases: pl.DataFrame) -> pl.DataFrame:
    """`frame` with every person_id that is an alias replaced by what it stands for."""
    step = aliases.rename({"alias": "person_id", "person_id": "survivor"})
    return (
        frame.join(step, on="person_id", how="left", maintain_order="left")
        .with_columns(person_id=pl.coalesce("survivor", "person_id"))
        .drop("survivor")
    )


def _records(clustered: pl.DataFrame, clusters: pl.DataFrame, aliases: pl.DataFrame, before: KnownIds) -> pl.DataFrame:
    now = clustered.join(clusters, on="cluster", how="left", maintain_order="left").select("record_id", "person_id")
    if before.records.is_empty():
        return now.select("record_id", given_id="person_id", person_id="person_id").select(*RECORDS)
    kept = (
        before.records.rename({"person_id": "last"})
        .join(now, on="record_id", how="left", maintain_order="left")
        .select("record_id", "given_id", person_id=pl.coalesce("person_id", "last"))
    )
    new = now.join(before.records, on="record_id", how="anti").with_columns(given_id="person_id")
    return pl.concat([_followed(kept, aliases).select(*RECORDS), new.select(*RECORDS)])


def _persons(given: pl.DataFrame, before: KnownIds) -> pl.DataFrame:
    last = before.persons.select(pl.col("sequence", "given_in_build").max().fill_null(0)).row(0)
    new = given.select(
        "person_id",
        sequence=pl.int_range(1, pl.len() + 1, dtype=pl.Int64) + last[0],
        given_in_build=pl.lit(last[1] + 1, dtype=pl.Int64),
        anchor="record_id",
    )
    return pl.concat([before.persons, new.select(*PERSONS)])
