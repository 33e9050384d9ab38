"""Where do the made-up people live? Invented streets with numbered houses."""

from __future__ import annotations

import tomllib

import numpy as np
import polars as pl

from dashboard.sample.chance import data_text, one_of_group, stream, words
from dashboard.sample.force import Force
from dashboard.sample.geography import Geography, nearest_area
from dashboard.sample.outlines import points_inside

HOUSES_A_STREET = 40
SPACING_METRES = 11.0
FLAT_SHARE = 0.15


def lay_streets(force: Force, geography: Geography, seed: int) -> pl.DataFrame:
    """Every house: `address_at` (row), x, y (whole metres), neighbourhood (index), address, postcode, uprn.

    Streets are spread evenly over neighbourhoods, not over ground, so that each has people. Postcodes begin with ZS,
    which no British postcode does; UPRNs are invented.
    """
    rng = stream(seed, "streets")
    count = len(geography.neighbourhoods)
    home = np.arange(force.streets) % count
    middles = np.empty((force.streets, 2))
    for area in range(count):
        here = np.flatnonzero(home == area)
        middles[here] = points_inside(rng, geography.neighbourhoods[area].shape, len(here))
    heading = rng.uniform(0, np.pi, force.streets)
    street = np.repeat(np.arange(force.streets), HOUSES_A_STREET)
    number = np.tile(np.arange(1, HOUSES_A_STREET + 1), force.streets)
    along = (number - HOUSES_A_STREET / 2) * SPACING_METRES / 2
    aside = np.where(number % 2 == 1, 9.0, -9.0) + 14 * np.sin(along / 60)
    x = middles[street, 0] + along * np.cos(heading[street]) - aside * np.sin(heading[street])
    y = middles[street, 1] + along * np.sin(heading[street]) + aside * np.cos(heading[street])
    x, y = np.round(x), np.round(y)
    neighbourhood = nearest_area(x, y, geography.neighbourhoods)
    flat = rng.random(len(street)) < FLAT_SHARE
    return pl.DataFrame(
        {
            "x": x,
            "y": y,
            "neighbourhood": neighbourhood,
            "number": number,
            "street": _street_names(force.streets, seed).gather(pl.Series(street)),
            "flat": np.where(flat, rng.integers(1, 13, len(street)), 0),
            "street_at": street,
        }
    ).select(
        pl.int_range(pl.len()).alias("address_at"),
        "x",
        "y",
        "neighbourhood",
        pl.when(pl.col("flat") > 0)
        .then(pl.format("FLAT {}, {} {}", "flat", "number", "street"))
        .otherwise(pl.format("{} {}", "number", "street"))
        .alias("address"),
        pl.format(
            "ZS{} {}{}",
            pl.col("neighbourhood") + 1,
            pl.col("street_at") % 9 + 1,
            words([a + b for a in "ABDEFGHJ" for b in "LNPQRSTU"], street % 64),
        ).alias("postcode"),
        (pl.lit("99900") + (pl.int_range(pl.len()) + 1).cast(pl.String).str.zfill(7)).alias("uprn"),
    )


def another_address(addresses: pl.DataFrame, neighbourhood: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """A random address in each wanted neighbourhood (index)."""
    return one_of_group(rng, addresses["neighbourhood"].to_numpy(), neighbourhood)


def _street_names(count: int, seed: int) -> pl.Series:
    streets = tomllib.loads(data_text("places.toml"))["streets"]
    pairs = [f"{first} {second}".upper() for first in streets["first"] for second in streets["second"]]
    order = stream(seed, "street names").permutation(len(pairs))
    index = np.arange(count)
    name = words(pairs, order[index % len(pairs)])
    turn = pl.Series(index // len(pairs))
    compass = words(["", " NORTH", " SOUTH", " EAST", " WEST"], np.minimum(turn.to_numpy(), 4))
    return name + compass
