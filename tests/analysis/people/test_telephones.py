"""Is a number read into its one international form, and nothing else taken for a number?"""

from __future__ import annotations

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.people.telephones import read_unusual, telephones
from tests.analysis.people.builders import standard


def read(text: str) -> str | None:
    return telephones(pl.Series([text]), standard().texts("withheld_numbers"))["phone"].item()


@pytest.mark.parametrize(
    ("text", "phone"),
    [
        ("07700 900123", "+447700900123"),
        ("+44 (0)7700 900-123", "+447700900123"),
        ("0044 7700 900123", "+447700900123"),
        ("447700900123", "+447700900123"),
        ("7700900123", "+447700900123"),
        ("7700900123.0", "+447700900123"),
        ("(0121) 496 0000", "+441214960000"),
        ("07700900123 mobile", "+447700900123"),
        ("0121 496 0000 ext 12", "+441214960000"),
        ("+33 1 99 00 12 34", "+33199001234"),
    ],
)
def test_a_number_has_one_form_however_written(text: str, phone: str) -> None:
    assert read(text) == phone


@pytest.mark.parametrize("number", ["01214960999", "07700900000", "02079460999", "01632960960"])
def test_drama_numbers_survive(number: str) -> None:
    assert read(number) == "+44" + number[1:]


@pytest.mark.parametrize("text", ["WITHHELD", " number  withheld ", "n/a", "999", "00000000000", "0777", "496000", "?"])
def test_what_is_nobodys_number_is_none(text: str) -> None:
    assert read(text) is None


@given(st.lists(st.from_regex(r"(0|\+44|0044|\+440|44)[1-9][0-9]{8,9}", fullmatch=True), min_size=1, max_size=30))
@settings(max_examples=25, deadline=None)
def test_the_short_way_reads_what_the_library_reads(texts: list[str]) -> None:
    read_all = dict(telephones(pl.Series(texts), ()).iter_rows())
    library = {text: read_unusual(text) for text in texts}
    repeating = {text for text, phone in library.items() if phone and len(set(phone[3:])) == 1}
    assert read_all == {text: None if text in repeating else phone for text, phone in library.items()}
