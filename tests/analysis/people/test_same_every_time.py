"""Records that say the same are numbered, and teach, in one way, whichever row or thread came first."""

from __future__ import annotations

import dataclasses
import random
from datetime import UTC, date, datetime, timedelta

import numpy as np
import polars as pl

from analysis.people.candidates import candidates
from analysis.people.linking import LinkSettings, link
from analysis.people.profiles import profiles

SETTINGS = LinkSettings(
    join_at_least=0.95, doubt_from=0.05, window=8, rarity=0.1, silence_days=365, most_known_pairs=100
)
NOTHING_DECIDED = pl.DataFrame(schema={"one": pl.Int64, "other": pl.Int64, "is_same": pl.Boolean})


def records() -> pl.DataFrame:
    """Thirty people of three records: two that say the same years apart, and one misspelt between them."""
    rows: list[dict[str, object]] = []
    for person in range(30):
        given, family = (("ADA", "ASHBY"), ("BEN", "BIRCH"), ("CORA", "CEDAR"))[person % 3]
        for turn, (surname, year) in enumerate(((family, 0), (family, 2 + person % 3), (family + "S", 1 + person % 2))):
            rows.append(
                {
                    "record_id": f"{person:03d}-{turn}",
                    "presumed": 90 - 3 * person - turn,
                    "own_phone": f"+44121496{person:04d}",
                    "name": f"{given} {surname}",
                    "surname": surname,
                    "is_full": True,
                    "date_of_birth": date(1980, 1, 1) + timedelta(days=77 * person),
                    "nominal_id": f"N{person}",
                    "log": len(rows),
                    "received_at": datetime(2020, 1, 1, tzinfo=UTC) + timedelta(days=365 * year + person),
                }
            )
    places = {f"{kind}_{key}": None for kind in ("home", "scene") for key in ("by_uprn", "by_number", "by_text")}
    return pl.DataFrame(rows).with_columns(
        pl.lit(value, dtype=pl.UInt32).alias(name)
        for name, value in (places | {"home": None, "scene": None, "home_area": None}).items()
    )


def shuffled(frame: pl.DataFrame, seed: int) -> pl.DataFrame:
    order = list(range(frame.height))
    random.Random(seed).shuffle(order)
    return frame[order]


def test_people_who_say_the_same_have_the_same_number_in_every_order() -> None:
    # Nothing is said of anybody, so that only who they are taken for can tell them apart.
    nothing = records().with_columns(
        pl.lit(None, dtype=dtype).alias(name)
        for name, dtype in records().schema.items()
        if name in ("own_phone", "name", "surname", "date_of_birth", "nominal_id")
    )
    numbers = dict(zip(nothing["record_id"], profiles(nothing).of_record.tolist(), strict=True))
    for seed in range(5):
        other = shuffled(nothing, seed)
        assert dict(zip(other["record_id"], profiles(other).of_record.tolist(), strict=True)) == numbers


def test_the_same_weights_are_learnt_in_every_order() -> None:
    # Of two records that say the same only one is compared with the misspelt one, and how long the silence between
    # them was depends on which.
    first = link(records(), NOTHING_DECIDED, SETTINGS).weights
    for seed in range(5):
        again = link(shuffled(records(), seed), NOTHING_DECIDED, SETTINGS).weights
        assert np.array_equal(np.concatenate(again.match), np.concatenate(first.match))
    assert first.taught_by == 30


def test_the_same_pairs_are_compared_however_many_are_brought_together_at_a_time() -> None:
    # On a number of many only those are compared who share a word of their names.
    profile = profiles(records().with_columns(own_phone=pl.col("own_phone").str.head(12)))
    whole, bit_by_bit = candidates(profile, window=8), candidates(profile, window=8, at_once=1)
    assert len(whole.one) > 0
    for field in dataclasses.fields(whole):
        assert np.array_equal(getattr(whole, field.name), getattr(bit_by_bit, field.name))
