"""Which records identify nobody, and in which named pool does each stand?"""

from __future__ import annotations

from enum import StrEnum

import polars as pl

from analysis.people.records import SET_APART_ROLES


class Pool(StrEnum):
    """Why a record has no person. Each is a visible list with its count."""

    WITNESS = "witness"
    THIRD_PARTY = "third_party"
    PROFESSIONAL = "professional"
    INSTITUTION = "institution"
    SHARED = "shared"
    WITHHELD = "withheld"


def set_apart(records: pl.DataFrame, place_phones: pl.Series, *, minimum_surnames: int) -> pl.DataFrame:
    """The records with `pool`, `is_phone_of_place` and `own_phone` (the number, where it may identify).

    Witnesses, third parties and professionals stand in the pool of their role, whatever identifies them. Any other
    record is set apart only where neither a nominal id, nor a name with a date of birth, nor a number of its own
    identifies it. A number is nobody's own where it is that of a place, or where the records on it, in whatever role,
    carry `minimum_surnames` different surnames or more (of full names; a name written in several ways has one).

    Args:
        records: as `records.gather` returns them.
        place_phones: numbers of known places, E.164.
        minimum_surnames: different surnames that make a number shared.
    """
    is_place = pl.col("phone").is_in(place_phones.drop_nulls().unique().to_list()).fill_null(False)
    is_shared = pl.col("phone").is_in(_shared(records, minimum_surnames).to_list()).fill_null(False)
    is_identified = (
        pl.col("nominal_id").is_not_null()
        | (pl.col("name").is_not_null() & pl.col("date_of_birth").is_not_null())
        | pl.col("own_phone").is_not_null()
    )
    pool = (
        pl.when(pl.col("given_role").is_in(SET_APART_ROLES))
        .then("given_role")
        .when(is_identified)
        .then(None)
        .when("is_phone_of_place")
        .then(pl.lit(Pool.INSTITUTION.value))
        .when("is_phone_shared")
        .then(pl.lit(Pool.SHARED.value))
        .otherwise(pl.lit(Pool.WITHHELD.value))
    )
    return (
        records.with_columns(is_phone_of_place=is_place, is_phone_shared=is_shared)
        .with_columns(own_phone=pl.when(~pl.col("is_phone_of_place") & ~pl.col("is_phone_shared")).then("phone"))
        .with_columns(pool=pool)
        .drop("is_phone_shared")
    )


def _shared(records: pl.DataFrame, minimum_surnames: int) -> pl.Series:
    surnames = (
        records.filter(pl.col("is_full") & pl.col("phone").is_not_null())
        .group_by("phone", "name")
        .agg(pl.col("surname").min())
        .group_by("phone")
        .agg(pl.col("surname").n_unique())
    )
    return surnames.filter(pl.col("surname") >= minimum_surnames)["phone"]
