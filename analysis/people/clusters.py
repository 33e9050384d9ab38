"""Which records are of one person, by exact keys?"""

from __future__ import annotations

import polars as pl

from analysis.people.weak_names import join_the_weak

# A person is first a number that packs what identifies them: the kind of key and its two parts, 30 bits each.
NOMINAL, NAME_AND_BIRTH, NUMBER_AND_NAME, NUMBER_AND_BIRTH, NUMBER = range(1, 6)
_BITS = 30
_BEFORE_EVERY_BIRTH = 1_000_000  # days before 1970; keeps the packed day above zero


def cluster_records(records: pl.DataFrame) -> pl.DataFrame:
    """The records with `cluster` (Int64; its value means nothing beyond this frame).

    Records with one nominal id are always one person. The others are taken together in this order, on distinct
    combinations of number, name, date of birth and nominal id:

    1. name and date of birth: one person, and the one with a nominal id where exactly one nominal id bears both.
       Where several do, they are kept apart and nothing is marked; a record without a nominal id then belongs to the
       one of them on its own number, else the records with that name and date of birth are a person of their own;
    2. number and full name: a person known by name and date of birth and one known by a nominal id are one where
       neither could be another (one nominal id, one date of birth, none that contradicts). Then a record with neither
       joins the one person of that number and name, if there is exactly one, else stands as that number and name;
    3. weak names and nameless records: see `weak_names.join_the_weak`.

    Different full names on one number are different people. No person holds two nominal ids, nor two dates of birth
    unless one nominal id bears both.

    Args:
        records: `own_phone`, `name`, `is_full`, `date_of_birth`, `nominal_id`; every row has a nominal id, or a name
            with a date of birth, or a number.
    """
    nodes = (
        records.select("is_full", row=pl.int_range(pl.len(), dtype=pl.UInt32), text="name", **_codes())
        .group_by("phone", "name", "birth", "nominal")
        .agg(pl.col("text", "is_full").first(), "row")
        .with_columns(root=_first_key())
    )
    nodes = _by_name_and_birth(nodes)
    nodes = join_the_weak(_by_number_and_name(nodes))
    found = nodes.select("row", cluster="root").explode("row")
    cluster = pl.Series("cluster", [0], dtype=pl.Int64).new_from_index(0, records.height)
    return records.with_columns(cluster.scatter(found["row"], found["cluster"]))


def kind_and_number(records: pl.DataFrame) -> pl.DataFrame:
    """`person` and `root`: a number of the same kind of key that says how each person is known.

    Args:
        records: `person` (whole numbers from zero), `name`, `is_full`, `date_of_birth`, `nominal_id`.
    """
    known = records.group_by("person").agg(
        has_nominal=pl.col("nominal_id").is_not_null().any(),
        is_born=(pl.col("name").is_not_null() & pl.col("date_of_birth").is_not_null()).any(),
        is_full=pl.col("is_full").any(),
    )
    kind = (
        pl.when("has_nominal")
        .then(NOMINAL)
        .when("is_born")
        .then(NAME_AND_BIRTH)
        .when("is_full")
        .then(NUMBER_AND_NAME)
        .otherwise(NUMBER)
    )
    return known.select("person", root=kind.cast(pl.Int64) * 2 ** (2 * _BITS) + pl.col("person"))


def who(root: str) -> pl.Expr:
    """The person of a root as `kind_and_number` makes them."""
    return pl.col(root) % 2 ** (2 * _BITS)


def settle(records: pl.DataFrame) -> pl.DataFrame:
    """`person` and the `root` of the person they belong to, by rules 2 and 3 of `cluster_records`.

    Args:
        records: `own_phone`, `name`, `is_full`, `date_of_birth`, `nominal_id`, `person` and `root`.
    """
    nodes = (
        records.select(
            "person",
            "root",
            "is_full",
            text="name",
            **_codes(),
        )
        .unique()
        .with_columns(pl.col("text", "is_full").first().over("person", "phone", "name", "birth", "nominal"))
    )
    return join_the_weak(_by_number_and_name(nodes)).select("person", "root").unique()


def _codes() -> dict[str, pl.Expr]:
    """A number for each number, name, nominal id and date of birth."""
    birth = pl.col("date_of_birth").to_physical().cast(pl.Int64) + _BEFORE_EVERY_BIRTH
    return {"phone": _code("own_phone"), "name": _code("name"), "nominal": _code("nominal_id"), "birth": birth}


def _code(column: str) -> pl.Expr:
    return pl.col(column).map_batches(_number, return_dtype=pl.Int64)


def _number(texts: pl.Series) -> pl.Series:
    numbered = texts if isinstance(texts.dtype, pl.Enum) else texts.cast(pl.Categorical)
    return numbered.to_physical().cast(pl.Int64)


def _pack(kind: int, first: str, second: str | None = None) -> pl.Expr:
    packed = pl.lit(kind, dtype=pl.Int64) * 2 ** (2 * _BITS) + pl.col(first) * 2**_BITS
    return packed + pl.col(second) if second else packed


def _first_key() -> pl.Expr:
    # The sum is null where a part is, so the first that can be packed is the strongest key the record has.
    return pl.coalesce(
        _pack(NOMINAL, "nominal"),
        _pack(NAME_AND_BIRTH, "name", "birth"),
        _pack(NUMBER_AND_NAME, "phone", "name"),
        _pack(NUMBER_AND_BIRTH, "phone", "birth"),
        _pack(NUMBER, "phone"),
    )


def _is_kind(kind: int) -> pl.Expr:
    return pl.col("root") // 2 ** (2 * _BITS) == kind


def _by_name_and_birth(nodes: pl.DataFrame) -> pl.DataFrame:
    key = ["name", "birth"]
    bearers = nodes.filter(pl.col("nominal").is_not_null()).select("name", "birth", "root").drop_nulls().unique()
    counted = bearers.group_by(key).agg(pl.len().alias("bearers"), pl.col("root").min().alias("target"))
    only = counted.filter(pl.col("bearers") == 1).select(*key, "target")
    numbers = nodes.filter(pl.col("nominal").is_not_null()).select("root", "phone").drop_nulls().unique()
    on_its_number = (
        bearers.join(counted.filter(pl.col("bearers") > 1), on=key, how="semi")
        .join(numbers, on="root")
        .group_by(*key, "phone")
        .agg(pl.col("root").min().alias("near"), pl.len().alias("bearers"))
        .filter(pl.col("bearers") == 1)
        .select(*key, "phone", "near")
    )
    return (
        nodes.join(only, on=key, how="left")
        .join(on_its_number, on=[*key, "phone"], how="left")
        .with_columns(
            root=pl.when(pl.col("nominal").is_null()).then(pl.coalesce("target", "near", "root")).otherwise("root")
        )
        .drop("target", "near")
    )


def _by_number_and_name(nodes: pl.DataFrame) -> pl.DataFrame:
    key = ["phone", "name"]
    full = nodes.filter(pl.col("is_full") & pl.col("phone").is_not_null())
    born = full.filter(_is_kind(NAME_AND_BIRTH)).select(*key, "root", "birth")
    listed = full.filter(_is_kind(NOMINAL)).select(*key, target="root").unique()
    births = nodes.select("birth", target="root").drop_nulls().unique()
    has_birth = pl.col("target").is_in(births["target"].unique().to_list())
    pairs = born.join(listed, on=key).select("root", "birth", "target").unique()
    same = pairs.join(births, on=["birth", "target"], how="semi")
    pairs = pl.concat([same, pairs.filter(~has_birth)]).with_columns(
        targets=pl.col("target").n_unique().over("root"), births=pl.col("birth").n_unique().over("target")
    )
    moves = pairs.filter((pl.col("targets") == 1) & (has_birth | (pl.col("births") == 1)))
    nodes = moved(nodes, moves.select("root", "target").unique())
    full = nodes.filter(pl.col("is_full") & pl.col("phone").is_not_null())
    bare = full.filter(_is_kind(NUMBER_AND_NAME)).select(*key, "root")
    others = full.filter(~_is_kind(NUMBER_AND_NAME)).select(*key, target="root").unique()
    one = others.group_by(key).agg(pl.len().alias("people"), pl.col("target").min()).filter(pl.col("people") == 1)
    return moved(nodes, bare.join(one, on=key).select("root", "target").unique())


def moved(nodes: pl.DataFrame, moves: pl.DataFrame) -> pl.DataFrame:
    """The nodes with each `root` that is in `moves` (`root`, `target`) replaced by its target."""
    if moves.is_empty():
        return nodes
    return nodes.join(moves, on="root", how="left").with_columns(root=pl.coalesce("target", "root")).drop("target")
