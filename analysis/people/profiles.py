"""What is known of each presumed person before two of them are compared?"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

import numpy as np
import numpy.typing as npt
import polars as pl

from analysis.people.beside import beside_each_other
from analysis.people.full_names import Floats, Names
from analysis.people.records import shared_texts
from analysis.people.words import NO_WORD, Ints

NONE = -1
_HALF_A_PERSON = 0.5
_KEYS = ("by_uprn", "by_number", "by_text")
_SHIFT, _MASK = np.int64(32), np.int64(2**32 - 1)
_FAR = np.iinfo(np.int64).max


@dataclass(frozen=True)
class Values:
    """Which values has each presumed person in one respect? Pairs of person and code, sorted by person, then code."""

    person: Ints
    code: Ints
    bearers: Ints
    """Of each code: how many presumed persons have it."""

    @classmethod
    def of(cls, person: Ints, code: Ints) -> Values:
        """From persons and codes (dense, from zero), in any order; a code `NONE` and repetitions are left out."""
        packed = _distinct(person, code)
        person, code = packed >> _SHIFT, packed & _MASK
        return cls(person, code, np.bincount(code, minlength=1) if len(code) else np.zeros(1, dtype=np.int64))

    def ends(self, people: int) -> tuple[Ints, Ints]:
        """The lowest and the highest code of each person; `NONE` where there is none."""
        low, high = np.full(people, NONE, dtype=np.int64), np.full(people, NONE, dtype=np.int64)
        if len(self.person):
            is_first = np.diff(self.person, prepend=-1) != 0
            is_last = np.diff(self.person, append=-1) != 0
            low[self.person[is_first]], high[self.person[is_last]] = self.code[is_first], self.code[is_last]
        return low, high


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
            `surname`, `is_full`, `date_of_birth`, `nominal_id`, `home`, `scene` and the keys of each (see
            `linking.located`), `home_area`, `log` (the log's number, Int64), `received_at`.
    """
    name, phone, nominal = (_coded(records[column]) for column in ("name", "own_phone", "nominal_id"))
    day_of_birth = records["date_of_birth"].to_physical().cast(pl.Int64)
    births = day_of_birth.drop_nulls().unique().sort().to_numpy()
    birth = _placed(day_of_birth, births)
    person = _in_order(records, nominal, birth, phone, name)
    people = int(person.max()) + 1 if len(person) else 0
    homes, scenes = (_located(records, person, kind) for kind in ("home", "scene"))
    is_named = records["name"].is_not_null().to_numpy()
    said = {
        "name": (person, name),
        "phone": (person, phone),
        "birth": (person, birth),
        "nominal": (person, nominal),
        "home": homes,
        "place": (np.append(homes[0], scenes[0]), np.append(homes[1], scenes[1])),
        "area": (person, records["home_area"].cast(pl.Int64).fill_null(NONE).to_numpy()),
        "log": (person[is_named], records["log"].to_numpy()[is_named]),
    }
    values = dict(zip(said, beside_each_other([partial(Values.of, *pairs) for pairs in said.values()]), strict=True))
    first_at, last_at = _days(records, person, people)
    is_weak = np.ones(people, dtype=bool)
    is_weak[person[records["is_full"].to_numpy()]] = False
    return Profiles(
        people=people,
        of_record=person,
        records=np.bincount(person, minlength=people),
        is_weak=is_weak,
        names=_names(records, name, values["name"], people),
        phones=records["own_phone"].drop_nulls().unique().sort().cast(pl.String),
        births=births,
        first_at=first_at,
        last_at=last_at,
        **values,
    )


def _distinct(person: Ints, code: Ints) -> Ints:
    """Distinct pairs of both, packed, in order; without a code `NONE`, whose pairs are all -1 and come first."""
    packed = np.sort((person << _SHIFT) | code)
    return packed[np.diff(packed, prepend=NONE) != 0]


def _coded(texts: pl.Series) -> Ints:
    """The place of each text among the distinct ones in order."""
    said = texts if isinstance(texts.dtype, pl.Enum) else shared_texts(texts)
    code = said.to_physical().cast(pl.Int64).fill_null(NONE).to_numpy()
    is_said = np.zeros(int(code.max(initial=NONE)) + 1, dtype=bool)
    is_said[code[code != NONE]] = True
    place = np.append(np.cumsum(is_said) - 1, NONE)
    return np.asarray(place[code])


def _placed(values: pl.Series, ordered: Ints) -> Ints:
    """The place of each value among these; `NONE` for null."""
    known = values.is_not_null().to_numpy()
    place = np.full(len(values), NONE, dtype=np.int64)
    place[known] = np.searchsorted(ordered, values.drop_nulls().to_numpy())
    return place


def _in_order(records: pl.DataFrame, nominal: Ints, birth: Ints, phone: Ints, name: Ints) -> Ints:
    """The number of each record's person: persons by the first, in this order, of what their records say.

    Nothing said comes first: codes are from `NONE`, which is one below zero.
    """
    home, scene = (records[kind].cast(pl.Int64).fill_null(NONE).to_numpy() for kind in ("home", "scene"))
    presumed = records["presumed"].to_numpy()
    order = np.argsort(presumed)
    is_new = np.diff(presumed[order], prepend=presumed[order[:1]] - 1) != 0
    starts, group = np.flatnonzero(is_new), np.cumsum(is_new) - 1
    least = []
    may_be_first = np.ones(len(order), dtype=bool)
    for high, low in ((nominal, birth), (phone, name), (home, scene)):
        said = np.where(may_be_first, (((high + 1) << _SHIFT) | (low + 1))[order], _FAR)
        least.append(np.minimum.reduceat(said, starts) if len(starts) else said)
        may_be_first = said == least[-1][group]
    # Who say the same stay in the order of what says nothing else: it must not be that of this run's threads.
    number = np.empty(len(starts), dtype=np.int64)
    number[np.lexsort(least[::-1])] = np.arange(len(starts))
    person = np.empty(len(order), dtype=np.int64)
    person[order] = number[group]
    return person


def _located(records: pl.DataFrame, person: Ints, kind: str) -> tuple[Ints, Ints]:
    """Persons and codes of their homes or scenes."""
    keys = [records[f"{kind}_{key}"] for key in _KEYS]
    known = [key.is_not_null().to_numpy() for key in keys]
    return (
        np.concatenate([person[some] for some in known]),
        np.concatenate([key.drop_nulls().cast(pl.Int64).to_numpy() for key in keys]),
    )


def _days(records: pl.DataFrame, person: Ints, people: int) -> tuple[Ints, Ints]:
    """The first and last day of each person's logs."""
    day = records.select(pl.col("received_at").dt.epoch("d").cast(pl.Int64)).to_series()
    known = day.is_not_null().to_numpy()
    first, last = np.full(people, _FAR), np.full(people, -_FAR)
    np.minimum.at(first, person[known], day.drop_nulls().to_numpy())
    np.maximum.at(last, person[known], day.drop_nulls().to_numpy())
    return np.where(first == _FAR, NONE, first), np.where(last == -_FAR, NONE, last)


def _names(records: pl.DataFrame, code: Ints, name: Values, people: int) -> Names:
    distinct = (
        records.select("name", "surname", "is_full", code=pl.Series(code))
        .filter(pl.col("code") != NONE)
        .unique(["code", "surname"])
        .cast({"name": pl.String, "surname": pl.String})
        .sort("code", "surname")
        .unique("code", keep="first", maintain_order=True)
        .drop("code")
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
    pairs = _distinct(person[is_long], names.words.sounds[word[is_long]])
    return pairs >> _SHIFT, pairs & _MASK
