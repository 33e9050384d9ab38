"""Lines and their separators in one pass, and which texts need no second look."""

import csv
import io
from dataclasses import fields

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.ingest import lines
from analysis.ingest.lines import Lines, find_lines


def _lines(text: str) -> Lines:
    return find_lines(text.encode(), ord(","))


@pytest.mark.parametrize(
    "text",
    ["a,b\n1,2\n", "a,b\r\n1,\r\n", 'a,"1 High Street, Flat 2"\n', "a b,c\td\n", "José,é\n", "a,b", 'x,"£5"\n'],
)
def test_a_text_as_most_systems_write_it_needs_no_second_look(text: str) -> None:
    assert _lines(text).is_tidy
    assert _lines(text).is_printable


@pytest.mark.parametrize(
    "text",
    [" a,b\n", "a ,b\n", "a, b\n", "a,b \n", "a,b ", "a,b \r\n", 'a," b"\n', 'a,"b "\n', 'a,""\n', "a\r,b\n"],
)
def test_a_value_with_space_around_it_or_nothing_in_quotation_marks_is_seen(text: str) -> None:
    assert not _lines(text).is_tidy


@pytest.mark.parametrize("space", ["\t", "\x85", "\u00a0", "\u1680", "\u2009", "\u2028", "\u3000"])
def test_space_is_seen_in_every_form_that_is_taken_away(space: str) -> None:
    assert not _lines(f"{space}a,b\n").is_tidy
    assert not _lines(f"a,b{space}\n").is_tidy
    assert pl.Series([f"{space}a"]).str.strip_chars().item() == "a"


@pytest.mark.parametrize("code", ["\x00", "\x0b", "\x1f", "\x7f", "\ufffd"])
def test_a_character_that_is_not_to_be_printed_is_seen(code: str) -> None:
    assert not _lines(f"a,b{code}c\n").is_printable


pieces = st.sampled_from(["a", " ", ",", '"', "\n", "\r\n", "\r", "\t", "é", "\u00a0", "\u2028", "\x0b", '"x, y"'])


@settings(max_examples=60, deadline=None)
@given(st.lists(pieces, max_size=20).map("".join))
def test_how_many_bytes_are_looked_at_together_changes_nothing(text: str) -> None:
    whole = _lines(text)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(lines, "_BLOCK", 3)
        parts = _lines(text)
    assert all(np.array_equal(getattr(whole, part.name), getattr(parts, part.name)) for part in fields(Lines))
    assert np.diff(whole.ends, prepend=-1).tolist() == [len(line.encode()) + 1 for line in _split(text)]
    assert whole.marks.tolist() == [line.count(",") for line in _split(text)]


def _split(text: str) -> list[str]:
    parts = text.split("\n")
    return parts if parts[-1] else parts[:-1]


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.lists(st.lists(pieces, max_size=4).map("".join), min_size=2, max_size=2), min_size=1, max_size=5),
    st.sampled_from(["\n", "\r\n"]),
    st.booleans(),
)
def test_what_is_said_to_be_tidy_is(rows: list[list[str]], end: str, is_quoted: bool) -> None:
    text = io.StringIO(newline="")
    if is_quoted:
        csv.writer(text, lineterminator=end, quoting=csv.QUOTE_ALL).writerows(rows)
    else:
        # Outside quotation marks a return before the line feed is part of the line's end.
        rows = [[value.replace("\r", "") for value in row] for row in rows]
        csv.writer(text, lineterminator=end).writerows(rows)
    found = _lines(text.getvalue())
    is_tidy = all(value == value.strip() for row in rows for value in row)
    is_in_lines = not any("\n" in value for row in rows for value in row)
    assert is_tidy or not (found.is_tidy and is_in_lines)
