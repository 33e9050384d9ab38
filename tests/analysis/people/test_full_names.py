"""How do two recorded names compare?"""

from __future__ import annotations

import numpy as np
import polars as pl
import pytest

from analysis.people.full_names import NameLevel, Names
from analysis.people.names import names

SMITHS = [f"{given} Smith" for given in ("Ann", "Bea", "Cat", "Dot", "Eve", "Fay", "Gus", "Hal", "Ian", "Jim", "Kit")]


def level(one: str, other: str) -> NameLevel:
    read = names(pl.Series([one, other, *SMITHS]), [])
    normal = dict(zip(read["text"], read["name"], strict=True))
    distinct = (
        read.group_by("name")
        .agg(pl.col("surname").min(), pl.col("is_full").first(), pl.len().alias("bearers"))
        .sort("name")
    )
    place = {name: at for at, name in enumerate(distinct["name"])}
    ends = (np.array([place[normal[text]]]) for text in (one, other))
    return NameLevel(int(Names.of(distinct, 13).compare(*ends, rarity=10)[0][0]))


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("John Smith", "SMITH, John", NameLevel.SAME),
        ("Liz Smith", "Elizabeth Smith", NameLevel.VARIANT),
        ("Smith John", "Jon Smith", NameLevel.VARIANT),
        ("John Paul Smith", "John Smith", NameLevel.VARIANT),
        ("Rupert Smith", "Rupert Smtih", NameLevel.SLIP),
        ("Rupert Tranter", "Rupert Trante", NameLevel.SLIP_OF_COMMON),
        ("Rupert Tranter", "Ruprt Trante", NameLevel.TWO_SLIPS),
        ("J Smith", "John Smith", NameLevel.INITIAL),
        ("J Smith", "Peter Smith", NameLevel.SURNAME_ONLY),
        ("Smith", "John Smith", NameLevel.HALF),
        ("John", "John Smith", NameLevel.HALF),
        ("Rupert Tranter", "Rupert Kowalska", NameLevel.GIVEN_ONLY),
        ("Rupert Tranter", "Shazia Tranter", NameLevel.SURNAME_ONLY),
        ("Rupert Tranter", "Shazia Kowalska", NameLevel.DIFFERENT),
    ],
)
def test_two_names_compare(one: str, other: str, expected: NameLevel) -> None:
    assert level(one, other) is level(other, one) is expected
