"""When are two words of names one name?"""

from __future__ import annotations

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.people.words import Alike, Words, name_groups
from tests.analysis.people.oracles import slips_apart


def alike(one: str, other: str) -> Alike:
    words = Words.of(pl.Series([one, other, "ZEBEDEE"]))
    place = {word: at for at, word in enumerate(words.texts)}
    return Alike(int(words.alike(np.array([place[one]]), np.array([place[other]]))[0]))


@pytest.mark.parametrize(
    ("one", "other", "level"),
    [
        ("SMITH", "SMITH", Alike.SAME),
        ("LIZ", "ELIZABETH", Alike.VARIANT),
        ("MOHAMMED", "MUHAMMAD", Alike.VARIANT),
        ("HUSSAIN", "HUSSEIN", Alike.VARIANT),
        ("CHRIS", "CHRISTODOULOS", Alike.VARIANT),
        ("LU", "LUDMILA", Alike.DIFFERENT),
        ("TRANTER", "TRANTE", Alike.MISSPELT),
        ("TRANTER", "TRANTR", Alike.MISSPELT),
        ("TRANTER", "RTANTER", Alike.MISSPELT),
        ("ECCLESTON", "ECLESTNO", Alike.MISSPELT),
        ("HARDING", "HARDNIGS", Alike.RESEMBLES),
        ("J", "JANE", Alike.INITIAL),
        ("J", "ANNE", Alike.DIFFERENT),
        ("JANE", "PETER", Alike.DIFFERENT),
        ("LI", "LO", Alike.DIFFERENT),
    ],
)
def test_two_words_compare(one: str, other: str, level: Alike) -> None:
    assert alike(one, other) is alike(other, one) is level


def test_no_word_is_like_nothing() -> None:
    words = Words.of(pl.Series(["JANE"]))
    assert words.alike(np.array([-1, -1]), np.array([0, -1])).tolist() == [Alike.DIFFERENT] * 2


def test_a_list_of_names_holds_names_in_capitals_of_two_or_more() -> None:
    for group in name_groups():
        assert len(group) > 1
        assert all(name.isalpha() and name.isupper() and len(name) > 1 for name in group), group


@given(st.text("ABCD", min_size=3, max_size=9), st.text("ABCD", min_size=3, max_size=9))
@settings(max_examples=60, deadline=None)
def test_a_slip_is_one_letter_or_in_long_words_two(one: str, other: str) -> None:
    slips = slips_apart(one, other)
    is_slip = slips == 1 or (slips == 2 and min(len(one), len(other)) >= 8)
    assert (alike(one, other) == Alike.MISSPELT) == (is_slip and one != other)
