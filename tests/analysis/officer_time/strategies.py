"""Generated deployments: few officers, few incidents, many overlaps."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import polars as pl
from hypothesis import strategies as st

from tests.analysis.officer_time.builders import MONDAY, log_table, table

LOGS = ("A", "B", "C", "D")
GRADES = st.sampled_from([None, "immediate", "early"])


@st.composite
def who(draw: st.DrawFn) -> dict[str, Any]:
    """An officer, an officer with a callsign, or a unit; two share a name."""
    officer = draw(st.sampled_from([None, "PC1", "X1"]))
    callsign = draw(st.sampled_from(["X1", "X2"] if officer is None else [None, "X1"]))
    return {"officer_id": officer, "callsign": callsign, "crew": draw(st.sampled_from([None, 1, 2, 3]))}


def _moment(offset: float) -> Any:
    return MONDAY + timedelta(minutes=offset)


@st.composite
def deployment(draw: st.DrawFn, incidents: tuple[str, ...] = (*LOGS, "elsewhere")) -> dict[str, Any]:
    """Twelve quarters of an hour, some with a stray microsecond, so that moments coincide often."""
    start = draw(st.integers(0, 12)) * 15 + draw(st.sampled_from([0, 0, 1e-5, 0.12345]))
    scene = draw(st.none() | st.integers(-10, 60))
    length = draw(st.none() | st.integers(0, 8).map(lambda quarters: quarters * 15) | st.integers(0, 100))
    return {
        "incident_id": draw(st.sampled_from(incidents)),
        **draw(who()),
        "assigned_at": _moment(start),
        "at_scene_at": None if scene is None else _moment(start + scene),
        "cleared_at": None if length is None else _moment(start + length),
    }


def key(row: dict[str, Any]) -> tuple[Any, ...]:
    return row["incident_id"], row["officer_id"], row["officer_id"] or row["callsign"], row["assigned_at"]


@st.composite
def extracts(draw: st.DrawFn, largest: int = 14) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Deployments of distinct keys with read order in no order, and logs of which some have no grade."""
    rows = draw(st.lists(deployment(), max_size=largest, unique_by=key))
    read = draw(st.permutations(range(len(rows))))
    read_rows = [{**row, "read_order": place} for row, place in zip(rows, read, strict=True)]
    return table(read_rows), log_table({log: draw(GRADES) for log in LOGS})


@st.composite
def crowds(draw: st.DrawFn) -> tuple[pl.DataFrame, pl.DataFrame]:
    """One officer on up to forty incidents at once, in milliseconds, so that stretches often do not divide."""
    logs = [f"L{number:02}" for number in range(draw(st.integers(17, 40)))]
    starts = draw(st.lists(st.integers(0, 5), min_size=len(logs), max_size=len(logs)))
    lengths = draw(st.lists(st.none() | st.integers(1, 60), min_size=len(logs), max_size=len(logs)))
    again = draw(st.lists(st.sampled_from(logs), max_size=4, unique=True))
    spans = [*zip(logs, starts, lengths, strict=True), *((log, 7, 30) for log in again)]
    rows = [
        {
            "incident_id": log,
            "callsign": "DESK",
            "crew": 3,
            "assigned_at": MONDAY + timedelta(milliseconds=start),
            "cleared_at": None if length is None else MONDAY + timedelta(milliseconds=start + length),
        }
        for log, start, length in draw(st.permutations(spans))
    ]
    return table(rows), log_table(dict.fromkeys(logs))
