"""To whom does a record belong that could not be given to one person before some of them proved to be one?"""

from __future__ import annotations

import polars as pl

from analysis.people.clusters import kind_and_number, settle, who

_PARTS = ["own_phone", "name", "date_of_birth", "nominal_id"]


def settle_again(records: pl.DataFrame, *, nameless_share: float, apart: pl.DataFrame) -> pl.Series:
    """The person of each record, once more by number and name, and by half-names and nameless calls on a number.

    The rules are those of `clusters.cluster_records`: where several people stood on a number and have proved to be
    one, records that could not choose between them now can. A nameless call on a number of several people belongs to
    the one who made nearly all the named calls on it.

    Args:
        records: `own_phone`, `name`, `is_full`, `date_of_birth`, `nominal_id`, `person` (whole numbers from zero).
        nameless_share: the part of the named calls on the number from which the nameless ones are that person's.
        apart: `one`, `other`: persons whom nothing here may bring together.
    """
    on_number = records.filter(pl.col("own_phone").is_not_null()).select("own_phone", "person")
    crowded = (
        on_number.group_by("own_phone").agg(pl.col("person").n_unique().alias("people")).filter(pl.col("people") > 1)
    )
    touched = on_number.join(crowded, on="own_phone", how="semi").select("person").unique()
    some = records.join(touched, on="person", how="semi")
    if some.is_empty():
        return records["person"]
    rooted = some.join(kind_and_number(some), on="person")
    moves = settle(rooted).select("person", to=who("root"))
    moves = _kept(moves, apart)
    settled = some.join(moves, on="person", how="left").with_columns(person=pl.coalesce("to", "person")).drop("to")
    nameless = _kept(_to_the_usual(settled, nameless_share), apart)
    both = moves.join(nameless, left_on="to", right_on="person", how="left", suffix="_usual").select(
        "person", to=pl.coalesce("to_usual", "to")
    )
    both = pl.concat([both, nameless.join(moves, on="person", how="anti").select("person", "to")])
    return moved_but(records["person"], both, apart)


def moved_but(persons: pl.Series, moves: pl.DataFrame, apart: pl.DataFrame) -> pl.Series:
    """The persons after the moves (`person`, `to`) but for those that bring together whom somebody keeps apart."""
    return (
        persons.to_frame("person")
        .join(_kept(moves, apart), on="person", how="left", maintain_order="left")
        .select(pl.coalesce("to", "person").alias("person"))
        .to_series()
    )


def _kept(moves: pl.DataFrame, apart: pl.DataFrame) -> pl.DataFrame:
    """The moves (`person`, `to`) but for those that would bring together whom somebody keeps apart."""
    if apart.is_empty() or moves.is_empty():
        return moves
    ends = {end for pair in apart.select("one", "other").rows() for end in pair}
    to = dict(moves.rows())
    for one, other in apart.select("one", "other").rows():
        if to.get(one, one) == to.get(other, other):
            to[one], to[other] = one, other
    held = pl.DataFrame(
        [(person, to[person]) for person in sorted(ends) if person in to], schema=moves.schema, orient="row"
    )
    return pl.concat([moves.join(held, on="person", how="anti"), held])


def _to_the_usual(records: pl.DataFrame, share: float) -> pl.DataFrame:
    """`person`, `to`: people without a name or nominal id, and the one they are on their one number.

    That is the one person there who gives the same date of birth; without one, the usual caller.
    """
    known = records.group_by("person").agg(
        is_bare=pl.all_horizontal(pl.col("name", "nominal_id").is_null()).all(),
        is_born=pl.col("date_of_birth").is_not_null().any(),
        births=pl.col("date_of_birth").drop_nulls().n_unique(),
        born=pl.col("date_of_birth").drop_nulls().first(),
        numbers=pl.col("own_phone").n_unique(),
        own_phone=pl.col("own_phone").first(),
    )
    nameless = known.filter(pl.col("is_bare") & (pl.col("numbers") == 1))
    bare = nameless.filter(~pl.col("is_born")).select("person", "own_phone")
    dated = records.filter(pl.all_horizontal(pl.col("name", "own_phone", "date_of_birth").is_not_null()))
    same = (
        nameless.filter(pl.col("births") == 1)
        .select("person", "own_phone", date_of_birth="born")
        .join(dated.select("own_phone", "date_of_birth", to="person").unique(), on=["own_phone", "date_of_birth"])
        .filter(pl.len().over("person") == 1)
        .select("person", "to")
    )
    named = (
        records.filter(pl.col("name").is_not_null() & pl.col("own_phone").is_not_null())
        .group_by("own_phone", "person")
        .agg(pl.len().alias("calls"))
        .with_columns(all=pl.col("calls").sum().over("own_phone"))
        .filter(pl.col("calls") >= share * pl.col("all"))
        .filter(pl.len().over("own_phone") == 1)
    )
    usual = bare.join(named.select("own_phone", to="person"), on="own_phone").select("person", "to")
    return pl.concat([same, usual])
