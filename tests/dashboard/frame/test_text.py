"""Are numbers, dates and words written as the house writes them?"""

from __future__ import annotations

import re
from datetime import date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from dashboard import text

TODAY = date(2013, 12, 2)


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        (text.count(1234), "1,234"),
        (text.count(-2), "−2"),
        (text.count(None), "not known"),
        (text.count_or_few(None, threshold=5), "fewer than 5"),
        (text.count_or_few(0, threshold=5), "0"),
        (text.hours(12.53), "12.5\u00a0h"),
        (text.hours(0), "0\u00a0h"),
        (text.hours(0.01), "under 0.1\u00a0h"),
        (text.hours(143.2, places=0), "143\u00a0h"),
        (text.kind_said("DOMESTIC CRIME"), "Domestic crime"),
        (text.percent(0.34), "34\u00a0%"),
        (text.percent(0.001), "under 1\u00a0%"),
        (text.percent(0.999), "over 99\u00a0%"),
        (text.percent(1.0), "100\u00a0%"),
        (text.percent(-0.001), "0\u00a0%"),
        (text.change(-2), "−2"),
        (text.change(3), "+3"),
        (text.change(0), "no change"),
        (text.ordinal(2), "2nd"),
        (text.ordinal(12), "12th"),
        (text.ordinal(101), "101st"),
    ],
)
def test_a_number_is_written_in_the_house_form(written: str, expected: str) -> None:
    assert written == expected


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        (text.day(TODAY), "Mon 2 Dec 2013"),
        (text.moment(datetime(2013, 12, 2, 14, 5)), "Mon 2 Dec 2013, 14:05"),
        (text.days_from(date(2013, 11, 28), TODAY), "4 days ago"),
        (text.days_from(date(2013, 12, 1), TODAY), "yesterday"),
        (text.days_from(date(2013, 12, 5), TODAY), "in 3 days"),
        (text.due(date(2013, 11, 23), TODAY), "9 days overdue"),
        (text.due(date(2013, 12, 1), TODAY), "1 day overdue"),
        (text.due(TODAY, TODAY), "due today"),
    ],
)
def test_a_day_is_said_as_people_say_it(written: str, expected: str) -> None:
    assert written == expected


def test_a_list_is_read_aloud_with_one_and() -> None:
    assert [text.listing(parts) for parts in ([], ["a"], ["a", "b"], ["a", "b", "c"])] == [
        "",
        "a",
        "a and b",
        "a, b and c",
    ]


def test_sentences_have_capitals_and_one_full_stop_and_nothing_for_nothing() -> None:
    said = text.sentence(
        f"{text.plural_words(3, 'person', 'people')} are new",
        "",
        "two actions are overdue.",
    )
    assert said == "Three people are new. Two actions are overdue."


def test_a_person_is_on_the_list_for_reasons_that_are_said() -> None:
    said = text.why_here(
        contacts=6,
        weeks=52,
        officer_hours=14,
        recent=4,
        recent_weeks=3,
        missing=["no DASH on a recorded crime"],
    )
    assert said == (
        "Here because of 6 contacts in 52 weeks, 4 of them in the last 3 weeks, and 14.0\u00a0h of officer time; "
        "no DASH on a recorded crime."
    )


@pytest.mark.parametrize(("value", "said"), [(45, "within"), (70, "within"), (71, "above"), (44, "below")])
def test_a_week_is_news_only_outside_its_usual_range(value: float, said: str) -> None:
    assert text.against_usual(value, 45, 70) == f"{said} the usual range"


def test_an_image_typed_by_a_caller_stays_letters() -> None:
    assert text.escape_markdown("![x](http://a.example/b)") == (
        r"\!\[x\]\(http\:" + text.WORD_JOINER + r"\/\/a\.example\/b\)"
    )


@given(some.text())
@settings(max_examples=60, deadline=None)
def test_every_mark_that_could_be_markup_is_escaped(raw: str) -> None:
    bare = re.sub(r"\\[!-/:-@\[-`{-~]", "", text.escape_markdown(raw))
    assert not re.search(r"[!-/:-@\[-`{-~]", bare)


@given(some.text())
@settings(max_examples=60, deadline=None)
def test_taking_the_escapes_away_gives_the_line_back(raw: str) -> None:
    bare = re.sub(r"\\([!-/:-@\[-`{-~])", r"\1", text.escape_markdown(raw)).replace(text.WORD_JOINER, "")
    assert bare == text.plain_line(raw)


def test_a_direction_changing_letter_is_shown_not_obeyed() -> None:
    assert text.plain_line("Ann\u202egpj.exe") == "Ann\ufffdgpj.exe"


def test_a_chart_label_carries_no_markup() -> None:
    assert text.plotly_text("<b>$x$</b>") == "&lt;b&gt;&#36;x&#36;&lt;/b&gt;"


def test_a_stopwatch_counts_minutes_and_seconds() -> None:
    assert [text.stopwatch(seconds) for seconds in (0, 59, 190, 3600)] == ["00:00", "00:59", "03:10", "60:00"]
