"""What speaks for and against two presumed persons being one?"""

from __future__ import annotations

from enum import StrEnum

import numpy as np
import polars as pl

from analysis.people.comparison import (
    BIRTH,
    LOG,
    NAME,
    PHONE,
    PLACE,
    Compared,
    LogLevel,
    PhoneLevel,
    PlaceLevel,
)
from analysis.people.dates_of_birth import BirthLevel
from analysis.people.full_names import NameLevel
from analysis.people.words import Ints

SEPARATOR = "|"


class Evidence(StrEnum):
    """Codes of what was found; the words stand where they are shown."""

    SAME_NUMBER = "same_number"
    SAME_NUMBER_LATER = "same_number_later"
    NUMBER_ONE_DIGIT = "number_one_digit"
    NUMBERS_DIFFER = "numbers_differ"
    SAME_NAME = "same_name"
    NAME_VARIANT = "name_variant"
    NAME_ONE_LETTER = "name_one_letter"
    NAMES_ALIKE = "names_alike"
    INITIAL_FITS = "initial_fits"
    HALF_A_NAME = "half_a_name"
    SURNAME_DIFFERS = "surname_differs"
    FIRST_NAME_DIFFERS = "first_name_differs"
    NAMES_DIFFER = "names_differ"
    BIRTHS_AGREE = "births_agree"
    BIRTHS_NEARLY_AGREE = "births_nearly_agree"
    BIRTHS_CLOSE = "births_close"
    BIRTHS_DIFFER = "births_differ"
    SAME_HOME = "same_home"
    SAME_SCENE = "same_scene"
    SAME_POSTCODE = "same_postcode"
    HOMES_DIFFER = "homes_differ"
    SAME_LOG = "same_log"
    NOMINAL_IDS_DIFFER = "nominal_ids_differ"
    OVERLAP_IN_TIME = "overlap_in_time"
    APART_IN_TIME = "apart_in_time"


_OF_LEVEL: tuple[tuple[int, dict[int, Evidence]], ...] = (
    (
        PHONE,
        {
            PhoneLevel.SAME: Evidence.SAME_NUMBER,
            PhoneLevel.SAME_LATER: Evidence.SAME_NUMBER_LATER,
            PhoneLevel.ONE_DIGIT: Evidence.NUMBER_ONE_DIGIT,
            PhoneLevel.DIFFERENT: Evidence.NUMBERS_DIFFER,
        },
    ),
    (
        NAME,
        {
            NameLevel.SAME: Evidence.SAME_NAME,
            NameLevel.VARIANT: Evidence.NAME_VARIANT,
            NameLevel.SLIP: Evidence.NAME_ONE_LETTER,
            NameLevel.SLIP_OF_COMMON: Evidence.NAME_ONE_LETTER,
            NameLevel.TWO_SLIPS: Evidence.NAMES_ALIKE,
            NameLevel.RESEMBLES: Evidence.NAMES_ALIKE,
            NameLevel.INITIAL: Evidence.INITIAL_FITS,
            NameLevel.HALF: Evidence.HALF_A_NAME,
            NameLevel.GIVEN_ONLY: Evidence.SURNAME_DIFFERS,
            NameLevel.SURNAME_ONLY: Evidence.FIRST_NAME_DIFFERS,
            NameLevel.DIFFERENT: Evidence.NAMES_DIFFER,
        },
    ),
    (
        BIRTH,
        {
            BirthLevel.SAME: Evidence.BIRTHS_AGREE,
            BirthLevel.NEAR: Evidence.BIRTHS_NEARLY_AGREE,
            BirthLevel.CLOSE: Evidence.BIRTHS_CLOSE,
            BirthLevel.DIFFERENT: Evidence.BIRTHS_DIFFER,
        },
    ),
    (
        PLACE,
        {
            PlaceLevel.SAME_HOME: Evidence.SAME_HOME,
            PlaceLevel.SAME_SCENE: Evidence.SAME_SCENE,
            PlaceLevel.SAME_POSTCODE: Evidence.SAME_POSTCODE,
            PlaceLevel.DIFFERENT: Evidence.HOMES_DIFFER,
        },
    ),
    (LOG, {LogLevel.TOGETHER: Evidence.SAME_LOG}),
)


def evidence(compared: Compared, pairs: Ints) -> pl.Series:
    """The codes of each of these pairs, joined by `SEPARATOR`."""
    columns = []
    for field, words in _OF_LEVEL:
        texts = pl.Series([words.get(level) for level in range(max(words) + 1)], dtype=pl.String)
        columns.append(texts.gather(compared.levels[field][pairs]).alias(str(field)))
    listed = compared.are_listed_apart[pairs]
    columns.append(_where(listed, Evidence.NOMINAL_IDS_DIFFER, None, "listed"))
    columns.append(_where(compared.days_apart[pairs] == 0, Evidence.OVERLAP_IN_TIME, Evidence.APART_IN_TIME, "time"))
    return pl.DataFrame(columns).select(pl.concat_str(pl.all(), separator=SEPARATOR, ignore_nulls=True)).to_series()


def _where(condition: np.ndarray, yes: Evidence, no: Evidence | None, name: str) -> pl.Series:
    return pl.Series([no, yes], dtype=pl.String).gather(condition.astype(np.int64)).alias(name)
