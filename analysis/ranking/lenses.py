"""Who is among the ten by contacts, by officer hours and by harm, and where do the three lists disagree?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

import polars as pl

from analysis.demand.areas import AreaKind
from analysis.demand.windows import Window
from analysis.ranking.order import HARM_STEP, Frame, Lens, exact_column, ordered_by
from analysis.ranking.rank import counted_contacts, rank


class Place(StrEnum):
    """Where a person stands to a list."""

    LISTED = "listed"
    SHARES_LAST_PLACE = "shares_last_place"
    """Has the rank of the last one listed, and is not listed."""
    NEAR = "near"
    """Among the next few behind."""


class HarmKnown(StrEnum):
    """What can be said of a person's harm; a person without a crime stays on the list, and has no harm of zero."""

    SCORED = "scored"
    NO_CRIME = "no_crime_recorded"
    NO_SCORE = "crime_without_a_score"
    """A crime is recorded, and the force's harm table has no days for any of its offences."""
    NO_TABLE = "no_harm_table"


PLACE_COLUMNS = (
    "area_code",
    "lens",
    "position",
    "rank",
    "is_tied",
    "key_id",
    "place",
    "contacts",
    "units",
    "units_low",
    "units_high",
    "imputed_units",
    "harm",
    "crimes",
    "harm_known",
    "last_contact_at",
)
PEOPLE_COLUMNS = (
    "area_code",
    "key_id",
    "by_contacts",
    "by_officer_hours",
    "by_harm",
    "lenses",
    "rank_by_contacts",
    "rank_by_officer_hours",
    "rank_by_harm",
)
AGREEMENT_COLUMNS = (
    "area_code",
    "people",
    "in_all",
    "in_two",
    "in_one",
    "only_contacts",
    "only_officer_hours",
    "only_harm",
)
_KEY = ["area_code", "key_id"]


@dataclass(frozen=True)
class ThreeLenses:
    """The lists of each area by each lens there is, side by side.

    Attributes:
        places: `PLACE_COLUMNS`: of each list who is on it, who shares its last place and who is near.
        people: `PEOPLE_COLUMNS`: everyone who is on a list by a lens that ranks them: by which (Booleans, null for a
            lens there is not), by how many, and their rank by each. One in the harm list only because it has room, with
            no harm to be ranked by, is not counted as being in it.
        agreement: `AGREEMENT_COLUMNS`: how many of them are on all the lists there are, on two, on one, and on which
            alone; with two lenses `in_all` and `in_two` are the same people.
        shared: area_code, lens, sharing: how many more share the last place of a list; no row where none does.
    """

    places: pl.DataFrame
    people: pl.DataFrame
    agreement: pl.DataFrame
    shared: pl.DataFrame


def three_lenses(
    contacts: pl.DataFrame,
    window: Window,
    *,
    area: AreaKind,
    domestic_only: bool,
    minimum_contacts: int,
    group_crimes: pl.DataFrame,
    has_harm: bool,
    length: int,
    near: int,
) -> ThreeLenses:
    """The lists by contacts, officer hours and, where the force gave a harm table, harm.

    Each is what `rank` gives for that lens. Contacts leads: it orders `people`.

    Args:
        contacts, window, area, domestic_only, minimum_contacts: as for `rank`.
        group_crimes: group_id, crime_ref, days (null where the offence has no score).
        has_harm: whether the force gave a harm table.
        length: positions of a list.
        near: how many behind the last place are given.
    """
    listed = rank(
        contacts,
        window,
        lens=Lens.CONTACTS,
        area=area,
        domestic_only=domestic_only,
        minimum_contacts=minimum_contacts,
        group_crimes=group_crimes if has_harm else None,
    )
    counted = counted_contacts(contacts, window, area=area, domestic_only=domestic_only)
    keys = listed.drop("position", "rank", "is_tied").join(_crimes(counted, group_crimes), on=_KEY, how="left")
    exact = keys.with_columns(
        pl.col("crimes").fill_null(0), (pl.col("harm") * HARM_STEP).round().cast(pl.Int64).alias("harm_steps")
    )
    return side_by_side(exact, has_harm=has_harm, length=length, near=near)


def side_by_side(keys: pl.DataFrame, *, has_harm: bool, length: int, near: int) -> ThreeLenses:
    """The lists by each lens there is of keys that are counted already.

    Args:
        keys: one row a key that may be listed: area_code, key_id, contacts, units and its kin, harm, harm_steps,
            crimes, last_contact_at.
        has_harm, length, near: as for `three_lenses`.
    """
    known = keys.lazy().with_columns(_harm_known(has_harm))
    lenses = tuple(lens for lens in Lens if has_harm or lens is not Lens.HARM)
    each = pl.concat(
        known.with_columns(lens=pl.lit(lens.value), order=pl.lit(at), measure=pl.col(exact_column(lens)))
        for at, lens in enumerate(lenses)
    )
    in_order = ordered_by(each, "measure", lists=["order", "area_code"])
    places = with_places(in_order, lists=["order", "area_code"], length=length, near=near).collect()
    lists = {lens: places.filter(pl.col("lens") == lens.value) for lens in lenses}
    people = _people(lists)
    shared = places.filter(pl.col("place") == Place.SHARES_LAST_PLACE.value)
    return ThreeLenses(
        places=places.select(PLACE_COLUMNS),
        people=people,
        agreement=_agreement(people, lenses),
        shared=shared.group_by("area_code", "lens", maintain_order=True).agg(sharing=pl.len().cast(pl.Int64)),
    )


def with_places(ordered_keys: Frame, *, lists: Sequence[str], length: int, near: int) -> Frame:
    """Who is listed, who shares the last place, and the next few; everyone else is left out.

    Args:
        ordered_keys: position, rank and `lists`, the columns that say which list a row belongs to; as `ordered`
            returns them.
        length: positions of a list.
        near: how many behind the last who is listed or shares its place.

    Returns:
        The rows with `place`, a `Place`.
    """
    is_listed = pl.col("position") <= length
    last_rank = pl.col("rank").filter(is_listed).last().over(lists)
    last_is_ranked = (pl.col("rank") == last_rank).fill_null(False)
    shares = ~is_listed & last_is_ranked
    behind = pl.col("position") - length - shares.sum().over(lists)
    place = (
        pl.when(is_listed)
        .then(pl.lit(Place.LISTED.value))
        .when(shares)
        .then(pl.lit(Place.SHARES_LAST_PLACE.value))
        .when(behind <= near)
        .then(pl.lit(Place.NEAR.value))
    )
    return ordered_keys.with_columns(place.alias("place")).filter(pl.col("place").is_not_null())


def _crimes(counted: pl.DataFrame, group_crimes: pl.DataFrame) -> pl.DataFrame:
    """area_code, key_id, crimes: distinct recorded crimes of the counted contacts, scored or not."""
    linked = counted.join(group_crimes.select("group_id", "crime_ref"), on="group_id")
    return linked.group_by(_KEY).agg(pl.col("crime_ref").n_unique().cast(pl.Int64).alias("crimes"))


def _harm_known(has_harm: bool) -> pl.Expr:
    if not has_harm:
        return pl.lit(HarmKnown.NO_TABLE.value).alias("harm_known")
    return (
        pl.when(pl.col("harm").is_not_null())
        .then(pl.lit(HarmKnown.SCORED.value))
        .when(pl.col("crimes") > 0)
        .then(pl.lit(HarmKnown.NO_SCORE.value))
        .otherwise(pl.lit(HarmKnown.NO_CRIME.value))
        .alias("harm_known")
    )


def _people(lists: dict[Lens, pl.DataFrame]) -> pl.DataFrame:
    """Everyone on a list by a lens that ranks them."""
    is_in = (pl.col("place") == Place.LISTED.value) & pl.col("rank").is_not_null()
    people = pl.concat(one.lazy().filter(is_in).select(*_KEY) for one in lists.values()).unique(maintain_order=True)
    for lens in Lens:
        by, rank_by = f"by_{lens}", f"rank_by_{lens}"
        if lens not in lists:
            people = people.with_columns(pl.lit(None, pl.Boolean).alias(by), pl.lit(None, pl.Int64).alias(rank_by))
            continue
        mine = lists[lens].lazy().select(*_KEY, is_in.alias(by), pl.col("rank").alias(rank_by))
        people = people.join(mine, on=_KEY, how="left", maintain_order="left").with_columns(pl.col(by).fill_null(False))
    flags = [f"by_{lens}" for lens in Lens]
    counted = people.with_columns(pl.sum_horizontal(pl.col(flags).cast(pl.Int64)).alias("lenses"))
    return counted.sort("area_code", maintain_order=True).select(PEOPLE_COLUMNS).collect()


def _agreement(people: pl.DataFrame, lenses: Sequence[Lens]) -> pl.DataFrame:
    """How many people are on how many of the lists of each area."""
    on = pl.col("lenses")

    def only(lens: Lens) -> pl.Expr:
        alone = (on == 1) & pl.col(f"by_{lens}").fill_null(False)
        return alone.sum().cast(pl.Int64).alias(f"only_{lens}")

    return (
        people.group_by("area_code", maintain_order=True)
        .agg(
            pl.len().cast(pl.Int64).alias("people"),
            (on == len(lenses)).sum().cast(pl.Int64).alias("in_all"),
            (on == 2).sum().cast(pl.Int64).alias("in_two"),
            (on == 1).sum().cast(pl.Int64).alias("in_one"),
            *(only(lens) for lens in Lens),
        )
        .select(AGREEMENT_COLUMNS)
    )
