"""Records, their lines, and what lacks the header's shape."""

import csv
import io

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.ingest.structure import Structure, take_apart


def _taken(text: str) -> Structure:
    structure = take_apart(text.encode())
    assert structure is not None
    return structure


def _rows(structure: Structure) -> list[list[str]]:
    body = "\n".join(structure.body.decode().split("\n")[structure.skipped :])
    return list(csv.reader(io.StringIO(body, newline=""), delimiter=structure.separator)) if body else []


def test_a_record_keeps_the_physical_line_where_it_starts() -> None:
    structure = _taken('a,b\n1,"two\nlines"\n\n3,4')
    assert structure.lines.tolist() == [2, 5]
    assert _rows(structure) == [["1", "two\nlines"], ["3", "4"]]


def test_records_with_too_few_or_too_many_fields_are_misshapen_and_cost_nobody_else() -> None:
    structure = _taken("a,b\r\n1,2\r\n3\r\n4,5,6\r\n7,8\r\n")
    assert structure.misshapen.tolist() == [3, 4]
    assert structure.lines.tolist() == [2, 5]


def test_a_record_with_hundreds_of_fields_too_many_or_too_many_marks_in_quotation_marks_is_counted_right() -> None:
    structure = take_apart(b"a,b\n1,2\n3,4" + b"," * 256 + b'\n5,"' + b"," * 300 + b'"\n6,""\n')
    assert structure is not None
    assert (structure.lines.tolist(), structure.misshapen.tolist()) == ([2, 4, 5], [3])


def test_a_quotation_mark_left_open_costs_its_own_line_only() -> None:
    structure = _taken('a,b\n1,"left open\n3,4\n5,"six"\n7,8\n')
    assert structure.misshapen.tolist() == [2]
    assert _rows(structure) == [["3", "4"], ["5", "six"], ["7", "8"]]


def test_a_quotation_mark_inside_a_plain_field_is_kept() -> None:
    assert _rows(_taken('a,b\n6" nail,2\n3,4\n')) == [['6" nail', "2"], ["3", "4"]]


def test_semicolons_and_tabs_are_found_from_the_header() -> None:
    assert _taken("a;b\n1;2\n").separator == ";"
    assert _taken("a\tb\n1\t2\n").separator == "\t"


def test_nothing_at_all_has_no_structure() -> None:
    assert take_apart(b"") is None
    assert take_apart(b"\n\r\n") is None


cells = st.text(alphabet='ab",\n\r é', max_size=4)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.lists(cells, min_size=2, max_size=2), max_size=8), st.sampled_from(["\n", "\r\n"]))
def test_whatever_the_csv_module_writes_is_read_back_whole(rows: list[list[str]], end: str) -> None:
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator=end, quoting=csv.QUOTE_ALL)
    writer.writerows([["first", "second"], *rows])
    structure = _taken(text.getvalue())
    assert _rows(structure) == rows
    assert structure.misshapen.size == 0
    lines = text.getvalue().split("\n")
    assert all(lines[line - 1].startswith('"') for line in structure.lines)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.lists(st.sampled_from(["x", "", "y z"]), min_size=1, max_size=4), min_size=1, max_size=12))
def test_well_shaped_and_misshapen_records_add_up(rows: list[list[str]]) -> None:
    text = "a,b\n" + "\n".join(",".join(row) for row in rows) + "\n"
    structure = _taken(text)
    records = [number for number, row in enumerate(rows, start=2) if ",".join(row)]
    good = [number for number in records if len(rows[number - 2]) == 2]
    assert structure.lines.tolist() == good
    assert sorted(np.concatenate([structure.lines, structure.misshapen]).tolist()) == records
