"""To whom does a record belong that gives a full name and nothing else to know its person by?"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl

_SAID = ("name", "birth")
_NOT_GIVEN = -(2**40)


@dataclass(frozen=True)
class UsualBearer:
    """What decides whose a record of a name alone is, from the assumptions.

    Attributes:
        at_least: the probability from which it is the usual bearer's.
        area_share: the part of a person's logs that lie in the areas where they are known to have been.
        strangers: how many records of a name are expected of people nobody knows of yet.
        typical_records: how many records of a person the share of all people without a number counts as.
    """

    at_least: float
    area_share: float
    strangers: float
    typical_records: float


def usual_bearers(records: pl.DataFrame, settings: UsualBearer) -> pl.DataFrame:
    """`person`, `to`: who is known by a name alone, and the usual bearer of that name in that area.

    As a call without a name is that of the person who makes nearly all the named calls on a number, a name without
    anything else is that of the person who makes nearly all such records under it. How many a person makes is their
    number of records times the share of them without a number, leaning on that of all; a part `area_share` of them
    falls where their other records do and the rest where everybody's do. Beside the known bearers stand people not
    known yet: as many as are known by a single record (the estimate of Good and Turing 1953) and `strangers` more.

    A date of birth that very many have may be given beside the name. Then what counts of a bearer is the part of their
    records that give it; of one who never gave any, and of people not known, the part of all records that do.

    Args:
        records: `person` (whole numbers from zero), `is_known` (somebody by more than a name), `is_open` (a record that
            gives a full name and nothing else but such a date), `name`, `is_full`, `has_number`, `birth` (null where
            not given), `area` (of the log; null where unknown).
        settings: what decides.

    Returns:
        One row for each person all of whose records are open, say the same and lie in one area, where one known
        person is the bearer with at least that probability.
    """
    birth = pl.col("birth").to_physical().cast(pl.Int64).fill_null(_NOT_GIVEN)
    coded = records.select(
        "person", "is_known", "is_open", "is_full", "has_number", "area", birth=birth, name=pl.col("name").hash()
    )
    wanted = _open(coded)
    known = coded.filter(pl.col("is_known") & ~_are_among(coded["person"], wanted["person"]))
    if wanted.is_empty() or known.is_empty():
        return pl.DataFrame(schema={"person": pl.Int64, "to": pl.Int64})
    people = _people(known, settings.typical_records)
    bears = _bearers(known, wanted, people)
    placed = known.select("person", "area").drop_nulls("area")
    by_bearers = placed.filter(_are_among(placed["person"], bears["person"]))
    by_area = by_bearers.group_by("person", "area").agg(pl.len().alias("there"))
    here = bears.join(by_area, on="person").join(wanted.select(*_SAID, "area").unique(), on=[*_SAID, "area"])
    here = here.sort(*_SAID, "area", "person")
    base = placed.group_by("area").agg(pl.len().alias("base"))
    base = base.with_columns(pl.col("base") / pl.col("base").sum())
    of_name = bears.group_by(_SAID).agg(
        made=(pl.col("records") * pl.col("rate")).sum(),
        unknown=(pl.col("rate_of_all") * (pl.col("records") == 1)).sum(),
        given=pl.col("given").first(),
    )
    made_here = here.group_by(*_SAID, "area").agg(made_here=(pl.col("there") * pl.col("rate")).sum())
    alone = people.filter(pl.col("records") == 1)["rate"].mean()
    strangers = settings.strangers * (alone if isinstance(alone, float) else 1.0)
    expected = (
        wanted.join(of_name, on=_SAID)
        .join(base, on="area", how="left")
        .join(made_here, on=[*_SAID, "area"], how="left")
        .with_columns(pl.col("made_here").fill_null(0.0))
        .with_columns(
            all=_expected("made", "made_here", settings) + (pl.col("unknown") + strangers) * pl.col("given") * _base()
        )
    )
    likeliest = _likeliest(bears, here, expected, settings)
    is_usual = (pl.col("made_by_one") >= settings.at_least * pl.col("all")) & (pl.col("all") > 0)
    return likeliest.filter(is_usual).select("person", "to")


def _bearers(known: pl.DataFrame, wanted: pl.DataFrame, people: pl.DataFrame) -> pl.DataFrame:
    """Of each name and date wanted, every known bearer of the name: `_people` and `given`, `rate_of_all`.

    `given` is the part of all records that give the date; `rate` is here of records that give it.
    """
    said = wanted.select(_SAID).unique()
    bears = known.filter(pl.col("is_full")).select("name", "person").join(said, on="name", how="semi").unique()
    dated = known.filter(pl.col("birth") != _NOT_GIVEN).select("person", "birth")
    some = dated.filter(_are_among(dated["person"], bears["person"])).select("person", gave_any=True).unique()
    dated = dated.join(said, on="birth", how="semi")
    gave = dated.group_by("person", "birth").agg(gave=pl.len())
    share = dated.group_by("birth").agg(given=pl.len() / known.height)
    is_given = pl.col("birth") != _NOT_GIVEN
    part = (
        pl.when(~is_given)
        .then(1.0)
        .when("gave_any")
        .then(pl.col("gave").fill_null(0) / pl.col("records"))
        .otherwise("given")
    )
    return (
        bears.join(said, on="name")
        .join(people, on="person")
        .join(gave, on=["person", "birth"], how="left")
        .join(some, on="person", how="left")
        .join(share, on="birth", how="left")
        .with_columns(given=pl.when(is_given).then(pl.col("given").fill_null(0.0)).otherwise(1.0))
        .select(*_SAID, "person", "records", "given", rate_of_all="rate", rate=pl.col("rate") * part)
        .sort(*_SAID, "person")
    )


def _base() -> pl.Expr:
    # Where the area is not known, it says nothing for or against anybody.
    return pl.when(pl.col("area").is_null()).then(1.0).otherwise(pl.col("base").fill_null(0.0))


def _expected(made: str, made_here: str, settings: UsualBearer) -> pl.Expr:
    spread = (1 - settings.area_share) * pl.col(made) * _base() + settings.area_share * pl.col(made_here)
    return pl.when(pl.col("area").is_null()).then(pl.col(made)).otherwise(spread)


def _open(coded: pl.DataFrame) -> pl.DataFrame:
    """`person`, `_SAID` and `area` of everybody all of whose records are open and say the same."""
    is_open = coded["is_open"]
    some = coded.select("person", *_SAID, "area").filter(is_open).unique()
    others = coded.select("person").filter(~is_open).join(some, on="person", how="semi").unique()
    return some.join(others, on="person", how="anti").filter(pl.len().over("person") == 1)


def _people(known: pl.DataFrame, typical_records: float) -> pl.DataFrame:
    """`person`, `records` and `rate`: the share of them without a number, leaning on that of all."""
    person, is_without = known["person"].to_numpy(), ~known["has_number"].to_numpy()
    records = np.bincount(person)
    without = np.bincount(person[is_without], minlength=len(records))
    rate = (without + typical_records * is_without.mean()) / (records + typical_records)
    found = np.flatnonzero(records)
    return pl.DataFrame({"person": found, "records": records[found], "rate": rate[found]})


def _are_among(persons: pl.Series, some: pl.Series) -> pl.Series:
    """Whether each person (whole numbers from zero) is one of some."""
    person, among = persons.to_numpy(), some.to_numpy()
    is_among = np.zeros(int(max(person.max(initial=0), among.max(initial=0))) + 1, dtype=bool)
    is_among[among] = True
    return pl.Series(is_among[person])


def _likeliest(bears: pl.DataFrame, here: pl.DataFrame, expected: pl.DataFrame, settings: UsualBearer) -> pl.DataFrame:
    """`expected` with the bearer (`to`) who makes the most such records, and how many (`made_by_one`).

    It is one of those known in the area, or whoever makes most under the name anywhere.
    """
    made = (pl.col("records") * pl.col("rate")).alias("own")
    anywhere = (
        bears.select(*_SAID, made, to="person")
        .sort(*_SAID, "own", "to", descending=[False, False, True, False])
        .unique(_SAID, keep="first", maintain_order=True)
    )
    known_here = here.select(*_SAID, "area", made, to="person", own_here=pl.col("there") * pl.col("rate"))
    candidates = pl.concat(
        [
            expected.join(known_here, on=[*_SAID, "area"]),
            expected.join(anywhere, on=_SAID)
            .with_columns(own_here=pl.lit(0.0))
            .select(*expected.columns, "own", "to", "own_here"),
        ]
    )
    return (
        candidates.with_columns(made_by_one=_expected("own", "own_here", settings))
        .sort("person", "made_by_one", "to", descending=[False, True, False])
        .unique("person", keep="first", maintain_order=True)
    )
