"""Which ways of writing an address mean the same door?"""

from __future__ import annotations

import polars as pl
import pytest

from analysis.demand.addresses import address_key, is_address_of_place

SCHEMA: dict[str, type[pl.DataType]] = {"address": pl.String, "postcode": pl.String, "uprn": pl.String}


def written(*rows: tuple[str | None, str | None, str | None]) -> pl.DataFrame:
    return pl.DataFrame(rows, schema=SCHEMA, orient="row")


def key(address: str | None, postcode: str | None = None, uprn: str | None = None) -> str | None:
    only: str | None = address_key(written((address, postcode, uprn))).item()
    return only


@pytest.mark.parametrize("address", ["12 High St", "12, High St.", " 12   HIGH\tst ", "12 \u2018High\u2019 St"])
def test_case_punctuation_and_spaces_make_no_other_address(address: str) -> None:
    assert key(address, "b9 4aa") == "12 HIGH ST B9 4AA"


@pytest.mark.parametrize("postcode", ["B9 4AA", "b94aa", " B9  4AA ", "B9-4AA"])
def test_a_postcode_with_and_without_its_space_is_one(postcode: str) -> None:
    assert key("12 High St", postcode) == "12 HIGH ST B9 4AA"


@pytest.mark.parametrize(
    ("in_one", "apart"), [("B11AA", "B1 1AA"), ("B111AA", "B11 1AA"), ("SW1A1AA", "SW1A 1AA"), ("EC1Y8SY", "EC1Y 8SY")]
)
def test_the_last_three_characters_of_a_postcode_stand_apart(in_one: str, apart: str) -> None:
    assert key("1", in_one) == f"1 {apart}"


def test_what_has_not_the_shape_of_a_postcode_stays_as_written() -> None:
    assert key("1", "B9") == "1 B9"


def test_a_uprn_decides_whatever_the_address_says() -> None:
    assert key("12 High St", "B9 4AA", " 0100070 ") == "UPRN 100070"


def test_a_uprn_of_noughts_is_none() -> None:
    assert key("12 High St", None, "000") == "12 HIGH ST"


@pytest.mark.parametrize("address", ["Flat 1/2, Elm Court", "Flat 1-2 Elm Court"])
def test_flat_one_stroke_two_is_not_flat_twelve(address: str) -> None:
    assert key(address) == "FLAT 1 2 ELM COURT"


@pytest.mark.parametrize("address", [None, "", " - "])
def test_a_postcode_alone_is_no_address(address: str | None) -> None:
    assert key(address, "B9 4AA") is None


def is_place(log: tuple[str | None, str | None, str | None], place: tuple[str | None, str | None, str | None]) -> bool:
    only: bool = is_address_of_place(written(log), written(place)).item()
    return only


def test_the_uprn_of_a_place_is_the_place() -> None:
    assert is_place(("Ward 4", None, "77"), ("Elm Hospital", None, "77"))


def test_the_written_address_of_a_place_is_the_place_where_the_log_has_no_uprn() -> None:
    assert is_place(("elm hospital", "B9 4AA", None), ("Elm Hospital", "B9 4AA", "77"))


def test_a_postcode_without_its_space_hides_no_place() -> None:
    assert is_place(("elm hospital", "B94AA", None), ("Elm Hospital", "B9 4AA", None))


def test_the_written_address_of_a_place_is_the_place_where_the_place_has_no_uprn() -> None:
    assert is_place(("elm hospital", "B9 4AA", "78"), ("Elm Hospital", "B9 4AA", None))


def test_two_uprns_tell_two_doors_of_one_written_address_apart() -> None:
    assert not is_place(("Elm Court", None, "78"), ("Elm Court", None, "77"))


def test_a_log_without_an_address_is_not_at_a_place_without_one() -> None:
    assert not is_place((None, None, None), (None, None, None))
