"""Which records identify nobody, and in which named pool does each stand?"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
import polars as pl

from analysis.people.decisions import NumberKind
from analysis.people.joining import components
from analysis.people.records import SET_APART_ROLES
from analysis.people.references import keyed_reference
from analysis.people.words import Alike, Words


class Pool(StrEnum):
    """Why a record has no person. Each is a visible list with its count."""

    WITNESS = "witness"
    THIRD_PARTY = "third_party"
    PROFESSIONAL = "professional"
    INSTITUTION = "institution"
    SHARED = "shared"
    WITHHELD = "withheld"


_POOLS = pl.Enum([pool.value for pool in Pool])


@dataclass(frozen=True)
class Numbers:
    """Numbers in E.164 that people decided on, by what they decided."""

    institution: tuple[str, ...] = ()
    shared: tuple[str, ...] = ()
    personal: tuple[str, ...] = ()


def decided_numbers(phones: pl.Series, numbers: pl.DataFrame | None, *, key: bytes) -> Numbers:
    """The numbers of this build that people decided on.

    Args:
        phones: numbers of the records, E.164.
        numbers: `reference` (T-…), `kind` (`decisions.NumberKind`); null or empty where nobody decided anything.
        key: the store's secret.
    """
    if numbers is None or numbers.is_empty():
        return Numbers()
    distinct = phones.drop_nulls().unique().sort().cast(pl.String)
    known = pl.DataFrame({"phone": distinct, "reference": keyed_reference("T", distinct, key=key)})
    found = known.join(numbers, on="reference")
    return Numbers(*(tuple(found.filter(pl.col("kind") == kind.value)["phone"].sort()) for kind in NumberKind))


def set_apart(
    records: pl.DataFrame, place_phones: pl.Series, *, minimum_surnames: int, numbers: Numbers | None = None
) -> pl.DataFrame:
    """The records with `pool`, `is_phone_of_place` and `own_phone` (the number, where it may identify).

    Witnesses, third parties and professionals stand in the pool of their role, whatever identifies them. Any other
    record is set apart only where neither a nominal id, nor a name with a date of birth, nor a number of its own
    identifies it. A number is nobody's own where it is that of a place, or where the records on it, in whatever role,
    carry `minimum_surnames` different surnames or more (of full names; a name written in several ways has one, and so
    have surnames that are variants or misspellings of each other). What people decided about a number beats both.

    Args:
        records: as `records.gather` returns them.
        place_phones: numbers of known places, E.164.
        minimum_surnames: different surnames that make a number shared.
        numbers: what people decided.
    """
    decided = numbers or Numbers()
    places = (set(place_phones.drop_nulls()) | set(decided.institution)) - set(decided.personal) - set(decided.shared)
    many = (set(_shared(records, minimum_surnames)) | set(decided.shared)) - set(decided.personal)
    is_place = pl.col("phone").is_in(sorted(places)).fill_null(False)
    is_shared = pl.col("phone").is_in(sorted(many)).fill_null(False)
    is_identified = (
        pl.col("nominal_id").is_not_null()
        | (pl.col("name").is_not_null() & pl.col("date_of_birth").is_not_null())
        | pl.col("own_phone").is_not_null()
    )
    pool = (
        pl.when(pl.col("given_role").is_in(SET_APART_ROLES))
        .then(pl.col("given_role").cast(_POOLS, strict=False))
        .when(is_identified)
        .then(None)
        .when("is_phone_of_place")
        .then(pl.lit(Pool.INSTITUTION.value, dtype=_POOLS))
        .when("is_phone_shared")
        .then(pl.lit(Pool.SHARED.value, dtype=_POOLS))
        .otherwise(pl.lit(Pool.WITHHELD.value, dtype=_POOLS))
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
        .filter(pl.col("surname").n_unique().over("phone") >= minimum_surnames)
        .select(pl.col("phone", "surname").cast(pl.String))
        .unique()
        .sort("phone", "surname")
        .with_row_index("at")
    )
    if surnames.is_empty():
        return surnames["phone"]
    return _different(surnames).filter(pl.col("surname") >= minimum_surnames)["phone"]


def _different(surnames: pl.DataFrame) -> pl.DataFrame:
    """How many surnames (`surname`) each `phone` carries when those that may be one are counted once."""
    words = Words.of(surnames["surname"])
    code = surnames["surname"].cast(pl.Enum(words.texts)).to_physical().cast(pl.Int64)
    coded = surnames.select("phone", pl.col("at").cast(pl.Int64), code=code)
    pairs = coded.join(coded, on="phone", suffix="_other").filter(pl.col("at") < pl.col("at_other"))
    alike = words.alike(pairs["code"].to_numpy(), pairs["code_other"].to_numpy()) >= Alike.MISSPELT
    one, other = (pairs[name].to_numpy()[alike] for name in ("at", "at_other"))
    group = pl.Series(components(surnames.height, one, other).astype(np.int64))
    return surnames.select("phone", group=group).group_by("phone").agg(pl.col("group").n_unique().alias("surname"))
