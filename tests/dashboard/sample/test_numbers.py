from __future__ import annotations

import re

import numpy as np
import phonenumbers
import polars as pl
import pytest

from dashboard.sample.numbers import deal_numbers, place_numbers, written
from tests.dashboard.sample.conftest import Extracts, read_workbook

# Kept for drama by Ofcom: national number of the first and of the last.
KEPT = (
    (1214960000, 1214960999),
    (7700900000, 7700900999),
    (2079460000, 2079460999),
    (1632960000, 1632960999),
)
WORDS = {"WITHHELD", "Number withheld", "UNKNOWN", "PRIVATE"}


def is_drama(national: int | None) -> bool:
    return national is not None and any(first <= national <= last for first, last in KEPT)


def test_every_telephone_number_of_the_committed_sample_is_kept_for_drama(committed: Extracts) -> None:
    recorded = pl.read_parquet(committed.folder / "people.parquet")["phone"]
    places = read_workbook(committed.folder / "places.xlsx")["phone"]
    shown = pl.concat([committed.incidents["caller_phone"], recorded, places]).drop_nulls().unique()
    numbers = [text for text in shown if text not in WORDS]
    assert len(numbers) > 3_000
    for text in numbers:
        assert is_drama(phonenumbers.parse(text, "GB").national_number), "a number outside the drama ranges"


@pytest.mark.parametrize("style", range(5))
def test_each_way_of_writing_a_number_is_read_as_the_same_number(style: int) -> None:
    numbers = [first + 123 for first, _ in KEPT]
    texts = pl.DataFrame({"n": numbers}).select(written(pl.col("n"), pl.lit(style))).to_series().to_list()
    assert [phonenumbers.parse(text, "GB").national_number for text in texts] == numbers


def test_numbers_are_spaced_as_people_write_them() -> None:
    numbers = pl.DataFrame({"n": [7700900123, 1214960123, 2079460123, 1632960123]})
    assert numbers.select(written(pl.col("n"), pl.lit(0))).to_series().to_list() == [
        "07700 900123",
        "0121 496 0123",
        "020 7946 0123",
        "01632 960123",
    ]


def test_no_number_is_dealt_twice_or_taken_from_the_places() -> None:
    dealt = deal_numbers(np.random.default_rng(1), 10_000, is_large=False)
    assert len(set(dealt)) == len(dealt) == 4_000 - 40
    assert all(is_drama(number) for number in dealt.tolist())
    assert not set(dealt) & set(place_numbers(30))


def test_a_large_force_goes_on_with_numbers_that_no_exchange_connects() -> None:
    dealt = deal_numbers(np.random.default_rng(1), 6_000, is_large=True)
    beyond = [phonenumbers.parse(f"0{number}", "GB") for number in dealt.tolist() if not is_drama(number)]
    assert len(beyond) == 6_000 - (4_000 - 40)
    assert all(phonenumbers.is_possible_number(number) for number in beyond)
    assert not any(phonenumbers.is_valid_number(number) for number in beyond)


def test_a_telephone_is_written_in_several_ways(committed: Extracts) -> None:
    shapes = {re.sub(r"\d", "9", text) for text in committed.incidents["caller_phone"].drop_nulls().unique()}
    assert {"99999 999999", "99999999999", "+999999999999", "9999 999 9999"} <= shapes
