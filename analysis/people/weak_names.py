"""To whom on a number does an initial, half a name or a call without a name belong?"""

from __future__ import annotations

from enum import IntEnum

import polars as pl

from analysis.people.names import compatible


class Strength(IntEnum):
    """How well a person is known: the weaker may join one who is stronger, never the reverse."""

    FULL_NAME = 0
    WEAK_NAME_AND_NOMINAL = 1
    WEAK_NAME_AND_BIRTH = 2
    WEAK_NAME = 3
    NAMELESS_NOMINAL = 4
    NAMELESS_BIRTH = 5
    NAMELESS = 6


_WEAK = (Strength.WEAK_NAME_AND_NOMINAL, Strength.WEAK_NAME_AND_BIRTH, Strength.WEAK_NAME)
_NAMELESS = (Strength.NAMELESS_NOMINAL, Strength.NAMELESS_BIRTH, Strength.NAMELESS)
_BRINGS_NOMINAL = (Strength.WEAK_NAME_AND_NOMINAL, Strength.NAMELESS_NOMINAL)
_BRINGS_BIRTH = (Strength.WEAK_NAME_AND_BIRTH, Strength.NAMELESS_BIRTH)


def join_the_weak(nodes: pl.DataFrame) -> pl.DataFrame:
    """The nodes with the `root` of each weakly known person replaced by that of the one person it can belong to.

    In the order of `Strength`, a person without any full name joins a stronger one who shares a number with it, where
    over all its numbers exactly one is possible: with a compatible full name on that number or the same weak name
    there (any named person, or one with a nominal id, for the nameless), without another nominal id, and without a
    contradicting date of birth. Otherwise it stands alone. Joining one, it never bridges two. Several that would
    bring different nominal ids, or different dates of birth, to one who has none all stay apart.

    Args:
        nodes: `phone`, `name`, `birth`, `nominal` (codes, Int64), `text` (the name), `is_full`, `root`.
    """
    on_number = nodes.filter(pl.col("phone").is_not_null())
    crowded = (
        on_number.group_by("phone")
        .agg(pl.col("root").n_unique().alias("people"), pl.col("is_full").all())
        .filter((pl.col("people") > 1) & ~pl.col("is_full"))
    )
    roots = on_number.join(crowded, on="phone", how="semi").select("root").unique()
    touched = nodes.join(roots, on="root", how="semi")
    at_rest = nodes.join(roots, on="root", how="anti")
    for strength in (*_WEAK, *_NAMELESS):
        touched = _join(touched, strength)
    return pl.concat([at_rest, touched.select(at_rest.columns)])


def _join(nodes: pl.DataFrame, strength: Strength) -> pl.DataFrame:
    persons = _persons(nodes)
    at = nodes.filter(pl.col("phone").is_not_null()).join(persons.select("root", "strength"), on="root")
    followers = at.filter(pl.col("strength") == strength)
    if followers.is_empty():
        return nodes
    leaders = at.filter(pl.col("strength") < strength).join(followers, on="phone", how="semi")
    pairs = _by_name(followers, leaders) if strength in _WEAK else _on_number(followers, leaders, strength)
    births = nodes.select("root", "birth").drop_nulls().unique()
    pairs = _without_contradiction(pairs, persons, births, strength)
    single = pairs.group_by("root").agg(pl.col("target").min(), pl.len().alias("targets"))
    moves = _without_conflict(single.filter(pl.col("targets") == 1), births, strength)
    return (
        nodes.join(moves.select("root", "target"), on="root", how="left")
        .with_columns(root=pl.coalesce("target", "root"))
        .drop("target")
    )


def _persons(nodes: pl.DataFrame) -> pl.DataFrame:
    """`root`, `strength`, `has_nominal` of each person."""
    known = nodes.group_by("root").agg(
        is_full=pl.col("is_full").any(),
        has_name=pl.col("name").is_not_null().any(),
        has_nominal=pl.col("nominal").is_not_null().any(),
        has_birth=pl.col("birth").is_not_null().any(),
    )
    step = pl.when("has_nominal").then(0).when("has_birth").then(1).otherwise(2)
    first = pl.when("has_name").then(int(Strength.WEAK_NAME_AND_NOMINAL)).otherwise(int(Strength.NAMELESS_NOMINAL))
    strength = pl.when("is_full").then(int(Strength.FULL_NAME)).otherwise(first + step)
    return known.select("root", "has_nominal", strength=strength)


def _by_name(followers: pl.DataFrame, leaders: pl.DataFrame) -> pl.DataFrame:
    weak = followers.filter(pl.col("text").is_not_null()).select("phone", "root", weak=pl.col("text").cast(pl.String))
    named = leaders.select("phone", "is_full", full=pl.col("text").cast(pl.String), target="root").drop_nulls("full")
    pairs = weak.join(named, on="phone").unique()
    same = pairs.filter(pl.col("weak") == pl.col("full"))
    short = compatible(pairs.filter("is_full"))
    return pl.concat([same, short]).select("root", "target").unique()


def _on_number(followers: pl.DataFrame, leaders: pl.DataFrame, strength: Strength) -> pl.DataFrame:
    # A caller with a date of birth and no name counts only for a record with nothing but the number, and only where
    # nobody better known is on it.
    known = leaders.filter(pl.col("strength") < Strength.NAMELESS_BIRTH)
    if strength == Strength.NAMELESS:
        known = pl.concat([known, leaders.join(known, on="phone", how="anti")])
    return (
        followers.select("phone", "root")
        .join(known.select("phone", target="root"), on="phone")
        .select("root", "target")
        .unique()
    )


def _without_contradiction(
    pairs: pl.DataFrame, persons: pl.DataFrame, births: pl.DataFrame, strength: Strength
) -> pl.DataFrame:
    if strength in _BRINGS_NOMINAL:
        free = persons.filter(~pl.col("has_nominal"))
        pairs = pairs.join(free, left_on="target", right_on="root", how="semi")
    both = pairs.join(births, on="root").select("root", "target", "birth")
    agreeing = both.join(births, left_on=["target", "birth"], right_on=["root", "birth"], how="semi")
    comparable = both.join(births, left_on="target", right_on="root", how="semi")
    contradicting = comparable.join(agreeing, on=["root", "target"], how="anti")
    return pairs.join(contradicting, on=["root", "target"], how="anti")


def _without_conflict(moves: pl.DataFrame, births: pl.DataFrame, strength: Strength) -> pl.DataFrame:
    if strength in _BRINGS_NOMINAL:
        return moves.filter(pl.len().over("target") == 1)
    if strength not in _BRINGS_BIRTH:
        return moves
    born = moves.join(births, left_on="target", right_on="root", how="semi")
    unborn = moves.join(births, left_on="target", right_on="root", how="anti")
    one = unborn.join(births, on="root").filter(pl.col("birth").n_unique().over("target") == 1)
    return pl.concat([born, unborn.join(one, on="root", how="semi")])
