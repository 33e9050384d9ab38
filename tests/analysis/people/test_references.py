"""Can a text be referred to without being shown?"""

from __future__ import annotations

import hashlib
import hmac

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.people import keyed_reference
from analysis.people.references import _AT_ONCE, ALPHABET, keyed_codes

TEXTS = pl.Series(["+447700900001", None, "+447700900002", "+447700900001"])


def test_a_text_has_one_reference_and_null_has_none() -> None:
    first, none, second, again = keyed_reference("T", TEXTS, key=b"k").to_list()
    assert none is None
    assert first == again != second


def test_another_key_or_prefix_gives_another_reference() -> None:
    codes = {keyed_reference(prefix, TEXTS, key=key)[0][2:] for prefix, key in (("T", b"k"), ("T", b"l"), ("A", b"k"))}
    assert len(codes) == 3


def test_a_reference_is_the_first_fifty_bits_of_the_keyed_hash() -> None:
    digest = hmac.new(b"k", b"T\x1f+447700900001", hashlib.sha256).digest()
    assert keyed_reference("T", TEXTS, key=b"k")[0] == "T-" + _letters(digest, digits=10)


@settings(max_examples=40, deadline=None)
@given(st.binary(min_size=1, max_size=130), st.text(max_size=20))
def test_whatever_the_key_s_length_a_reference_is_of_the_standard_keyed_hash(key: bytes, text: str) -> None:
    digest = hmac.new(key, b"A\x1f" + text.encode(), hashlib.sha256).digest()
    assert keyed_codes("A", [text], key=key, digits=8) == ["A-" + _letters(digest, digits=8)]


def test_of_more_texts_than_are_hashed_at_a_time_each_has_its_own_reference() -> None:
    texts = [str(number) for number in range(_AT_ONCE + 2)]
    codes = keyed_codes("A", texts, key=b"k")
    assert codes[_AT_ONCE - 1 :] == keyed_codes("A", texts[_AT_ONCE - 1 :], key=b"k")


def _letters(digest: bytes, *, digits: int) -> str:
    bits = int.from_bytes(digest) >> (256 - 5 * digits)
    return "".join(ALPHABET[bits >> shift & 31] for shift in range(5 * (digits - 1), -1, -5))
