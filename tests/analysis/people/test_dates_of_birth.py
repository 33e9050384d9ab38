"""How do two dates of birth compare?"""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from analysis.people.dates_of_birth import BirthLevel, compare_dates

EPOCH = date(1970, 1, 1)


def level(one: str, other: str) -> BirthLevel:
    days = [(date.fromisoformat(text) - EPOCH).days for text in (one, other)]
    distinct, place = np.unique(np.array(days, dtype=np.int64), return_inverse=True)
    return BirthLevel(int(compare_dates(distinct, place[:1], place[1:])[0]))


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("1980-04-03", "1980-04-03", BirthLevel.SAME),
        ("1980-04-03", "1980-03-04", BirthLevel.NEAR),
        ("1980-04-03", "1980-04-08", BirthLevel.NEAR),
        ("1980-04-03", "1908-04-03", BirthLevel.NEAR),
        ("1980-05-13", "1980-05-31", BirthLevel.NEAR),
        ("1980-04-13", "1980-04-30", BirthLevel.CLOSE),
        ("1988-04-13", "1988-04-24", BirthLevel.CLOSE),
        ("1980-11-13", "1980-11-24", BirthLevel.CLOSE),
        ("1980-04-22", "1993-04-22", BirthLevel.CLOSE),
        ("1980-01-01", "1980-11-23", BirthLevel.NEAR),
        ("1980-04-03", "1981-04-03", BirthLevel.NEAR),
        ("1980-04-03", "1981-05-01", BirthLevel.CLOSE),
        ("1980-04-03", "1963-11-27", BirthLevel.DIFFERENT),
    ],
)
def test_two_dates_compare(one: str, other: str, expected: BirthLevel) -> None:
    assert level(one, other) is level(other, one) is expected
