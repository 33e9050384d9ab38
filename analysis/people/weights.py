"""How much does each agreement and disagreement say? Learnt from the extract itself, without labels."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import polars as pl

from analysis.people.candidates import Candidates
from analysis.people.comparison import BIRTH, FIELDS, LOG, NAME, PHONE, PLACE, Compared
from analysis.people.comparison import LogLevel as Log
from analysis.people.comparison import PhoneLevel as Phone
from analysis.people.comparison import PlaceLevel as Place
from analysis.people.dates_of_birth import BirthLevel as Birth
from analysis.people.full_names import Floats
from analysis.people.full_names import NameLevel as Name
from analysis.people.profiles import Profiles, Values
from analysis.people.words import Ints

# Where the iterations start: how often the records of one person agree so far, in each respect. MISSING says nothing.
_MATCH: tuple[dict[int, float], ...] = (
    {
        Name.SAME: 0.72, Name.VARIANT: 0.06, Name.SLIP: 0.06, Name.SLIP_OF_COMMON: 0.01, Name.TWO_SLIPS: 0.01,
        Name.INITIAL: 0.05, Name.HALF: 0.045, Name.RESEMBLES: 0.005,
        Name.GIVEN_ONLY: 0.025, Name.SURNAME_ONLY: 0.01, Name.DIFFERENT: 0.005,
    },
    {Birth.SAME: 0.91, Birth.NEAR: 0.06, Birth.CLOSE: 0.015, Birth.DIFFERENT: 0.015},
    {Phone.SAME: 0.55, Phone.SAME_LATER: 0.05, Phone.ONE_DIGIT: 0.03, Phone.DIFFERENT: 0.37},
    {Place.SAME_HOME: 0.6, Place.SAME_SCENE: 0.2, Place.SAME_POSTCODE: 0.05, Place.DIFFERENT: 0.15},
    {Log.TOGETHER: 0.05, Log.APART: 0.95},
)  # fmt: skip
# People of one household or family: number, home and surname agree, first names and dates of birth do not.
_HOUSEHOLD: tuple[dict[int, float], ...] = (
    {
        Name.SAME: 0.004, Name.VARIANT: 0.004, Name.SLIP: 0.004, Name.SLIP_OF_COMMON: 0.02, Name.TWO_SLIPS: 0.004,
        Name.INITIAL: 0.04, Name.HALF: 0.1, Name.RESEMBLES: 0.03,
        Name.GIVEN_ONLY: 0.01, Name.SURNAME_ONLY: 0.45, Name.DIFFERENT: 0.334,
    },
    {Birth.SAME: 0.004, Birth.NEAR: 0.012, Birth.CLOSE: 0.06, Birth.DIFFERENT: 0.924},
    {Phone.SAME: 0.4, Phone.SAME_LATER: 0.1, Phone.ONE_DIGIT: 0.01, Phone.DIFFERENT: 0.49},
    {Place.SAME_HOME: 0.6, Place.SAME_SCENE: 0.2, Place.SAME_POSTCODE: 0.02, Place.DIFFERENT: 0.18},
    {Log.TOGETHER: 0.3, Log.APART: 0.7},
)  # fmt: skip
# No person is both in one respect: the share that the start weighs, in pairs.
_START_WEIGHT = 200.0
# Fewer pairs of one person than this part of the people are not believed: a small extract cannot tell how few.
_FEWEST_MATCHES = 0.2
_ROUNDS = 12
_SEED = 1
_RANDOM_PAIRS = 200_000
_LEAST = 1e-9


@dataclass(frozen=True)
class Weights:
    """What the extract taught.

    Attributes:
        match, household, random: for each of `FIELDS`, how often each level occurs among pairs of one person, of one
            household, and of any two people.
        matches, households, pairs: how many pairs there are of each, `pairs` being all there are of two people.
        taught_by: pairs of records with one nominal id that the first was learnt from.
    """

    match: tuple[Floats, ...]
    household: tuple[Floats, ...]
    random: tuple[Floats, ...]
    name_share: Floats
    matches: float
    households: float
    pairs: float
    taught_by: int


@dataclass(frozen=True)
class AnyTwo:
    """Any two people: for each of `FIELDS`, how often each level occurs; and how many bear what their names share."""

    levels: tuple[Floats, ...]
    name_share: Floats


Compare = Callable[[Profiles, Candidates], Compared]


def learn(profile: Profiles, compared: Compared, by_chance: AnyTwo, known: Compared | None) -> Weights:
    """Weights by Fellegi and Sunter (1969), by expectation and maximisation on the patterns of agreement.

    How often any two people agree comes from pairs drawn at random with a fixed seed, and from counts; how often the
    records of one person agree, from records with one nominal id where there are such, and else from the pairs that
    are compared. A third class, people of one household, keeps those apart who share everything but the first name.

    Args:
        profile: what is known of each presumed person.
        compared: the candidate pairs.
        by_chance: what any two people have in common.
        known: pairs of parts of one person, known by nominal id.
    """
    match = [_start(field, start) for field, start in zip(FIELDS, _MATCH, strict=True)]
    household = [_start(field, start) for field, start in zip(FIELDS, _HOUSEHOLD, strict=True)]
    taught = [np.zeros(len(field)) for field in FIELDS]
    taught_by = 0
    if known is not None:
        taught_by = len(known.one)
        taught = [
            np.bincount(levels, minlength=len(field)).astype(float)
            for field, levels in zip(FIELDS, known.levels, strict=True)
        ]
    for place in (NAME, BIRTH, PHONE, PLACE):
        match[place] = _mixed(taught[place], match[place])
    every = profile.people * (profile.people - 1) / 2
    patterns, count = _patterns(compared)
    is_near = (patterns[PHONE] >= Phone.SAME_LATER) | (patterns[PLACE] >= Place.SAME_SCENE) | (patterns[LOG] == 1)
    matches, households = max(count.sum() * 0.3, 1.0), max(count.sum() * 0.2, 1.0)
    start_match, start_household = list(match), list(household)
    fewest = max(_FEWEST_MATCHES * profile.people, 1.0)
    for _ in range(_ROUNDS):
        likely = matches * _product(match, patterns)
        related = np.where(is_near, households * _product(household, patterns), 0.0)
        chance = every * _product(by_chance.levels, patterns)
        total = likely + related + chance + 1e-300
        is_match, is_related = count * likely / total, count * related / total
        matches, households = max(float(is_match.sum()), fewest), max(float(is_related.sum()), 1.0)
        if taught_by == 0:
            match = [_mixed(_levels(place, patterns, is_match), start_match[place]) for place in range(len(FIELDS))]
        # First names and dates of birth are what tells a household from a person, so they are not learnt from it.
        for place in (PHONE, PLACE, LOG):
            household[place] = _mixed(_levels(place, patterns, is_related), start_household[place])
    return Weights(
        tuple(match), tuple(household), by_chance.levels, by_chance.name_share, matches, households, every, taught_by
    )


def probability(weights: Weights, compared: Compared) -> Floats:
    """How likely each pair is one person, 0 to 1.

    What two people share by chance is judged by how many share it: a rare name or a number of one household says more
    than a common name or a number of many.
    """
    levels = compared.levels
    match, household = _product(weights.match, levels), _product(weights.household, levels)
    by_chance = weights.random[LOG][levels[LOG]] * np.where(
        levels[BIRTH] == Birth.SAME, compared.birth_share, weights.random[BIRTH][levels[BIRTH]]
    )
    name = levels[NAME]
    usual = weights.name_share[name]
    by_chance = by_chance * np.where(
        name == Name.SAME,
        compared.name_share,
        weights.random[NAME][name] * np.where(name >= Name.SURNAME_ONLY, compared.name_share / usual, 1.0),
    )
    by_chance = by_chance * np.where(
        levels[PHONE] >= Phone.SAME_LATER, compared.phone_share, weights.random[PHONE][levels[PHONE]]
    )
    by_chance = by_chance * np.where(
        levels[PLACE] >= Place.SAME_POSTCODE, compared.place_share, weights.random[PLACE][levels[PLACE]]
    )
    is_near = (levels[PHONE] >= Phone.SAME_LATER) | (levels[PLACE] >= Place.SAME_SCENE) | (levels[LOG] == 1)
    likely = weights.matches * match
    other = weights.pairs * by_chance + np.where(is_near, weights.households * household, 0.0)
    return likely / (likely + other + 1e-300)


def _start(field: type, start: dict[int, float]) -> Floats:
    shares = np.ones(len(field))  # type: ignore[arg-type]
    for level, share in start.items():
        shares[level] = share
    return shares


def _mixed(counts: Floats, start: Floats) -> Floats:
    """Shares of the levels from counts, leaning on the start; a missing value says nothing in any class."""
    begins = 0 if len(start) == len(Log) else 1
    mixed = counts.astype(float).copy()
    mixed[begins:] += _START_WEIGHT * start[begins:]
    shares = np.ones(len(start))
    shares[begins:] = mixed[begins:] / mixed[begins:].sum()
    return np.maximum(shares, _LEAST)


def _patterns(compared: Compared) -> tuple[tuple[Ints, ...], Floats]:
    sizes = [len(field) for field in FIELDS]
    packed = np.ravel_multi_index(compared.levels, sizes) if len(compared.one) else np.zeros(0, dtype=np.int64)
    counts = np.bincount(packed, minlength=int(np.prod(sizes)))
    found = np.flatnonzero(counts)
    return tuple(np.asarray(part) for part in np.unravel_index(found, sizes)), counts[found].astype(float)


def _product(shares: list[Floats] | tuple[Floats, ...], levels: list[Ints] | tuple[Ints, ...]) -> Floats:
    result = np.ones(len(levels[0]))
    for share, level in zip(shares, levels, strict=True):
        result = result * share[level]
    return result


def _levels(place: int, patterns: tuple[Ints, ...], weight: Floats) -> Floats:
    return np.bincount(patterns[place], weights=weight, minlength=len(FIELDS[place])).astype(np.float64)


def any_two(profile: Profiles, compare: Compare) -> AnyTwo:
    """What two people drawn by chance have in common, as `compare` finds it."""
    rng = np.random.default_rng(_SEED)
    people = profile.people
    draws = min(_RANDOM_PAIRS, people * (people - 1) // 2)
    one = rng.integers(0, max(people, 1), draws)
    other = (one + rng.integers(1, max(people, 2), draws)) % max(people, 1)
    none = np.zeros(draws, dtype=np.int64)
    drawn = compare(profile, Candidates(one, other, none, none, none))
    shares = []
    for place, field in enumerate(FIELDS):
        counts = np.bincount(drawn.levels[place], minlength=len(field)).astype(float) + 0.5
        shares.append(_mixed_random(counts, has_missing=place != LOG))
    for place, level, values in (
        (NAME, int(Name.SAME), profile.name),
        (BIRTH, int(Birth.SAME), profile.birth),
        (PHONE, int(Phone.SAME), profile.phone),
    ):
        shares[place][level] = max(_by_chance(values), _LEAST)
    shares[PHONE][Phone.SAME_LATER] = shares[PHONE][Phone.SAME]
    shares[PLACE][Place.SAME_HOME] = shares[PLACE][Place.SAME_SCENE] = max(_by_chance(profile.place), _LEAST)
    areas = profile.area.bearers.astype(float)
    shares[PLACE][Place.SAME_POSTCODE] = max(float((areas**2).sum()) / max(float(areas.sum()) ** 2, 1.0), _LEAST)
    on_log = profile.log.bearers.astype(float)
    shares[LOG][Log.TOGETHER] = max(float((on_log * (on_log - 1)).sum()) / max(float(people), 1.0) ** 2, _LEAST)
    shares[PHONE][Phone.ONE_DIGIT] = max(_near_phones(profile), _LEAST)
    common = np.ones(len(Name))
    for level in range(len(Name)):
        has = drawn.levels[NAME] == level
        if has.any():
            common[level] = float(drawn.name_share[has].mean())
        elif len(profile.names.word_share):
            common[level] = float((profile.names.word_share**2).sum() / max(profile.names.word_share.sum(), _LEAST))
    return AnyTwo(tuple(shares), common)


def _by_chance(values: Values) -> float:
    """How likely two drawn by chance share a value."""
    bearers = values.bearers.astype(float)
    return float((bearers * (bearers - 1)).sum()) / max(float(bearers.sum()) ** 2, 1.0)


def _mixed_random(counts: Floats, *, has_missing: bool) -> Floats:
    begins = 1 if has_missing else 0
    shares = np.ones(len(counts))
    shares[begins:] = counts[begins:] / counts[begins:].sum()
    return shares


def _near_phones(profile: Profiles) -> float:
    """How likely two numbers differ in one digit by chance, counted."""
    number = profile.phones.str.replace("+", "", literal=True).cast(pl.Int64, strict=False).drop_nulls().to_numpy()
    if len(number) < 2:
        return 0.0
    pairs = 0.0
    for place in range(10):
        power = np.int64(10) ** place
        masked = np.sort(number - (number // power % 10) * power)
        sizes = np.diff(np.flatnonzero(np.append(np.diff(masked, prepend=-1) != 0, True)))
        pairs += float((sizes * (sizes - 1) / 2).sum())
    return pairs / (len(number) * (len(number) - 1) / 2)
