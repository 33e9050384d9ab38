"""How do two presumed persons compare in name, date of birth, number, address, log and time?"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from enum import IntEnum

import numpy as np
import numpy.typing as npt
import polars as pl

from analysis.people.candidates import Candidates, Shared
from analysis.people.dates_of_birth import BirthLevel, compare_dates
from analysis.people.full_names import Floats, NameLevel
from analysis.people.profiles import NONE, Profiles
from analysis.people.words import Ints

Bools = npt.NDArray[np.bool_]


class PhoneLevel(IntEnum):
    """How two numbers compare; `SAME_LATER` is the same one after a long silence, when it may be another's."""

    MISSING = 0
    DIFFERENT = 1
    ONE_DIGIT = 2
    SAME_LATER = 3
    SAME = 4


class PlaceLevel(IntEnum):
    """How homes compare, and where a home is not given, the scenes of the logs."""

    MISSING = 0
    DIFFERENT = 1
    SAME_POSTCODE = 2
    SAME_SCENE = 3
    SAME_HOME = 4


class LogLevel(IntEnum):
    """Whether both stand on one log."""

    APART = 0
    TOGETHER = 1


FIELDS: tuple[type[IntEnum], ...] = (NameLevel, BirthLevel, PhoneLevel, PlaceLevel, LogLevel)
NAME, BIRTH, PHONE, PLACE, LOG = range(5)


@dataclass(frozen=True)
class Compared:
    """Pairs of presumed persons and how they compare.

    Attributes:
        one, other: the persons, `one` below `other`.
        levels: for each of `FIELDS` the level of every pair.
        name_share, birth_share, phone_share, place_share: the part of the people who have what the two share; 1 for
            nothing.
        days_apart: days between the last log of one and the first of the other; 0 where their times overlap.
        are_listed_apart: both have a nominal id (never the same one, for that would have made them one person).
    """

    one: Ints
    other: Ints
    levels: tuple[Ints, ...]
    name_share: Floats
    birth_share: Floats
    phone_share: Floats
    place_share: Floats
    days_apart: Ints
    are_listed_apart: Bools

    def at(self, pairs: Ints) -> Compared:
        """Only these pairs."""
        return Compared(
            self.one[pairs],
            self.other[pairs],
            tuple(level[pairs] for level in self.levels),
            self.name_share[pairs],
            self.birth_share[pairs],
            self.phone_share[pairs],
            self.place_share[pairs],
            self.days_apart[pairs],
            self.are_listed_apart[pairs],
        )

    @property
    def contradicts(self) -> Bools:
        """Two nominal ids, or two dates of birth that no slip explains."""
        return self.are_listed_apart | (self.levels[BIRTH] == BirthLevel.DIFFERENT)


def compare(profile: Profiles, pairs: Candidates, *, rarity: float, silence_days: int) -> Compared:
    """Compare each pair in every respect.

    Args:
        profile: what is known of each presumed person.
        pairs: which to compare.
        rarity: see `Names.compare`.
        silence_days: after so many days without a log of either, a number may belong to somebody else.
    """
    one, other = pairs.one, pairs.other
    gap = np.maximum(profile.first_at[one] - profile.last_at[other], profile.first_at[other] - profile.last_at[one])
    is_timed = (profile.last_at[one] != NONE) & (profile.last_at[other] != NONE)
    days = np.where(is_timed, np.maximum(gap, 0), 0)
    with ThreadPoolExecutor(1, "people") as beside:
        named = beside.submit(_names, profile, one, other, rarity)
        birth, birth_share = births(profile, one, other), _birth_share(profile, one, other)
        phone = _phones(profile, pairs)
        phone = np.where((phone == PhoneLevel.SAME) & (days > silence_days), PhoneLevel.SAME_LATER, phone)
        place = _places(profile, pairs)
        name, name_share = named.result()
    listed = np.zeros(profile.people, dtype=bool)
    listed[profile.nominal.person] = True
    return Compared(
        one,
        other,
        (
            name,
            birth,
            phone,
            place,
            np.where(pairs.shared & Shared.LOG, LogLevel.TOGETHER, LogLevel.APART).astype(np.int64),
        ),
        name_share,
        birth_share,
        _share(profile, pairs.phone_bearers),
        np.where(
            place == PlaceLevel.SAME_POSTCODE,
            _area_share(profile, one, other),
            _share(profile, pairs.place_bearers),
        ),
        days,
        listed[one] & listed[other],
    )


def _share(profile: Profiles, bearers: Ints) -> Floats:
    return np.where(bearers > 0, profile.share(bearers), 1.0)


def _area_share(profile: Profiles, one: Ints, other: Ints) -> Floats:
    """The part of those with a postcode who have the one of the two that fewer have."""
    low, _ = profile.area.ends(profile.people)
    share = profile.area.bearers / max(len(profile.area.person), 1)
    parts = [np.where(low[side] != NONE, share[low[side]], 1.0) for side in (one, other)]
    return np.asarray(np.minimum(*parts))


def _birth_share(profile: Profiles, one: Ints, other: Ints) -> Floats:
    """The part of those with a date of birth who have the one the two share, or the rarer of theirs."""
    low, _ = profile.birth.ends(profile.people)
    share = profile.birth.bearers / max(len(profile.birth.person), 1)
    has = [low[side] != NONE for side in (one, other)]
    parts = [np.where(is_known, share[low[side]], 1.0) for side, is_known in zip((one, other), has, strict=True)]
    return np.asarray(np.minimum(*parts))


def _names(profile: Profiles, one: Ints, other: Ints, rarity: float) -> tuple[Ints, Floats]:
    """The best level over all names of both, and the smallest share at that level."""
    low, high = profile.name.ends(profile.people)
    level = np.full(len(one), NameLevel.MISSING, dtype=np.int64)
    share = np.ones(len(one))
    is_single = (low[one] == high[one]) & (low[other] == high[other])
    single = np.flatnonzero(is_single & (low[one] != NONE) & (low[other] != NONE))
    level[single], share[single] = _distinct(profile, low[one[single]], low[other[single]], rarity)
    several = np.flatnonzero(~is_single)
    if len(several):
        names = pl.DataFrame({"person": profile.name.person, "name": profile.name.code})
        frame = pl.DataFrame({"pair": several, "one": one[several], "other": other[several]})
        crossed = frame.join(names, left_on="one", right_on="person").join(
            names, left_on="other", right_on="person", suffix="_other"
        )
        found, part = _distinct(profile, crossed["name"].to_numpy(), crossed["name_other"].to_numpy(), rarity)
        best = (
            crossed.select("pair")
            .with_columns(level=pl.Series(found), share=pl.Series(part))
            .sort("level", "share", descending=[True, False])
            .unique("pair", keep="first", maintain_order=True)
        )
        at = best["pair"].to_numpy()
        level[at], share[at] = best["level"].to_numpy(), best["share"].to_numpy()
    return level, share


def _distinct(profile: Profiles, one: Ints, other: Ints, rarity: float) -> tuple[Ints, Floats]:
    packed = (np.minimum(one, other) << np.int64(32)) | np.maximum(one, other)
    distinct = np.sort(packed)
    distinct = distinct[np.diff(distinct, prepend=-1) != 0] if len(distinct) else distinct
    level, share = profile.names.compare(distinct >> np.int64(32), distinct & 0xFFFFFFFF, rarity=rarity)
    at = np.searchsorted(distinct, packed)
    return level[at], share[at]


def births(profile: Profiles, one: Ints, other: Ints) -> Ints:
    """`BirthLevel` of each pair: the best over the first and last date of each."""
    low, high = profile.birth.ends(profile.people)
    level = np.full(len(one), BirthLevel.MISSING, dtype=np.int64)
    both = np.flatnonzero((low[one] != NONE) & (low[other] != NONE))
    a, b = one[both], other[both]
    best = compare_dates(profile.births, low[a], low[b])
    several = np.flatnonzero((low[a] != high[a]) | (low[b] != high[b]))
    a, b = a[several], b[several]
    for left, right in ((high, high), (low, high), (high, low)):
        best[several] = np.maximum(best[several], compare_dates(profile.births, left[a], right[b]))
    level[both] = best
    return level


def _phones(profile: Profiles, pairs: Candidates) -> Ints:
    low, high = profile.phone.ends(profile.people)
    level = np.where(
        (low[pairs.one] != NONE) & (low[pairs.other] != NONE), PhoneLevel.DIFFERENT, PhoneLevel.MISSING
    ).astype(np.int64)
    both = np.flatnonzero(level == PhoneLevel.DIFFERENT)
    if len(both):
        width = int(profile.phones.str.len_bytes().max() or 1)  # type: ignore[arg-type]
        digits = np.array(profile.phones.to_list(), dtype=f"S{width}").view(np.uint8).reshape(-1, width)
        a, b = pairs.one[both], pairs.other[both]
        is_near = _differ_in_one(digits, low[a], low[b])
        several = np.flatnonzero((low[a] != high[a]) | (low[b] != high[b]))
        a, b = a[several], b[several]
        for left, right in ((high, high), (low, high), (high, low)):
            is_near[several] |= _differ_in_one(digits, left[a], right[b])
        level[both[is_near]] = PhoneLevel.ONE_DIGIT
    level[(pairs.shared & Shared.PHONE) != 0] = PhoneLevel.SAME
    level[_meet(low, high, pairs)] = PhoneLevel.SAME
    return level


def _differ_in_one(digits: npt.NDArray[np.uint8], one: Ints, other: Ints) -> Bools:
    """Whether numbers differ in one digit, or in two that are the other way round or elsewhere."""
    changed = (digits[one] != digits[other]).sum(axis=1)
    found: Bools = changed == 1
    two = np.flatnonzero(changed == 2)
    sorted_both = (np.sort(digits[side[two]], axis=1) for side in (one, other))
    found[two] = np.equal(*sorted_both).all(axis=1)
    return found


def _meet(low: Ints, high: Ints, pairs: Candidates) -> Bools:
    has = low[pairs.one] != NONE
    found = np.zeros(len(pairs.one), dtype=bool)
    for left, right in ((low, low), (high, high), (low, high), (high, low)):
        found |= has & (left[pairs.one] == right[pairs.other])
    return found


def _places(profile: Profiles, pairs: Candidates) -> Ints:
    home, place, area = (values.ends(profile.people) for values in (profile.home, profile.place, profile.area))
    both = (home[0][pairs.one] != NONE) & (home[0][pairs.other] != NONE)
    return np.select(
        [
            ((pairs.shared & Shared.HOME) != 0) | _meet(*home, pairs),
            ((pairs.shared & Shared.PLACE) != 0) | _meet(*place, pairs),
            _meet(*area, pairs),
            both,
        ],
        [PlaceLevel.SAME_HOME, PlaceLevel.SAME_SCENE, PlaceLevel.SAME_POSTCODE, PlaceLevel.DIFFERENT],
        PlaceLevel.MISSING,
    ).astype(np.int64)
