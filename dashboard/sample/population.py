"""Who lives in the made-up force, where, on which numbers, and how much does each ring?"""

from __future__ import annotations

import tomllib

import numpy as np
import polars as pl

from dashboard.sample.addresses import another_address
from dashboard.sample.chance import Floats, Ints, data_text, spread, stream, weighted, words
from dashboard.sample.force import DAYS, Force
from dashboard.sample.numbers import deal_numbers

REGULAR_SHARE, REPEAT_SHARE = 0.02, 0.12
PATTERNS = ("steady", "rising", "fading", "returned")
STEADY, RISING, FADING, RETURNED = range(4)
NEVER = DAYS + 1


def settle_people(force: Force, addresses: pl.DataFrame, seed: int) -> pl.DataFrame:
    """One row a person, `person` its number.

    First the victims of domestic abuse (busiest first), then the partner or relative of each in the same order, then
    everybody else. Columns: given, family, gender, date_of_birth, address_at, second_address_at, moved_on (day number,
    `NEVER` for who stays), number, second_number, changed_on (national numbers, null: none), nominal_id, weight
    (relative frequency of calls), pattern, is_noncrime (whose incidents are never crimes), has_children, relationship,
    partner.
    """
    rng = stream(seed, "people")
    victims, total = force.victims, 2 * force.victims + force.others
    kind = np.repeat([0, 1, 2], [victims, victims, force.others])
    weight = _weights(rng, force)
    people = _names(rng, kind, force)
    busy = int(victims * (REGULAR_SHARE + REPEAT_SHARE))
    pattern = np.full(total, STEADY)
    turn = np.arange(busy)
    pattern[:busy] = np.select([turn % 9 == 3, turn % 9 == 5, turn % 9 == 7], [RISING, FADING, RETURNED], STEADY)
    address, second_address, moved_on = _homes(rng, addresses, force, kind)
    number, second_number, changed_on = _numbers(rng, kind, force)
    has_nominal = rng.random(total) < np.choose(kind, [0.35, 0.45, 0.06])
    is_noncrime = np.zeros(total, dtype=bool)
    is_noncrime[:busy] = turn % 5 == 2
    partner = np.where(kind == 0, np.arange(total) + victims, np.where(kind == 1, np.arange(total) - victims, -1))
    bond = spread(rng, [("intimate", 42), ("ex_intimate", 30), ("family", 24), ("other", 4)], victims)
    return people.with_columns(
        pl.Series("address_at", address),
        pl.Series("second_address_at", second_address),
        pl.Series("moved_on", moved_on),
        pl.Series("number", number).replace(-1, None),
        pl.Series("second_number", second_number).replace(-1, None),
        pl.Series("changed_on", changed_on),
        pl.when(pl.Series(has_nominal)).then(pl.format("N{}", 400_000 + 7 * pl.col("person"))).alias("nominal_id"),
        pl.Series("weight", weight),
        pl.Series("pattern", pattern),
        pl.Series("is_noncrime", is_noncrime),
        pl.Series("has_children", rng.random(total) < 0.42),
        pl.concat([bond, bond, pl.Series([None] * force.others, dtype=pl.String)]).alias("relationship"),
        pl.Series("partner", partner),
    )


def _weights(rng: np.random.Generator, force: Force) -> Floats:
    """Relative frequency of calls: a heavy tail whose busiest fiftieth makes about a quarter of the domestic calls."""
    victims = force.victims
    regular = max(1, int(victims * REGULAR_SHARE))
    repeat = int(victims * REPEAT_SHARE)
    domestic = np.concatenate(
        [
            rng.lognormal(np.log(33.0), 0.35, regular),
            1.5 + rng.gamma(2.2, 1.4, repeat),
            rng.gamma(3.0, 0.36, victims - regular - repeat),
        ]
    )
    other = np.minimum(rng.pareto(1.6, force.others) + 0.25, 60.0)
    return np.concatenate([domestic, np.zeros(victims), np.sort(other)[::-1]])


def _names(rng: np.random.Generator, kind: Ints, force: Force) -> pl.DataFrame:
    """Given and family names of one community; half of the partners share the victim's family name."""
    communities = tomllib.loads(data_text("names.toml"))["community"]
    total, victims = len(kind), force.victims
    group = weighted(rng, [community["share"] for community in communities], total)
    same = rng.random(victims) < 0.85
    group[victims : 2 * victims] = np.where(same, group[:victims], group[victims : 2 * victims])
    is_female = rng.random(total) < np.choose(kind, [0.76, 0.22, 0.52])
    given, family = np.empty(total, dtype=object), np.empty(total, dtype=object)
    for at, community in enumerate(communities):
        for names, here in (
            (community["female"], np.flatnonzero((group == at) & is_female)),
            (community["male"], np.flatnonzero((group == at) & ~is_female)),
        ):
            given[here] = words(names, rng.integers(0, len(names), len(here))).to_numpy()
        here = np.flatnonzero(group == at)
        family[here] = words(community["family"], rng.integers(0, len(community["family"]), len(here))).to_numpy()
    shares_name = rng.random(victims) < 0.5
    family[victims : 2 * victims] = np.where(shares_name, family[:victims], family[victims : 2 * victims])
    age_days = np.clip(rng.normal(36, 14, total), 17, 92) * 365.25
    born = np.datetime64("2012-11-28") - age_days.astype(np.int64).astype("timedelta64[D]")
    return pl.DataFrame(
        {
            "person": np.arange(total),
            "given": pl.Series(given, dtype=pl.String),
            "family": pl.Series(family, dtype=pl.String),
            "gender": words(["female", "male"], (~is_female).astype(np.int64)),
            "date_of_birth": pl.Series(born.astype("datetime64[D]")),
        }
    )


def _homes(rng: np.random.Generator, addresses: pl.DataFrame, force: Force, kind: Ints) -> tuple[Ints, Ints, Ints]:
    """Each one's address; one in fourteen moves to another neighbourhood on some day.

    The busiest are dealt round the neighbourhoods, so that each has a real top ten. Three in five partners live with
    the victim and stay when the victim moves.
    """
    total, victims = len(kind), force.victims
    area = rng.integers(0, force.neighbourhoods, total)
    busy = int(victims * (REGULAR_SHARE + REPEAT_SHARE))
    area[:busy] = np.arange(busy) % force.neighbourhoods
    address = another_address(addresses, area, rng)
    lives_with = np.flatnonzero(rng.random(victims) < 0.6)
    address[victims + lives_with] = address[lives_with]
    moves = rng.random(total) < 0.07
    moved_on = np.where(moves, rng.integers(120, DAYS - 60, total), NEVER)
    new_area = (area + rng.integers(1, force.neighbourhoods, total)) % force.neighbourhoods
    second = np.where(moves, another_address(addresses, new_area, rng), address)
    return address, second, moved_on


def _numbers(rng: np.random.Generator, kind: Ints, force: Force) -> tuple[Ints, Ints, Ints]:
    """Own number, number after a change, and the day of the change; -1 for none.

    Numbers are scarce, so they go first to the busiest victims, then to other victims and their partners (half of whom
    share the victim's), then to three in five of the others. Nobody outside the household has the same number.
    """
    total, victims = len(kind), force.victims
    busy = int(victims * (REGULAR_SHARE + REPEAT_SHARE))
    order = np.concatenate(
        [
            np.arange(busy),
            np.flatnonzero(rng.random(busy) < 0.35) + total,
            np.flatnonzero(rng.random(busy) < 0.5) + victims,
            busy + np.flatnonzero(rng.random(victims - busy) < 0.55),
            2 * victims + np.flatnonzero(rng.random(force.others) < 0.62),
        ]
    )
    dealt = deal_numbers(rng, len(order), is_large=force.is_large)
    held = np.full(2 * total, -1, dtype=np.int64)
    held[order[: len(dealt)]] = dealt
    number, second = held[:total], held[total:]
    shares = np.flatnonzero((number[victims : 2 * victims] < 0) & (rng.random(victims) < 0.45))
    number[victims + shares] = number[shares]
    changed_on = np.where(second >= 0, rng.integers(150, DAYS - 90, total), NEVER)
    return number, second, changed_on
