"""Which records are presumed to be one person's before people are compared?"""

from __future__ import annotations

import polars as pl

from analysis.people.clusters import cluster_records
from analysis.people.records import SET_APART_ROLES

_IDENTIFYING = ("own_phone", "name", "is_full", "date_of_birth", "nominal_id")
# No matter for finding out who is who.
_NOT_COMPARED = ("incident_id", "role", "given_role", "source_file", "source_line", "read_order", "phone", "is_victim")


def compared_records(records: pl.DataFrame, decisions: pl.DataFrame) -> pl.DataFrame:
    """The records that may be somebody: those outside the pools, and in them those that give a name or were named.

    Args:
        records: as `with_clusters` returns them, with `record_reference` and what `presumed` asks for.
        decisions: `reference_a`, `reference_b`.

    Returns:
        Of these records what tells who is who, their `row` and `presumed`.
    """
    named = pl.concat([decisions["reference_a"], decisions["reference_b"]]).unique()
    is_free = pl.col("pool").is_null() | (
        ~pl.col("pool").is_in(SET_APART_ROLES)
        & (pl.col("name").is_not_null() | pl.col("record_reference").is_in(named.to_list()))
    )
    free = records.select(is_free.fill_null(False)).to_series()
    some = records.drop(*_NOT_COMPARED, "record_reference").with_row_index("row").filter(free)
    return some.with_columns(presumed=presumed())


def presumed() -> pl.Expr:
    """The number of each record's presumed person (Int64).

    It is that of its `cluster`; without a key of its own a record goes by its name, birth and home, else its scene.
    """
    alone = pl.struct(
        "name",
        "date_of_birth",
        "home",
        scene=pl.when(pl.col("home").is_null()).then("scene"),
        row=pl.when(pl.col("name").is_null() | pl.coalesce("home", "scene").is_null()).then("record_id"),
    ).hash()
    return pl.coalesce("cluster", -1 - (alone // 4).cast(pl.Int64))


def with_clusters(records: pl.DataFrame, *, crowding: float) -> pl.DataFrame:
    """The records with `cluster` by exact keys (null for who is not identified), and `is_heaped` of their births.

    See `clusters.cluster_records` and `heaped_births`.

    Args:
        records: `pool`, `own_phone`, `name`, `is_full`, `date_of_birth`, `nominal_id`.
        crowding: see `heaped_births`.
    """
    # A date of birth that very many have identifies nobody by name alone; what else is known decides in the linking.
    is_heaped = pl.col("date_of_birth").is_in(heaped_births(records, crowding).to_list()).fill_null(False)
    records = records.with_columns(is_heaped=is_heaped)
    said = records.select("pool", *_IDENTIFYING).with_columns(
        date_of_birth=pl.when(~records["is_heaped"]).then("date_of_birth")
    )
    is_identified = said.select(
        pl.col("pool").is_null()
        & (
            pl.any_horizontal(pl.col("own_phone", "nominal_id").is_not_null())
            | pl.all_horizontal(pl.col("name", "date_of_birth").is_not_null())
        )
    ).to_series()
    cluster = cluster_records(said.select(_IDENTIFYING).filter(is_identified))["cluster"]
    nobody = pl.Series("cluster", [None], dtype=cluster.dtype).new_from_index(0, records.height)
    return records.with_columns(nobody.scatter(is_identified.arg_true(), cluster))


def heaped_births(records: pl.DataFrame, factor: float) -> pl.Series:
    """Dates of birth given by so many times more names than the usual one: guessed, or entered for want of better.

    Args:
        records: `name`, `date_of_birth`.
        factor: times the mean number of names on a date.
    """
    named = records.select("name", "date_of_birth").drop_nulls().unique()
    counted = named.group_by("date_of_birth").agg(pl.len().alias("names"))
    return counted.filter(pl.col("names") > factor * pl.col("names").mean())["date_of_birth"].sort()
