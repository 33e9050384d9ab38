"""Which of the persons found by exact keys are one, and whom do nameless places and half-names belong to?"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial

import numpy as np
import numpy.typing as npt
import polars as pl

from analysis.people.candidates import Candidates, candidates
from analysis.people.comparison import Bools, Compared, compare
from analysis.people.full_names import Floats
from analysis.people.groups import Decided
from analysis.people.joining import join
from analysis.people.locations import locations
from analysis.people.profiles import Profiles, profiles
from analysis.people.weights import Compare, Weights, any_two, learn, probability
from analysis.people.words import Ints

KEYS = ("by_uprn", "by_number", "by_text")
_SAID = ("address", "postcode", "uprn")


@dataclass(frozen=True)
class LinkSettings:
    """What decides, from the assumptions.

    Attributes:
        join_at_least: probability from which two presumed persons are one.
        doubt_from: probability from which a pair is shown to a human.
        window: within one group, how many neighbours by name each is compared with.
        rarity: see `Names.compare`.
        silence_days: see `compare`.
        most_known_pairs: pairs of records with one nominal id to learn from.
    """

    join_at_least: float
    doubt_from: float
    window: int
    rarity: float
    silence_days: int
    most_known_pairs: int


@dataclass(frozen=True)
class Linked:
    """What was found.

    Attributes:
        person: for each record given, its person: a number that means nothing beyond this frame.
        presumed: for each record given, its presumed person.
        compared, probability: the pairs of presumed persons that may be one, from `doubt_from`.
        weights: what it rests on.
        counts: how much was compared and found.
    """

    person: Ints
    presumed: Ints
    compared: Compared
    probability: Floats
    weights: Weights
    counts: Counts


@dataclass(frozen=True)
class Counts:
    """Presumed persons and persons; pairs, how many of them were joined, and the sum of probability of both."""

    presumed: int
    persons: int
    pairs: int
    joined: int
    likely: float
    likely_joined: float

    @classmethod
    def of(cls, compared: Compared, probability: Floats, root: Ints) -> Counts:
        """Of all pairs compared, and the person of each presumed person."""
        is_joined = root[compared.one] == root[compared.other]
        return cls(
            presumed=len(root),
            persons=len(np.flatnonzero(root == np.arange(len(root)))),
            pairs=len(compared.one),
            joined=int(is_joined.sum()),
            likely=float(probability.sum()),
            likely_joined=float(probability[is_joined].sum()),
        )


@dataclass(frozen=True)
class Located:
    """Homes and scenes.

    Attributes:
        keys: of each distinct address `by_uprn`, `by_number`, `by_text`, `home` (the first of them) and `area`: codes
            (UInt32, from zero) of the texts that `locations` makes, equal where these are; the three keys have one set
            of codes. A known place has no keys: as a home it identifies nobody.
        at: where in `keys` is the home of each log's caller, then that of each row of people, then each log's scene.
        logs: how many logs there are.
    """

    keys: pl.DataFrame
    at: Ints
    logs: int

    def of_records(self, log: pl.Series) -> pl.DataFrame:
        """The keys of each record: `home`, `home_by_uprn` and so on, and the same of a caller's scene but for its area.

        Args:
            log: of each record the place of its log: callers first, then every row of people (see `records.gather`).
        """
        others = len(self.at) - 2 * self.logs
        callers = log.head(len(log) - others).to_numpy()
        homes = pl.Series(np.append(self.at[callers], self.at[self.logs : self.logs + others]))
        scenes = pl.Series(self.at[self.logs + others + callers]).extend_constant(None, others)
        keys = self.keys
        return keys.select(
            *(pl.col(name).gather(homes).alias("home" if name == "home" else f"home_{name}") for name in keys.columns),
            *(pl.col(name).gather(scenes).alias(f"scene_{name}") for name in KEYS),
            scene=pl.col("home").gather(scenes),
        )


def located(incidents: pl.DataFrame, people: pl.DataFrame, place_keys: pl.DataFrame) -> Located:
    """Where the caller of each log and each row of people lives, and where each log was.

    Args:
        incidents: `caller_address`, `caller_postcode`, `address`, `postcode`, `uprn`.
        people: `address`, `postcode`, `uprn`.
        place_keys: `by_uprn`, `by_number`, `by_text` of the known places.
    """
    of_callers = incidents.select(
        address="caller_address", postcode="caller_postcode", uprn=pl.lit(None, dtype=pl.String)
    )
    said = [of_callers, people.select(_SAID), incidents.select(_SAID)]
    at, is_distinct = _numbered(np.concatenate([one.select(pl.struct(_SAID).hash()).to_series() for one in said]))
    keys = _keys_of(pl.concat(said).filter(pl.Series(is_distinct)), place_keys)
    return Located(keys, at, incidents.height)


def _numbered(values: npt.NDArray[np.uint64]) -> tuple[Ints, Bools]:
    """Which values stand for all that are equal, and for each value the number of the one that does so."""
    order = np.argsort(values)
    ordered = values[order]
    is_new = np.append(True, ordered[1:] != ordered[:-1])[: len(values)]
    stands_for_all = np.zeros(len(values), dtype=bool)
    stands_for_all[order[is_new]] = True
    # In the order in which they stand, so that neighbours have neighbouring numbers.
    numbers = (np.cumsum(stands_for_all) - 1)[order[is_new]]
    number = np.empty(len(values), dtype=np.int64)
    number[order] = numbers[np.cumsum(is_new) - 1]
    return number, stands_for_all


def _keys_of(said: pl.DataFrame, place_keys: pl.DataFrame) -> pl.DataFrame:
    """Keys of each row of `said`, in its order."""
    is_place = pl.any_horizontal(
        pl.col(key).is_in(place_keys[key].drop_nulls().unique().to_list()).fill_null(False) for key in KEYS
    )
    texts = locations(said).select(*(pl.when(~is_place).then(key).alias(key) for key in KEYS), "area")
    hashed = texts.select(
        *(_number(pl.col(key), seed) for seed, key in enumerate(KEYS)),
        _number(pl.coalesce(KEYS), 0).alias("home"),
        _number(pl.col("area"), 0),
    )
    codes = pl.concat([hashed[key] for key in KEYS]).rank("dense") - 1
    return hashed.select(
        *(codes.slice(place * hashed.height, hashed.height).alias(key) for place, key in enumerate(KEYS)),
        (pl.col("home", "area").rank("dense") - 1),
    )


def _number(text: pl.Expr, seed: int) -> pl.Expr:
    return pl.when(text.is_not_null()).then(text.hash(seed=seed))


def link(records: pl.DataFrame, decided_records: pl.DataFrame, settings: LinkSettings) -> Linked:
    """Resolve records into persons.

    Args:
        records: what `profiles` needs, `presumed` among it.
        decided_records: `one`, `other` (rows of `records`), `is_same`.
        settings: what decides.
    """
    profile = profiles(records)
    how = partial(compare, rarity=settings.rarity, silence_days=settings.silence_days)
    with ThreadPoolExecutor(1, "people") as beside:
        known = beside.submit(_known, records, settings.most_known_pairs, how)
        by_chance = beside.submit(any_two, profile, how)
        compared = how(profile, candidates(profile, window=settings.window))
        weights = learn(profile, compared, by_chance.result(), known.result())
    likely = probability(weights, compared)
    root = join(
        profile,
        compared,
        likely,
        _decided(profile, decided_records),
        at_least=settings.join_at_least,
        refuses_below=settings.doubt_from,
    )
    # Most pairs are of no use any more, and they are much of the memory.
    kept = np.flatnonzero(likely >= settings.doubt_from)
    return Linked(
        root[profile.of_record],
        profile.of_record,
        compared.at(kept),
        likely[kept],
        weights,
        Counts.of(compared, likely, root),
    )


def _decided(profile: Profiles, decided: pl.DataFrame) -> Decided:
    one, other = (profile.of_record[decided[name].to_numpy()] for name in ("one", "other"))
    pairs = [
        (min(a, b), max(a, b), is_same)
        for a, b, is_same in zip(one.tolist(), other.tolist(), decided["is_same"].to_list(), strict=True)
        if a != b
    ]
    return Decided(
        tuple(sorted({(a, b) for a, b, is_same in pairs if is_same})),
        tuple(sorted({(a, b) for a, b, is_same in pairs if not is_same})),
    )


def _known(records: pl.DataFrame, most_pairs: int, how: Compare) -> Compared | None:
    """Pairs of different things said of one nominal id: how the records of one person compare."""
    said = ["nominal_id", "name", "own_phone", "date_of_birth", "home_by_number", "home_by_text", "scene_by_text"]
    listed = records.filter(pl.col("nominal_id").is_not_null() & pl.col("name").is_not_null())
    distinct = (
        # In an order of their own, so that what is compared depends on nobody else's records.
        listed.with_columns(turn=pl.col("record_id").hash())
        .sort("nominal_id", "turn", "record_id")
        .unique(said, keep="first", maintain_order=True)
        .filter(pl.len().over("nominal_id") > 1)
        .head(2 * most_pairs)
        .with_columns(presumed=pl.int_range(pl.len(), dtype=pl.Int64))
    )
    if distinct.height < 2 * most_pairs // 100:
        return None
    profile = profiles(distinct)
    same = (distinct["nominal_id"] == distinct["nominal_id"].shift(-1)).fill_null(False).to_numpy()
    at = np.flatnonzero(same)
    one, other = profile.of_record[at], profile.of_record[at + 1]
    none = np.zeros(len(at), dtype=np.int64)
    pairs = Candidates(np.minimum(one, other), np.maximum(one, other), none, none, none)
    return how(profile, pairs)
