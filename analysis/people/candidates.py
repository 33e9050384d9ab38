"""Which presumed persons are worth comparing? Their number grows as that of the people, not as its square."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntFlag
from functools import partial

import numpy as np
import polars as pl

from analysis.people.beside import beside_each_other
from analysis.people.profiles import Profiles, Values, words_of
from analysis.people.words import Ints

_SHIFT = np.int64(32)
_FEW = 5
_AT_ONCE = 500_000
_MOST_BITS = 63


class Shared(IntFlag):
    """What two presumed persons have in common besides a word of their names."""

    PHONE = 1
    HOME = 2
    PLACE = 4
    BIRTH = 8
    LOG = 16
    AREA = 32
    NAME = 64
    NEAR_PHONE = 128


@dataclass(frozen=True)
class Candidates:
    """Pairs of presumed persons, `one` below `other`, in order, each once.

    Attributes:
        one, other: the persons.
        shared: bits of `Shared`.
        bearers: of each of PHONE, PLACE (or HOME), the fewest presumed persons on what the two share; 0 for nothing.
    """

    one: Ints
    other: Ints
    shared: Ints
    phone_bearers: Ints
    place_bearers: Ints


def candidates(profile: Profiles, *, window: int, at_once: int = _AT_ONCE) -> Candidates:
    """Pairs that share a number, a home or scene, a date of birth, a log or a postcode, and a word of their names.

    Within a larger group each is also paired with the one of most records. Where no more than a few share a value, all
    of them are compared whatever their names.

    Also pairs of one full name whose dates of birth agree in the year, or in day and month, and those whose numbers
    differ in one digit. Words count as the same where they sound alike or are variants of one name. Within a group
    that shares both, each is paired with the `window` that follow it by name, so that the pairs grow with the records.

    Args:
        profile: what is known of each presumed person.
        window: how many neighbours by name each is paired with.
        at_once: values and words brought together at a time: bounds the memory and changes nothing.
    """
    words = words_of(profile)
    order = _order_by_name(profile)
    named = _named(profile)
    emitted = beside_each_other(
        [
            partial(_by_near_phone, profile, named, order, window),
            partial(_emit, profile.place, words, order, window, at_once, Shared.PLACE),
            partial(_emit, profile.phone, words, order, window, at_once, Shared.PHONE),
            partial(_emit, profile.home, words, order, window, at_once, Shared.HOME | Shared.PLACE),
            partial(_emit, profile.birth, words, order, window, at_once, Shared.BIRTH),
            partial(_emit, profile.log, words, order, window, at_once, Shared.LOG),
            *(partial(_by_birth, profile, named, order, window, part) for part in _parts_of_dates(profile.births)),
            partial(_by_area, profile, named, order, window),
            partial(_emit_rare, profile.phone, order, Shared.PHONE),
            partial(_emit_rare, profile.home, order, Shared.HOME | Shared.PLACE),
            partial(_emit_rare, profile.birth, order, Shared.BIRTH),
        ]
    )
    return _together(emitted)


@dataclass(frozen=True)
class _Emitted:
    pairs: Ints
    bearers: Ints
    shared: int


def _emit(
    values: Values, words: tuple[Ints, Ints], order: _Order, window: int, at_once: int, shared: Shared
) -> _Emitted:
    """Pairs of those who have one value and a word of their names in common."""
    several = values.bearers[values.code] > 1
    first = np.searchsorted(words[0], np.arange(len(order.place) + 1))
    counts = np.diff(first)
    sounds = max(int(words[1].max(initial=0)), 1).bit_length()
    parts = int(counts[values.person[several]].sum()) // at_once + 1
    pairs, bearers = [], []
    for part in range(parts):
        some = several & (values.code % parts == part)
        person, code = values.person[some], values.code[some]
        count = counts[person]
        # The words of each person stand together: each value of theirs meets each of them.
        within = np.arange(int(count.sum())) - np.repeat(np.cumsum(count) - count, count)
        sound = words[1][np.repeat(first[person], count) + within]
        key = (np.repeat(code, count) << np.int64(sounds)) | sound
        found, keys = in_windows(key, np.repeat(person, count), order, window)
        pairs.append(found)
        bearers.append(values.bearers[keys >> np.int64(sounds)])
    return _Emitted(np.concatenate(pairs), np.concatenate(bearers), int(shared))


def _emit_rare(values: Values, order: _Order, shared: Shared) -> _Emitted:
    """Pairs of those who have a value that few have."""
    few = (values.bearers[values.code] > 1) & (values.bearers[values.code] <= _FEW)
    pairs, keys = in_windows(values.code[few], values.person[few], order, _FEW)
    return _Emitted(pairs, values.bearers[keys], int(shared))


def in_windows(key: Ints, person: Ints, order: _Order, window: int) -> tuple[Ints, Ints]:
    """Packed pairs of persons with one key, each with the `window` after it in the order given, and their keys."""
    key, person = _sorted(key, person, order)
    pairs, keys = [], []
    starts = np.flatnonzero(np.diff(key, prepend=key[:1] - 1)) if len(key) else np.zeros(0, dtype=np.int64)
    sizes = np.diff(np.append(starts, len(key)))
    large = np.repeat(sizes > window + 1, sizes)
    if large.any():
        group = np.repeat(np.arange(len(starts)), sizes)[large]
        members = person[large]
        busiest = np.lexsort((members, -order.records[members], group))
        hub = members[busiest][np.diff(group[busiest], prepend=-1) != 0]
        hubs = hub[np.cumsum(np.diff(group, prepend=-1) != 0) - 1]
        differ = hubs != members
        pairs.append((np.minimum(hubs, members)[differ] << _SHIFT) | np.maximum(hubs, members)[differ])
        keys.append(key[large][differ])
    at = np.arange(len(key) - 1)
    for step in range(1, window + 1):
        at = at[at + step < len(key)]
        at = at[key[at] == key[at + step]]
        if not len(at):
            break
        a, b = person[at], person[at + step]
        differ = a != b
        a, b = a[differ], b[differ]
        pairs.append((np.minimum(a, b) << _SHIFT) | np.maximum(a, b))
        keys.append(key[at][differ])
    none = np.zeros(0, dtype=np.int64)
    return (np.concatenate(pairs), np.concatenate(keys)) if pairs else (none, none)


@dataclass(frozen=True)
class _Order:
    """The place of each person by first full name, then by number in the extract; and how many records each has."""

    place: Ints
    person: Ints
    records: Ints


def _sorted(key: Ints, person: Ints, order: _Order) -> tuple[Ints, Ints]:
    """Keys and persons by key, then by place: much of it by sorting one number that packs both."""
    bits = np.int64(len(order.place).bit_length())
    if len(key) and int(key.min()) >= 0 and int(key.max()).bit_length() + bits <= _MOST_BITS:
        packed = np.sort((key << bits) | order.place[person])
        return packed >> bits, order.person[packed & ((1 << bits) - 1)]
    by = np.argsort(key)
    key = key[by]
    group = np.cumsum(np.diff(key, prepend=key[:1]) != 0)
    packed = np.sort((group << bits) | order.place[person[by]])
    return key, order.person[packed & ((1 << bits) - 1)]


def _order_by_name(profile: Profiles) -> _Order:
    low, _ = profile.name.ends(profile.people)
    place = np.empty(profile.people, dtype=np.int64)
    person = np.argsort(low, kind="stable")
    place[person] = np.arange(profile.people)
    return _Order(place, person, profile.records)


def _named(profile: Profiles) -> pl.DataFrame:
    """`person` and `whole`: how each full name of theirs sounds."""
    names = profile.names
    is_full = names.is_full[profile.name.code] if len(profile.name.code) else np.zeros(0, dtype=bool)
    person, name = profile.name.person[is_full], profile.name.code[is_full]
    sounds = names.words.sounds
    first = np.where(names.first[name] >= 0, sounds[names.first[name]], 0)
    last = sounds[names.last[name]] if len(name) else first
    whole = (np.minimum(first, last) << np.int64(20)) | np.maximum(first, last)
    return pl.DataFrame({"person": person, "whole": whole}).unique()


def _parts_of_dates(days: Ints) -> tuple[Ints, Ints]:
    """Of each date a code for the year, and one for day and month."""
    dates = days.astype("datetime64[D]")
    month = dates.astype("datetime64[M]")
    year = month.astype("datetime64[Y]")
    of_year = (month - year.astype("datetime64[M]")).astype(np.int64) * 32 + (dates - month).astype(np.int64)
    return year.astype(np.int64), of_year


def _by_birth(profile: Profiles, named: pl.DataFrame, order: _Order, window: int, part: Ints) -> _Emitted:
    """Same sounding full names and the same part of the date of birth."""
    born = pl.DataFrame({"person": profile.birth.person, "part": part[profile.birth.code]})
    return _keyed(named.join(born, on="person"), order, window, 0)


def _by_area(profile: Profiles, named: pl.DataFrame, order: _Order, window: int) -> _Emitted:
    """Same sounding full names and the same postcode."""
    lives = pl.DataFrame({"person": profile.area.person, "part": profile.area.code})
    return _keyed(named.join(lives, on="person"), order, window, int(Shared.AREA))


def _keyed(frame: pl.DataFrame, order: _Order, window: int, shared: int) -> _Emitted:
    key = frame.select(pl.struct("whole", "part").hash()).to_series().to_numpy().view(np.int64)
    pairs, _ = in_windows(key, frame["person"].to_numpy(), order, window)
    return _Emitted(pairs, np.zeros(len(pairs), dtype=np.int64), shared)


def _by_near_phone(profile: Profiles, named: pl.DataFrame, order: _Order, window: int) -> _Emitted:
    """Numbers alike but for one digit, with a full name that sounds the same."""
    phones = pl.DataFrame({"person": profile.phone.person, "phone": profile.phone.code})
    keyed = named.join(phones, on="person")
    digits = profile.phones.str.replace("+", "", literal=True).cast(pl.Int64, strict=False).fill_null(0).to_numpy()
    number = digits[keyed["phone"].to_numpy()] if keyed.height else np.zeros(0, dtype=np.int64)
    pairs = []
    for place in range(10):
        power = np.int64(10) ** place
        masked = number - (number // power % 10) * power
        frame = keyed.select("person", "whole", part=pl.Series(masked * 16 + place))
        pairs.append(_keyed(frame, order, window, 0).pairs)
    every = np.concatenate(pairs)
    return _Emitted(every, np.zeros(len(every), dtype=np.int64), 0)


def _together(emitted: list[_Emitted]) -> Candidates:
    pairs = np.concatenate([part.pairs for part in emitted])
    order = np.argsort(pairs)
    ordered = pairs[order]
    is_new = np.diff(ordered, prepend=-1) != 0
    distinct = ordered[is_new]
    number = np.empty(len(pairs), dtype=np.int64)
    number[order] = np.cumsum(is_new) - 1
    numbers = np.split(number, np.cumsum([len(part.pairs) for part in emitted])[:-1])
    shared = np.zeros(len(distinct), dtype=np.int64)
    most = np.iinfo(np.int64).max
    phone, place = np.full(len(distinct), most), np.full(len(distinct), most)
    for part, at in zip(emitted, numbers, strict=True):
        shared[at] |= part.shared
        if part.shared & Shared.PHONE:
            np.minimum.at(phone, at, part.bearers)
        if part.shared & Shared.PLACE:
            np.minimum.at(place, at, part.bearers)
    phone[phone == most] = 0
    place[place == most] = 0
    return Candidates(distinct >> _SHIFT, distinct & 0xFFFFFFFF, shared, phone, place)
