"""How well were people found where the truth is known? Figures of the benchmark, kept beside the code."""

from __future__ import annotations

import tomllib
from importlib.resources import files

import polars as pl

MEASURED = {
    "name": pl.String,
    "records": pl.Int64,
    "precision": pl.Float64,
    "recall": pl.Float64,
    "f1": pl.Float64,
    "exact_f1": pl.Float64,
    "splink_f1": pl.Float64,
    "measured_on": pl.Date,
}


def measured_quality() -> pl.DataFrame:
    """One row a labelled set, in the order they are kept.

    Returns:
        `name`, `records` (those scored), `precision`, `recall`, `f1` (of pairs of records, 0 to 1), `exact_f1` (of
        exact keys on the same set), `splink_f1` (of Splink, the better of as it comes and tuned for the set; null
        where it was not run), `measured_on`. Source: `python -m benchmarks.people`.
    """
    told = tomllib.loads(files(__package__).joinpath("measured.toml").read_text(encoding="utf-8"))
    return pl.DataFrame([row | {"measured_on": told["measured_on"]} for row in told["set"]], schema=MEASURED)
