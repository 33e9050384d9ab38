"""Is a name the same name however written, and which half-names fit it?"""

from __future__ import annotations

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.people.names import compatible, names
from tests.analysis.people.builders import standard
from tests.analysis.people.oracles import can_be_short_for, is_full


def read(text: str) -> dict[str, object]:
    return names(pl.Series([text]), standard().texts("name_placeholders")).row(0, named=True)


@pytest.mark.parametrize(
    "text", ["John Smith", "SMITH, John", "Mr. John  Smith", "smith,john", "Jöhn Smith", "Smith Mr John"]
)
def test_one_name_has_one_form_however_written(text: str) -> None:
    assert read(text)["name"] == "JOHN SMITH"


@pytest.mark.parametrize(("text", "name"), [("Mary O'Brien", "MARY OBRIEN"), ("Ann-Marie Søby", "ANN MARIE SOBY")])
def test_punctuation_and_foreign_letters_are_folded(text: str, name: str) -> None:
    assert read(text)["name"] == name


@pytest.mark.parametrize("text", ["REFUSED", "n/a", "Unknown Male", "Not given", "Mrs", "...", "123", ""])
def test_a_placeholder_is_no_name(text: str) -> None:
    assert read(text)["name"] is None


@pytest.mark.parametrize(
    ("text", "surname"), [("John Smith", "SMITH"), ("Smith, John", "SMITH"), ("DE SOUSA, Ana", "SOUSA")]
)
def test_the_surname_stands_before_the_comma_or_last(text: str, surname: str) -> None:
    assert read(text)["surname"] == surname


@pytest.mark.parametrize(("text", "full"), [("John Smith", True), ("J Smith", False), ("Smith", False), ("J S", False)])
def test_an_initial_or_half_a_name_is_weak(text: str, full: bool) -> None:
    assert read(text)["is_full"] is full


_weak = st.lists(st.sampled_from("AJS"), max_size=3).flatmap(
    lambda initials: st.sampled_from(["", "JOHN", "SMITH", "ANN"]).map(
        lambda w: " ".join(sorted([*initials, w])).strip()
    )
)
_full = st.lists(st.sampled_from(["JOHN", "JANE", "SMITH", "ANN", "A", "SALT"]), min_size=2, max_size=4).map(
    lambda words: " ".join(sorted(words))
)


@given(st.lists(st.tuples(_weak.filter(bool), _full.filter(is_full)), min_size=1, max_size=6))
@settings(max_examples=60, deadline=None)
def test_a_weak_name_fits_where_some_choice_of_words_fits(pairs: list[tuple[str, str]]) -> None:
    frame = pl.DataFrame(pairs, schema=["weak", "full"], orient="row")
    assert set(compatible(frame).rows()) == {pair for pair in pairs if can_be_short_for(*pair)}
