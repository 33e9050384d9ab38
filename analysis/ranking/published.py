"""What does the list say now that was published otherwise? History is not rewritten: both are shown."""

from __future__ import annotations

from enum import StrEnum

import polars as pl

PUBLISHED_COLUMNS = ("lens", "area_code", "position", "rank", "key_id", "contacts", "units", "imputed_units", "harm")
COMPARED_COLUMNS = (
    "lens",
    "area_code",
    "key_id",
    "published_key_id",
    "change",
    "published_position",
    "position_now",
    "published_rank",
    "rank_now",
    "published_contacts",
    "contacts_now",
    "published_units",
    "units_now",
    "published_imputed_units",
    "imputed_units_now",
    "published_harm",
    "harm_now",
)
_KEY = ["lens", "area_code", "key_id"]
_FIGURES = ("contacts", "units", "harm")
_SHOWN = (*_FIGURES, "imputed_units")


class Correction(StrEnum):
    """How a published place stands against the list of the same week made again."""

    AS_PUBLISHED = "as_published"
    FIGURES = "figures"
    """The same rank, with other contacts, officer time or harm."""
    MOVED = "moved"
    """Another rank."""
    GONE = "gone"
    """Published, and no longer on the list."""
    ADDED = "added"
    """On the list, and not published."""


def compared(published: pl.DataFrame, now: pl.DataFrame, aliases: pl.DataFrame, *, length: int) -> pl.DataFrame:
    """Every place of a published week against the same week's list made again from the data of today.

    Args:
        published: `PUBLISHED_COLUMNS`, as they were frozen; imputed_units null in a list from before they were kept.
        now: the same columns, of every key that has a place now, those beyond `length` too.
        aliases: alias, person_id: of ids that have since proved to be one person, the older survives.
        length: positions of a list.

    Returns:
        `COMPARED_COLUMNS`: key_id is today's; published columns are null for who was added, the others for who has no
        place at all now. Two published ids that proved to be one person keep a row each. Another imputed part of the
        same hours is no correction. Sorted by lens, area_code, published_position, position_now.
    """
    survivors = aliases.select(published_key_id="alias", survivor="person_id")
    before = (
        published.select(
            *_KEY[:2],
            *(pl.col(name).alias(f"published_{name}") for name in ("key_id", "position", "rank", *_SHOWN)),
        )
        .join(survivors, on="published_key_id", how="left")
        .with_columns(pl.coalesce("survivor", "published_key_id").alias("key_id"))
    )
    after = now.select(*_KEY, *(pl.col(name).alias(f"{name}_now") for name in ("position", "rank", *_SHOWN)))
    kept = before.join(after, on=_KEY, how="left")
    listed = after.filter(pl.col("position_now") <= length)
    added = listed.join(before, on=_KEY, how="anti")
    both = pl.concat([kept, added], how="diagonal")
    return (
        both.with_columns(_correction(length).alias("change"))
        .select(COMPARED_COLUMNS)
        .sort("lens", "area_code", "published_position", "position_now", nulls_last=True)
    )


def _correction(length: int) -> pl.Expr:
    is_listed = (pl.col("position_now") <= length).fill_null(False)
    is_moved = pl.col("published_rank").ne_missing(pl.col("rank_now"))
    is_other = pl.any_horizontal(pl.col(f"published_{name}").ne_missing(pl.col(f"{name}_now")) for name in _FIGURES)
    return (
        pl.when(pl.col("published_key_id").is_null())
        .then(pl.lit(Correction.ADDED.value))
        .when(~is_listed)
        .then(pl.lit(Correction.GONE.value))
        .when(is_moved)
        .then(pl.lit(Correction.MOVED.value))
        .when(is_other)
        .then(pl.lit(Correction.FIGURES.value))
        .otherwise(pl.lit(Correction.AS_PUBLISHED.value))
    )
