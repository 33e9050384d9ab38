"""Which of the persons found by exact keys are one, and whom do nameless places and half-names belong to?"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import polars as pl

from analysis.people.candidates import Candidates, candidates
from analysis.people.comparison import Compared, compare
from analysis.people.full_names import Floats
from analysis.people.groups import Decided
from analysis.people.joining import join
from analysis.people.locations import locations
from analysis.people.profiles import Profiles, profiles
from analysis.people.weights import Weights, learn, probability
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
        profile, compared, probability, weights: what it rests on.
        root: the person of each presumed person of `profile`.
    """

    person: Ints
    profile: Profiles
    compared: Compared
    probability: Floats
    weights: Weights
    root: Ints


def located(records: pl.DataFrame, place_keys: pl.DataFrame) -> pl.DataFrame:
    """The records with keys of homes and scenes in place of addresses.

    These are `home_by_uprn`, `home_by_number`, `home_by_text`, `home` (the first of them), `home_area` and the same
    of the scene, but for its area: codes (UInt32, from zero) of the texts that `locations` makes, equal where these
    are; the three keys have one set of codes. The home of a known place identifies nobody: it is left out.

    Args:
        records: `home_address`, `home_postcode`, `home_uprn`, `scene_address`, `scene_postcode`, `scene_uprn`.
        place_keys: `by_uprn`, `by_number`, `by_text` of the known places.
    """
    kinds = ("home", "scene")
    hashed = [records.select(pl.struct(f"{kind}_{part}" for part in _SAID).hash()).to_series() for kind in kinds]
    code, first = _numbered(np.concatenate([one.to_numpy() for one in hashed]))
    parts = {part: pl.concat([records[f"{kind}_{part}"] for kind in kinds]).gather(first) for part in _SAID}
    keys = _keys_of(pl.DataFrame(parts), place_keys)
    records = records.drop(f"{kind}_{part}" for kind in kinds for part in _SAID)
    for kind, codes in zip(kinds, np.split(code, 2), strict=True):
        found = keys.select(pl.all().gather(codes))
        records = records.with_columns(found.rename({name: f"{kind}_{name}" for name in found.columns}).get_columns())
    return records.rename({"home_home": "home", "scene_home": "scene"}).drop("scene_area")


def _numbered(values: npt.NDArray[np.uint64]) -> tuple[Ints, Ints]:
    """The number of each value among the distinct ones, and where each of these stands."""
    order = np.argsort(values)
    ordered = values[order]
    is_new = np.append(True, ordered[1:] != ordered[:-1])[: len(values)]
    number = np.empty(len(values), dtype=np.int64)
    number[order] = np.cumsum(is_new) - 1
    return number, order[is_new]


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
    pairs = candidates(profile, window=settings.window)
    compared = compare(profile, pairs, rarity=settings.rarity, silence_days=settings.silence_days)
    weights = learn(
        profile,
        compared,
        _known(records, settings),
        rarity=settings.rarity,
        silence_days=settings.silence_days,
    )
    likely = probability(weights, compared)
    root = join(
        profile,
        compared,
        likely,
        _decided(profile, decided_records),
        at_least=settings.join_at_least,
        refuses_below=settings.doubt_from,
    )
    return Linked(root[profile.of_record], profile, compared, likely, weights, root)


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


def _known(records: pl.DataFrame, settings: LinkSettings) -> Compared | None:
    """Pairs of different things said of one nominal id: how the records of one person compare."""
    said = ["nominal_id", "name", "own_phone", "date_of_birth", "home_by_number", "home_by_text", "scene_by_text"]
    listed = records.filter(pl.col("nominal_id").is_not_null() & pl.col("name").is_not_null())
    distinct = (
        listed.with_columns(turn=pl.struct(said).hash())
        .sort("nominal_id", "turn", "record_id")
        .unique(["nominal_id", "turn"], keep="first", maintain_order=True)
        .filter(pl.len().over("nominal_id") > 1)
        .head(2 * settings.most_known_pairs)
        .with_columns(presumed=pl.int_range(pl.len(), dtype=pl.Int64))
    )
    if distinct.height < 2 * settings.most_known_pairs // 100:
        return None
    profile = profiles(distinct)
    same = (distinct["nominal_id"] == distinct["nominal_id"].shift(-1)).fill_null(False).to_numpy()
    at = np.flatnonzero(same)
    one, other = profile.of_record[at], profile.of_record[at + 1]
    none = np.zeros(len(at), dtype=np.int64)
    pairs = Candidates(np.minimum(one, other), np.maximum(one, other), none, none, none)
    return compare(profile, pairs, rarity=settings.rarity, silence_days=settings.silence_days)
