"""Does the ranking say what a patient clerk would write down?"""

from __future__ import annotations

from typing import Any

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.demand.contacts import KeyType, contacts
from analysis.demand.windows import Window
from analysis.officer_time import UNITS_PER_MINUTE
from analysis.ranking.rank import rank
from tests.analysis.ranking import oracles
from tests.analysis.ranking.builders import (
    WINDOWS,
    Extract,
    Settings,
    concerned_frame,
    crime_frame,
    extracts,
    group_frame,
    log_frame,
    settings_asked,
)

HOUR = UNITS_PER_MINUTE * 60


def contacts_of(extract: Extract, key_type: KeyType) -> pl.DataFrame:
    frames = log_frame(extract.logs), group_frame(extract.logs), concerned_frame(extract.logs)
    return contacts(*frames).filter(pl.col("key_type") == key_type.value)


def ranked(extract: Extract, key_type: KeyType, window: Window, asked: Settings) -> pl.DataFrame:
    return rank(contacts_of(extract, key_type), window, **asked.asked(), group_crimes=crime_frame(extract))


def as_row(line: oracles.Listed) -> dict[str, Any]:
    return {
        "area_code": line.area,
        "position": line.position,
        "rank": line.rank,
        "is_tied": line.is_tied,
        "key_id": line.key,
        "contacts": line.contacts,
        "units": line.units,
        "units_low": line.units_low,
        "units_high": line.units_high,
        "imputed_units": line.imputed,
        "officer_hours": line.units / HOUR,
        "officer_hours_low": line.units_low / HOUR,
        "officer_hours_high": line.units_high / HOUR,
        "harm": None if line.harm is None else float(line.harm),
        "first_contact_at": line.first_at,
        "last_contact_at": line.last_at,
        "contacts_elsewhere": line.elsewhere,
    }


@settings(max_examples=60, deadline=None)
@given(st.data(), st.sampled_from(WINDOWS), st.sampled_from(KeyType), settings_asked)
def test_every_list_is_the_clerks_list(data: st.DataObject, window: Window, key_type: KeyType, asked: Settings) -> None:
    extract = data.draw(extracts(window, window.weeks + 1))
    found = ranked(extract, key_type, window, asked)
    assert found.to_dicts() == [as_row(line) for line in oracles.ranking(extract, key_type, window, asked)]


@settings(max_examples=25, deadline=None)
@given(st.data(), st.sampled_from(WINDOWS), settings_asked)
def test_the_order_of_the_rows_never_matters(data: st.DataObject, window: Window, asked: Settings) -> None:
    extract = data.draw(extracts(window, window.weeks))
    shuffled = Extract(tuple(data.draw(st.permutations(extract.logs))), extract.days)
    first, second = (ranked(one, KeyType.CALLER, window, asked) for one in (extract, shuffled))
    assert first.equals(second)
