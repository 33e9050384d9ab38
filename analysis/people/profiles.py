"""What is known of each presumed person before two of them are compared?"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import polars as pl

from analysis.people.full_names import Floats, Names
from analysis.people.words import NO_WORD, Ints

NONE = -1
_HALF_A_PERSON = 0.5
_KEYS = ("by_uprn", "by_number", "by_text")


@dataclass(frozen=True)
class Values:
    """Which values has each presumed person in one respect? Pairs of person and code, sorted by person, then code."""

    person: Ints
    code: Ints
    bearers: Ints
    """Of each code: how many presumed persons have it."""

    @classmethod
    def of(cls, pairs: pl.DataFrame) -> Values:
        """From `person`, `code` (dense, from zero); nulls and repetitions are left out."""
        distinct = pairs.select("person", "code").drop_nulls().unique().sort("person", "code")
        person, code = (distinct[name].cast(pl.Int64).to_numpy() for name in ("person", "code"))
        return cls(person, code, np.bincount(code, minlength=1) if len(code) else np.zeros(1, dtype=np.int64))

    def ends(self, people: int) -> tuple[Ints, Ints]:
        """The lowest and the highest code of each person; `NONE` where there is none."""
        low, high = np.full(people, NONE, dtype=np.int64), np.full(people, NONE, dtype=np.int64)
        if len(self.person):
            is_first = np.diff(self.person, prepend=-1) != 0
            is_last = np.diff(self.person, append=-1) != 0
            low[self.person[is_first]], high[self.person[is_last]] = self.code[is_first], self.code[is_last]
        return low, high

    def packed(self) -> Ints:
        """Person and code in one ordered number each."""
        return (self.person << np.int64(32)) | self.code


@dataclass(frozen=True)
class Profiles:
    """The presumed persons of an extract, numbered in an order that does not depend on that of its rows.

    Attributes:
        people: how many there are.
        of_record: the person of each record given.
        records: how many records each has.
        is_weak: no full name is known: such a person may join one other and never brings two together.
        names: every distinct name.
        name, phone, birth (days since 1970 by place in `births`), nominal, home, place (homes and scenes), area
            (postcodes), log: what each is known by.
        phones, births: the distinct numbers in order, and dates as days since 1970.
        first_at, last_at: days since 1970 of the first and last log; null dates are `NONE`.
    """

    people: int
    of_record: Ints
    records: Ints
    is_weak: npt.NDArray[np.bool_]
    names: Names
    name: Values
    phone: Values
    birth: Values
    nominal: Values
    home: Values
    place: Values
    area: Values
    log: Values
    phones: pl.Series
    births: Ints
    first_at: Ints
    last_at: Ints

    def share(self, bearers: Ints) -> Floats:
        """The part of the people who bear a value besides the one that is compared; never quite none."""
        return np.maximum(bearers - 1, _HALF_A_PERSON) / max(self.people, 1)


def profiles(records: pl.DataFrame) -> Profiles:
    """Put together what the records of each presumed person say.

    Args:
        records: `presumed` (any whole number: the records that are certainly one person's), `own_phone`, `name`,
            `surname`, `is_full`, `date_of_birth`, `nominal_id`, `home_by_uprn`, `home_by_number`, `home_by_text`,
            `home_area`, `scene_by_uprn`, `scene_by_number`, `scene_by_text` (see `locations`), `incident_id`,
            `received_at`.
    """
    coded = records.select(
        "presumed",
        "is_full",
        name=_code("name", records),
        phone=_code("own_phone", records),
        birth=pl.col("date_of_birth").to_physical().cast(pl.Int64),
        nominal=_code("nominal_id", records),
        log=pl.col("incident_id").cast(pl.Categorical).to_physical().cast(pl.Int64),
        day=pl.col("received_at").dt.epoch("d").cast(pl.Int64),
        home=pl.coalesce([f"home_{key}" for key in _KEYS]).hash(),
        scene=pl.coalesce([f"scene_{key}" for key in _KEYS]).hash(),
    )
    person = _in_order(coded)
    people = person.n_unique()
    coded = coded.with_columns(person=person)
    births = coded["birth"].drop_nulls().unique().sort()
    homes = _locations(records, person, "home")
    places, _ = _dense(pl.concat([homes, _locations(records, person, "scene")]))
    areas = pl.DataFrame({"person": person, "code": records["home_area"].hash()}).filter(
        records["home_area"].is_not_null()
    )
    days = coded.group_by("person").agg(pl.col("day").min().alias("low"), pl.col("day").max().alias("high"))
    days = days.sort("person").fill_null(NONE)
    is_full = coded.group_by("person").agg(pl.col("is_full").any()).sort("person")["is_full"]
    name = Values.of(coded.select("person", code="name"))
    return Profiles(
        people=people,
        of_record=person.to_numpy(),
        records=np.bincount(person.to_numpy(), minlength=people),
        is_weak=~is_full.to_numpy(),
        names=_names(records, name, people),
        name=name,
        phone=Values.of(coded.select("person", code="phone")),
        birth=Values.of(
            coded.select(
                "person",
                code=pl.col("birth")
                .cast(pl.Int64)
                .replace_strict(births, pl.int_range(len(births), eager=True), return_dtype=pl.Int64)
                if len(births)
                else pl.lit(None, dtype=pl.Int64),
            )
        ),
        nominal=Values.of(coded.select("person", code="nominal")),
        home=Values.of(places.head(homes.height)),
        place=Values.of(places),
        area=Values.of(_dense(areas)[0]),
        log=Values.of(coded.filter(pl.col("name").is_not_null()).select("person", code="log")),
        phones=records["own_phone"].drop_nulls().unique().sort(),
        births=births.to_numpy(),
        first_at=days["low"].to_numpy(),
        last_at=days["high"].to_numpy(),
    )


def _code(column: str, records: pl.DataFrame) -> pl.Expr:
    ordered = records[column].drop_nulls().unique().sort()
    return pl.col(column).cast(pl.Enum(ordered)).to_physical().cast(pl.Int64)


def _in_order(coded: pl.DataFrame) -> pl.Series:
    """The number of each record's person: persons by the first, in this order, of what their records say."""
    said = ["nominal", "birth", "phone", "name", "home", "scene"]
    first = coded.select("presumed", *said).unique().sort(said).unique("presumed", keep="first", maintain_order=True)
    numbered = first.select("presumed").with_row_index("person")
    return (
        coded.select("presumed")
        .join(numbered, on="presumed", how="left", maintain_order="left")["person"]
        .cast(pl.Int64)
    )


def _locations(records: pl.DataFrame, person: pl.Series, kind: str) -> pl.DataFrame:
    frame = records.select(person.alias("person"), *(pl.col(f"{kind}_{key}") for key in _KEYS))
    parts = [
        frame.select("person", pl.col(f"{kind}_{key}").hash(seed=place).alias("code")).filter(
            frame[f"{kind}_{key}"].is_not_null()
        )
        for place, key in enumerate(_KEYS)
    ]
    return pl.concat(parts).unique().sort("person", "code")


def _dense(pairs: pl.DataFrame) -> tuple[pl.DataFrame, int]:
    """`code` numbered from zero."""
    ordered = pairs["code"].unique().sort()
    place = np.searchsorted(ordered.to_numpy(), pairs["code"].to_numpy()).astype(np.int64)
    return pairs.select("person").with_columns(code=pl.Series(place, dtype=pl.Int64)), len(ordered)


def _names(records: pl.DataFrame, name: Values, people: int) -> Names:
    distinct = (
        records.filter(pl.col("name").is_not_null())
        .group_by("name")
        .agg(pl.col("surname").min(), pl.col("is_full").first())
        .sort("name")
    )
    bearers = name.bearers[: distinct.height] if distinct.height else name.bearers[:0]
    return Names.of(distinct.with_columns(bearers=pl.Series(bearers)), people)


def words_of(profile: Profiles) -> tuple[Ints, Ints]:
    """Person and sound of every word of every name of theirs."""
    names = profile.names
    person = np.concatenate([profile.name.person] * 3)
    word = np.concatenate([slot[profile.name.code] for slot in (names.last, names.first, names.second)])
    person, word = person[word != NO_WORD], word[word != NO_WORD]
    lengths = names.words.texts.str.len_chars().to_numpy() if len(names.words.texts) else np.zeros(0)
    is_long = lengths[word] > 1 if len(word) else np.zeros(0, dtype=bool)
    pairs = pl.DataFrame({"person": person[is_long], "sound": names.words.sounds[word[is_long]]}).unique()
    pairs = pairs.sort("person", "sound")
    return pairs["person"].to_numpy(), pairs["sound"].to_numpy()
