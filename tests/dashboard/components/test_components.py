"""Do the pieces say in words and shapes what they show in colour, and keep people's words from being markup?"""

from __future__ import annotations

import base64
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some
from streamlit.testing.v1 import AppTest

from dashboard.charts.palette import LIGHT
from dashboard.components.cells import (
    Marked,
    Movement,
    Status,
    badges,
    markdown_of,
    movement_word,
    share_bar,
    spark_bars,
    status_word,
    words,
)
from dashboard.components.figure import selected_codes
from dashboard.components.table import Table, TableColumn, styles

NBSP = "\u00a0"


def svg_of(mark: Marked) -> str:
    """The drawing inside a mark."""
    found = re.search(r"base64,([^)]+)\)", mark.markdown)
    assert found
    return base64.b64decode(found[1]).decode()


@pytest.mark.parametrize(
    ("status", "shown"),
    [
        (Status.OVERDUE, f":red[▲{NBSP}overdue]"),
        (Status.DUE_SOON, f":orange[●{NBSP}due soon]"),
        (Status.ON_TRACK, f":green[✓{NBSP}on track]"),
        (Status.DONE, f":gray[–{NBSP}done]"),
    ],
)
def test_a_status_is_a_shape_a_word_and_a_colour(status: Status, shown: str) -> None:
    assert status_word(status).markdown == shown


def test_a_status_can_say_how_late_it_is() -> None:
    assert status_word(Status.OVERDUE, "9 days overdue").markdown == f":red[▲{NBSP}9 days overdue]"


def test_a_rise_says_where_it_started() -> None:
    assert movement_word(Movement.UP, earlier_rank=3).markdown == f"↑{NBSP}up from 3"


def test_someone_new_has_no_earlier_rank() -> None:
    assert movement_word(Movement.NEW, earlier_rank=3).markdown == f"★{NBSP}new"


def test_an_urgent_badge_has_a_shape_as_well() -> None:
    shown = badges(["DASH missing", "children"], urgent=["DASH missing"]).markdown
    assert shown == f":orange-badge[▲{NBSP}DASH missing] :gray-badge[children]"


@given(some.text(min_size=1, max_size=30))
@settings(max_examples=40, deadline=None)
def test_no_words_can_end_the_mark_they_stand_in(typed: str) -> None:
    inside = status_word(Status.DONE, typed).markdown.removeprefix(":gray[").removesuffix("]")
    assert not re.search(r"[\[\]!<`$]", re.sub(r"\\[!-/:-@\[-`{-~]", "", inside))


def test_a_cell_of_words_is_escaped_and_a_mark_is_not() -> None:
    assert markdown_of("a*b") == r"a\*b" and markdown_of(words("a*b", "ref")) == rf"**a\*b**{NBSP} ref"


def test_a_spark_line_has_a_bar_a_week_and_words_for_who_hears_it() -> None:
    mark = spark_bars([1, None, 3], LIGHT, said="contacts a week: 1, withheld, 3")
    assert svg_of(mark).count("<rect") == 3 and mark.markdown.startswith(r"![contacts a week\: 1\, withheld\, 3]")


def test_a_year_without_contacts_can_be_drawn() -> None:
    assert svg_of(spark_bars([0, 0], LIGHT, said="none")).count(LIGHT.line) == 2


def test_the_imputed_end_of_a_bar_is_its_share() -> None:
    widths = re.findall(r'width="([\d.]+)" height="14" fill', svg_of(share_bar(20, 5, 40, LIGHT, said="x", width=80)))
    assert widths == ["30.0", "10.0"]


def test_a_row_with_a_cell_too_few_is_our_fault() -> None:
    with pytest.raises(AssertionError, match="number of cells"):
        Table((TableColumn("a"), TableColumn("b")), (("1",),), said="")


def test_no_heading_can_end_the_style_it_stands_in() -> None:
    view = Table((TableColumn("a"), TableColumn('</style>"}b', is_number=True)), (), said="")
    assert "</" not in styles(view, key="k") and styles(view, key="k").count('"') == 2


def test_numbers_stand_to_the_right() -> None:
    view = Table((TableColumn("a"), TableColumn("b", is_number=True)), (), said="")
    assert ".st-key-k tr > :nth-child(2) p { text-align: right" in styles(view, key="k")


def test_on_a_phone_a_cell_that_says_nothing_is_left_out_of_its_card() -> None:
    view = Table((TableColumn("a"), TableColumn("b"), TableColumn("c")), (("x", "", "y"), ("Total", "", "")), said="")
    phone = styles(view, key="k").split("@media (max-width: 640px)")[1]
    empty = ((1, 2), (2, 2), (2, 3))
    cells = ", ".join(f".st-key-k tbody tr:nth-child({row}) > :nth-child({at})" for row, at in empty)
    assert f"{cells} {{ display: none; }}" in phone


def test_an_area_boxed_twice_is_chosen_once() -> None:
    event = {"selection": {"points": [{"location": "B"}, {"lon": 1}, {"location": "A"}, {"location": "B"}]}}
    assert selected_codes(event) == ("B", "A")


def test_nothing_chosen_is_nothing() -> None:
    assert selected_codes(None) == ()


def a_page() -> None:
    """A small page of the notes and a table."""
    from dashboard.components.notes import SourceLine, empty_state, source_line, suppressed_note
    from dashboard.components.table import Table, TableColumn, table

    empty_state(why="Nobody is here.", what_to_do="Choose *more* weeks.")
    suppressed_note(2, threshold=5)
    suppressed_note(0, threshold=5)
    source_line(SourceLine("52 weeks", "distinct incidents", "Sun 1 Dec 2013", "23 not placed"))
    table(Table((TableColumn("Who"), TableColumn("n")), (("![x](http://a.example)", "1"),), said="Two"), key="t")


def test_notes_and_tables_are_drawn_with_every_word_escaped() -> None:
    page = AppTest.from_function(a_page).run()
    assert not page.exception
    assert page.markdown[0].value == "**Nobody is here\\.**  \nChoose \\*more\\* weeks\\."
    assert [note.value.split(":")[0] for note in page.caption] == [
        "2 numbers withheld",
        "52 weeks · distinct incidents · data as at Sun 1 Dec 2013 · 23 not placed"
        " · [how this is worked out](/methods)",
    ]
    assert page.table[0].value.index[0].startswith(r"\!\[x\]")
