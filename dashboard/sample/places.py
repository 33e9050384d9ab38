"""Which institutions ring often, and from where?"""

from __future__ import annotations

import tomllib

import numpy as np
import polars as pl

from dashboard.sample.addresses import another_address
from dashboard.sample.chance import data_text, stream
from dashboard.sample.force import Force
from dashboard.sample.numbers import place_numbers


def found_places(force: Force, addresses: pl.DataFrame, seed: int) -> pl.DataFrame:
    """The register: place (row), kind, name, address_at, number.

    `calls` is its share of all logs, `professional` the share of those that its staff ring as such.

    A force above twelve neighbourhoods has as many of each as it has twelves; they share the calls.
    """
    each = max(1, force.neighbourhoods // 12)
    listed = pl.DataFrame(tomllib.loads(data_text("places.toml"))["institution"])
    register = pl.concat([listed] * each).with_columns(pl.col("calls") / each)
    rng = stream(seed, "places")
    neighbourhood = np.arange(len(register)) * 5 % force.neighbourhoods
    return register.with_columns(
        pl.int_range(pl.len()).alias("place"),
        pl.Series("address_at", another_address(addresses, neighbourhood, rng)),
        pl.Series("number", place_numbers(len(register))),
    )
