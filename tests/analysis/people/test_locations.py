"""When are two addresses one home?"""

from __future__ import annotations

import polars as pl
import pytest

from analysis.people.locations import locations

KEYS = ("by_uprn", "by_number", "by_text")


def is_one_home(one: tuple[str | None, ...], other: tuple[str | None, ...]) -> bool:
    said = pl.DataFrame([one, other], schema=["address", "postcode", "uprn"], orient="row").cast(pl.String)
    keys = locations(said)
    return any(keys[key][0] is not None and keys[key][0] == keys[key][1] for key in KEYS)


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        (("12 Loom Road", "ZS1 2AB", None), ("12 LOOM RD.", "zs12ab", None), True),
        (("Flat 3, 12 Loom Road", "ZS1 2AB", None), ("12 Loom Rd Apt 3", "ZS1 2AB", None), True),
        (("12 Loom Road", None, None), ("12 loom rd", None, None), True),
        (("12 Lom Road", "ZS1 2AB", None), ("12 Loom Road", "ZS1 2AB", None), True),
        (("anything", None, "100023"), ("else", None, "000100023"), True),
        (("Flat 3, 12 Loom Road", "ZS1 2AB", None), ("Flat 4, 12 Loom Road", "ZS1 2AB", None), False),
        (("Flat 3, 12 Loom Road", "ZS1 2AB", None), ("12 Loom Road", "ZS1 2AB", None), False),
        (("Loom Road", "ZS1 2AB", None), ("Loom Road", "ZS1 2AB", None), False),
        ((None, "ZS1 2AB", "0"), (None, "ZS1 2AB", "0"), False),
    ],
)
def test_two_addresses_are_one_home_or_not(
    one: tuple[str | None, ...], other: tuple[str | None, ...], expected: bool
) -> None:
    assert is_one_home(one, other) is expected
