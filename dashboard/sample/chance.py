"""Which random numbers does each part of the sample draw, so that the same seed gives the same bytes?"""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from importlib.resources import files
from typing import TypeAlias

import numpy as np
import numpy.typing as npt
import polars as pl

Ints: TypeAlias = npt.NDArray[np.int64]
Floats: TypeAlias = npt.NDArray[np.float64]
Bools: TypeAlias = npt.NDArray[np.bool_]


def stream(seed: int, part: str) -> np.random.Generator:
    """A generator for one part, so that a change in one part leaves the others' numbers alone."""
    return np.random.default_rng([seed, zlib.crc32(part.encode())])


def weighted(rng: np.random.Generator, weights: npt.ArrayLike, count: int) -> Ints:
    """`count` indices drawn with the given relative frequencies."""
    edges = np.cumsum(np.asarray(weights, dtype=np.float64))
    drawn = np.searchsorted(edges, rng.random(count) * edges[-1], side="right")
    return np.asarray(np.minimum(drawn, len(edges) - 1), dtype=np.int64)


def words(options: Sequence[str | None], indices: npt.ArrayLike) -> pl.Series:
    """The options at the given indices, as text."""
    return pl.Series(options, dtype=pl.String).gather(pl.Series(np.asarray(indices, dtype=np.int64)))


def spread(rng: np.random.Generator, options: Sequence[tuple[str | None, float]], count: int) -> pl.Series:
    """`count` words drawn from (word, relative frequency)."""
    return words([word for word, _ in options], weighted(rng, [share for _, share in options], count))


def one_of_group(rng: np.random.Generator, group_of_member: Ints, group_wanted: Ints) -> Ints:
    """For each wanted group, the index of one of its members, at random.

    A group without members is answered by any member at all.
    """
    order = np.argsort(group_of_member, kind="stable")
    groups = int(max(group_of_member.max(initial=0), group_wanted.max(initial=0))) + 1
    sizes = np.bincount(group_of_member, minlength=groups)
    starts = np.cumsum(sizes) - sizes
    share = rng.random(len(group_wanted))
    size = sizes[group_wanted]
    inside = starts[group_wanted] + np.floor(share * size).astype(np.int64)
    anywhere = np.floor(share * len(order)).astype(np.int64)
    return order[np.where(size > 0, inside, anywhere)]


def data_text(name: str) -> str:
    """A word list that stands beside this module."""
    return files("dashboard.sample").joinpath(name).read_text(encoding="utf-8")
