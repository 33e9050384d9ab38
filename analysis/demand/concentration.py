"""How much of the contacts and of the officer hours comes from how few people?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

import polars as pl


class Measure(StrEnum):
    """What is concentrated."""

    CONTACTS = "contacts"
    OFFICER_HOURS = "officer_hours"


CURVE_COLUMNS = ("area_code", "measure", "people", "people_share", "amount", "amount_share")
CUT_COLUMNS = (
    "area_code",
    "asked",
    "people",
    "callers",
    "people_share",
    "contacts",
    "all_contacts",
    "contacts_share",
    "units",
    "all_units",
    "units_share",
    "imputed_units",
)
_AMOUNTS = {Measure.CONTACTS: "contacts", Measure.OFFICER_HOURS: "units"}


@dataclass(frozen=True)
class Concentration:
    """The curve of Lorenz (1905, Publications of the American Statistical Association 9:209), busiest people first.

    Attributes:
        curve: `CURVE_COLUMNS`: after the first `people` of an area their contacts, or units of officer time, and both
            as shares (0 to 1; null where the whole is nothing). It begins with nobody and ends with everybody.
        cuts: `CUT_COLUMNS`: what the first so many by contacts stand for; `people` is fewer than `asked` where there
            are fewer callers.
    """

    curve: pl.DataFrame
    cuts: pl.DataFrame


def concentration(counted: pl.DataFrame, *, sizes: Sequence[int], most_points: int) -> Concentration:
    """How concentrated contacts and officer time are among the callers of each area.

    The busiest come first: by contacts, officer time, last contact, key; by hours officer time comes before contacts.
    An incident of which two people rang is one: its officer time stands with the first of them, so that the curve ends
    with the officer time of the area's incidents. People who never rang are not seen at all.

    Args:
        counted: the contacts that count, one row for each key and group of an area: area_code (of a neighbourhood, or
            of a whole sector), key_id, group_id, contact_at, units and imputed_units (of the group).
        sizes: how many people a cut takes.
        most_points: points of a curve, beside its first, at most; people between two points lie on the line.
    """
    known = counted.unique(["area_code", "key_id", "group_id"], maintain_order=True)
    curves, by_contacts = [], None
    for measure in Measure:
        people = _accumulated(known, measure)
        by_contacts = people if by_contacts is None else by_contacts
        curves.append(_curve(people, measure, most_points))
    assert by_contacts is not None
    curve = pl.concat(curves).sort("area_code", "measure", "people")
    return Concentration(curve=curve, cuts=_cuts(by_contacts, sizes))


def _accumulated(known: pl.DataFrame, measure: Measure) -> pl.DataFrame:
    """The people of each area, busiest first, with the contacts and units of everyone up to each of them."""
    totals = known.group_by("area_code", "key_id").agg(
        pl.len().cast(pl.Int64).alias("contacts"),
        pl.col("units").sum().alias("own_units"),
        pl.col("contact_at").max(),
    )
    first = ["contacts", "own_units"] if measure is Measure.CONTACTS else ["own_units", "contacts"]
    in_order = totals.sort(
        "area_code", *first, "contact_at", "key_id", descending=[False, True, True, True, False]
    ).with_columns(pl.int_range(1, pl.len() + 1, dtype=pl.Int64).over("area_code").alias("people"))
    # Each incident's officer time stands once, with the busiest of those who rang about it.
    owned = (
        known.join(in_order.select("area_code", "key_id", "people"), on=["area_code", "key_id"])
        .sort("people")
        .unique(["area_code", "group_id"], keep="first", maintain_order=True)
        .group_by("area_code", "key_id")
        .agg(pl.col("units", "imputed_units").sum())
    )
    whole = in_order.join(owned, on=["area_code", "key_id"], how="left", maintain_order="left")
    return whole.with_columns(pl.col("units", "imputed_units").fill_null(0)).select(
        "area_code", "people", pl.col("contacts", "units", "imputed_units").cum_sum().over("area_code")
    )


def _curve(people: pl.DataFrame, measure: Measure, most_points: int) -> pl.DataFrame:
    """The points of each area's curve, evenly thinned, with the point of nobody."""
    callers = pl.len().over("area_code")
    step = pl.col("people") * most_points // callers
    before = step.shift(1, fill_value=0).over("area_code")
    points = people.filter((step > before) | (pl.col("people") == callers))
    points = points.select("area_code", "people", pl.col(_AMOUNTS[measure]).alias("amount"))
    nobody = points.select(pl.col("area_code").unique()).with_columns(
        people=pl.lit(0, pl.Int64), amount=pl.lit(0, pl.Int64)
    )
    whole = pl.concat([nobody, points]).with_columns(pl.lit(measure.value).alias("measure"))
    return whole.with_columns(
        _share(pl.col("people"), pl.col("people").max().over("area_code")).alias("people_share"),
        _share(pl.col("amount"), pl.col("amount").max().over("area_code")).alias("amount_share"),
    ).select(CURVE_COLUMNS)


def _cuts(people: pl.DataFrame, sizes: Sequence[int]) -> pl.DataFrame:
    """What the first so many of each area stand for."""
    wholes = people.group_by("area_code").agg(
        pl.col("people").max().alias("callers"),
        pl.col("contacts").max().alias("all_contacts"),
        pl.col("units").max().alias("all_units"),
    )
    asked = wholes.join(pl.DataFrame({"asked": sizes}, schema={"asked": pl.Int64}), how="cross")
    reached = asked.with_columns(pl.min_horizontal("asked", "callers").alias("people"))
    return (
        reached.join(people, on=["area_code", "people"])
        .with_columns(
            _share(pl.col("people"), pl.col("callers")).alias("people_share"),
            _share(pl.col("contacts"), pl.col("all_contacts")).alias("contacts_share"),
            _share(pl.col("units"), pl.col("all_units")).alias("units_share"),
        )
        .select(CUT_COLUMNS)
        .sort("area_code", "asked")
    )


def _share(part: pl.Expr, whole: pl.Expr) -> pl.Expr:
    return pl.when(whole > 0).then(part / whole)
